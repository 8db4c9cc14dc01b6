"""Rates that follow from other rows of the form, and what those allow the rate to be: a figure, 无, or either."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

from clusterform.answers import State
from clusterform.asked import Asked
from clusterform.checks.formula import Node, Operand, as_printed, bind
from clusterform.checks.reader import Reader, RowName, Unknown
from clusterform.checks.relation import Computation
from clusterform.fields import Address
from clusterform.figures import two_places
from clusterform.messages import Text
from clusterform.models import Model


class Rate(Model):
    """A row that follows from others, by one of these ways; where all of them lack a figure it has none."""

    rate: RowName
    columns: tuple[Literal["first", "middle", "last"], ...] = ()
    ways: tuple[Computation, ...]
    nothing: Decimal | None = None
    """What it comes to where there is nothing to divide: -100 of a growth, 0 of a share; None: that says nothing."""
    free: tuple[RowName, ...] = ()
    """Divisors in whose place another quantity may stand, as the notice names none."""

    def inputs(self, form: Asked, column: str | None) -> Iterator[Operand]:
        """The cells of all ways at one place, as far as the form asks for them."""
        sides = (side for way in self.ways for side in _sides_at(way, form, column))
        return (cell for side in sides for cell in side if cell is not None)

    @property
    def growth(self) -> bool:
        """Whether it compares two years: from nothing there is no growth, while a share of nothing is nothing."""
        return bool(self.nothing)

    def places(self, form: Asked) -> list[Address]:
        if self.rate not in form.fields:
            return []
        return [(self.rate, form.column(role)) for role in self.columns] or [(self.rate, None)]


class Computability(StrEnum):
    """What the inputs of one way allow."""

    FIGURES = "figures"  # each is a figure, what is divided by above zero: the rate can be computed
    OPEN = "open"  # what is divided by is not on the form: any figure is possible
    NOTHING = "nothing"  # what is divided is 无
    NONE = "none"  # what is divided by, or what is averaged, is 无
    ZERO = "zero"  # what is divided by is 0


class RateInputs(NamedTuple):
    way: Computation
    column: str | None
    standing: Computability
    lacking: tuple[Operand, ...] = ()
    """The inputs that are 无."""
    empty: bool = False
    """Whether something that is divided is 无 or 0."""

    def value(self, form: Reader) -> str:
        """What it comes to, as the form would print it, where all inputs are figures."""
        return str(two_places(as_printed(self._node(form), form)))

    def working(self, form: Reader) -> Text:
        return self.way.working(self._node(form), form)

    def _node(self, form: Reader) -> Node:
        return bind(self.way.node, form, self.column)


def ways_of(rate: Rate, form: Reader, column: str | None) -> tuple[list[RateInputs], Unknown | None]:
    """How each way stands, and why one could not be looked at: an input that is blank or already reported."""
    found: list[RateInputs] = []
    gap = None
    for way in rate.ways:
        try:
            found.append(_stand(rate, way, form, column))
        except Unknown as unknown:
            gap = gap or unknown
    return found, gap


def computed(rates: tuple[Rate, ...], form: Reader, place: Address) -> tuple[str, ...]:
    """What a rate comes to by each way whose inputs are figures; nothing for what is no rate."""
    path, column = place
    found = [s for rate in rates if rate.rate == path for s in ways_of(rate, form, column)[0]]
    return tuple(dict.fromkeys(s.value(form) for s in found if s.standing is Computability.FIGURES))


def _stand(rate: Rate, way: Computation, form: Reader, column: str | None) -> RateInputs:
    bound, opened = [], False
    above, below = _sides_at(way, form, column)
    for cell in below:
        if cell is None or (cell.path in rate.free and not _is_figure(cell, form)):
            opened = True
        else:
            bound.append(cell)
    divisors = _values(bound, form)
    divided = _values((cell for cell in above if cell is not None), form)
    under, over = _lacking(divisors), _lacking(divided)
    empty = any(not value for value in divided.values())
    if under or (over and (rate.nothing is None or not (divisors or opened))):
        return RateInputs(way, column, Computability.NONE, (*under, *over), empty=empty)
    if over:
        return RateInputs(way, column, Computability.NOTHING, over, empty=empty)
    if any(value is not None and value <= 0 for value in divisors.values()):
        return RateInputs(way, column, Computability.ZERO, empty=empty)
    if opened:
        return RateInputs(way, column, Computability.OPEN, empty=empty)
    return RateInputs(way, column, Computability.FIGURES, empty=empty)


def _sides_at(way: Computation, form: Asked, column: str | None) -> tuple[list[Operand | None], ...]:
    """The cells that are divided, and those that something is divided by, at one place."""
    return form.decided(
        ("sides", way.formula, column),
        lambda asked: tuple([_bound(cell, asked, column) for cell in cells] for cells in way.split),
    )


def _bound(cell: Operand, form: Asked, column: str | None) -> Operand | None:
    """The cell with the form's column; None where the form does not ask for it, or the year lies before the first."""
    with suppress(Unknown):
        return bind(cell, form, column) if cell.path in form.fields else None
    return None


def _is_figure(cell: Operand, form: Reader) -> bool:
    return cell in form.figures and form.figures[cell].value > 0


def _values(inputs: Iterable[Operand], form: Reader) -> dict[Operand, Decimal | None]:
    """The value of each; None of one that is 无. Unknown where one is neither that nor a figure."""
    return {cell: _value(cell, form) for cell in inputs}


def _value(cell: Operand, form: Reader) -> Decimal | None:
    figure = form.figures.get(cell)
    if figure is not None:
        return figure.value
    return None if form.sure(*cell).state is State.NONE else form.figure(*cell).value


def _lacking(inputs: dict[Operand, Decimal | None]) -> tuple[Operand, ...]:
    return tuple(cell for cell, value in inputs.items() if value is None)
