"""Kind `target_units`: a target row whose figures cannot be compared, as their units or what they tell are unlike."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from clusterform.checks.amounts import Amount, other_quantity, read_amount, steps_between, tells_level
from clusterform.checks.check import RowCheck
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.finding import Severity

_VAGUE = frozenset({"万", "亿"})
"""Said of money and of things alike."""


class TargetUnits(RowCheck, kind="target_units"):
    """`columns` in their order; `source` at `year` holds the quantity of the first of them."""

    columns: tuple[Annotated[str, Names("column", of="field")], ...]
    rates: tuple[Annotated[str, Names("column", of="field")], ...] = ()
    """Where a yearly rate may stand in place of the level."""
    source: Row = ""
    year: Annotated[str, Names("column", of="source")] = ""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """The first figure that cannot be compared: every requirement that rests on it would otherwise fall silent."""
        found = {column: _amount(self, reader, column) for column in self.columns}
        levels = {
            column: amount for column, amount in found.items() if amount is not None and amount.figure.value
        }
        item = reader.field(place)
        for column, amount in levels.items():
            if other_quantity(amount, item.unit):
                facts = {"unit_given": amount.unit}
                vague = Severity.WARNING if amount.unit in _VAGUE else None
                return Hit(field=place, column=column, facts=facts, variant="other", severity=vague)
            if not tells_level(amount) and not (column in self.rates and amount.rate):
                return Hit(field=place, column=column, variant="change", severity=Severity.WARNING)
        first = self.columns[0]
        source = _source(self, reader) if first in levels and levels[first].unit else None
        if source is not None and steps_between(levels[first], source) is None:
            return _unlike(place, first, source, reader.name(self.source, _column(self, reader)))
        for one, other in pairwise(levels):
            if other in self.rates and levels[other].rate:
                continue
            if steps_between(levels[one], levels[other]) is None:
                return _unlike(place, other, levels[one], reader.name(place, one))
        return None


def _unlike(place: str, column: str, other: Amount, name: str) -> Hit:
    facts = {"other": name, "figure": other.shown}
    return Hit(field=place, column=column, facts=facts, variant="unlike", severity=Severity.WARNING)


def _amount(params: TargetUnits, reader: Reader, column: str) -> Amount | None:
    """None for what other rules tell: a blank, words, a figure in doubt."""
    try:
        return read_amount(reader.sure(params.field, column))
    except Unknown:
        return None


def _source(params: TargetUnits, reader: Reader) -> Amount | None:
    if not params.source or not reader.has(params.source):
        return None
    try:
        figure = reader.figure(params.source, _column(params, reader))
    except Unknown:
        return None
    return Amount(figure, reader.field(params.source).unit)


def _column(params: TargetUnits, reader: Reader) -> str | None:
    return reader.column(params.year) if params.year else None
