"""A file's bytes, read once, and what is said where the system does not give them."""

from __future__ import annotations

import stat
from pathlib import Path

from clusterform.errors import UnreadableError, UsageError, refusal
from clusterform.parsers.refusals import no_file, over

LARGEST = 200_000_000
"""Bytes of a file, before it is unpacked."""


def file_bytes(source: Path | bytes) -> bytes:
    """UsageError where the path is missing or a folder, UnreadableError where the system refuses."""
    if isinstance(source, bytes):
        return source
    try:
        return _read(source)
    except FileNotFoundError as error:
        raise UsageError(f"找不到文件：{source}", f"No such file: {source}") from error
    except IsADirectoryError as error:
        raise _folder(source) from error
    except OSError as error:
        if source.is_dir():  # Windows answers a folder with a permission error
            raise _folder(source) from error
        raise UnreadableError(
            "cannot-open",
            f"系统不允许读取该文件（{refusal(error)}）。请关闭正在使用它的程序，或检查文件权限，再重新检查。",
            f"The system does not let the file be read ({error.strerror}). Close the program that "
            "holds it, or mend its permissions.",
        ) from error


def _read(source: Path) -> bytes:
    """All of a file that has an end: what has none is not even opened, which alone can take for ever."""
    mode = source.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise no_file(source)
    with source.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise over("文件过大", "the file is too big")
    return data


def _folder(source: Path) -> UsageError:
    return UsageError(f"{source} 是文件夹，请指定一个文件。", f"{source} is a folder; name a file.")
