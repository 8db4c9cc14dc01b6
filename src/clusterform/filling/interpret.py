"""From what stands in each answer's place to the answer: its value, its state, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from clusterform.answers import (
    Answer,
    ExtraTarget,
    Observation,
    State,
    TicksAnswer,
    answer_kind,
    figure_of,
    number_answer,
)
from clusterform.fields import BOXES, NUMERIC, Address, Field, Kind
from clusterform.figures import two_places
from clusterform.filling.boxes.read import read_group
from clusterform.filling.convert import convert
from clusterform.filling.numbers import read_target
from clusterform.filling.pieces import Piece, join
from clusterform.filling.placeholders import gap_in_target, gaps_left, perhaps_gap
from clusterform.filling.reading import AddedTarget, Reading
from clusterform.forms.model import FormDef
from clusterform.parsers.container.extras import shortened
from clusterform.text import NONE, fold

_SHORT = 4
"""Characters that 无 with its punctuation may take."""


class Interpreted(NamedTuple):
    """What the pieces say."""

    answers: dict[Address, Answer]
    extra_targets: tuple[ExtraTarget, ...]
    observations: tuple[Observation, ...]


def interpret(reading: Reading, form: FormDef) -> Interpreted:
    """Each answer with its value and state, the targets that the county added, and what is odd about them."""
    answers: dict[Address, Answer] = {}
    odd: list[Observation] = []
    worded: list[tuple[Field, Address, Answer]] = []
    for path, item in form.fields.items():
        kind, row = item.kind, form.rows[path]
        unwritten = kind is Kind.FORMULA and path not in reading.labels
        for place in item.places:
            pieces = reading.pieces.get(place)
            if not pieces or unwritten:
                answer = _without_text(form, item, place, reading)
            elif kind in BOXES:
                answer, faults = _boxes(item, join(pieces))
                odd += faults
            else:
                answer = convert(item, row, pieces)
                if len(pieces) > 1 or pieces[0].marks:
                    odd += _of_number(item, place[1], pieces, answer)
                    odd += _struck_out((item.section, path, None, place[1]), pieces, answer)
            answers[place] = answer
            if answer.value is None or kind not in NUMERIC:
                worded.append((item, place, answer))
    targets = tuple(map(_target, reading.added))
    both = zip(reading.added, targets, strict=True)
    of_targets = (o for added, target in both for o in _of_target(form, added, target))
    return Interpreted(answers, targets, (*odd, *_placeholders(form, worded), *of_targets))


def _without_text(form: FormDef, item: Field, place: Address, reading: Reading) -> Answer:
    """An answer of which nothing is there: blank where its label is, absent where that is not.

    A formula of which its note is not left either is blank where the row before it stands.
    """
    label, kind = reading.labels.get(item.path), answer_kind(item.kind)
    if item.kind is Kind.FORMULA and label is None:
        paths = list(form.rows)
        label = reading.labels.get(paths[paths.index(item.path) - 1])
    elif (item.section, place[1]) in reading.lost and place not in reading.pieces:
        label = None
    return kind.made(state=State.ABSENT) if label is None else kind.made(state=State.BLANK, place=label)


_OF_A_NUMBER = (
    ("rounded", "decimals-hidden", "stored"),
    ("percent", "percent-shown", "stored"),
    ("format", "decimals-unsure", "format"),
)
"""A mark of a workbook's number, what is noticed of it, and the fact that it gives."""


_ASKED = 2
"""Decimals that the form asks for."""


def _of_number(
    item: Field, column: str | None, pieces: Sequence[Piece], answer: Answer
) -> Iterator[Observation]:
    """What a workbook's cell says of its number: it has no value (CF016), or other digits than it shows (CF103, CF105)."""
    marks = {mark.origin: mark.shown for piece in pieces for mark in piece.marks}
    place = (item.section, item.path, None, column)
    if answer.state is State.NO_VALUE:
        facts = {"variant": "error"} if marks["formula"] else {}
        yield Observation("formula-without-value", *place, marks["formula"], None, answer.place, facts)
    elif answer.decimal is not None and not answer.flaws:
        for origin, what, fact in _OF_A_NUMBER:
            if origin in marks:
                facts = {fact: marks[origin]}
                lost = _lost(item, answer, marks[origin]) if origin == "rounded" else None
                name = "decimals-lost" if lost else what
                yield Observation(name, *place, answer.text, lost, answer.place, facts)


def _lost(item: Field, answer: Answer, stored: str) -> str | None:
    """The figure to two places, where the number format shows fewer and so another figure."""
    figure = figure_of(answer)
    if item.kind is not Kind.DECIMAL or figure is None or figure.places >= _ASKED:
        return None
    value = two_places(Decimal(stored))
    return None if value == figure.value else f"{value:f}"


