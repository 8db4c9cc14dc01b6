"""Kind `two_decimals`: decimals as shown are two (填报说明第 2 条: 数据有小数时，保留小数点后 2 位)."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import figure_of
from clusterform.checks.computed import PER_CENT
from clusterform.checks.number_written import plain_number
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Field, Kind
from clusterform.figures import Figure, two_places
from clusterform.patterns import pattern

_ONE_PLACE = pattern(r"(?<![\d.,])(\d[\d,]*+\.\d)(?![\d.])")


class TwoDecimals(Scope, kind="two_decimals"):
    """The scope is all there is to say."""

    def places(self, form: Reader) -> Iterator[Place]:
        """Every figure that may have decimals; counts with decimals are another rule's."""
        return places_of(self, form, Kind.DECIMAL, Kind.TARGET)

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A whole number is right as it is. The repair adds a zero; it never rounds."""
        answer = form.answer(*place)
        figure = figure_of(answer)
        if figure is None or figure.places in {0, 2}:
            return None
        expected = str(two_places(figure.value))
        if figure.places > 2:
            return _long(form.field(place[0]), figure, place)
        if answer.flaws:
            plain = plain_number(answer, form.field(place[0]))
            return Hit(*place, expected=plain or expected, fix=plain)
        return Hit(*place, expected=expected, fix=padded(answer.text) or expected)


def _long(item: Field, figure: Figure, place: Place) -> Hit:
    """Too many decimals. What would be rounded to nothing, or may be a share of 1, is left to whoever knows it."""
    facts, rounded = {"places": str(figure.places)}, two_places(figure.value)
    if item.unit == PER_CENT and 0 < abs(figure.value) < 1:
        facts["hundredfold"] = str(two_places(figure.value * 100))
        return Hit(*place, variant="fraction", facts=facts)
    if figure.value and not rounded:
        return Hit(*place, variant="tiny", facts=facts)
    return Hit(*place, expected=str(rounded), variant="long", facts=facts)


def padded(text: str) -> str | None:
    """12.5 -> 12.50, 1.5亿元 -> 1.50亿元: the text with its one number written to two places."""
    found = _ONE_PLACE.findall(text)
    return _ONE_PLACE.sub(r"\g<1>0", text) if len(found) == 1 else None
