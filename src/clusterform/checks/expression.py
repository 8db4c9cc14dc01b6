"""Kind `expression`: a condition on the form's figures, in their official names, as a province writes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, ClassVar, NamedTuple

from clusterform.answers import CountNames, State
from clusterform.asked import Asked
from clusterform.checks.amounts import Amount, amount_at, in_unit_of
from clusterform.checks.check import Check
from clusterform.checks.exact_range import span
from clusterform.checks.formula import Apply, Constant, Node, Operand, bind, cells, evaluate, roots, write
from clusterform.checks.formula_parser import (
    Compared,
    Condition,
    Junction,
    Negation,
    parse_condition,
)
from clusterform.checks.reader import Hit, NameOf, Reader, Unknown
from clusterform.checks.row_names import PREVIOUS, NoRowError, RowNames, without_brackets
from clusterform.fields import Kind
from clusterform.figures import EXACT, Figure, Interval
from clusterform.messages import Fact, InBoth, Joined, Text
from clusterform.validation import MisfitError

_OPPOSITE = {"<=": ">", ">": "<=", ">=": "<", "<": ">=", "=": "!=", "!=": "="}
_PRINTED = {"<=": "≤", ">=": "≥", "!=": "≠"}
_FINEST = Decimal("0.0001")
"""So many places are shown of what is computed."""
_SHOWN_WHOLE = 40
"""A number of more digits before its point is shown as a power of ten."""


class Expression(Check, kind="expression"):
    """`condition` holds, such as 集群中小企业数量 <= 集群企业数量; said at the first figure of what does not hold.

    Where a name of a yearly row stands without its year, the condition is judged for each reported year. A figure that
    is blank, 无 or in doubt is not known; where the rest does not decide, the rule is skipped. Figures count as printed.

    The message takes {condition} in full names, {figures} with their values, and {left} and {right} for what the two
    sides of the comparison that fails come to, {compared} for both.
    """

    gives: ClassVar[tuple[str, ...]] = ("condition", "figures", "left", "right", "compared")
    condition: Annotated[str, NameOf("condition")]
    rounding: bool = False
    """Only what no rounding of the figures allows is reported."""
    none_is_zero: bool = False
    """无 counts as nothing; a blank never does."""

    def __post_init__(self) -> None:
        try:
            parse_condition(self.condition, lambda *_: Operand("", None))
        except MisfitError as error:
            raise MisfitError(*(wrong.under("condition") for wrong in error.wrong)) from error

    @property
    def in_words(self) -> str:
        return self.condition

    def places(self, form: Asked) -> Iterable[str | None]:
        condition = self._of(form)
        if condition is None:
            return ()
        columns = [cell.column for cell in cells(condition) if form.fields[cell.path].columns]
        if PREVIOUS in columns:
            return form.reported[1:]
        return form.reported if None in columns else (None,)

    def judge(self, form: Reader, column: str | None) -> Hit | None:
        condition = self._of(form)
        if condition is None:
            return None
        judged = _Judged(self, form, bind(condition, form, column))
        holds = judged.may_be(judged.condition, wanted=True)
        if isinstance(holds, Unknown):
            raise holds
        return None if holds else judged.hit()

    def _of(self, form: Asked) -> Condition | None:
        """The condition on the form's own cells; None where the form has not all its rows."""
        return form.decided(("condition", self.condition), self._read)

    def _read(self, form: Asked) -> Condition | None:
        names = RowNames(form.fields, form.roles)
        try:
            return parse_condition(self.condition, names.operand)
        except NoRowError:
            return None


