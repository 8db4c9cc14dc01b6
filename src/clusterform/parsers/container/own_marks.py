"""What this program says of itself in the properties of a Word or Excel file, which editors keep when they save it."""

from __future__ import annotations

from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part

PROGRAM = "clusterform"
"""The author of the comments and tracked changes in a copy made here."""
OWN_MARKS = "own-marks"
"""What reading notices where there are any, and what the rule's message for it is called."""
PROPERTIES = "docProps/custom.xml"
NOTE_RULE = f"———— {PROGRAM} ————"
"""In a workbook's notes: behind a person's note and above ours, and the last line of one that is ours alone."""
BLANK_MARK = "ClusterformBlank"
"""The property that names the blank a file was made from."""
COPY_MARK = "ClusterformCopy"
"""The property that tells a copy with comments, `annotated`, or with repairs, `fixed`."""


def mark_for(kind: str, edition: str) -> str:
    """What the property of a blank says."""
    return f"{kind} {edition}"


def blank_mark(package: Package) -> str:
    """Which blank a Word file was made from; empty where it does not say."""
    return _property(package, BLANK_MARK) if package.kind == "docx" else ""


def copy_mark(package: Package) -> str:
    """What kind of copy the file is; empty where it is none."""
    return _property(package, COPY_MARK)


def is_own_note(author: str | None, text: str) -> bool:
    """Whether a note is ours alone. By its last line as well: LibreOffice keeps no authors."""
    return author == PROGRAM or text.rstrip().endswith(NOTE_RULE)


def properties_part(package: Package) -> str:
    """The part with the user's own properties, or where it is usual."""
    return package.related("custom-properties", "") or PROPERTIES


def _property(package: Package, name: str) -> str:
    part = properties_part(package)
    if not package.has(part):
        return ""
    data = package.read(part)
    if name.encode() not in data:
        return ""
    properties = parse_part(data, part)
    return next(("".join(map(str, p.itertext())).strip() for p in properties if p.get("name") == name), "")
