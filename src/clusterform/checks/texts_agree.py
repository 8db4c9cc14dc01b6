"""Kind `texts_agree`: the cover says what section one says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from clusterform.answers import Contact, State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.telephone import read_numbers
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.regions import leading_places
from clusterform.text import fold

_SEAL = pattern(r"[（(]?(?:已?加?盖章|公章|章)[）)]?\s*$")


class TextsAgree(Check, kind="texts_agree"):
    """`field` agrees with one of `others`: as a name, an office, a person or a telephone."""

    field: Row
    others: tuple[Row, ...]
    by: Literal["name", "office", "person", "phone"]
    severity: Severity | None = None
    """Where it weighs otherwise than the rule does by default."""
    variant: str | None = None

    def places(self, form: Reader) -> Iterator[Place]:
        """The field, where the form has it and the others."""
        known = all(form.has(path) for path in (self.field, *self.others))
        return iter(((self.field, None),) if known else ())

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Nothing is compared with a blank or a doubtful answer."""
        shown, *others = (_text(form, path, self.by) for path in (place[0], *self.others))
        if any(_AGREE[self.by](shown, other) for other in others):
            return None
        expected = "、".join(dict.fromkeys(others))
        facts = {"other": "、".join(dict.fromkeys(form.name(path) for path in self.others))}
        return Hit(
            *place,
            value=shown,
            expected=expected,
            facts=facts,
            variant=self.variant,
            severity=self.severity,
        )


def _text(form: Reader, path: str, by: str) -> str:
    answer = form.sure(path)
    text = answer.text
    if isinstance(answer.value, Contact):
        text = answer.value.phone if by == "phone" else answer.value.person
    if answer.state is not State.FILLED or not text.strip():
        name = form.name(path)
        raise Unknown(Text("answer.blank", name=name), path, None)
    return text


def same_name(one: str, other: str) -> bool:
    """The same but for spaces, punctuation and width, and for 集群 at the end, which the printed pattern leaves open."""
    mine, theirs = (fold(_SEAL.sub("", text)).removesuffix("集群") for text in (one, other))
    return mine == theirs


def same_office(one: str, other: str) -> bool:
    """The same, or the same with the province or city before it."""
    short, long = sorted((fold(_SEAL.sub("", one)), fold(_SEAL.sub("", other))), key=len)
    return long.endswith(short) and not leading_places(long[: len(long) - len(short)])[1]


def same_person(one: str, other: str) -> bool:
    """One person of both; a title beside the name does not matter."""
    mine, theirs = ({fold(p) for p in re.split(r"[、,，;；/\s]+", text) if fold(p)} for text in (one, other))
    return fold(one) == fold(other) or any(a in b or b in a for a in mine for b in theirs)


def same_phone(one: str, other: str) -> bool:
    """One number of both; the area code may be left out."""
    return bool(set(read_numbers(one).known) & set(read_numbers(other).known))


_AGREE: dict[str, Callable[[str, str], bool]] = {
    "name": same_name,
    "office": same_office,
    "person": same_person,
    "phone": same_phone,
}
