"""Which files a check is asked for: files as named, and the forms of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from clusterform.errors import UsageError

ENDINGS = frozenset({".docx", ".docm", ".doc", ".wps", ".xlsx", ".xls", ".et"})


def forms_in(paths: Iterable[Path]) -> list[Path]:
    """The files to check, each once, folders searched; UsageError where a path is missing or a folder holds no form."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = list(_inside(path))
            if not inside:
                raise UsageError(
                    f"文件夹里没有可检查的申报表：{path}", f"The folder holds no form to check: {path}"
                )
        elif path.exists():
            inside = [path]
        else:
            raise UsageError(f"找不到文件：{path}", f"No such file: {path}")
        found.update((item.resolve(), item) for item in inside if item.resolve() not in found)
    return list(found.values())


def _inside(folder: Path) -> Iterator[Path]:
    """Documents below a folder in a stable order, without the lock files and hidden files of editors."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if not hidden and path.suffix.lower() in ENDINGS and path.is_file():
            yield path
