"""无, what is written in its place, and rates that follow from figures or from none."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

from clusterform.answers import Answer, Contact, CountNames, State, figure_of
from clusterform.asked import Asked
from clusterform.checks.check import Check, Scope
from clusterform.checks.formula import Operand
from clusterform.checks.rates import Computability, Rate, RateInputs, computed, ways_of
from clusterform.checks.reader import Hit, Reader, RowName
from clusterform.fields import Address, Field, Kind
from clusterform.figures import HUNDRED, Figure
from clusterform.finding import Severity
from clusterform.messages import Fact, Joined
from clusterform.patterns import pattern
from clusterform.text import NONE, fold, unnumbered

_REMARK = pattern(r"(?<=\S)\s*+[（(【\[][^（）()【】\[\]]*+[）)】\]]$")
"""Why there is none, in brackets behind it. A text that is in brackets as a whole is no remark."""
_CLOSING = ("）", ")", "】", "]")


class NeverNone(Check, kind="never_none"):
    """无, or 0, where there must be something (填报说明第 2 条 allows 无 only for 无相关情况).

    Which rows cannot be 无 is said in the form's definition.
    """

    passes_plain = True
    rates: tuple[Rate, ...] = ()
    """Rows left to `none_rate`, which knows their inputs."""
    words: tuple[str, ...] = ()
    """Other ways of saying that there is none, in words."""

    @cached_property
    def sayings(self) -> frozenset[str]:
        """All ways of saying it, folded once for the rule."""
        return frozenset({NONE, *map(fold, self.words)})

    def places(self, form: Asked) -> Iterator[Address]:
        rates = {rate.rate for rate in self.rates}
        for item in form.fields.values():
            if item.path not in rates:
                yield from (
                    place for place in item.places if not (item.nought and item.can_be_none(place[1]))
                )

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """无 in any of its spellings; a contact line may lack the person or the telephone alone."""
        answer = form.answer(*place)
        item = form.fields[place[0]]
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
                "person" if fold(value.person) == NONE else "phone" if fold(value.phone) == NONE else None
            )
            return Hit(*place, variant=lacking) if lacking else None
        return None


def _says_none(answer: Answer, sayings: frozenset[str]) -> bool:
    """Whether each line of a text says nothing but that there is none."""
    if not isinstance(answer.value, str) and answer.state is not State.UNREADABLE:
        return False
    said = False
    for line in answer.text.splitlines():
        if folded := fold(_bare(line)):
            if folded not in sayings:
                return False
            said = True
    return said


def _bare(line: str) -> str:
    """The line without its number, and without a remark in brackets behind it."""
    bare = unnumbered(line).rstrip()
    return _REMARK.sub("", bare) if bare.endswith(_CLOSING) else bare


def _hit(form: Reader, item: Field, place: Address) -> Hit:
    if item.none_with and _none_there(form, item.none_with):
        return Hit(
            *place, variant="beside", severity=Severity.MANUAL, facts={"other": form.name(item.none_with)}
        )
    if item.kind is Kind.PROSE:
        return Hit(*place, variant="heading")
    official_target = item.kind is Kind.TARGET or (item.kind is Kind.TEXT and item.columns)
    return Hit(*place, variant="target" if official_target else None)


def _none_there(form: Reader, path: str) -> bool:
    """Whether that row is 无 in every year; Unknown where it is not yet said what it is."""
    figures = [place for place in form.fields[path].places if form.sure(*place).state is not State.NONE]
    return not [form.figure(*place) for place in figures]


_PART = pattern(r"[/\\—–―-]+|n/?a|none|{none.words}", re.IGNORECASE)


class StandIn(Scope, kind="stand_in"):
    """/, —, N/A, 暂无 where 无 is asked (填报说明第 2 条: 无相关情况时应填写“无”).

    `rates` follow from other rows: where those have their figures, 无 would be no answer.
    """

    looks_at = tuple(Kind)
    required = True  # what is not required may be struck out as one likes
    passes_plain = True
    rates: tuple[Rate, ...] = ()

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """The repair is 无 where that can be the answer. Of 数量 and 名称, a person must see which part it is."""
        answer = form.answer(*place)
        if answer.state is State.STAND_IN:
            return _in_its_place(self, form, place)
        value = answer.value
        if isinstance(value, CountNames) and (_stands_in(value.count_text) or _stands_in(value.names)):
            return Hit(*place, expected=NONE)
        return None


def _in_its_place(params: StandIn, form: Reader, place: Address) -> Hit:
    rate = computed(params.rates, form, place)
    if rate:
        return Hit(*place, expected=" / ".join(rate), variant="rate")
    if not form.fields[place[0]].can_be_none(place[1]):
        return Hit(*place, variant="answer")
    return Hit(*place, expected=NONE, fix=NONE)


def _stands_in(text: str) -> bool:
    return _PART.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


class RateAfterZero(Check, kind="rate_after_zero"):
    """A growth rate is a figure though the year before was 0.

    The message variant `none_expected` takes {previous}. Of an amount that is 无 see `none_rate`.
    """

    passes_plain = True
    rate: RowName
    amount: RowName

    def places(self, form: Asked) -> Iterator[tuple[str, str]]:
        years = form.reported if self.rate in form.fields and self.amount in form.fields else ()
        return pairwise(years)

    def stands_on(self, _: Asked, place: tuple[str, str]) -> Iterable[Address]:
        return (self.amount, place[0]), (self.rate, place[1])

    def judge(self, form: Reader, place: tuple[str, str]) -> Hit | None:
        """From zero nothing can grow by a percentage."""
        before, year = place
        previous = form.sure(self.amount, before)
        rate = form.sure(self.rate, year)
        if previous.decimal is None or previous.decimal != 0 or rate.decimal is None:
            return None
        _not_reported_before(self, form, before)
        taints = ((self.amount, before),)
        facts = {"previous": previous.text}
        return Hit(self.rate, year, expected=NONE, facts=facts, variant="none_expected", taints=taints)


def _not_reported_before(params: RateAfterZero, form: Reader, year: str) -> None:
    """A zero that its own rate belies is reported there; Unknown for the year after."""
    rate = form.answer(params.rate, year).decimal
    years = form.reported
    if year == years[0] or rate is None or rate <= -HUNDRED.low:
        return
    if form.figure(params.amount, years[years.index(year) - 1], none_is_zero=True).value > 0:
        raise form.lacking("skipped.one-cause", params.rate, year)


class NoneRate(Check, kind="none_rate"):
    """A rate is 无 though its inputs are figures, or a figure though an input is 无.

    The variant `rate_expected` takes {computed}; `rate_kept`, `rate_rests` and `rate_none` take {inputs}.
    """

    passes_plain = True
    rates: tuple[Rate, ...]

    def places(self, form: Asked) -> Iterator[tuple[int, Address]]:
        """Each rate, by its number, and each of its places."""
        return ((n, place) for n, rate in enumerate(self.rates) for place in rate.places(form))

    def stands_on(self, form: Asked, place: tuple[int, Address]) -> Iterator[Address]:
        number, spot = place
        yield spot
        yield from self.rates[number].inputs(form, spot[1])

    def judge(self, form: Reader, place: tuple[int, Address]) -> Hit | None:
        """A rate follows its inputs. Whether a figure is the right one is for the rules on arithmetic."""
        rate, spot = self.rates[place[0]], place[1]
        answer = form.sure(*spot)
        if answer.state is State.NONE:
            return _none_answered(rate, form, spot)
        figure = figure_of(answer)
        return _given(rate, form, spot, figure) if figure is not None else None


def _none_answered(rate: Rate, form: Reader, spot: Address) -> Hit | None:
    """Where it can be computed 无 is no answer; else it may be one, if the row can be without."""
    found, gap = ways_of(rate, form, spot[1])
    allowed = form.fields[rate.rate].can_be_none(spot[1])
    figures = [s for s in found if s.standing is Computability.FIGURES]
    if figures:
        return None if allowed and not rate.growth and figures[0].empty else _computed(form, spot, figures)
    if gap is not None and not allowed:
        raise gap
    # From nothing there is no growth; to nothing it is -100, or 无.
    if allowed or (
        rate.growth and any(s.standing in (Computability.ZERO, Computability.NOTHING) for s in found)
    ):
        return None
    lacking = _lacking(found)
    return Hit(*spot, facts=_inputs(form, lacking), variant="rate_none" if lacking else None)


def _given(rate: Rate, form: Reader, spot: Address, figure: Figure) -> Hit | None:
    """A figure that no way can give, for want of an input."""
    found, gap = ways_of(rate, form, spot[1])
    if any(s.standing in (Computability.FIGURES, Computability.OPEN) for s in found):
        return None
    if gap is not None:
        raise gap
    if figure.value == rate.nothing:
        reached = (s.empty if not rate.growth else s.standing is Computability.NOTHING for s in found)
        if any(reached):
            return None
    lacking = _lacking(found)
    if not lacking:
        return None
    facts = _inputs(form, lacking)
    if all(form.fields[path].can_be_none(column) for path, column in (spot, *lacking)):
        return Hit(*spot, expected=NONE, facts=facts, variant="rate_kept")
    return Hit(*spot, facts=facts, variant="rate_rests")


def _computed(form: Reader, spot: Address, figures: list[RateInputs]) -> Hit:
    workings = [s.working(form) for s in figures]
    expected = " / ".join(dict.fromkeys(s.value(form) for s in figures))
    return Hit(
        *spot, expected=expected, facts={"computed": Joined("join.then", workings)}, variant="rate_expected"
    )


def _lacking(found: list[RateInputs]) -> tuple[Operand, ...]:
    return tuple(dict.fromkeys(cell for stand in found for cell in stand.lacking))


def _inputs(form: Reader, lacking: tuple[Operand, ...]) -> dict[str, Fact]:
    return {"inputs": tuple(f"“{form.name(*cell)}”" for cell in lacking)}
