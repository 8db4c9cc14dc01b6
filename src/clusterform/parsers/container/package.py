"""An Office file as a container of parts: sniffed by content, opened read-only, inflated within limits, part by part."""

from __future__ import annotations

import hashlib
import io
import posixpath
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from dataclasses import field as data_field
from functools import cached_property
from lzma import LZMAError
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote

from clusterform import processes
from clusterform.errors import UnreadableError, UsageError, refusal
from clusterform.messages import Text
from clusterform.parsers.container.refusals import damaged, encrypted, no_form, over_limits
from clusterform.parsers.container.sniff import ForeignFormatError, require_zip
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element


class Gate(NamedTuple):
    """How much a file may unpack to. Sizes in bytes; ratio of unpacked to packed."""

    members: int = 5000
    total: int = 200_000_000
    part: int = 100_000_000
    ratio: int = 200
    ratio_above: int = 10_000_000
    """Smaller parts may shrink as well as they like: a blank table does."""

    def is_bomb(self, info: zipfile.ZipInfo) -> bool:
        """Whether a part is packed better than any that is meant to be read."""
        return info.file_size > max(self.ratio_above, self.ratio * max(info.compress_size, 1))


GATE = Gate()
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What the unpacking of a damaged or contrived zip may raise."""


class Relationship(NamedTuple):
    """One link of a part to another part or to the outside."""

    id: str
    kind: str
    """The last piece of its type, such as officeDocument, styles, hyperlink."""
    target: str
    """A part's name, or the address outside."""
    external: bool


@dataclass(frozen=True, slots=True)
class ConvertedFrom:
    """The file that a package was converted from."""

    format: str
    """A key of sniff.FOREIGN."""
    data: bytes = data_field(repr=False)


@dataclass(eq=False)
class Package:
    """An opened .docx or .xlsx (macro-enabled and template kinds too)."""

    data: bytes = data_field(repr=False)
    gate: Gate = GATE
    origin: ConvertedFrom | None = None
    """None where the file itself is an Office package."""
    _inflated: int = data_field(default=0, repr=False)
    _links: dict[str, tuple[Relationship, ...]] = data_field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        require_zip(self.data)
        self._zip = opened_zip(io.BytesIO(self.data))
        self._members = _members(self._zip.infolist(), self.gate)
        self.main, self.kind = self._find_main()

    @cached_property
    def sha256(self) -> str:
        """Of the file's own bytes, before any conversion, in hexadecimal."""
        return hashlib.sha256(self.origin.data if self.origin else self.data).hexdigest()

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names as matched: lower case, forward slashes, no leading slash."""
        return tuple(self._members)

    def has(self, name: str) -> bool:
        """Whether there is such a part, whatever the case of its name."""
        return _normal(name) in self._members

    def stored_name(self, name: str) -> str:
        """A part's name as the file has it, with its own capitals; KeyError where there is none."""
        return self._members[_normal(name)].filename.replace("\\", "/").lstrip("/")

    def read(self, name: str) -> bytes:
        """A part's bytes; KeyError where there is none, UnreadableError over the limits or where it is damaged."""
        info = self._members[_normal(name)]
        data = unpacked(self._zip, info, min(self.gate.part, self.gate.total - self._inflated))
        self._inflated += len(data)
        return data

    def xml(self, name: str) -> Element:
        """A part's root element, Strict namespaces mapped to Transitional ones; KeyError where there is no such part."""
        return parse_part(self.read(name), name)

    def relationships(self, part: str = "") -> tuple[Relationship, ...]:
        """The links of a part ("" for the package itself); empty where it has none, or where they cannot be parsed."""
        found = self._links.get(part)
        if found is None:
            folder, _, base = _normal(part).rpartition("/")
            name = f"{folder}/_rels/{base}.rels".lstrip("/")
            there = name in self._members
            found = tuple(_link(e, folder) for e in self.xml(name).iter("{*}Relationship")) if there else ()
            self._links[part] = found
        return found

    def related(self, kind: str, part: str | None = None) -> str | None:
        """The part that `part` (by default the main part) links to by that kind; None where it has none."""
        source = self.main if part is None else part
        links = (r for r in self.relationships(source) if r.kind == kind and not r.external)
        return next((r.target for r in links if self.has(r.target)), None)

    def _find_main(self) -> tuple[str, str]:
        """The main part's name and what it holds; UnreadableError where it is no Word or Excel file."""
        if not self._members:
            raise no_form(Text("container.empty"))
        types = self._content_types()
        linked = [r.target for r in self.relationships() if r.kind == "officeDocument" and not r.external]
        typed = [name for name, kind in types.items() if "/" in name and kind.endswith("main+xml")]
        for name in (*linked, *typed, "word/document.xml", "xl/workbook.xml"):
            if self.has(name):
                return _normal(name), self._kind(name, types.get(_normal(name), ""))
        raise self._no_main()

    def _content_types(self) -> dict[str, str]:
        if "[content_types].xml" not in self._members:
            return {}
        root = self.xml("[content_types].xml")
        overrides = root.iter("{*}Override")
        return {_normal(e.get("PartName") or ""): (e.get("ContentType") or "").lower() for e in overrides}

    def _kind(self, name: str, content_type: str) -> str:
        if "sheet.binary" in content_type or name.lower().endswith(".bin"):
            raise ForeignFormatError("xlsb")
        if "wordprocessingml" in content_type or "ms-word" in content_type:
            return "docx"
        if "spreadsheetml" in content_type or "ms-excel" in content_type:
            return "xlsx"
        root = self.xml(name).tag.rpartition("}")[2]
        if root in {"document", "workbook"}:
            return "docx" if root == "document" else "xlsx"
        raise self._no_main()

    def _no_main(self) -> UnreadableError:
        if "ofd.xml" in self._members:
            return ForeignFormatError("ofd")
        if "mimetype" in self._members and "content.xml" in self._members:
            manifest = "meta-inf/manifest.xml"
            if manifest in self._members and b"encryption-data" in self.read(manifest):
                return encrypted()
            sheet = b"spreadsheet" in self.read("mimetype")
            return ForeignFormatError("ods" if sheet else "odt")
        if any(name.startswith("ppt/") for name in self._members):
            return no_form(Text("container.slides"))
        return no_form(Text("container.no-document"))


