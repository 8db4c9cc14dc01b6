"""The cells of the target table: filled, in words, in units that can be compared, for certain, and met."""

from itertools import pairwise
from typing import Annotated

from clusterform.answers import EMPTY, State
from clusterform.checks.amounts import (
    DOUBLING,
    Amount,
    amount_at,
    in_unit_of,
    no_rate,
    other_quantity,
    plain_quantity,
    read_amount,
    steps_between,
    tells_level,
)
from clusterform.checks.check import CellsCheck, RowCheck, RowsCheck
from clusterform.checks.reader import Hit, NameOf, Reader, RowName, Unknown
from clusterform.fields import Field
from clusterform.finding import Severity
from clusterform.patterns import pattern
from clusterform.words import words


class TargetFilled(CellsCheck, kind="target_filled"):
    """An official target row with nothing that can be checked in it.

    `words` is how much words without a figure weigh, where it is not the rule's own severity.
    """

    passes_plain = True
    words: Severity | None = None

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """Blank, or words without a figure. A row that was not found, and 无, are said elsewhere."""
        answer = reader.sure(*place)
        if answer.state in {State.ABSENT, State.NONE} or read_amount(answer) is not None:
            return None
        if answer.state in EMPTY:
            return Hit(*place)
        if answer.state is State.STAND_IN:
            return Hit(*place, variant="none")
        return Hit(*place, variant="no-figure", severity=self.words)


class Qualitative(CellsCheck, kind="qualitative"):
    """A target row that is answered in words is blank, or says very little.

    `least` characters, spaces not counted, are expected in each cell.
    """

    least: int

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """A row that was not found is said once, elsewhere."""
        answer = reader.sure(*place)
        if answer.state is State.BLANK:
            return Hit(*place)
        count = sum(1 for char in answer.text if not char.isspace())
        if answer.state is State.ABSENT or count >= self.least:
            return None
        facts = {"count": str(count), "least": str(self.least)}
        return Hit(*place, facts=facts, variant="short", severity=Severity.WARNING)


class TargetUnits(RowCheck, kind="target_units"):
    """A target row whose figures cannot be compared, as their units or what they tell are unlike.

    `columns` in their order; `source` at `year` holds the quantity of the first of them.
    """

    columns: tuple[Annotated[str, NameOf("column", of="field")], ...]
    rates: tuple[Annotated[str, NameOf("column", of="field")], ...] = ()
    """Where a yearly rate may stand in place of the level."""
    source: RowName = ""
    year: Annotated[str, NameOf("column", of="source")] = ""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The first figure that cannot be compared: every requirement that rests on it would otherwise fall silent."""
        found = {column: _amount(self, reader, column) for column in self.columns}
        levels = {
            column: amount for column, amount in found.items() if amount is not None and amount.figure.value
        }
        for column in levels:
            hit = _unfit(self, levels, column, reader.fields[place])
            if hit is not None:
                return hit
        first, year = self.columns[0], reader.column(self.year) or None
        held = reader.figures.get((self.source, year)) if first in levels and levels[first].unit else None
        source = None if held is None else Amount(held, reader.fields[self.source].unit)
        if source is not None and steps_between(levels[first], source) is None:
            return _unlike(place, first, source, reader.name(self.source, year))
        for one, other in pairwise(levels):
            if other in self.rates and levels[other].rate:
                continue
            if steps_between(levels[one], levels[other]) is None:
                return _unlike(place, other, levels[one], reader.name(place, one))
        return None


def _unfit(params: TargetUnits, levels: dict[str, Amount], column: str, item: Field) -> Hit | None:
    """That the figure, by itself, is no level of this row; one in per cent below the first may be a share of that."""
    amount, first = levels[column], next(iter(levels.values()))
    no_share = item.unit != "%" and no_rate(amount)
    if no_share or other_quantity(amount, item.unit):
        vague = (
            amount.figure.value < first.figure.value if no_share else amount.unit in words("figures.vague")
        )
        weight = Severity.WARNING if vague else None
        return Hit(params.field, column, facts={"unit_given": amount.unit}, variant="other", severity=weight)
    variant = None
    if item.unit == "%" and amount.time == "whole":
        variant = "in-all"
    elif item.unit == "%" and item.maximum is None and amount.figure.value > DOUBLING:
        variant = "steep"
    elif not (tells_level(amount) or (column in params.rates and amount.rate)):
        variant = "change"
    return Hit(params.field, column, variant=variant, severity=Severity.WARNING) if variant else None


def _unlike(place: str, column: str, other: Amount, name: str) -> Hit:
    facts = {"other": name, "figure": other.shown}
    return Hit(field=place, column=column, facts=facts, variant="unlike", severity=Severity.WARNING)


def _amount(params: TargetUnits, reader: Reader, column: str) -> Amount | None:
    """None for what other rules tell: a blank, words, a figure in doubt."""
    try:
        return read_amount(reader.sure(params.field, column))
    except Unknown:
        return None


class TargetMet(RowsCheck, kind="target_met"):
    """What was done against what was aimed at.

    The rows, and those of them where less is better. No `compare`: a cell that is blank, or in words, is a finding too.
    """

    falling: tuple[RowName, ...] = ()
    rates: tuple[RowName, ...] = ()
    """Rows that hold a rate of change by nature."""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Blank weighs most; words without a figure and a target not met are said to be looked at."""
        answer = reader.sure(place, "done")
        if answer.state in {State.ABSENT, State.NONE}:
            return None
        if answer.state in EMPTY:
            return Hit(field=place, column="done", variant="blank", severity=Severity.ERROR)
        if read_amount(answer) is None:
            weight = Severity.ERROR if answer.state is State.STAND_IN else None
            return Hit(field=place, column="done", variant="no-figure", severity=weight)
        change = place in self.rates
        done = amount_at(reader, place, "done", change=change)
        target = amount_at(reader, place, "target", change=change)
        level = in_unit_of(target, done)
        if level is None:
            raise reader.lacking("skipped.unlike-unit", place, "done")
        falls = place in self.falling
        if done.figure.value <= level.value if falls else done.figure.value >= level.value:
            return None
        sign = "≤" if falls else "≥"
        return Hit(
            field=place,
            column="done",
            expected=f"{sign} {target.shown}",
            facts={"target": target.shown},
            variant="above" if falls else None,
        )


_NEAR = 6
"""How far behind a figure a word may stand: its unit lies between."""
_CLAUSE_END = pattern("[,;。、]")


class TargetWritten(CellsCheck, kind="target_written"):
    """A target's figure can be read, but a word beside it (约, 左右, 以上) leaves open how much it is.

    `before` are words that stand before a figure, `behind` those behind it and its unit.
    """

    variant: str
    before: tuple[str, ...]
    behind: tuple[str, ...]

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """The notice does not say how targets are written: a word beside a figure that can be read is a warning.

        No word stands beside digits alone.
        """
        answer = reader.sure(*place)
        amount = None if answer.text.replace(".", "").isdecimal() else read_amount(answer)
        if amount is None:
            return None
        before, _, behind = plain_quantity(answer.text).partition(f"{abs(amount.figure.value):f}")
        near = _CLAUSE_END.split(behind, maxsplit=1)[0][:_NEAR]
        word = next((w for w in self.before if before.endswith(w)), None) or next(
            (w for w in self.behind if w in near), None
        )
        if word is None:
            return None
        facts = {"word": word, "figure": amount.shown}
        return Hit(*place, facts=facts, variant=self.variant, severity=Severity.WARNING)
