"""A workbook into tables, sheet by sheet. Nothing here knows a form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from clusterform.answers import Observation
from clusterform.errors import UnreadableError
from clusterform.finding import Location
from clusterform.messages import Text
from clusterform.parsers.container.own_marks import LEGEND_SHEET
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.refusals import no_form
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.parsers.raw import Block, HiddenSheet, Paragraph, RawDocument
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import (
    Cells,
    WorkbookParts,
    is_true,
    read_cells,
    reference,
    without_blank_rows,
)
from clusterform.parsers.xlsx.extras import extras, hidden_cells, hidden_sheet
from clusterform.parsers.xlsx.floating import floating, lay_over
from clusterform.parsers.xlsx.grid import Grid
from clusterform.parsers.xlsx.styles import read_looks
from clusterform.parsers.xlsx.text import RichText, rich_text


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    hidden: bool


def read_xlsx(package: Package) -> RawDocument:
    """The workbook's sheets in its order, each under its name; UnreadableError where it has none."""
    sheets = list(_sheets(package))
    if not sheets:
        raise UnreadableError("cannot-open", "file.no-sheet")
    book = _book(package)
    blocks: list[Block] = []
    hidden: list[HiddenSheet] = []
    observations: list[Observation] = []
    exchange = False
    for sheet in sheets:
        cells = _cells(package, sheet.part, book)
        exchange = exchange or cells.dynamic_exchange
        if sheet.hidden:
            observations += hidden_sheet(sheet.name, cells)
            hidden.append(HiddenSheet(len(blocks), tuple(_blocks(sheet, cells))))
            continue
        observations += hidden_cells(sheet.name, cells)
        blocks += _blocks(sheet, cells)
    noticed = (
        *extras(package, [s.part for s in sheets], dde=exchange, legend=legend_part(package) is not None),
        *observations,
    )
    return RawDocument("xlsx", tuple(blocks), noticed, hidden=tuple(hidden))


def first_text(package: Package) -> Location | None:
    """The first cell that shows anything."""
    book = _book(package)
    for sheet in _sheets(package):
        contents = {} if sheet.hidden else _cells(package, sheet.part, book).contents
        shown = sorted(place for place, content in contents.items() if content.text.strip())
        if shown:
            return Location(sheet=sheet.name, ref=reference(*shown[0]))
    return None


def _book(package: Package) -> WorkbookParts:
    properties = package.xml(package.main).find(n.WORKBOOK_PR)
    from_1904 = properties is not None and is_true(properties.get("date1904"))
    return WorkbookParts(read_looks(package), _strings(package), from_1904)


def _cells(package: Package, part: str, book: WorkbookParts) -> Cells:
    root = parse_part(without_blank_rows(package.read(part)), part)
    cells = read_cells(root, book)
    if package.relationships(part):
        lay_over(cells, floating(package, part, root))
    return cells


def sheet_parts(package: Package) -> dict[str, str]:
    return {sheet.name: sheet.part for sheet in _sheets(package)}


def legend_part(package: Package) -> str | None:
    """The part of the sheet that a marked copy has beside the form's own."""
    return next((sheet.part for sheet in _all_sheets(package) if sheet.name == LEGEND_SHEET), None)


def _blocks(sheet: Sheet, cells: Cells) -> Iterator[Block]:
    if cells.contents:
        yield Paragraph(visible_text(sheet.name), location=Location(sheet=sheet.name), sheet_name=True)
        yield from Grid(sheet.name, cells).tables()


def _sheets(package: Package) -> Iterator[Sheet]:
    """The sheets that the form may stand on."""
    return (sheet for sheet in _all_sheets(package) if sheet.name != LEGEND_SHEET)


def _all_sheets(package: Package) -> Iterator[Sheet]:
    """The sheets of cells; charts and dialogs are other parts."""
    links = {r.id: r for r in package.relationships(package.main) if not r.external}
    for element in package.xml(package.main).iter(n.SHEET):
        link = links.get(element.get(n.R_ID) or "")
        if link is not None and link.kind == "worksheet":
            if not package.has(link.target):
                raise no_form(Text("container.sheet-lost", name=element.get("name") or ""))
            hidden = (element.get("state") or "visible") != "visible"
            yield Sheet(element.get("name") or "", link.target, hidden)


def _strings(package: Package) -> tuple[RichText, ...]:
    part = package.related("sharedStrings")
    return tuple(rich_text(e) for e in package.xml(part).iter(n.SI)) if part is not None else ()
