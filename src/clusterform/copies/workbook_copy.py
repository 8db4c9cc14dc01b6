"""A copy of a workbook with a note and a colour at the cell of each finding, or with what is safe mended, and a note at each cell of what stood there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

from clusterform.copies.comment_text import (
    Comment,
    comment_on,
    commented,
    listed,
    repair_beginnings,
    repair_note,
    summing_up,
)
from clusterform.copies.package_copy import PackageCopy, mark_as_copy
from clusterform.copies.repairs import Repair
from clusterform.copies.sheet_notes import NARROW, SheetNotes, lines_taken
from clusterform.copies.sheet_part import SheetPart
from clusterform.copies.styles_part import StylesPart
from clusterform.copies.word_anchors import definition_of
from clusterform.filling.outline import read_outline
from clusterform.finding import FileReport, Finding, Location, Report, Severity
from clusterform.messages import Text
from clusterform.parsers.container.own_marks import LEGEND_SHEET
from clusterform.parsers.container.package import Package
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import place_of, reference
from clusterform.parsers.xlsx.number_format import built_in
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number
from clusterform.parsers.xlsx.read import first_text, legend_part, read_xlsx, sheet_parts
from clusterform.writing.fill_book.sheet_cells import CellPosition, text_of_cell
from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import written

_WEIGHT = tuple(Severity)
Notes = dict[CellPosition, list[Comment]]


def annotate_xlsx(
    package: Package,
    report: Report,
    file: FileReport,
    repairs: Sequence[Repair] = (),
    *,
    legend: bool = False,
) -> bytes:
    """The copy; `file` is what `report` says of it. `legend`: with a sheet that lists all; where one is, it is always renewed."""
    copy = PackageCopy(package)
    places = _Places(package, file)
    notes: dict[str, Notes] = defaultdict(lambda: defaultdict(list))
    sheet, cell = places.title
    title = summing_up(report, file, len(repairs))
    notes[sheet][cell].append(title)
    told = [(finding, *places.of(finding)) for finding in commented(file)]
    for finding, sheet, cell in told:
        notes[sheet][cell].append(comment_on(finding, report.language))
    fills = StylesPart(copy)
    for name, part in sheet_parts(package).items():
        if name in notes or fills.coloured or package.related("comments", part) is not None:
            _mark(copy, SheetPart(copy, part), fills, notes.get(name, {}))
    if legend or legend_part(package) is not None:
        _write_legend(copy, fills, title.lines, told, report.language)
    fills.write()
    mark_as_copy(copy, "annotated", fills.kept)
    return copy.made()


def _mark(copy: PackageCopy, sheet: SheetPart, fills: StylesPart, notes: Notes) -> None:
    """One sheet: former marks go, these are put in their place."""
    if fills.known:
        for place, style in [(place, sheet.style(place)) for place in sheet.cells]:
            if (plain := fills.plain(style)) != style:
                sheet.set_style(place, plain)
        for place, comments in notes.items():
            weights = [_WEIGHT.index(c.severity) for c in comments if c.severity is not None]
            if weights:
                sheet.set_style(place, fills.filled(sheet.style(place), _WEIGHT[min(weights)]))
    texts = {place: _lines(comments) for place, comments in notes.items()}
    SheetNotes(copy, sheet).replace(texts, kept=repair_beginnings())
    sheet.write()


def _lines(comments: list[Comment]) -> list[str]:
    """Several comments of one cell as one note."""
    lines: list[str] = []
    for comment in comments:
        lines += ["", *comment.lines] if lines else comment.lines
    return lines


class _Places:
    """The cell of each finding."""

    def __init__(self, package: Package, file: FileReport) -> None:
        self._package = package
        self._definition = definition_of(file)
        self.title = _at(first_text(package)) or ("", (0, 0))

    @cached_property
    def _headings(self) -> dict[int, Location]:
        """Of the form's parts; the whole is read again where a finding has no place but its part."""
        if self._definition is None:
            return {}
        seen = read_outline(read_xlsx(self._package), self._definition).seen
        return {number: where for number, where, _ in reversed(seen)}

    def of(self, finding: Finding) -> tuple[str, CellPosition]:
        """Its own cell, else that of its part's heading, else the first of all."""
        own = _at(finding.location)
        if own is None and isinstance(finding.section, int):
            own = _at(self._headings.get(finding.section))
        return own or self.title


def _at(location: Location | None) -> tuple[str, CellPosition] | None:
    """A sheet's name and a place in it; of a sheet alone its first cell."""
    if location is None or location.sheet is None:
        return None
    return location.sheet, place_of(location.ref or "A1") or (0, 0)


_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_COLUMNS = (("severity", 12), ("where", 46), ("label", 30), ("message", 70), ("basis", 40), ("rule", 9))
"""Heads of the columns, and how many characters these are wide."""
_LINKED = 1
_LINE = 15
"""Points that a line is tall."""
Told = tuple[Finding, str, CellPosition]
"""A finding, and the sheet and the cell of its note."""


