"""Where the files of evidence lie: a folder, or a zip that is read without unpacking it to disk."""

from __future__ import annotations

import io
import os
import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from clusterform.errors import UsageError, refusal
from clusterform.messages import Text
from clusterform.parsers.container.package import Gate, opened_zip, unpacked
from clusterform.parsers.container.refusals import over_limits

GATE = Gate(members=20_000, total=500_000_000, part=100_000_000)
"""Of a zip of evidence. `total` counts what is really unpacked: of most files that is the beginning alone."""
MOST_FILES = 50_000
_SKIPPED = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_LINK_SHIFT = 16
_DOCUMENTS = frozenset({".docx", ".docm", ".xlsx", ".xlsm"})
"""Zips by their bytes, and no folders of evidence: a form named in its place is a slip."""


class ListedFile(NamedTuple):
    """One file of evidence, not opened yet."""

    name: str
    """Its path below the folder, with forward slashes."""
    size: int
    fault: str = ""
    """Why it is not to be opened: link, outside, special, locked, bomb or large; empty where it is."""


class EvidenceFolder:
    """A folder and all below it. Links are never followed out of it."""

    def __init__(self, root: Path, left_out: Iterable[Path] = ()) -> None:
        self.label = root.name or root.resolve().name
        self._root = root
        self._inside = root.resolve()
        self._left_out = {path.name: path.resolve() for path in left_out}
        self.entries = tuple(sorted(self._walk(), key=lambda entry: entry.name))

    def _walk(self) -> Iterator[ListedFile]:
        folders = [(self._root, "")]
        count = 0
        while folders:
            folder, prefix = folders.pop()
            for item in _listed(folder):
                name = f"{prefix}{item.name}"
                if _is_junk(item.name):
                    continue
                if item.is_dir(follow_symlinks=False) and not _is_junction(item):
                    folders.append((Path(item.path), f"{name}/"))
                elif (entry := self._entry(item, name)) is not None:
                    count += 1
                    yield entry
                if count > MOST_FILES:
                    raise UsageError("evidence-folder.too-many", folder=self._root, most=MOST_FILES)

    def _entry(self, item: os.DirEntry[str], name: str) -> ListedFile | None:
        """None for a file that is no evidence: the form itself, or a link to a folder."""
        path = Path(item.path)
        try:
            if item.is_symlink() or _is_junction(item):
                target = path.resolve()
                if not target.is_relative_to(self._inside):
                    return ListedFile(name, 0, "link")
                if target.is_dir():
                    return None
            status = item.stat()
        except (OSError, RuntimeError):
            return ListedFile(name, 0, "special")
        if item.name in self._left_out and path.resolve() == self._left_out[item.name]:
            return None
        if not stat.S_ISREG(status.st_mode):
            return ListedFile(name, 0, "special")
        return ListedFile(name, status.st_size)

    @contextmanager
    def open(self, entry: ListedFile) -> Iterator[BinaryIO]:
        with (self._root / entry.name).open("rb") as stream:
            yield stream


class Zip:
    """A zip of evidence. Nothing is written to disk, and no more is unpacked than the gate lets through."""

    def __init__(self, path: Path, gate: Gate = GATE) -> None:
        self.label = path.name
        self._gate = gate
        self._left = gate.total
        self._zip = opened_zip(path)
        infos = [info for info in self._zip.infolist() if not info.is_dir()]
        if len(infos) > gate.members:
            self._zip.close()
            raise over_limits(Text("over.files", count=len(infos)))
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.entries = tuple(sorted(self._named(infos), key=lambda entry: entry.name))

    def _named(self, infos: Iterable[zipfile.ZipInfo]) -> Iterator[ListedFile]:
        for info in infos:
            name = unicodedata.normalize("NFC", member_name(info).replace("\\", "/"))
            if any(_is_junk(part) for part in name.split("/")) or name.endswith("/") or name in self._infos:
                continue
            self._infos[name] = info
            yield ListedFile(name, info.file_size, self._fault(name, info))

    def _fault(self, name: str, info: zipfile.ZipInfo) -> str:
        if name.startswith("/") or ".." in name.split("/") or ":" in name.partition("/")[0]:
            return "outside"
        if stat.S_ISLNK(info.external_attr >> _LINK_SHIFT):
            return "link"
        if info.flag_bits & 0x1:
            return "locked"
        if self._gate.is_bomb(info):
            return "bomb"
        return "large" if info.file_size > self._gate.part else ""

    @contextmanager
    def open(self, entry: ListedFile) -> Iterator[BinaryIO]:
        data = unpacked(self._zip, self._infos[entry.name], min(self._gate.part, self._left))
        self._left -= len(data)
        yield io.BytesIO(data)

    def close(self) -> None:
        self._zip.close()


FileSource = EvidenceFolder | Zip


@contextmanager
def opened(path: Path, left_out: Iterable[Path] = ()) -> Iterator[FileSource]:
    """The folder or zip; `left_out` are files that are no evidence.

    UsageError where it is neither; UnreadableError for a zip that is damaged or over the limits.
    """
    refuse_unusable(path)
    if path.is_dir():
        yield EvidenceFolder(path, left_out)
        return
    with closing(Zip(path)) as source:
        yield source


def refuse_unusable(path: Path) -> None:
    if path.is_dir():
        return
    if not path.exists():
        raise UsageError("evidence-folder.missing", path=path)
    if path.suffix.lower() in _DOCUMENTS or not _is_zip(path):
        raise UsageError("evidence-folder.other", path=path)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return stream.read(2) == b"PK"
    except OSError as error:
        raise UsageError("path.unreadable", path=path, reason=refusal(error)) from error


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError as error:
        raise UsageError("evidence-folder.unreadable", folder=folder, reason=refusal(error)) from error


def _is_junction(item: os.DirEntry[str]) -> bool:
    """A folder of Windows that is a link; known from Python 3.12 on."""
    test = getattr(item, "is_junction", None)
    return bool(test and test())


def _is_junk(name: str) -> bool:
    """What systems and editors leave beside files."""
    return (name.startswith((".", "~$")) and name != "..") or name.casefold() in _SKIPPED


_SAYS_UTF8 = 0x800


def member_name(info: zipfile.ZipInfo) -> str:
    """Python reads a name without the UTF-8 mark as cp437; its bytes are UTF-8 (macOS) or GB18030 (Windows)."""
    if info.flag_bits & _SAYS_UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).partition("\0")[0]
        except UnicodeDecodeError:
            continue
    return info.filename