def open_package(source: Path | bytes, gate: Gate = GATE) -> Package:
    """Opens a .docx or .xlsx, read once and never written.

    UsageError where the path is missing or a folder; UnreadableError (what: cannot-open, encrypted, foreign-format,
    over-limits) with a sentence that says what to do.
    """
    return Package(file_bytes(source), gate)


def opened_zip(source: Path | BinaryIO) -> zipfile.ZipFile:
    """UnreadableError where it is damaged."""
    try:
        return zipfile.ZipFile(source)
    except BROKEN as error:
        raise damaged() from error


def unpacked(package: zipfile.ZipFile, info: zipfile.ZipInfo, room: int) -> bytes:
    """A part's bytes; UnreadableError where it is damaged, or there is no room for so many."""
    try:
        with package.open(info) as member:
            data = member.read(room + 1)
    except BROKEN as error:
        raise damaged() from error
    if len(data) > room:
        raise over_limits(Text("over.unpacked"))
    return data


def _members(infos: list[zipfile.ZipInfo], gate: Gate) -> dict[str, zipfile.ZipInfo]:
    """The parts by normal name; UnreadableError where the directory alone shows that the file is not to be opened."""
    if len(infos) > gate.members:
        raise over_limits(Text("over.parts", count=len(infos)))
    members: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & 0x1:
            raise UnreadableError("encrypted", "file.locked-parts")
        name = _normal(info.filename)
        if name.endswith("/") or not name:
            continue
        if name in members:
            raise no_form(Text("container.one-name", name=name))
        if info.file_size > gate.part or gate.is_bomb(info):
            raise over_limits(Text("over.part", name=name))
        members[name] = info
    if sum(info.file_size for info in members.values()) > gate.total:
        raise over_limits(Text("over.total"))
    return members


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _link(element: Element, folder: str) -> Relationship:
    target = element.get("Target") or ""
    external = element.get("TargetMode") == "External"
    if not external:
        target = _normal(posixpath.normpath(posixpath.join("/" + folder, unquote(target.replace("\\", "/")))))
    return Relationship(
        element.get("Id") or "", (element.get("Type") or "").rpartition("/")[2], target, external
    )


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
        raise UnreadableError("cannot-open", "file.no-file", path=source)
    with source.open("rb") as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise over_limits(Text("over.file"))
    return data


def _folder(source: Path) -> UsageError:
    return UsageError("path.folder", path=source)


def open_form(path: Path) -> Package:
    """The file, opened; an old or foreign text document as LibreOffice converts it. Errors as for `open_package`."""
    try:
        return open_package(path)
    except ForeignFormatError as foreign:
        return converted(path, foreign)


def converted(source: Path | bytes, foreign: ForeignFormatError) -> Package:
    """The file, converted in memory; its hash stays the original's.

    Word's own XML needs no LibreOffice, which would lose merged cells and tick boxes. ForeignFormatError again where
    this format is not converted, or LibreOffice is missing (the sentence then says what installing it would do, unless
    it could not be started here);
    UnreadableError where it fails or takes too long.
    """
    from clusterform.parsers.container.word_xml import PACKED
    from clusterform.parsers.libreoffice.convert import TARGETS, convert, find_soffice

    if foreign.format in PACKED:
        data = file_bytes(source)
        return Package(PACKED[foreign.format](data), origin=ConvertedFrom(foreign.format, data))
    if foreign.format not in TARGETS or not processes.can_start():
        raise foreign
    program = find_soffice()
    if program is None:
        raise ForeignFormatError(foreign.format, convertible=True)
    data = file_bytes(source)
    made = convert(program, data, foreign.format, TARGETS[foreign.format])
    return Package(made, origin=ConvertedFrom(foreign.format, data))