class _Judged(NamedTuple):
    """A condition on the figures of one form."""

    check: Expression
    form: Reader
    condition: Condition

    def may_be(self, condition: Condition, *, wanted: bool) -> bool | Unknown:
        """Whether it may be true, or may be false; Unknown where a figure that decides it cannot be had."""
        match condition:
            case Negation(of=of):
                return self.may_be(of, wanted=not wanted)
            case Junction(word=word, parts=parts):
                every = (word == "and") == wanted
                found = [self.may_be(part, wanted=wanted) for part in parts]
                if (not every) in found:
                    return not every
                return next((part for part in found if isinstance(part, Unknown)), every)
            case Compared():
                return self._compared(condition, wanted=wanted)

    def _compared(self, comparison: Compared, *, wanted: bool) -> bool | Unknown:
        sign = comparison.sign if wanted else _OPPOSITE[comparison.sign]
        difference = Apply("-", comparison.left, comparison.right)
        try:
            figures = {cell: self._figure(cell) for cell in cells(difference)}
            printed = {cell: Interval.exact(figure.value) for cell, figure in figures.items()}
            if any(evaluate(inner, printed.__getitem__).high < 0 for inner in roots(difference)):
                return Unknown(Text("skipped.root"), *next(cells(difference)))
            if _allows(sign, evaluate(difference, printed.__getitem__)):
                return True
            if not self.check.rounding:
                return False
            ranges = {cell: _range(figure) for cell, figure in figures.items()}
            wide = evaluate(difference, ranges.__getitem__)
            return _allows(sign, wide) and _allows(sign, span(difference, ranges.__getitem__))
        except Unknown as unknown:
            return unknown
        except ZeroDivisionError:
            return Unknown(Text("skipped.divisor"), *next(cells(difference)))

    def _figure(self, cell: Operand) -> Figure:
        """The figure there, in the row's own unit."""
        form, item = self.form, self.form.fields[cell.path]
        answer = form.sure(*cell)
        if answer.state is State.NONE and self.check.none_is_zero:
            return Figure(Decimal(0), 0, counted=True)
        if isinstance(answer.value, CountNames) and answer.value.count is not None:
            return Figure(answer.value.count, 0, counted=True)
        if item.kind is not Kind.TARGET:
            return form.figure(*cell)
        amount = amount_at(form, *cell)
        figure = in_unit_of(amount, Amount(amount.figure, item.unit))
        if figure is None:
            raise form.lacking("skipped.unlike-unit", *cell)
        return figure

    def hit(self) -> Hit:
        """What does not hold, in words and in figures."""
        missed = tuple(self._missed(self.condition, wanted=True))
        concerned = tuple(dict.fromkeys(cells(self.condition)))
        first = next(cells(missed[0]), concerned[0])
        left, right = self._side(missed[0].left), self._side(missed[0].right)
        stands = _OPPOSITE[missed[0].sign]
        facts: dict[str, Fact] = {
            "condition": self._words(self.condition),
            "figures": tuple(self._stands(cell) for cell in concerned),
            "left": left,
            "right": right,
            "compared": f"{left} {_PRINTED.get(stands, stands)} {right}",
        }
        taints = tuple((cell.path, cell.column) for cell in concerned if cell != first)
        expected = " | ".join(f"{self._written(c.left)} {_sign(c)} {self._written(c.right)}" for c in missed)
        return Hit(first.path, first.column, expected=expected, facts=facts, taints=taints)

    def _missed(self, condition: Condition, *, wanted: bool) -> Iterator[Compared]:
        """Each comparison that would have to hold, as it would."""
        match condition:
            case Negation(of=of):
                yield from self._missed(of, wanted=not wanted)
            case Junction(parts=parts):
                for part in parts:
                    yield from self._missed(part, wanted=wanted)
            case Compared(sign=sign):
                if self._compared(condition, wanted=wanted) is False:
                    yield condition if wanted else condition._replace(sign=_OPPOSITE[sign])

    def _stands(self, cell: Operand) -> str | InBoth:
        """A figure under its name, or why there is none: what else the condition names has decided it."""
        try:
            return f"{self.form.name(*cell)} = {self._figure(cell).value:f}"
        except Unknown as unknown:
            return Joined("join.then", (unknown.reason,))

    def _side(self, node: Node) -> str:
        if isinstance(node, Operand):
            return f"{self._figure(node).value:f}"
        if isinstance(node, Constant):
            return f"{node.value:f}"
        return _shown(evaluate(node, lambda cell: Interval.exact(self._figure(cell).value)).low)

    def _words(self, condition: Condition) -> InBoth:
        match condition:
            case Negation(of=of):
                return Text("condition.not", of=self._words(of))
            case Junction(word=word, parts=parts):
                return Joined(f"condition.{word}", [self._inside(part) for part in parts])
            case Compared(left=left, right=right):
                return Joined("join.place", (self._written(left), _sign(condition), self._written(right)))

    def _inside(self, condition: Condition) -> InBoth:
        words = self._words(condition)
        return Text("condition.inside", of=words) if isinstance(condition, Junction) else words

    def _written(self, node: Node) -> str:
        return write(node, self._name)

    def _name(self, cell: Operand) -> str:
        item = self.form.fields[cell.path]
        return f"{without_brackets(item.label)} {item.column_label(cell.column) or ''}".rstrip()


def _sign(comparison: Compared) -> str:
    return _PRINTED.get(comparison.sign, comparison.sign)


def _allows(sign: str, difference: Interval) -> bool:
    """Whether some value of left less right has the two sides stand so."""
    low, high = difference.low, difference.high
    return {
        "<=": low <= 0,
        "<": low < 0,
        ">=": high >= 0,
        ">": high > 0,
        "=": low <= 0 <= high,
        "!=": low != 0 or high != 0,
    }[sign]


def _range(figure: Figure) -> Interval:
    """All that a figure may stand for, computed with or computed: the wider of the two."""
    used, declared = figure.interval, figure.declared
    return Interval(min(used.low, declared.low), max(used.high, declared.high))


def _shown(value: Decimal) -> str:
    if value.adjusted() > _SHOWN_WHOLE:
        return f"{value:.3E}"
    return f"{value.quantize(_FINEST, ROUND_HALF_UP, EXACT).normalize():f}"
