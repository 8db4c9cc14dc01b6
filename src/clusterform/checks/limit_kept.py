"""Kind `limit_kept`: a figure against a threshold of rules/limits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from clusterform.answers import Answer
from clusterform.checks.amounts import amount_at, printed
from clusterform.checks.check import Check
from clusterform.checks.names import LimitName, Names, Row
from clusterform.checks.reader import Hit, Limit, Reader, Words
from clusterform.fields import Kind
from clusterform.figures import Figure
from clusterform.finding import Severity


class LimitKept(Check, kind="limit_kept"):
    """The figure as printed counts, without allowance for rounding."""

    field: Row
    limit: LimitName
    at: Annotated[str, Names("column", of="field")] = ""
    """"" for a row of one answer, each for every reported year, last for the latest, else a column's key."""
    edge: bool = False
    """Whether a figure exactly on the threshold is worth a warning, said by the variant `edge`."""
    repeats: Row = ""
    """A row of one answer: where it holds the same figure and is in doubt already, nothing is said again."""

    def places(self, reader: Reader) -> Iterable[str | None]:
        """The columns to look at."""
        if not reader.has(self.field):
            return ()
        if self.at == "each":
            return reader.reported()
        return (reader.column(self.at) if self.at else None,)

    def judge(self, reader: Reader, place: str | None) -> Hit | None:
        """Whether the threshold is kept."""
        limit = reader.limits[self.limit]
        value = _value(self.field, reader, place)
        edge = self.edge and value == limit.value
        if limit.holds(value) and not edge:
            return None
        if self.repeats and reader.answer(self.repeats).decimal == value:
            reader.sure(self.repeats)
        return Hit(
            field=self.field,
            column=place,
            expected=bound(limit),
            facts={
                "limit": printed(limit.value),
                "bound": in_words(limit),
                **_bare(reader.answer(self.field, place)),
            },
            variant="edge" if edge else None,
            severity=Severity.WARNING if edge else weight(limit),
            basis=sources(limit),
        )


def _value(path: str, reader: Reader, place: str | None) -> Decimal:
    """The figure; only a target may have words and units round it. Elsewhere a figure in another unit is none."""
    if reader.field(path).kind is Kind.TARGET:
        return amount_at(reader, path, place, change=True).figure.value
    return reader.figure(path, place).value


def _bare(answer: Answer) -> dict[str, str]:
    """The number alone where more is typed in its cell: the message has the unit itself."""
    figure = answer.value
    return {"value": f"{figure.value:f}"} if answer.flaws and isinstance(figure, Figure) else {}


def bound(limit: Limit) -> str:
    """The threshold as a sign and a number: ≥ 40.00."""
    sign = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}[limit.word]
    return f"{sign} {printed(limit.value)}"


def in_words(limit: Limit) -> Words:
    """How the threshold binds: a rule file may have changed 高于 to 不低于, and the message follows."""
    return _BOUND[limit.word]


_BOUND = {
    "at_least": Words(zh="不低于", en="at least"),
    "more_than": Words(zh="高于", en="more than"),
    "at_most": Words(zh="不超过", en="no more than"),
    "less_than": Words(zh="低于", en="less than"),
}


def weight(*limits: Limit) -> Severity | None:
    """An inferred threshold can only warn; None leaves the rule's own severity."""
    return None if all(limit.certain for limit in limits) else Severity.WARNING


def sources(*limits: Limit) -> str | None:
    """What asks for these thresholds where a rule file has changed one; None leaves the rule's own clause."""
    return "；".join(dict.fromkeys(limit.source for limit in limits if limit.source)) or None
