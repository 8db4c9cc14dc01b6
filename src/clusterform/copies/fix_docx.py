"""A copy of a Word form with what is safe mended. Nothing else in it changes."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.own_mark import authorship, mark_as_copy
from clusterform.copies.package_copy import PackageCopy
from clusterform.copies.repairs import Repair
from clusterform.copies.word_anchors import WordAnchors, traced_form
from clusterform.copies.word_ranges import word_prefix
from clusterform.copies.word_replacements import Replacements
from clusterform.finding import FileReport
from clusterform.parsers.container.package import Package


def fix_docx(
    package: Package, file: FileReport, repairs: Sequence[Repair], *, tracked: bool
) -> tuple[bytes, list[Repair]]:
    """The copy, and those of the repairs that could be made; `tracked`: as changes that a person accepts or rejects."""
    copy = PackageCopy(package)
    part, places = traced_form(package, file)
    writer = Replacements(part, authorship(package, word_prefix(part)[0]) if tracked else "")
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
