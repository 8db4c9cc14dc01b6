"""Writing a file whole or not at all, and never over an input."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from clusterform.errors import UsageError


def write_text(target: Path, text: str, inputs: Iterable[Path] = ()) -> None:
    """A text in UTF-8, written beside the target and then put in its place; UsageError where that cannot be."""
    if any(target.resolve() == path.resolve() for path in inputs):
        raise UsageError(
            f"输出文件不能是被检查的文件：{target}", f"The output cannot be the file being checked: {target}"
        )
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise UsageError(
            f"无法写入 {target}：{error.strerror}", f"{target} cannot be written: {error.strerror}"
        ) from error
