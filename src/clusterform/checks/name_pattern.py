"""Kind `name_pattern`: a name is place, industry, 产业 (the form prints XX(省、市)XX(县、区)XX产业)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader
from clusterform.patterns import pattern
from clusterform.regions import leading_places

_ENDING = pattern(r"(?:中小企业)?(?:特色)?(?:产业集群|产业|集群)$")
_PLACE = pattern(r".{1,12}?(?:省|市|县|区|旗|州|盟|镇|乡|街道|兵团|师|团|新城|园)")


class NamePattern(Check, kind="name_pattern"):
    """`fields`: the first of them that is filled is judged, so that one name is not reported twice."""

    fields: tuple[Row, ...]

    def places(self, form: Reader) -> Iterator[Place]:
        """The first field with a name."""
        filled = (p for p in self.fields if form.answer(p).state is State.FILLED)
        return ((path, None) for path in list(filled)[:1])

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Which part of the pattern is missing."""
        missing = missing_part(form.sure(*place).text)
        return Hit(*place, variant=missing) if missing else None


def missing_part(name: str) -> str | None:
    """ending, place or industry, or None. Towns, streets, zones and divisions of the corps are places too."""
    plain = re.sub(r"[\s“”\"_()]", "", unicodedata.normalize("NFKC", name))
    ending = _ENDING.search(plain)
    if ending is None:
        return "ending"
    before = plain[: ending.start()]
    rest = leading_places(before)[1]
    while at := _PLACE.match(rest):
        rest = rest[at.end() :]
    if rest == before:
        return "place"
    return None if rest else "industry"
