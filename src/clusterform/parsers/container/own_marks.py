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
LEGEND_SHEET = PROGRAM
"""What the sheet is called that lists all findings in a marked workbook. It is no part of the form."""
COPY_MARK = "ClusterformCopy"
"""The property that tells a copy with comments, `annotated`, or with repairs, `fixed`."""

FILL_MARK = "ClusterformFill"
"""How the properties begin, a number behind it, that keep the fills which coloured cells of a workbook had before."""


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
    """Whether a note is ours alone, with no words of a person before or behind. LibreOffice keeps no authors."""
    if NOTE_RULE not in text:
        return author == PROGRAM
    return text.rstrip().endswith(NOTE_RULE) or text.lstrip().startswith(NOTE_RULE)


def properties_part(package: Package) -> str:
    """The part with the user's own properties, or where it is usual."""
    return package.related("custom-properties", "") or PROPERTIES


def own_properties(package: Package, beginning: str) -> list[str]:
    """What the properties of a name with a number behind it say, from 1 on without a gap."""
    held = _properties(package, beginning)
    count = next(k for k in range(len(held) + 1) if f"{beginning}{k + 1}" not in held)
    return [held[f"{beginning}{k + 1}"] for k in range(count)]


def _property(package: Package, name: str) -> str:
    return _properties(package, name).get(name, "")


def _properties(package: Package, beginning: str) -> dict[str, str]:
    """The properties whose names begin so."""
    part = properties_part(package)
    data = package.read(part) if package.has(part) else b""
    if beginning.encode() not in data:
        return {}
    names = ((e.get("name") or "", e) for e in parse_part(data, part))
    return {name: "".join(map(str, e.itertext())).strip() for name, e in names if name.startswith(beginning)}
