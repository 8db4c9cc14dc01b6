"""A copy of a workbook with what is safe mended, and a note at each cell that tells what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from clusterform.copies.comment_text import repair_note
from clusterform.copies.own_mark import mark_as_copy
from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.repairs import Repair
from clusterform.copies.sheet_notes import SheetNotes
from clusterform.copies.sheet_part import SheetPart
from clusterform.copies.styles_part import StylesPart
from clusterform.parsers.container.package import Package
from clusterform.parsers.xlsx.cells import place_of
from clusterform.parsers.xlsx.read import sheet_parts
from clusterform.writing.fill_book.sheet_cells import CellPosition, CellText

_TWO_DECIMALS = 2


def fix_xlsx(package: Package, repairs: Sequence[Repair], language: str) -> tuple[bytes, list[Repair]]:
    """The copy, and those of the repairs that could be made."""
    copy = PackageCopy(package)
    styles = StylesPart(copy)
    made: list[Repair] = []
    for name, part in sheet_parts(package).items():
        own = {place: r for r in repairs if (place := _place(r, name)) is not None}
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


def _place(repair: Repair, sheet: str) -> CellPosition | None:
    where = repair.finding.location
    return place_of(where.ref or "") if where.sheet == sheet else None


def _mend(sheet: SheetPart, styles: StylesPart, place: CellPosition, repair: Repair) -> bool:
    """Whether the cell could be written: a figure gets a format that shows it as it should be, a text its new words."""
    stored = sheet.number(place)
    if stored is not None:
        if not styles.known or _decimal(stored) != _decimal(repair.after):
            return False
        sheet.set_style(place, styles.with_format(sheet.style(place), _TWO_DECIMALS))
        return True
    text = sheet.plain_text(place)
    if text is None or text.count(repair.before) != 1:
        return False
    sheet.set_text(place, CellText(text.replace(repair.before, repair.after)))
    return True


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
