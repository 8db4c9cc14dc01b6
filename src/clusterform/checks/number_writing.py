"""How numbers are written: decimals, units, counts, and what is no number."""

from decimal import Decimal

from clusterform.answers import Answer, CountNames, State, figure_of
from clusterform.checks.check import Scope
from clusterform.checks.computed import PER_CENT
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import NUMERIC, Address, Field, Kind
from clusterform.figures import Figure, two_places
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.text import NONE, fold, narrow, without_note


class NotANumber(Scope, kind="not_a_number"):
    """Something else stands where a number is asked."""

    looks_at = (*NUMERIC, Kind.COUNT_NAMES)
    passes_plain = True

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """A number that is only written badly has flaws, and is left to the rule on how numbers are written."""
        answer = form.sure(*place)
        if answer.flaws:
            return None
        if answer.state is State.UNREADABLE:
            return Hit(*place)
        value = answer.value
        if isinstance(value, CountNames) and value.count is None and fold(value.count_text) not in {"", NONE}:
            return Hit(*place, value=value.count_text)
        return None


_PLAIN = frozenset(
    {
        "unit",
        "unit_name",
        "percent",
        "thousands",
        "full_width",
        "inner_space",
        "stop",
        "note_mark",
        "leading_nought",
    }
)
"""Ways of writing that leave no doubt about the value."""
_VAGUE = frozenset({"approximate", "words"})
_COUNTED = pattern(r"[{figures.measures}]?")
_NUMBER = pattern(r"[\d., +。;、()-]|{figures.sums}")


class NumberWritten(Scope, kind="number_written"):
    """Unit, 约, thousands separator, full-width digits and the like in a number's cell."""

    looks_at = (*NUMERIC, Kind.COUNT_NAMES)
    passes_plain = True

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """All that is odd about one number is one finding; the plain number is the repair where it is certain."""
        answer = form.answer(*place)
        if not answer.flaws:
            return None
        item = form.fields[place[0]]
        plain = plain_number(answer, item)
        # A rate may be written with its sign; the notice does not speak of it.
        allowed = _PLAIN | {"sign"} if item.minimum is None else _PLAIN
        harmless = plain is not None and allowed.issuperset(answer.flaws)
        if harmless and not _of_places_asked(answer, item):
            return None
        named = ((flaw, Text(f"flaw.{flaw}")) for flaw in answer.flaws)
        value = _shown(answer)
        return Hit(
            *place,
            value=value,
            expected=plain,
            fix=plain if value is None else None,
            facts={"ways": tuple(text if text.known else flaw for flaw, text in named)},
            variant=None if plain else "unsure",
            severity=Severity.WARNING if harmless else None,
        )


def _of_places_asked(answer: Answer, item: Field) -> bool:
    """Whether the number itself is right: its decimals, or that a count has none, are told by rules of their own."""
    count = answer.value.count if isinstance(answer.value, CountNames) else answer.decimal
    if item.kind in (Kind.COUNT, Kind.COUNT_NAMES):
        return count is None or _is_whole(count)
    figure = figure_of(answer)
    return figure is None or figure.places in {0, 2}


def _is_whole(count: Decimal) -> bool:
    return count >= 0 and count == count.to_integral_value()


def _shown(answer: Answer) -> str | None:
    """Of a number with names, the number alone; the names are not spoken of, nor written anew."""
    return answer.value.count_text if isinstance(answer.value, CountNames) else None


def plain_number(answer: Answer, item: Field) -> str | None:
    """The number alone, to two places where it has one; None where the words beside it may matter."""
    value = answer.value
    number, text = (
        (value.count, value.count_text) if isinstance(value, CountNames) else (answer.decimal, answer.text)
    )
    if number is None or _VAGUE.intersection(answer.flaws):
        return None
    beside = _NUMBER.sub("", without_note(narrow(text)))
    known = (
        "unit_name" in answer.flaws
        or (item.unit and item.unit.startswith(beside))
        or (item.kind in (Kind.COUNT, Kind.COUNT_NAMES) and _COUNTED.fullmatch(beside))
    )
    if beside and not known:
        return None
    return str(two_places(number)) if number.as_tuple().exponent == -1 else str(number)


_SCALED = pattern(r"\d\s*+[{figures.scales}]")
"""A unit that has a smaller one: 0.064万, of which 0.06万 would not be the same."""
_ONE_PLACE = pattern(r"(?<![\d.,])(\d[\d,]*+\.\d)(?![\d.])")


class TwoDecimals(Scope, kind="two_decimals"):
    """Decimals as shown are two (填报说明第 2 条: 数据有小数时，保留小数点后 2 位)."""

    looks_at = (Kind.DECIMAL, Kind.TARGET)
    passes_plain = True

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """A whole number is right as it is. The repair adds a zero; it never rounds."""
        answer = form.sure(*place)
        figure = figure_of(answer)
        if figure is None or figure.places in {0, 2}:
            return None
        plain = plain_number(answer, form.fields[place[0]]) if answer.flaws else ""
        if plain is None:  # what stands beside it is an error, and is told by the rule on that
            return None
        if figure.places > 2:
            return _long(form.fields[place[0]], figure, place, answer.text)
        if plain:
            return Hit(*place, expected=plain, fix=plain, variant="written")
        expected = str(two_places(figure.value))
        return Hit(*place, expected=expected, fix=padded(answer.text) or expected)


def _long(item: Field, figure: Figure, place: Address, text: str) -> Hit:
    """Too many decimals. What would be rounded to nothing, or may be a share of 1, is left to whoever knows it."""
    facts, rounded = {"places": str(figure.places)}, two_places(figure.value)
    if item.unit == PER_CENT and 0 < abs(figure.value) < 1:
        facts["hundredfold"] = str(two_places(figure.value * 100))
        return Hit(*place, variant="fraction", facts=facts)
    if figure.value and not rounded:
        return Hit(*place, variant="tiny", facts=facts)
    if abs(figure.value) < 1 and _SCALED.search(text) is not None:
        return Hit(*place, variant="scaled", facts=facts)
    return Hit(*place, expected=str(rounded), variant="long", facts=facts)


def padded(text: str) -> str | None:
    """12.5 -> 12.50, 1.5亿元 -> 1.50亿元: the text with its one number written to two places."""
    found = _ONE_PLACE.findall(text)
    return _ONE_PLACE.sub(r"\g<1>0", text) if len(found) == 1 else None


class WholeCount(Scope, kind="whole_count"):
    """A count is a whole number and not negative."""

    looks_at = (Kind.COUNT, Kind.COUNT_NAMES)
    passes_plain = True

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """12.00 counts as 12."""
        answer = form.answer(*place)
        count = answer.value.count if isinstance(answer.value, CountNames) else answer.decimal
        if count is None or _is_whole(count):
            return None
        return Hit(*place, value=_shown(answer), variant="negative" if count < 0 else None)
