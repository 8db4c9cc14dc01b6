"""A copy of a workbook with what is safe mended, and a note at each cell that tells what stood there."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.comment_text import repair_note
from clusterform.copies.own_mark import mark_as_copy
from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.repairs import Repair
from clusterform.copies.sheet_notes import SheetNotes
from clusterform.copies.sheet_part import SheetPart
from clusterform.copies.styles_part import StylesPart
from clusterform.parsers.container.package import Package
from clusterform.parsers.xlsx.cells import place_of
from clusterform.parsers.xlsx.number_format import built_in
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number
from clusterform.parsers.xlsx.read import sheet_parts
from clusterform.writing.fill_book.sheet_cells import CellPosition

_FORMATS = (2, 1, 10, 4, 3)
"""0.00, 0, 0.00%, #,##0.00 and #,##0 (ISO/IEC 29500-1, 18.8.30)."""


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
