"""A sheet of a marked workbook that lists all that is found, each with a link to its cell; no reader takes it for the form's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.copies.comment_text import listed
from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.sheet_notes import NARROW, lines_taken
from clusterform.copies.styles_part import StylesPart
from clusterform.finding import Finding
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


Told = tuple[Finding, str, CellPosition]
"""A finding, and the sheet and the cell of its note."""


def write_legend(
    copy: PackageCopy, styles: StylesPart, title: Sequence[str], told: Sequence[Told], language: str
) -> None:
    """Puts the sheet behind the workbook's others; one that was put there before is written anew."""
    uri = n.STRICT_MAIN if copy.strict else n.MAIN
    data = _sheet(uri, styles, title, told, language).encode()
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


def _sheet(uri: str, styles: StylesPart, title: Sequence[str], told: Sequence[Told], language: str) -> str:
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
