"""One cell of a summary's line against the form: what is there taken for the same."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.answers import SummaryRow
from clusterform.batch.cluster_names import name_key, overlap, region_places
from clusterform.batch.digest import Digest
from clusterform.batch.recommending_unit import origin_of
from clusterform.patterns import pattern
from clusterform.text import fold

_PHONE = pattern(r"\d(?:[\s\-—–()（）]*+\d){5,}")
_SPLIT = pattern(r"[、,，;；/\s]+")


def summary_value(row: SummaryRow, column: str) -> str:
    """The column's text; contact and telephone may stand in one column together."""
    both = row.cells.get("contact_and_phone", "")
    own = row.cells.get(column, "")
    if column == "phone" and not own:
        own = "、".join(_PHONE.findall(both))
    elif column == "contact" and not own:
        own = _PHONE.sub("", both).strip(" 、,，;；:：/")
    return "" if fold(own) in {"", "无"} else own


def agrees(column: str, listed: str, region: str, digest: Digest) -> bool:
    """Whether the form says the same; one that says nothing there has a finding of its own. `region`: the line's."""
    if column == "name":
        key = name_key(listed, region)
        return digest.key is None or (key is not None and key.same(digest.key))
    if column == "region":
        return _same_place(listed, digest)
    if column == "operator":
        return _one_holds_other(listed, [digest.operator])
    if column == "contact":
        people = [fold(p) for p in digest.people]
        return not people or any(
            fold(name) in person or person in fold(name)
            for name in _SPLIT.split(listed)
            if fold(name)
            for person in people
        )
    return _same_phone(listed, digest)


def _same_place(listed: str, digest: Digest) -> bool:
    """By codes where both have them; a place without one counts as it is written."""
    here, there = origin_of(listed, "", ""), region_places(digest.region)
    if here.county and digest.origin.county:
        return here.county == digest.origin.county
    if there and (places := region_places(listed)):
        return overlap(places, there)
    if here.unit is not None and digest.origin.unit is not None:
        return here.unit == digest.origin.unit or _one_holds_other(listed, [digest.region])
    return not digest.region or _one_holds_other(listed, [digest.region, digest.name])


def _one_holds_other(listed: str, given: Sequence[str]) -> bool:
    texts = [fold(text) for text in given if fold(text)]
    return not texts or any(fold(listed) in text or text in fold(listed) for text in texts)


def _same_phone(listed: str, digest: Digest) -> bool:
    """Whether any number is one of the form's; with or without the area code."""
    theirs = [d for phone in digest.phones for d in _numbers(phone)]
    return not theirs or any(
        one.endswith(two) or two.endswith(one) for one in _numbers(listed) for two in theirs
    )


def _numbers(text: str) -> list[str]:
    found = ["".join(c for c in number if c.isdecimal()) for number in _PHONE.findall(text)]
    return [number for number in found if len(number) >= 7]


def form_value(column: str, digest: Digest) -> str:
    """What the form shows there."""
    if column in {"contact", "phone"}:
        return "、".join(dict.fromkeys(digest.people if column == "contact" else digest.phones))
    return str(getattr(digest, column))
