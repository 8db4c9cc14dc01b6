"""Writing a file whole or not at all, and never over an input."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from clusterform.errors import UsageError, refusal


def writable(target: Path | None) -> None:
    """UsageError where a file of that name can never be written: told before hundreds of forms are checked."""
    if target is None:
        return
    if target.is_dir():
        raise UsageError("output.folder", path=target)
    if not target.parent.is_dir():
        raise UsageError("output.no-folder", path=target, folder=target.parent)


def refuse_existing(target: Path, *, force: bool) -> None:
    """UsageError where a file of that name is there and was not to be written over."""
    if target.exists() and not force:
        raise UsageError("output.exists", path=target)


@contextmanager
def replacing(target: Path, inputs: Iterable[Path] = ()) -> Iterator[Path]:
    """A file beside the target to write to, put in its place at the end; UsageError where that cannot be."""
    if any(_same(target, path) for path in inputs):
        raise UsageError("output.is-checked", path=target)
    beside: Path | None = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        os.close(handle)
        beside = Path(name)
        yield beside
        beside.chmod(0o644)
        beside.replace(target)
    except OSError as error:
        raise UsageError("output.refused", path=target, reason=refusal(error)) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _same(target: Path, path: Path) -> bool:
    """Whether two names are of one file: links of either kind, another case where that makes no difference."""
    try:
        return target.resolve() == path.resolve() or target.samefile(path)
    except OSError:  # one of them is not there
        return False


def write_text(target: Path, text: str | Iterable[str], inputs: Iterable[Path] = ()) -> None:
    """A text in UTF-8, whole or in pieces as they are made, put in the target's place."""
    with replacing(target, inputs) as beside, beside.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines([text] if isinstance(text, str) else text)


def write_bytes(target: Path, data: bytes, inputs: Iterable[Path] = ()) -> None:
    with replacing(target, inputs) as beside:
        beside.write_bytes(data)
