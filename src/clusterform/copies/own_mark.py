"""What tells that a file is a copy made here: a document property, which editors keep when the file is saved again."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.package_copy import HEAD, PackageCopy
from clusterform.parsers.container.own_marks import COPY_MARK, FILL_MARK, properties_part
from clusterform.parsers.docx import names as n
from clusterform.writing.spliced_part import written

_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The property set of a user's own properties ([MS-OLEPS] 3.1.3)."""
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_URI = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FIRST = 2
"""Numbers below are reserved."""


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
            span = part.span(item)
            part.replace(span.start, span.end)
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
