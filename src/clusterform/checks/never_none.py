"""Kind `never_none`: 无, or 0, where there must be something (填报说明第 2 条 allows 无 only for 无相关情况)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from clusterform.answers import Answer, Contact, State
from clusterform.checks.check import Check
from clusterform.checks.places import Place
from clusterform.checks.rates import Rate
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Field, Kind
from clusterform.finding import Severity
from clusterform.patterns import pattern
from clusterform.text import fold, unnumbered

_REMARK = pattern(r"(?<=\S)\s*+[（(【\[][^（）()【】\[\]]*+[）)】\]]\s*+$")
"""Why there is none, in brackets behind it. A text that is in brackets as a whole is no remark."""


class NeverNone(Check, kind="never_none"):
    """Which rows cannot be 无 is said in the form's definition."""

    rates: tuple[Rate, ...] = ()
    """Rows left to `none_rate`, which knows their inputs."""
    words: tuple[str, ...] = ()
    """Other ways of saying that there is none, in words."""

    @cached_property
    def sayings(self) -> frozenset[str]:
        """All ways of saying it, folded once for the rule."""
        return frozenset({"无", *map(fold, self.words)})

    def places(self, form: Reader) -> Iterator[Place]:
        """Every place where 无 or 0 cannot be the answer."""
        rates = {rate.rate for rate in self.rates}
        for item in form.form.fields.values():
            if item.path not in rates and (not item.nought or not all(map(item.can_be_none, _columns(item)))):
                yield from ((item.path, column) for column in _columns(item))

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """无 in any of its spellings; a contact line may lack the person or the telephone alone."""
        answer = form.answer(*place)
        item = form.field(place[0])
        if answer.decimal is not None:
            nought = not item.nought and answer.decimal == 0
            return Hit(*place, variant="nought") if nought else None
        if item.can_be_none(place[1]):
            return None
        if answer.state is State.NONE or (place not in form.doubted and _says_none(answer, self.sayings)):
            return _hit(form, item, place)
        value = answer.value
        if isinstance(value, Contact) and answer.state is State.FILLED:
            lacking = (
                "person" if fold(value.person) == "无" else "phone" if fold(value.phone) == "无" else None
            )
            return Hit(*place, variant=lacking) if lacking else None
        return None


def _columns(item: Field) -> list[str | None]:
    return [column.key for column in item.columns] or [None]


def _says_none(answer: Answer, sayings: frozenset[str]) -> bool:
    """Whether each line of a text says nothing but that there is none."""
    if answer.state is not State.UNREADABLE and not isinstance(answer.value, str):
        return False
    said = (_REMARK.sub("", unnumbered(line)) for line in answer.text.splitlines())
    lines = (folded for line in said if (folded := fold(line)))
    return next(lines, None) in sayings and all(line in sayings for line in lines)


def _hit(form: Reader, item: Field, place: Place) -> Hit:
    if item.none_with and _none_there(form, item.none_with):
        return Hit(
            *place,
            variant="beside",
            severity=Severity.MANUAL,
            facts={"other": form.name(item.none_with)},
        )
    if item.kind is Kind.PROSE:
        return Hit(*place, variant="heading")
    official_target = item.kind is Kind.TARGET or (item.kind is Kind.TEXT and item.columns)
    return Hit(*place, variant="target" if official_target else None)


def _none_there(form: Reader, path: str) -> bool:
    """Whether that row is 无 in every year; Unknown where it is not yet said what it is."""
    years = [(path, column.key) for column in form.field(path).columns]
    figures = [place for place in years if form.sure(*place).state is not State.NONE]
    return not [form.figure(*place) for place in figures]
