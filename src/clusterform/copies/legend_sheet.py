"""A sheet of a marked workbook that lists all that is found, each with a link to its cell; no reader takes it for the form's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.sheet_notes import NARROW, lines_taken
from clusterform.copies.styles_part import StylesPart
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.parsers.container.own_marks import LEGEND_SHEET
from clusterform.parsers.docx.names import number
from clusterform.parsers.xlsx import names as n
from clusterform.parsers.xlsx.cells import reference
from clusterform.parsers.xlsx.read import legend_part
from clusterform.writing.fill_book.sheet_cells import CellPosition, text_of_cell
from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import written

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_COLUMNS = (("severity", 12), ("where", 46), ("label", 30), ("message", 70), ("basis", 40), ("rule", 9))
"""Heads of the columns, and how many characters these are wide."""
_LINKED = 1
_LINE = 15
"""Points that a line is tall."""


class LegendRow(NamedTuple):
    """One finding: how much it weighs, the cell of its note, and the texts of all columns but those two."""

    severity: Severity
    sheet: str
    cell: CellPosition
    texts: Sequence[str]


def write_legend(
    copy: PackageCopy, styles: StylesPart, title: Sequence[str], rows: Iterable[LegendRow], language: str
) -> None:
    """Puts the sheet behind the workbook's others; one that was put there before is written anew."""
    uri = n.STRICT_MAIN if copy.strict else n.MAIN
    data = _sheet(uri, styles, title, list(rows), language).encode()
    held = legend_part(copy.package)
    if held is not None:
        copy.replace(held, data)
        return
    name = copy.free_name("xl/worksheets/clusterform{}.xml")
    key = copy.add(name, data, _TYPE, "worksheet")
    book = copy.part(copy.main)
    sheets = next(book.root.iter(n.SHEETS))
    count = max((number(e.get("sheetId"), 0) for e in sheets), default=0) + 1
    tag, links = book.named_like(sheets, "sheet"), n.STRICT_LINKS if copy.strict else n.LINKS
    book.put_last(sheets, f'<{tag} xmlns:r="{links}" name="{LEGEND_SHEET}" sheetId="{count}" r:id="{key}"/>')
    copy.change(copy.main, book)


def _sheet(
    uri: str, styles: StylesPart, title: Sequence[str], rows: Sequence[LegendRow], language: str
) -> str:
    wrapped = styles.wrapped() if styles.known else 0
    lines = [[(line, 0)] for line in title]
    lines.append([(Text(f"head.{key}")[language], wrapped) for key, _ in _COLUMNS])
    first = len(lines)
    for row in rows:
        severity = (
            Text(f"severity.{row.severity}")[language],
            styles.filled(0, row.severity) if styles.known else 0,
        )
        texts = (f"{row.sheet} {reference(*row.cell)}", *row.texts)
        lines.append([severity, *((text, wrapped) for text in texts)])
    links = "".join(
        f'<hyperlink ref="{reference(at, _LINKED)}" location="{written(_target(row))}"/>'
        for at, row in enumerate(rows, first)
    )
    columns = (
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(_COLUMNS, 1)
    )
    return shipped_part(
        "book/legend.xml",
        uri=uri,
        columns="".join(columns),
        rows="".join(_rows(lines)),
        links=f"<hyperlinks>{links}</hyperlinks>" if links else "",
    )


def _rows(lines: Sequence[Sequence[tuple[str, int]]]) -> Iterator[str]:
    """Texts with the numbers of their styles."""
    widths = [width * NARROW for _, width in _COLUMNS]
    for at, line in enumerate(lines):
        tall = (
            max(lines_taken(text, room) for (text, _), room in zip(line, widths, strict=False))
            if line[1:]
            else 1
        )
        cells = "".join(
            f'<c r="{reference(at, column)}" s="{style}" t="inlineStr">'
            f'<is><t xml:space="preserve">{text_of_cell(text)}</t></is></c>'
            for column, (text, style) in enumerate(line)
        )
        yield f'<row r="{at + 1}" ht="{tall * _LINE}" customHeight="1">{cells}</row>'


def _target(row: LegendRow) -> str:
    """A cell as a link names it."""
    quoted = row.sheet.replace("'", "''")
    return f"'{quoted}'!{reference(*row.cell)}"
