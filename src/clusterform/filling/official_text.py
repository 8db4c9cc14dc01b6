"""The form's own running text: whether the declaration and 填报说明 still read as the notice has them (CF011)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clusterform.answers import Observation
from clusterform.filling.outline import Outline, Zone, pieces_of
from clusterform.filling.pieces import Piece
from clusterform.forms.model import FormDef, RowDef, SectionDef, every_row
from clusterform.parsers.raw import RawDocument
from clusterform.patterns import pattern
from clusterform.text import arabic_years, fold, simplified, unnumbered

_ALIKE = 30
"""A line with so many in a hundred of an official text's pairs of letters is that text, altered."""
_DATE = pattern("[0-9{date.year}{date.month}{date.day}]")
_COLON = pattern("[:：]")
_ADDED = 4
"""So many letters beside the text in its own line alter what is declared."""
_SENTENCE = 10
"""So many in a line below it, without a colon as a place to sign has one, do too."""


class _Held(NamedTuple):
    """All that a document says, folded, and whether it is a workbook."""

    text: str
    book: bool


def official_faults(document: RawDocument, outline: Outline, form: FormDef) -> Iterator[Observation]:
    """What is altered or gone. In a workbook, which the notice does not know, what was never typed is no alteration."""
    texts = outline.texts.all
    whole = "\n".join(texts)
    dated = arabic_years(whole) != whole
    folded = "".join(map(fold, map(arabic_years, texts))) if dated else outline.texts.folded
    held = _Held(folded, document.source == "xlsx")
    headed = {number for number, _, _ in outline.seen}
    for section in form.sections:
        if section.layout == "declaration" and section.number in headed:
            lines = _lines(outline.zones[section.number])
            for row in every_row(section.rows):
                for text in row.guidance:
                    yield from _declared(section, row, text, lines, held)
    yield from _guidance(form, held)
    yield from _traditional_labels(form, whole)


def _traditional_labels(form: FormDef, whole: str) -> Iterator[Observation]:
    """Labels, headings and options in traditional characters: the form's style is altered, its words are not."""
    if simplified(whole) == whole:
        return
    rows = [row for section in form.sections for row in every_row(section.rows)]
    official = [section.heading for section in form.sections if section.heading]
    official += [label for row in rows for label in (row.label, *(option.label for option in row.options))]
    by_core = {fold(unnumbered(label)): label for label in official}
    written = (fold(unnumbered(line)) for line in whole.split("\n") if simplified(line) != line)
    found = tuple(dict.fromkeys(by_core[core] for core in written if core in by_core))
    if found:
        yield Observation(
            "labels-traditional", value="", covers=found, facts={"count": str(len(found)), "first": found[0]}
        )


def _declared(
    section: SectionDef, row: RowDef, text: str, lines: list[Piece], held: _Held
) -> Iterator[Observation]:
    """The promise that is signed: any other word is another promise."""
    official = fold(text)
    alike = True
    if official not in held.text:
        place = max(lines, key=lambda line: _share(line.text, official), default=Piece(""))
        alike = _share(place.text, official) >= _ALIKE
        gone = "declaration-unwritten" if held.book else "declaration-gone"
        what = "declaration-altered" if alike else gone
    else:
        place = next((line for line in lines if official in fold(line.text)), Piece(""))
        if not _beside(place.text, official, section):
            below = _below(lines, official, section)
            if below is None:
                return
            place = below
        what = "declaration-added"
    yield Observation(
        what,
        section=section.number,
        label=row.label,
        value=place.text.strip() if alike else None,
        expected=text if what != "declaration-added" else None,
        location=place.location,
        facts={"official": text},
    )


def _beside(line: str, official: str, section: SectionDef) -> bool:
    """Whether anything but the form's own labels stands before or behind the text in its line."""
    before, found, behind = fold(line).partition(official)
    labels = [fold(row.label) for row in every_row(section.rows)]
    return bool(found) and any(len(_without(rest, labels)) >= _ADDED for rest in (before, behind))


def _below(lines: list[Piece], official: str, section: SectionDef) -> Piece | None:
    """A sentence between the text and the first of the form's own labels behind it: 但……除外。"""
    labels = [fold(row.label) for row in every_row(section.rows)]
    end, found = "", False
    for line in lines:
        own = fold(line.text)
        if found and any(label in own for label in labels):
            return None
        if found and len(own) >= _SENTENCE and not _COLON.search(line.text):
            return line
        end += own
        found = found or official in end
        end = end[-len(official) :]
    return None


def _without(text: str, labels: Iterable[str]) -> str:
    """The text up to the first label in it, as what follows a label is its answer, and without a date."""
    own = text[: min((at for label in labels if (at := text.find(label)) >= 0), default=len(text))]
    return _DATE.sub("", own)


def _guidance(form: FormDef, held: _Held) -> Iterator[Observation]:
    """填报说明, item by item; numbers that Word's lists write are not in the text, and not looked for."""
    items = form.guidance.items
    lost = [number for number, item in enumerate(items, 1) if fold(item) not in held.text]
    if not lost or (held.book and len(lost) == len(items)):
        return
    gone = len(lost) == len(items)
    yield Observation(
        "guidance-gone" if gone else "guidance-altered",
        label=form.guidance.heading,
        section=0,
        expected=None if gone else items[lost[0] - 1],
        facts={"numbers": "、".join(map(str, lost)), "official": items[lost[0] - 1]},
    )


def _lines(zone: Zone) -> list[Piece]:
    """The lines of a part, in paragraphs and in cells."""
    return [line for item in zone for piece in pieces_of(item) for line in piece.without_struck().lines()]


def _share(line: str, official: str) -> int:
    """How many in a hundred of an official text's pairs of letters a line has."""
    text = fold(line)
    pairs = {official[at : at + 2] for at in range(len(official) - 1)}
    return 100 * len(pairs & {text[at : at + 2] for at in range(len(text) - 1)}) // max(len(pairs), 1)