def _struck_out(
    place: tuple[int | None, str | None, str | None, str | None], pieces: Sequence[Piece], answer: Answer
) -> Iterator[Observation]:
    """What is struck through in an answer's place, which is no part of it (CF014). `place`: part, path, label, column."""
    struck = [mark.shown.strip() for piece in pieces for mark in piece.marks if mark.origin == "struck"]
    if struck:
        variant = "struck" if answer.text.strip() else "struck-whole"
        facts = {"struck": shortened(" ".join(struck)), "variant": variant}
        yield Observation("struck-text", *place, answer.text or None, None, answer.place, facts)


def _boxes(item: Field, piece: Piece) -> tuple[Answer, Iterable[Observation]]:
    """A group of boxes, and what is wrong with its options."""
    text = piece.text.strip()
    if len(text) <= _SHORT and fold(text) == NONE:
        return TicksAnswer.made(text=text, state=State.NONE, value=(), place=piece.location), ()
    single = item.kind is Kind.CHOICE
    group = read_group(piece.text, piece.marks, item.options, piece.location, single=single)
    return group.ticks, _option_faults(item, group, piece.location) if fold(text) else ()


def _option_faults(item: Field, group: Any, location: Any) -> Iterator[Observation]:
    """Official options missing or reworded (CF011), options added (CF012)."""

    def fault(what: str, label: str, value: str | None = None) -> Observation:
        return Observation(
            what, item.section, item.path, label, None, value, label, location, {"group": item.label}
        )

    if len(group.missing) == 1:
        yield fault("option-missing", group.missing[0].label)
    elif group.missing and not (item.kind is Kind.CHOICE and group.ticks.ticked):
        texts = "、".join(o.label for o in group.missing)
        yield fault("options-missing", item.label, texts)
    yield from (fault("option-reworded", o.label, text) for o, text in group.reworded)
    yield from (fault("extra-option", text, text) for text in group.extra)


def _placeholders(form: FormDef, worded: Iterable[tuple[Field, Address, Answer]]) -> list[Observation]:
    """Guidance and gaps left standing where an answer should be (CF015), one of the cover and of part one once."""
    seen: list[Observation] = []
    for item, (path, column), answer in worded:
        if perhaps_gap(item, answer):
            perhaps = "perhaps-placeholder"
            seen.append(
                Observation(perhaps, item.section, path, None, column, answer.text, None, answer.place)
            )
        for text in gaps_left(item, answer):
            found = Observation("placeholder", item.section, path, None, column, text, None, answer.place)
            number = next((n for n, other in enumerate(seen) if _is_copied(form, other, found)), None)
            if number is None:
                seen.append(found)
            else:
                seen[number] = _with_copy(form, seen[number], item)
    return seen


def _is_copied(form: FormDef, cover: Observation, other: Observation) -> bool:
    """Whether the same gap stands on the cover and in the row of the same name in a part."""
    if (cover.what, cover.value) != (other.what, other.value) or cover.section != 0 or other.section == 0:
        return False
    first, second = (fold(form.fields[seen.field or ""].label) for seen in (cover, other))
    return first.startswith(second) and not cover.also


def _with_copy(form: FormDef, cover: Observation, item: Field) -> Observation:
    part = form.section(item.section).heading
    facts = {"variant": "twice", "part": part, "other": item.label}
    return cover._replace(facts=facts, covers=(item.label,), also=((item.path, None),))


def _target(added: AddedTarget) -> ExtraTarget:
    """A target that the county added."""
    values = {}
    for key, piece in added.values.items():
        number = read_target(piece.text)
        state = State.FILLED if piece.text.strip() else State.BLANK
        figure = number.figure if number else None
        values[key] = number_answer(piece.text.strip(), state, figure, piece.location)
    return ExtraTarget.made(
        table=added.table, direction=added.direction, indicator=added.indicator, values=values
    )


def _of_target(form: FormDef, added: AddedTarget, target: ExtraTarget) -> Iterator[Observation]:
    """What is struck through in it, and guidance and gaps left standing (CF015)."""
    section = next((f.section for f in form.fields.values() if f.kind is Kind.TARGET), None)
    heads = {column.key: column.label for column in form.columns(added.table)}
    for key, answer in target.values.items():
        place = (section, None, target.indicator, heads.get(key))
        yield from _struck_out(place, [added.values[key]], answer)
        if (text := gap_in_target(answer.text)) is not None:
            yield Observation("placeholder", *place, text, None, answer.place)
