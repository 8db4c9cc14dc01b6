"""What is wrong with a file of evidence: empty, locked, damaged, or something else than its ending says; and how long a list it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from clusterform.errors import ClusterformError, UnreadableError
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence.tables import CSV, LARGEST, OFFICE, tables_of
from clusterform.evidence_line import EvidenceFile
from clusterform.parsers.content import FileContent, identify
from clusterform.parsers.raw import Cell, Table
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.words import words

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


@dataclass(frozen=True, slots=True)
class Inspected:
    file: EvidenceFile
    fault: str = ""
    """empty, encrypted, damaged, no-pages, other (not what its ending says), strange (no document at all), or an
    entry's own."""
    really: str = ""
    """With `other`: the family it belongs to."""

    @property
    def unread(self) -> bool:
        """Whether it is a PDF that nothing here can open."""
        return not self.fault and self.really == "pdf" and self.file.pages is None


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


_LIST = pattern(r"{evidence.lists}")
_TOTAL = pattern(r"^{evidence.totals}")
_HEAD_ROWS = 6
_FEWEST_COLUMNS = 2
_DIGITS = 6
"""No list has entries of a longer number."""


def row_counts(stream: BinaryIO, entry: ListedFile, stem: str) -> tuple[int, ...]:
    """The ways to count, the likeliest first; empty where it is no list, or none that can be read.

    A Word file counts only where its name says that it is a list: any report has tables.
    """
    ending = ending_of(entry.name)
    if entry.size > LARGEST or not (
        ending in CSV or ending == ".xlsx" or (ending in OFFICE and _LIST.search(stem))
    ):
        return ()
    stream.seek(0)
    try:
        tables = tables_of(stream.read(LARGEST), ending)
    except ClusterformError:
        return ()
    counts, serials = [0], [0]
    for table in tables:
        if (start := _header(table)) is not None:
            heads, *rows = table.rows[start:]
            counts.append(sum(1 for row in rows if _is_entry(row)))
            columns = {c.column for c in heads if fold(c.text) in words("evidence.serial")}
            texts = [fold(cell.text) for row in rows for cell in row if cell.column in columns]
            serials += [int(text) for text in texts if text.isdecimal() and len(text) <= _DIGITS]
    ways = (sum(counts), max(counts), max(serials))  # the last as entries may take several rows
    return tuple(dict.fromkeys(n for n in ways if n)) if any(counts) else ()


def _header(table: Table) -> int | None:
    """The row of heads: one with 序号, else the first with texts side by side."""
    first: int | None = None
    for number, row in enumerate(table.rows[:_HEAD_ROWS]):
        texts = _texts(row)
        if any(text in words("evidence.serial") for text in texts):
            return number
        if first is None and len(texts) >= _FEWEST_COLUMNS and not any(text.isdecimal() for text in texts):
            first = number
    return first


def _is_entry(row: tuple[Cell, ...]) -> bool:
    """Whether a row below the header says more than a number, and is no total and no remark."""
    texts = _texts(row)
    return any(not text.isdecimal() for text in texts) and not _TOTAL.match(texts[0])


def _texts(row: tuple[Cell, ...]) -> list[str]:
    return [text for cell in row if (text := fold(cell.text))]
