"""Kind `none_rate`: a rate is 无 though its inputs are figures, or a figure though an input is 无."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import State, figure_of
from clusterform.checks.check import Check
from clusterform.checks.formula import Cell
from clusterform.checks.places import Place
from clusterform.checks.rates import Rate, Stand, Standing, is_possible, stands
from clusterform.checks.reader import Hit, Reader
from clusterform.figures import Figure
from clusterform.messages import Fact, Joined

NONE = "无"


class NoneRate(Check, kind="none_rate"):
    """The variant `rate_expected` takes {computed}; `rate_kept`, `rate_rests` and `rate_none` take {inputs}."""

    rates: tuple[Rate, ...]

    def places(self, form: Reader) -> Iterator[tuple[Rate, Place]]:
        """Each rate at each of its places."""
        return ((rate, place) for rate in self.rates for place in rate.places(form))

    def judge(self, form: Reader, place: tuple[Rate, Place]) -> Hit | None:
        """A rate follows its inputs. Whether a figure is the right one is for the rules on arithmetic."""
        rate, spot = place
        answer = form.sure(*spot)
        if answer.state is State.NONE:
            return _said_none(rate, form, spot)
        figure = figure_of(answer)
        return _given(rate, form, spot, figure) if figure is not None else None


def _said_none(rate: Rate, form: Reader, spot: Place) -> Hit | None:
    """Where it can be computed 无 is no answer; else it may be one, if the row can be without."""
    found, gap = stands(rate, form, spot[1])
    allowed = form.field(rate.rate).can_be_none(spot[1])
    figures = [s for s in found if s.standing is Standing.FIGURES]
    if figures:
        return None if allowed and not rate.growth and figures[0].empty else _computed(form, spot, figures)
    if gap is not None and not allowed:
        raise gap
    # From nothing there is no growth; to nothing it is -100, or 无.
    if allowed or (rate.growth and any(s.standing in (Standing.ZERO, Standing.NOTHING) for s in found)):
        return None
    lacking = _lacking(found)
    return Hit(*spot, facts=_inputs(form, lacking), variant="rate_none" if lacking else None)


def _given(rate: Rate, form: Reader, spot: Place, figure: Figure) -> Hit | None:
    """A figure that no way can give, for want of an input."""
    if is_possible(rate, form, spot[1]):
        return None
    found, gap = stands(rate, form, spot[1])
    if gap is not None:
        raise gap
    if figure.value == rate.nothing:
        reached = (s.empty if not rate.growth else s.standing is Standing.NOTHING for s in found)
        if any(reached):
            return None
    lacking = _lacking(found)
    if not lacking:
        return None
    facts = _inputs(form, lacking)
    if all(form.field(path).can_be_none(column) for path, column in (spot, *_places(lacking))):
        return Hit(*spot, expected=NONE, facts=facts, variant="rate_kept")
    return Hit(*spot, facts=facts, variant="rate_rests")


def _computed(form: Reader, spot: Place, figures: list[Stand]) -> Hit:
    workings = [s.working(form) for s in figures]
    expected = " / ".join(dict.fromkeys(s.value(form) for s in figures))
    return Hit(
        *spot, expected=expected, facts={"computed": Joined("join.then", workings)}, variant="rate_expected"
    )


def _lacking(found: list[Stand]) -> tuple[Cell, ...]:
    return tuple(dict.fromkeys(cell for stand in found for cell in stand.lacking))


def _places(lacking: tuple[Cell, ...]) -> list[Place]:
    return [(cell.path, cell.column) for cell in lacking]


def _inputs(form: Reader, lacking: tuple[Cell, ...]) -> dict[str, Fact]:
    """The inputs that are 无, by name."""
    return {"inputs": tuple(f"“{form.name(*place)}”" for place in _places(lacking))}
