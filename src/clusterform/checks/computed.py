"""Kind `computed`: a declared figure agrees with those it is computed from, as far as rounding allows."""

from collections.abc import Sequence

from clusterform.asked import Asked
from clusterform.checks.check import Check
from clusterform.checks.formula import as_printed
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.relation import Computation, Computed, Instance, Relation
from clusterform.checks.ties import Tie
from clusterform.figures import HUNDRED, printable, two_places
from clusterform.finding import Severity
from clusterform.messages import Fact, Joined, Text

PER_CENT = "%"
_TELLING = 5


class ComputedFigure(Check, kind="computed"):
    """The message takes {computed}.

    A hint that fits takes the variant `hint` and {hint}; a reading that is only doubtful the variant `doubtful`,
    and warns; a share of 100 written as a fraction of 1 the variant `fraction`, an error whatever the rule's own
    severity, but where the notice leaves open what is divided by what.
    """

    relation: Relation
    variant: str | None = None
    """The message to use, where no other variant fits."""
    open_basis: bool = False
    """Whether the notice leaves open what the figure is divided by: nothing about it is then more than the rule says."""

    def places(self, form: Asked) -> list[Instance]:
        return self.relation.at(form)

    def tie(self, form: Reader, place: Instance) -> Tie | None:
        return place.tie(form)

    def judge(self, form: Reader, place: Instance) -> Hit | None:
        wrong = place.wrong(form)
        if not wrong:
            return None
        variant, facts = _variant(form, place)
        if variant == "fraction":
            wrong = [c for c in wrong if _hundredfold(form, place, [c.reading])]
        facts = {"computed": Joined("join.then", [_working(form, c) for c in wrong]), **facts}
        expected = dict.fromkeys(str(two_places(as_printed(c.node, form))) for c in wrong)
        certain = None if self.open_basis else Severity.ERROR
        severity = {"doubtful": Severity.WARNING, "fraction": certain}.get(variant or "")
        path, column = place.declared.path, place.declared.column
        return Hit(
            path,
            column,
            expected=" / ".join(expected),
            facts=facts,
            variant=variant or self.variant,
            severity=severity,
        )


def _variant(form: Reader, place: Instance) -> tuple[str | None, dict[str, Fact]]:
    """What is known of how it came about."""
    relation = place.relation
    for variant, readings in (("hint", relation.hints), ("doubtful", relation.doubtful)):
        fits = place.fitting(form, readings)
        if fits is not None:
            return variant, {"hint": fits.name} if fits.name is not None else {}
    return ("fraction" if _hundredfold(form, place, relation.readings) else None), {}


def _hundredfold(form: Reader, place: Instance, readings: Sequence[Computation]) -> bool:
    """Whether a row of per cents holds a hundredth of what these give: 0.0335 for 3.35.

    Its digits must be enough to tell: 0.01 is a hundredth of too much.
    """
    figure = form.figure(place.declared.path, place.declared.column)
    width = figure.declared.high - figure.declared.low
    if form.fields[place.declared.path].unit != PER_CENT or not width * _TELLING <= abs(figure.value) < 1:
        return False
    hundredfold = [target * HUNDRED for target in place.targets(form)]
    return place.fitting(form, readings, hundredfold) is not None


def _working(form: Reader, computed: Computed) -> Text:
    """The computation with its figures, and the figures that rounding allows."""
    working = computed.reading.working(computed.node, form)
    fits = printable(computed.values)
    if fits is None or fits.low == fits.high:
        return working
    return Text("checks.rounded", working=working, low=fits.low, high=fits.high)
