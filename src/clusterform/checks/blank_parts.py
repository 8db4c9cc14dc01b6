"""Parts of a form in which nothing is written: their blanks have one cause and are said once."""

from __future__ import annotations

from clusterform.answers import Answer, CountNames, State, TicksAnswer
from clusterform.checks.places import Place
from clusterform.checks.reader import Reader
from clusterform.fields import Kind
from clusterform.record import record

_FEWEST = 2
"""A single blank is said at its own place."""


@record
class BlankPart:
    """A part wholly blank, or the whole form."""

    section: int | None
    """None: the whole form."""
    places: tuple[Place, ...]
    """What had to be answered there, in the form's order."""


def blank_parts(form: Reader) -> tuple[BlankPart, ...]:
    """The parts wholly blank; the form alone where all of them are."""
    return form.shared("blank parts", lambda _: _found(form))


def _found(form: Reader) -> tuple[BlankPart, ...]:
    """A part with anything in it, required or not, is left to be judged answer by answer."""
    fields = form.form.fields
    written = {fields[path].section for (path, _), answer in form.form.answers.items() if not _blank(answer)}
    if form.form.extra_targets:
        written |= {item.section for item in form.of_kind(Kind.TARGET)}
    if all(item.section in written for item in fields.values()):
        return ()
    asked = {section: places for section, places in _asked(form).items() if places}
    blank = [BlankPart(section, places) for section, places in asked.items() if section not in written]
    if len(blank) > 1 and len(blank) == len(asked):
        return (BlankPart(None, tuple(place for part in blank for place in part.places)),)
    return tuple(part for part in blank if len(part.places) >= _FEWEST)


def _asked(form: Reader) -> dict[int, tuple[Place, ...]]:
    """What must be answered in each part, of the rows that were found; none where most of the part was not."""
    asked: dict[int, list[Place]] = {}
    for item in form.form.fields.values():
        # A formula is asked for only where there is a figure to explain.
        if item.required and item.kind is not Kind.FORMULA:
            places = asked.setdefault(item.section, [])
            places.extend((item.path, column) for column, _ in form.form.places(item.path))
    found = {
        section: tuple(place for place in places if form.answer(*place).state is not State.ABSENT)
        for section, places in asked.items()
    }
    return {
        section: places if 2 * len(places) > len(asked[section]) else () for section, places in found.items()
    }


def _blank(answer: Answer) -> bool:
    """A row that was not found holds nothing either; a box that cannot be read may be a tick."""
    if answer.state is not State.BLANK and answer.state is not State.ABSENT:
        return False
    value = answer.value
    if isinstance(value, CountNames):
        return not (value.count_text.strip() or value.names.strip())
    return not (
        isinstance(answer, TicksAnswer) and (answer.ticked or answer.undecided or answer.remark.strip())
    )
