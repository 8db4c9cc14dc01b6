"""A file's bytes, read once, and what is said where the system does not give them."""

from __future__ import annotations

import stat
from pathlib import Path

from clusterform.errors import UnreadableError, UsageError, refusal
from clusterform.messages import Text
from clusterform.parsers.container.refusals import no_file, over

LARGEST = 200_000_000
"""Bytes of a file, before it is unpacked."""


def file_bytes(source: Path | bytes) -> bytes:
    """UsageError where the path is missing or a folder, UnreadableError where the system refuses."""
    if isinstance(source, bytes):
        return source
    try:
        return _read(source)
    except FileNotFoundError as error:
        raise UsageError("path.no-file", path=source) from error
    except IsADirectoryError as error:
        raise _folder(source) from error
    except OSError as error:
        if source.is_dir():  # Windows answers a folder with a permission error
            raise _folder(source) from error
        raise UnreadableError("cannot-open", "file.refused", reason=refusal(error)) from error


def _read(source: Path) -> bytes:
    """All of a file that has an end: what has none is not even opened, which alone can take for ever."""
    mode = source.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise no_file(source)
    with source.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise over(Text("over.file"))
    return data


def _folder(source: Path) -> UsageError:
    return UsageError("path.folder", path=source)
