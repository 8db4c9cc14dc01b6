"""What is wrong with a file of evidence: empty, locked, damaged, or something else than its ending says."""

from __future__ import annotations

from clusterform.errors import UnreadableError
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.row_counts import row_counts
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence_line import EvidenceFile
from clusterform.parsers.content import FileContent, identify
from clusterform.record import record

FAMILIES = {
    "pdf": (".pdf",),
    "word": (".docx", ".doc", ".wps", ".rtf", ".docm", ".odt", ".dotx", ".wpt"),
    "excel": (".xlsx", ".xls", ".et", ".csv", ".xlsm", ".ods", ".ett"),
    "slides": (".pptx", ".ppt", ".dps", ".pps", ".ppsx", ".odp"),
    "image": (
        *(".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp", ".heic", ".heif", ".jfif"),
        ".avif",
    ),
    "ofd": (".ofd",),
}
"""The endings of what evidence may be handed in as. OFD is the national format for fixed pages."""
OF_ENDING = {ending: family for family, endings in FAMILIES.items() for ending in endings}
_TAKEN_FOR = {"text": {"excel"}, "web": {"excel", "word"}}
"""A .csv is text; a .doc or .xls that an office system writes is often a web page inside, and opens."""


@record
class Inspected:
    file: EvidenceFile
    fault: str = ""
    """empty, encrypted, damaged, no-pages, other (not what its ending says), strange (no document at all), or an
    entry's own."""
    really: str = ""
    """With `other`: the family it belongs to."""


def inspect(source: FileSource, entry: ListedFile, *, counted: bool = False) -> Inspected:
    """Opens the file as far as that is needed to tell; `counted`: the entries of a list as well."""
    file = EvidenceFile(entry.name)
    if entry.fault:
        return Inspected(file, entry.fault)
    if entry.size == 0:
        return Inspected(file, "empty")
    try:
        with source.open(entry) as stream:
            content = identify(stream, entry.size)
            fault = _fault(entry, content)
            rows = row_counts(stream, entry, stem_of(entry.name)) if counted and not fault else ()
    except UnreadableError as error:
        return Inspected(file, "large" if error.what == "over-limits" else "damaged")
    except (OSError, ValueError):
        return Inspected(file, "damaged")
    return Inspected(EvidenceFile(entry.name, content.pages, rows), fault, content.family)


def _fault(entry: ListedFile, content: FileContent) -> str:
    """What content and ending say of each other."""
    promised = OF_ENDING.get(ending_of(entry.name), "")
    if content.fault:
        return content.fault
    if not content.family:
        return "damaged" if promised else "strange"
    if content.family == promised or promised in _TAKEN_FOR.get(content.family, ()):
        return ""
    if promised:
        return "other"
    return "" if content.family in FAMILIES else "strange"