def _write_legend(
    copy: PackageCopy, styles: StylesPart, title: Sequence[str], told: Sequence[Told], language: str
) -> None:
    """Puts the sheet behind the workbook's others; one that was put there before is written anew."""
    uri = n.STRICT_MAIN if copy.strict else n.MAIN
    data = _legend(uri, styles, title, told, language).encode()
    held = legend_part(copy.package)
    if held is not None:
        copy.replace(held, data)
        return
    name = copy.free_name("xl/worksheets/clusterform{}.xml")
    key = copy.add(name, data, _SHEET_TYPE, "worksheet")
    book = copy.part(copy.main)
    sheets = next(book.root.iter(n.SHEETS))
    count = max((number(e.get("sheetId"), 0) for e in sheets), default=0) + 1
    tag, links = book.named_like(sheets, "sheet"), n.STRICT_LINKS if copy.strict else n.LINKS
    book.put_last(sheets, f'<{tag} xmlns:r="{links}" name="{LEGEND_SHEET}" sheetId="{count}" r:id="{key}"/>')


def _legend(uri: str, styles: StylesPart, title: Sequence[str], told: Sequence[Told], language: str) -> str:
    wrapped = styles.wrapped() if styles.known else 0
    lines = [[(line, 0)] for line in title]
    lines.append([(Text(f"head.{key}")[language], wrapped) for key, _ in _COLUMNS])
    links = ""
    for finding, sheet, cell in told:
        place = reference(*cell)
        target = "'{}'!{}".format(sheet.replace("'", "''"), place)
        links += f'<hyperlink ref="{reference(len(lines), _LINKED)}" location="{written(target)}"/>'
        coloured = styles.filled(0, finding.severity) if styles.known else 0
        texts = (f"{sheet} {place}", *listed(finding, language))
        severity = Text(f"severity.{finding.severity}")[language]
        lines.append([(severity, coloured), *((text, wrapped) for text in texts)])
    columns = (
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(_COLUMNS, 1)
    )
    return shipped_part(
        "book/legend.xml",
        uri=uri,
        columns="".join(columns),
        rows="".join(_legend_rows(lines)),
        links=f"<hyperlinks>{links}</hyperlinks>" if links else "",
    )


def _legend_rows(lines: Sequence[Sequence[tuple[str, int]]]) -> Iterator[str]:
    """Texts with the numbers of their styles."""
    widths = [width * NARROW for _, width in _COLUMNS]
    for at, line in enumerate(lines):
        takes = (lines_taken(text, room) for (text, _), room in zip(line, widths, strict=False))
        tall = max(takes) if line[1:] else 1
        cells = "".join(
            f'<c r="{reference(at, column)}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{text_of_cell(text)}</t></is></c>'
            for column, (text, style) in enumerate(line)
        )
        yield f'<row r="{at + 1}" ht="{tall * _LINE}" customHeight="1">{cells}</row>'


_FORMATS = (2, 1, 10, 4, 3)
"""0.00, 0, 0.00%, #,##0.00 and #,##0 (ISO/IEC 29500-1, 18.8.30)."""


def fix_xlsx(package: Package, repairs: Sequence[Repair], language: str) -> tuple[bytes, list[Repair]]:
    """The copy, and those of the repairs that could be made."""
    copy = PackageCopy(package)
    styles = StylesPart(copy)
    made: list[Repair] = []
    for name, part in sheet_parts(package).items():
        places = ((_at(r.finding.location), r) for r in repairs if r.finding.location.ref)
        own = {at[1]: repair for at, repair in places if at is not None and at[0] == name}
        if not own:
            continue
        sheet = SheetPart(copy, part)
        mended = {place: r for place, r in own.items() if _mend(sheet, styles, place, r)}
        SheetNotes(copy, sheet).add({place: [repair_note(r, language)] for place, r in mended.items()})
        sheet.write()
        made += mended.values()
    styles.write()
    mark_as_copy(copy, "fixed", styles.kept)
    return copy.made(), [repair for repair in repairs if repair in made]


def _mend(sheet: SheetPart, styles: StylesPart, place: CellPosition, repair: Repair) -> bool:
    """Whether the cell could be written: a figure gets a format that shows it as it should be, a text its new words.

    What is stored of a figure stays, and so does a formula.
    """
    stored = sheet.number(place)
    if stored is None:
        return sheet.replace_words(place, repair.before, repair.after)
    value = stored_number(stored)
    shows = (
        f for f in _FORMATS if value is not None and number_shown(value, built_in(f)).text == repair.after
    )
    shown = next(shows, None)
    if shown is None or not styles.known:
        return False
    sheet.set_style(place, styles.with_format(sheet.style(place), shown))
    return True
