"""Kind `number_written`: unit, 约, thousands separator, full-width digits and the like in a number's cell."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Answer, CountNames
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import NUMERIC, Field, Kind
from clusterform.figures import two_places
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.text import narrow, without_note

_PLAIN = frozenset(
    {"unit", "percent", "thousands", "full_width", "inner_space", "stop", "note_mark", "leading_nought"}
)
"""Ways of writing that leave no doubt about the value."""
_VAGUE = frozenset({"approximate", "words"})
_COUNTED = pattern(r"[个家户项件人名条次]?")
_NUMBER = pattern(r"[\d., +。;、()-]|共计?|合计|总计")


class NumberWritten(Scope, kind="number_written"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every answer that is a number or holds one."""
        return places_of(self, form, *NUMERIC, Kind.COUNT_NAMES)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """All that is odd about one number is one finding; the plain number is the repair where it is certain."""
        answer = form.answer(*place)
        if not answer.flaws:
            return None
        named = ((flaw, Text(f"flaw.{flaw}")) for flaw in answer.flaws)
        ways = tuple(text if text.known else flaw for flaw, text in named)
        item = form.field(place[0])
        value, plain = _shown(answer), plain_number(answer, item)
        # A rate may be written with its sign; the notice does not speak of it.
        allowed = _PLAIN | {"sign"} if item.minimum is None else _PLAIN
        harmless = plain is not None and allowed.issuperset(answer.flaws)
        severity = Severity.WARNING if harmless else None
        facts = {"ways": ways}
        variant = None if plain else "unsure"
        fix = plain if value is None else None
        return Hit(
            *place, value=value, expected=plain, fix=fix, facts=facts, variant=variant, severity=severity
        )


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
    known = (item.unit and item.unit.startswith(beside)) or (
        item.kind in (Kind.COUNT, Kind.COUNT_NAMES) and _COUNTED.fullmatch(beside)
    )
    if beside and not known:
        return None
    return str(two_places(number)) if number.as_tuple().exponent == -1 else str(number)
