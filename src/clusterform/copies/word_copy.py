"""A copy of a Word form with a comment at each finding, or with what is safe mended. Nothing else in it changes."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.copies.comment_text import Comment, comment_on, commented, summing_up
from clusterform.copies.package_copy import PackageCopy, authorship, mark_as_copy
from clusterform.copies.repairs import Repair
from clusterform.copies.word_anchors import WordAnchors, traced_form
from clusterform.copies.word_changes import COMMENT_MARKS, CommentRanges, Replacements, word_prefix
from clusterform.copies.word_comments import WordComments
from clusterform.finding import FileReport, Report
from clusterform.parsers.container.package import Package
from clusterform.parsers.docx import names as n
from clusterform.writing.spliced_part import SplicedPart


def annotate_docx(
    package: Package, report: Report, file: FileReport, repairs: Sequence[Repair] = ()
) -> bytes:
    """The copy; `file` is what `report` says of it."""
    copy = PackageCopy(package)
    part, anchors = traced_form(package, file)
    comments = WordComments(copy, part.root)
    _take_away(part, comments.own)
    findings = commented(file)
    told: list[Comment] = [summing_up(report, file, len(repairs))]
    told += [comment_on(finding, report.language) for finding in findings]
    places = [anchors.title, *map(anchors.of, findings)]
    ranges = CommentRanges(part)
    for place, number in zip(places, comments.replace(told), strict=True):
        ranges.hang(place, number)
    ranges.write()
    copy.use(copy.main, part)
    mark_as_copy(copy, "annotated")
    return copy.made()


def _take_away(part: SplicedPart, numbers: frozenset[str]) -> None:
    """Takes the marks of comments out of the text, each number with its run."""
    if not numbers:
        return
    for element in part.root.iter(*COMMENT_MARKS):
        if element.get(n.ID) not in numbers:
            continue
        run = element.getparent()
        alone = run is not None and run.tag == n.R and all(c is element or c.tag == n.RPR for c in run)
        part.put_instead(run if alone and run is not None else element)


def fix_docx(
    package: Package, file: FileReport, repairs: Sequence[Repair], *, tracked: bool
) -> tuple[bytes, list[Repair]]:
    """The copy, and those of the repairs that could be made; `tracked`: as changes that a person accepts or rejects."""
    copy = PackageCopy(package)
    part, places = traced_form(package, file)
    writer = Replacements(part, authorship(package, word_prefix(part)[0]) if tracked else "")
    made = [repair for repair in repairs if _mend(places, writer, repair)]
    copy.use(copy.main, part)
    mark_as_copy(copy, "fixed")
    return copy.made(), made


def _mend(places: WordAnchors, writer: Replacements, repair: Repair) -> bool:
    """Whether the answer's words were found, once, and written anew."""
    piece = places.text_of(repair.address)
    if piece is None or piece.text.count(repair.before) != 1:
        return False
    start = piece.text.index(repair.before)
    return writer.replace(piece.origin[start : start + len(repair.before)], repair.after)
