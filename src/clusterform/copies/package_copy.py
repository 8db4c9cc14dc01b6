"""A copy of an Office file with parts changed and parts added: the others byte for byte, and in their order, as they were.

A document property tells that it is a copy made here: editors keep it when the file is saved again.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from clusterform.errors import UnreadableError
from clusterform.parsers.container.own_marks import COPY_MARK, FILL_MARK, PROGRAM, properties_part
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import is_strict, parse_part
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.repack import repacked
from clusterform.writing.spliced_part import SplicedPart, written

_TYPES = "[Content_Types].xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
"""How a part of its own begins."""
_PROPERTY_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set of a user's own properties ([MS-OLEPS] 3.1.3)."""
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SAVED = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_FIRST_PROPERTY = 2
"""Numbers below are reserved."""
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


class PackageCopy:
    """Gathers what is to be otherwise in the copy."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._parts: dict[str, SplicedPart] = {}
        """Those that may be changed in single places; of them and the following the names in small letters."""
        self._replaced: dict[str, bytes] = {}
        self._added: dict[str, bytes] = {}
        self._names: dict[str, str] = {}
        """Of parts that are added: their names as they are written."""
        self._link_ids: dict[str, set[str]] = defaultdict(set)
        """The ids of links that were added, by the part that holds them."""
        self.main = package.stored_name(package.main)
        self.strict = is_strict(package.read(package.main), package.main)

    def read(self, name: str) -> bytes:
        """A part without what is changed in single places; KeyError where there is none."""
        held = {**self._replaced, **self._added}.get(name.lower())
        return self.package.read(name) if held is None else held

    def has(self, name: str) -> bool:
        """Whether there is such a part by now."""
        return name.lower() in self._added or self.package.has(name)

    def related(self, kind: str, source: str | None = None) -> str | None:
        """The part of the file that `source` (by default the main part) links to, by its stored name."""
        found = self.package.related(kind, source)
        return self.package.stored_name(found) if found is not None else None

    def part(self, name: str) -> SplicedPart:
        """A part, to be changed in single places; one that is not stays as it is, to the byte."""
        if name.lower() not in self._parts:
            data = self.read(name)
            self.use(name, SplicedPart(data, name, parse_part(data, name)))
        return self._parts[name.lower()]

    def use(self, name: str, part: SplicedPart) -> None:
        """A part that was read already, to be changed in single places."""
        self._parts[name.lower()] = part

    def replace(self, name: str, data: bytes) -> None:
        """Puts other bytes in the place of a part."""
        parts = self._added if name.lower() in self._added else self._replaced
        parts[name.lower()] = data
        self._parts.pop(name.lower(), None)

    def _write_new(self, name: str, data: bytes) -> None:
        self._added[name.lower()] = data
        self._names[name.lower()] = name

    def add(self, name: str, data: bytes, content_type: str, kind: str, *, source: str | None = None) -> str:
        """A new part that `source` (by default the main part; "" the package) links to; the link's id.

        `kind`: the relationship's type, in full or as its last word where it is one of the Office formats' own.
        """
        self._write_new(name, data)
        types = self.part(_TYPES)
        root = types.root
        tag = types.named_like(root, "Override")
        types.put_last(root, f'<{tag} PartName="/{written(name)}" ContentType="{content_type}"/>')
        return self.link(name, kind, source=source)

    def link(self, target: str, kind: str, *, source: str | None = None) -> str:
        """A relationship from a part to another; its id."""
        origin = self.main if source is None else source
        folder, base = posixpath.split(origin)
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        family = _STRICT_OFFICE if self.strict else _OFFICE
        full = kind if "/" in kind else family + kind
        address = posixpath.relpath("/" + target, "/" + folder) if origin else target
        if not self.has(name):
            self._write_new(name, f'{HEAD}<Relationships xmlns="{_LINKS}"/>'.encode())
        links = self.part(name)
        known = self._link_ids[name] | {e.get("Id") for e in links.root}
        key = next(key for number in range(1, len(known) + 2) if (key := f"rIdCf{number}") not in known)
        tag = links.named_like(links.root, "Relationship")
        links.put_last(links.root, f'<{tag} Id="{key}" Type="{full}" Target="{written(address)}"/>')
        self._link_ids[name].add(key)
        return key

    def free_name(self, pattern: str) -> str:
        """A part's name that nothing has yet, such as `xl/comments{}.xml` with a number."""
        return next(name for number in count(1) if not self.has(name := pattern.format(number)))

    def made(self) -> bytes:
        """The copy."""
        for name, part in list(self._parts.items()):
            if part.changed:
                self.replace(name, part.result())
        added = {self._names[name]: content for name, content in self._added.items()}
        return repacked(self.package.data, self._replaced, added)


def _last_saved(package: Package) -> str:
    """What the core properties say (ECMA-376-2, 11); empty where they cannot be read, which is no matter here."""
    name = package.related("core-properties", "")
    try:
        saved = None if name is None else package.xml(name).find("{*}modified")
    except UnreadableError:
        return ""
    return "" if saved is None else (saved.text or "").strip()


def authorship(package: Package, w: str) -> str:
    """Of whom a comment or a tracked change is, and of when: attributes with the prefix `w` and its colon.

    Some readers fail where there is no date, and a copy is the same whenever it is made: the day is that on which the
    file that was checked was saved last, or of a file that does not say it the first that a zip knows.
    """
    found = _SAVED.match(_last_saved(package))
    date = found[0] if found is not None else "1980-01-01T00:00:00"
    return f' {w}author="{PROGRAM}" {w}date="{date}Z"'


def mark_as_copy(copy: PackageCopy, what: str, fills: Sequence[str] = ()) -> None:
    """Says in the copy what it is, `annotated` or `fixed`, and the `fills` it keeps, in place of what it said before."""
    name = properties_part(copy.package)
    if not copy.has(name):
        empty = f'{HEAD}<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VALUES}"/>'
        copy.add(name, empty.encode(), _PROPERTIES_TYPE, "custom-properties", source="")
    part = copy.part(name)
    others = [e for e in part.root if not (e.get("name") or "").startswith((COPY_MARK, FILL_MARK))]
    for item in part.root:
        if item not in others:
            part.put_instead(item)
    number = max([_FIRST_PROPERTY - 1, *(n.number(item.get("pid"), 0) for item in others)]) + 1
    tag = part.named_like(part.root, "property")
    says = {COPY_MARK: what, **{f"{FILL_MARK}{key}": fill for key, fill in enumerate(fills, 1)}}
    for pid, (own, value) in enumerate(says.items(), number):
        part.put_last(
            part.root,
            f'<{tag} fmtid="{_PROPERTY_SET}" pid="{pid}" name="{own}">'
            f'<vt:lpwstr xmlns:vt="{_VALUES}">{written(value)}</vt:lpwstr></{tag}>',
        )
