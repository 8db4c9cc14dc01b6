"""串页: whether the labels of parts one to seven stand on the pages that the blank form has them on (CF013)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clusterform.answers import FilledForm, Observation
from clusterform.errors import UnreadableError, UsageError
from clusterform.filling.recognise import recognise
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.messages import Bilingual, Clause, Text
from clusterform.paging.labels import LabelPage, PartLabels, find_parts
from clusterform.parsers.container.package import Package, open_form
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.libreoffice.convert import convert, find_soffice, office_state
from clusterform.snapshot import kept
from clusterform.writing import blank

_NAMED = 8
"""So many labels are named; of the rest the number."""
_FEWEST_LABELS = 20
"""A blank in which fewer labels are found was laid out as something else."""


@dataclass(frozen=True, slots=True)
class Blank:
    form: str
    edition: str
    parts: Mapping[int, PartLabels]
    fault: UnreadableError | None = None
    """What kept LibreOffice from laying it out."""


def read_blank(path: Path, edition: str | None) -> Blank:
    """The pages of a blank form; UsageError where the file is none."""
    form = None
    try:
        package = open_form(path)
        form = recognise(read_docx(package), edition)
        return blank_pages(package.data, form.edition.edition, form.form)
    except UnreadableError as error:
        if form is not None or find_soffice() is None:
            kind = (form.form, form.edition.edition) if form is not None else ("", "")
            return Blank(*kind, {}, error)
        raise UsageError("pages.blank", path=path, reason=error.text) from error


def blank_pages(docx: bytes, edition: str, form: str) -> Blank:
    """The pages of a blank that is known; UnreadableError where it cannot be laid out."""
    return Blank(form, edition, find_parts(load_form(edition, form), page_texts(docx)))


def compare_pages(package: Package, filled: FilledForm, blank: Blank) -> Iterator[Observation]:
    """`page-shift` for each part with labels on other pages, or `no-layout` with the reason."""
    if blank.fault is not None:
        yield _no_layout(blank.fault.text)
        return
    if (blank.form, blank.edition) != (filled.form, filled.edition):
        yield _no_layout(Text("pages.other-form"))
        return
    try:
        parts = find_parts(load_form(filled.edition, filled.form), page_texts(package.data))
    except UnreadableError as error:
        yield _no_layout(error.text)
        return
    if sum(len(part.spots) for part in blank.parts.values()) < _FEWEST_LABELS:
        yield _no_layout(Text("pages.no-labels"))
        return
    yield from _shifts(blank.parts, parts, filled)


def _no_layout(reason: Bilingual) -> Observation:
    return Observation("no-layout", facts={"reason": Clause(reason)})


def _shifts(
    blank: Mapping[int, PartLabels], parts: Mapping[int, PartLabels], filled: FilledForm
) -> Iterator[Observation]:
    """One for each part that moved of itself.

    A part at the top of a page is compared from that page on. One that flows on behind another moves whenever
    something before it does: after a first shift that is no news.
    """
    reported = False
    for number in sorted(n for n in blank.keys() & parts.keys() if blank[n].bound):
        anchored = blank[number].at_top and parts[number].at_top
        if reported and not anchored:
            continue
        shift = parts[number].spots[0].page - blank[number].spots[0].page if anchored else 0
        moved = list(_moved(blank[number], parts[number], shift))
        following = blank.get(number + 1), parts.get(number + 1)
        if moved:
            yield _observation(number, moved, filled)
        elif (longer := _longer(blank[number], parts[number], following)) is not None:
            yield longer
        else:
            continue
        reported = True


def _moved(blank: PartLabels, part: PartLabels, shift: int) -> Iterator[tuple[LabelPage, int]]:
    """The labels on other pages than the blank's, where the whole part is `shift` pages later, with the page that is due."""
    left = list(part.spots)
    for due in blank.spots:
        spot = next((s for s in left if (s.label, s.path) == (due.label, due.path)), None)
        if spot is not None:
            left.remove(spot)
            if spot.page != due.page + shift:
                yield spot, due.page + shift


def _observation(number: int, moved: list[tuple[LabelPage, int]], filled: FilledForm) -> Observation:
    """What is said of one part: its first label that moved, and the names of those that moved with it."""
    first, due = moved[0]
    names = [spot.label for spot, _ in moved]
    others = "、".join(f"“{name}”" for name in names[1:_NAMED])
    key = "pages.moved-many" if len(names) > _NAMED else "pages.moved" if others else ""
    where = Location()
    if first.path is not None:
        columns = filled.fields[first.path].columns
        where = filled.answer(first.path, columns[0].key if columns else None).place
    return Observation(
        "page-shift",
        section=number,
        label=first.label,
        location=where._replace(page=first.page),
        facts={
            "from": str(due),
            "to": str(first.page),
            "others": Text(key, names=others, count=len(names)) if others else "",
        },
    )


def _longer(
    blank: PartLabels, part: PartLabels, following: tuple[PartLabels | None, PartLabels | None]
) -> Observation | None:
    """A part that takes more pages though each label stands where it should: its last answer runs on."""
    after_blank, after = following
    if after_blank is None or after is None or not (after_blank.at_top and after.at_top):
        return None
    was, now = (
        next_.spots[0].page - own.spots[0].page for own, next_ in ((blank, after_blank), (part, after))
    )
    if now == was:
        return None
    return Observation(
        "page-shift",
        section=part.number,
        label=part.spots[0].label,
        location=Location(page=part.spots[0].page),
        facts={"variant": "length", "from": str(was), "to": str(now)},
    )


def page_texts(docx: bytes) -> tuple[str, ...]:
    """The text of each page. UnreadableError where it cannot be laid out, with the reason."""
    program = find_soffice()
    if program is None:
        raise UnreadableError("no-layout", "office.missing")
    import pypdfium2

    document = pypdfium2.PdfDocument(convert(program, docx, "docx", "pdf"))
    try:
        return tuple(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def own_blank(edition: str, form: str) -> Blank | None:
    """The blank laid out; None where there is no LibreOffice to do it."""
    state = office_state()
    if state is None:
        return None
    try:
        return _laid_out(edition, form, state)
    except UnreadableError as error:
        return Blank(form, edition, {}, error)


@kept
def _laid_out(edition: str, form: str, state: str) -> Blank:  # noqa: ARG001  (`state`: laid out anew when it changes)
    """Kept from run to run: the blank is the same, and laying it out takes LibreOffice a second or two."""
    return blank_pages(blank(form, "docx", edition), edition, form)
