"""What tells that a file is a copy made here: a document property, which editors keep when the file is saved again."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.package_copy import HEAD, PackageCopy
from clusterform.errors import UnreadableError
from clusterform.parsers.container.own_marks import COPY_MARK, FILL_MARK, PROGRAM, properties_part
from clusterform.parsers.container.package import Package
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.spliced_part import written

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set of a user's own properties ([MS-OLEPS] 3.1.3)."""
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_URI = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SAVED = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_FIRST = 2
"""Numbers below are reserved."""


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
        empty = f'{HEAD}<Properties xmlns="{_URI}" xmlns:vt="{_VALUES}"/>'
        copy.add(name, empty.encode(), _TYPE, "custom-properties", source="")
    part = copy.part(name)
    others = [e for e in part.root if not (e.get("name") or "").startswith((COPY_MARK, FILL_MARK))]
    for item in part.root:
        if item not in others:
            part.remove(item)
    number = max([_FIRST - 1, *(n.number(item.get("pid"), 0) for item in others)]) + 1
    tag = part.named_like(part.root, "property")
    says = {COPY_MARK: what, **{f"{FILL_MARK}{key}": fill for key, fill in enumerate(fills, 1)}}
    for pid, (own, value) in enumerate(says.items(), number):
        part.put_last(
            part.root,
            f'<{tag} fmtid="{_FORMAT}" pid="{pid}" name="{own}">'
            f'<vt:lpwstr xmlns:vt="{_VALUES}">{written(value)}</vt:lpwstr></{tag}>',
        )
    copy.change(name, part)
