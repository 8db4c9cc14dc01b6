"""A copy of a Word form with what is safe mended. Nothing else in it changes."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.own_mark import mark_as_copy
from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.repairs import Repair
from clusterform.copies.spliced_part import SplicedPart
from clusterform.copies.word_anchors import WordAnchors, definition_of
from clusterform.copies.word_replacements import Replacements
from clusterform.filling.read import place_answers
from clusterform.filling.reading import Reading
from clusterform.finding import FileReport
from clusterform.parsers.container.package import Package
from clusterform.writing.fill_word.docx_positions import read_traced


def fix_docx(
    package: Package, file: FileReport, repairs: Sequence[Repair], *, tracked: bool
) -> tuple[bytes, list[Repair]]:
    """The copy, and those of the repairs that could be made; `tracked`: as changes that a person accepts or rejects."""
    copy = PackageCopy(package)
    document, root = read_traced(package)
    part = SplicedPart(package.read(package.main), package.main, root)
    definition = definition_of(file)
    reading = place_answers(document, definition)[1] if definition is not None else Reading()
    places = WordAnchors(document, definition, reading, file)
    writer = Replacements(part, tracked=tracked)
    made = [repair for repair in repairs if _mend(places, writer, repair)]
    copy.change(copy.main, part)
    mark_as_copy(copy, "fixed")
    return copy.made(), made


def _mend(places: WordAnchors, writer: Replacements, repair: Repair) -> bool:
    """Whether the answer's words were found, once, and written anew."""
    piece = places.text_of(repair.address)
    if piece is None or piece.text.count(repair.before) != 1:
        return False
    start = piece.text.index(repair.before)
    return writer.replace(piece.origin[start : start + len(repair.before)], repair.after)
