"""Which blank a Word file was made from: the project's own bear a document property, which editors keep."""

from __future__ import annotations

from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part

MARK = "ClusterformBlank"
"""The property's name."""
PROPERTIES = "docProps/custom.xml"


def mark_for(kind: str, edition: str) -> str:
    """What the property says."""
    return f"{kind} {edition}"


def blank_mark(package: Package) -> str:
    """What the property of the file says; empty where it has none."""
    if package.kind != "docx" or not package.has(PROPERTIES):
        return ""
    data = package.read(PROPERTIES)
    if MARK.encode() not in data:
        return ""
    properties = parse_part(data, PROPERTIES)
    return next(("".join(map(str, p.itertext())).strip() for p in properties if p.get("name") == MARK), "")
