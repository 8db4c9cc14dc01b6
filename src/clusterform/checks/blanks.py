"""Answers left blank, one by one or a whole part at once."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from clusterform.answers import Answer, Contact, CountNames, State, TicksAnswer
from clusterform.asked import Asked
from clusterform.checks.check import Check, RowsCheck, Scope
from clusterform.checks.reader import Hit, Reader, RowName
from clusterform.fields import Address, Kind
from clusterform.finding import Severity
from clusterform.grouped import grouped
from clusterform.messages import Text

_FEWEST = 2
"""A single blank is said at its own place."""


class BlankPart(NamedTuple):
    """A part wholly blank, or the whole form."""

    section: int | None
    """None: the whole form."""
    places: tuple[Address, ...]
    """What had to be answered there, in the form's order."""


def blank_parts(form: Reader) -> tuple[BlankPart, ...]:
    """The parts wholly blank; the form alone where all of them are."""
    return form.shared("blank parts", lambda _: _found(form))


def _found(form: Reader) -> tuple[BlankPart, ...]:
    """A part with anything in it, required or not, is left to be judged answer by answer."""
    sections = form.decided("places by section", _by_section)
    written = {n for n, places in sections.items() if any(not _blank(form.answer(*p)) for p in places)}
    if form.form.extra_targets:
        written |= {item.section for item in form.of_kind(Kind.TARGET)}
    if len(written) == len(sections):
        return ()
    asked = _asked(form)
    blank = [BlankPart(section, places) for section, places in asked.items() if section not in written]
    if len(blank) > 1 and len(blank) == len(asked):
        return (BlankPart(None, tuple(place for part in blank for place in part.places)),)
    return tuple(part for part in blank if len(part.places) >= _FEWEST)


def _by_section(form: Asked) -> dict[int, list[Address]]:
    return grouped((item.section, place) for item in form.fields.values() for place in item.places)


def _asked(form: Reader) -> dict[int, tuple[Address, ...]]:
    """What must be answered in each part, of the rows that were found, but for parts of which most was not."""
    # A formula is asked for only where there is a figure to explain.
    items = (item for item in form.fields.values() if item.required and item.kind is not Kind.FORMULA)
    asked = grouped((item.section, place) for item in items for place in item.places)
    found = {
        section: tuple(place for place in places if form.answer(*place).state is not State.ABSENT)
        for section, places in asked.items()
    }
    return {section: places for section, places in found.items() if 2 * len(places) > len(asked[section])}


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


_OTHERS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SIGNATURE, Kind.SEAL})
"""Boxes, signatures and seals have rules of their own."""
_WRITTEN = tuple(kind for kind in Kind if kind not in _OTHERS)


class BlankAnswer(Scope, kind="blank_answer"):
    """A required answer is blank (填报说明第 2 条: 各必填栏目不得空缺).

    `parts`: a part or a form wholly blank is one finding for all its answers, those of other rules among them.
    """

    looks_at = _WRITTEN
    required = True
    by_answers = True
    parts: bool = False

    def places(self, form: Reader) -> Iterator[Address | BlankPart]:
        """Every required answer that is written and not plain, but for those of a part that is blank as a whole."""
        parts = blank_parts(form) if self.parts else ()
        written = self.covered(form).difference(*(part.places for part in parts))
        return chain(parts, filter(written.__contains__, form.uneven))

    def judge(self, form: Reader, place: Address | BlankPart) -> Hit | None:
        """One finding for each blank; a contact line may lack the person or the telephone alone, and figures are no name."""
        if isinstance(place, BlankPart):
            return _whole(form, place)
        answer = form.sure(*place)
        value, state = answer.value, answer.state
        if state is State.BLANK:
            blank = not isinstance(value, CountNames) or not (value.count_text.strip() or value.names.strip())
            return Hit(*place, value="") if blank else None
        if state is not State.FILLED:
            return None
        if isinstance(value, Contact):
            missing = "phone" if not value.phone.strip() else "person" if not value.person.strip() else None
            return Hit(*place, variant=missing) if missing else None
        nameless = form.fields[place[0]].kind is Kind.PERSON and not any(c.isalpha() for c in answer.text)
        return Hit(*place, variant="person") if nameless else None


def _whole(form: Reader, part: BlankPart) -> Hit:
    """The labels stand there once for each blank; a group with any number of ticks is no cell."""
    groups = sum(1 for path, _ in part.places if form.fields[path].kind is Kind.CHOICES)
    boxes = Text("checks.boxes-unticked", count=groups)
    return Hit(
        section=part.section,
        value="",
        variant="form" if part.section is None else "part" if part.section else "cover",
        location=None if part.section is None else form.answer(*part.places[0]).place,
        covers=tuple(form.fields[path].label for path, _ in part.places),
        taints=part.places,
        facts={
            "part": form.form.section_titles.get(part.section or 0, ""),
            "count": str(len(part.places) - groups),
            "boxes": boxes if groups else "",
        },
    )


class HeadingFilled(RowsCheck, kind="heading_filled"):
    """A heading of the plan is missing, or nothing stands under it.

    The headings to look at; those that a form does not have are passed over.
    """

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Missing, or blank. Where the whole part is missing, that is said once and not for each heading."""
        answer = reader.sure(place)
        if answer.state is State.BLANK:
            return Hit(field=place)
        if answer.state is not State.ABSENT:
            return None
        section = reader.fields[place].section
        if any(o.what == "section-missing" and o.section == section for o in reader.form.observations):
            raise reader.lacking("skipped.part-missing", place)
        return Hit(field=place, variant="missing")


class FormulaGiven(Check, kind="formula_given"):
    """Figures that ask for their formula (需提供计算公式) come with one.

    The field of the formula, the row of figures, and words by which an evidence line gives the formula.
    """

    formula: RowName
    figures: RowName
    words: tuple[str, ...]

    def places(self, form: Asked) -> Iterator[Address]:
        return iter(
            ((self.formula, None),) if self.formula in form.fields and self.figures in form.fields else ()
        )

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """Without any figure there is nothing to explain; a formula put in as a picture is a person's to read."""
        answer = form.sure(*place)
        drawn = answer.state is State.FILLED and not answer.text
        if answer.state not in {State.BLANK, State.NONE} and not drawn:
            return None
        if not any(a.decimal is not None for _, a in form.form.places(self.figures)):
            return None
        if form.explains(self.words):
            return None
        facts = {"figures": form.name(self.figures)}
        if drawn:
            return Hit(*place, variant="drawn", severity=Severity.MANUAL, facts=facts)
        return Hit(*place, variant="formula", facts=facts)
