"""Texts: how long they are, what they read like, and whether two of them agree."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Literal

from clusterform.answers import Answer, Contact, State
from clusterform.asked import Asked
from clusterform.checks.check import Check
from clusterform.checks.reader import Hit, Reader, RowName, SectionKey
from clusterform.checks.telephone import read_numbers
from clusterform.fields import Address, Field, Kind
from clusterform.finding import Severity
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.regions import leading_places
from clusterform.text import fold
from clusterform.validation import MisfitError
from clusterform.words import word

_RUN = pattern(r"\x00+")
"""Letters, digits and narrow marks between spaces and wide characters: one word to Word."""


class TextLength(Check, kind="text_length"):
    """Text within its limit, a field's (200 字以内) or a whole part's (3000 字以内), and not next to nothing.

    With `section` and `limit` the prose of that part counts together; else each field by its own limit.

    With `least` a field's text is held to so many characters, and to no limit.
    """

    section: SectionKey = ""
    limit: int = 0
    least: int = 0

    def places(self, form: Asked) -> Iterator[tuple[Field, ...]]:
        if self.section:
            prose = tuple(f for f in form.of_kind(Kind.PROSE) if f.path.startswith(f"{self.section}."))
            return iter((prose,) if prose else ())
        return ((f,) for f in form.fields.values() if f.limit is not None)

    def judge(self, form: Reader, place: tuple[Field, ...]) -> Hit | None:
        """Exactly the limit is right. Over it by one way of counting alone, nobody can say which is meant: a warning."""
        if self.least:
            return _short(self.least, form, place[0])
        answers = [a for f in place for _, a in form.form.places(f.path) if a.state is State.FILLED]
        limit = self.limit or place[0].limit or 0
        by_character = sum(characters(a.text) for a in answers)
        if by_character <= limit:
            return None
        by_word = sum(word_count(a.text) for a in answers)
        facts = {"count": str(by_character), "words": str(by_word), "limit": str(limit)}
        facts["over"] = str(by_character - limit)
        perhaps = by_word <= limit
        severity = Severity.WARNING if perhaps else None
        if not self.section:
            variant = "perhaps" if perhaps else None
            return Hit(place[0].path, expected=f"≤ {limit}", facts=facts, variant=variant, severity=severity)
        number = place[0].section
        return Hit(
            section=number,
            label=form.form.section_titles.get(number),
            value=str(by_character),
            expected=f"≤ {limit}",
            facts=facts,
            variant="part_perhaps" if perhaps else "part",
            severity=severity,
            location=answers[0].place,
        )


def characters(text: str) -> int:
    """Every visible character counts one: a Chinese character, a letter, a digit, a punctuation mark."""
    black = "".join(text.split())
    return len(black) if black.isprintable() else sum(unicodedata.category(c) != "Cf" for c in black)


def word_count(text: str) -> int:
    """字数 as Word and WPS show it: a Chinese character or mark counts one, and so does a run of anything else."""
    kinds = "".join(_kind(c) for c in text)
    return kinds.count("\x01") + sum(1 for _ in _RUN.finditer(kinds))


def _kind(char: str) -> str:
    """A wide character, a narrow one, or a space between."""
    if char.isspace():
        return " "
    if unicodedata.category(char) == "Cf":
        return ""
    return "\x01" if unicodedata.east_asian_width(char) in "WFA" else "\x00"


def _short(least: int, form: Reader, field: Field) -> Hit | None:
    """One or two characters describe nothing."""
    answer: Answer = form.sure(field.path)
    count = characters(answer.text)
    if answer.state is not State.FILLED or count >= least:
        return None
    return Hit(field.path, facts={"count": str(count), "limit": str(field.limit)})


class LooksLike(Check, kind="looks_like"):
    """A name that reads like something the notice does not admit.

    `rows` hold the same name: the first that is filled is looked at.

    `pattern` is a regular expression for the folded name (no spaces, no punctuation); a name with a word of
    `but_not` is let pass.
    """

    rows: tuple[RowName, ...]
    pattern: str
    but_not: tuple[str, ...] = ()
    by_answers = True

    def __post_init__(self) -> None:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise MisfitError.of(Text("misfit.pattern", pattern=self.pattern, error=error)) from error

    def places(self, form: Reader) -> Iterator[str]:
        """One place at most: the name stands on the form more than once."""
        filled = [row for row in self.rows if form.answer(row).state is State.FILLED]
        return iter(filled[:1])

    def judge(self, form: Reader, place: str) -> Hit | None:
        name = fold(form.answer(place).text)
        if any(word in name for word in self.but_not) or not re.search(self.pattern, name):
            return None
        return Hit(place)


_BETWEEN_NAMES = pattern(r"[、,，;；/\s]+")
_SEAL = pattern(r"[（(]?(?:{beside.seal_end})[）)]?\s*$")


class TextsAgree(Check, kind="texts_agree"):
    """The cover says what section one says.

    `field` agrees with one of `others`: as a name, an office, a person or a telephone.
    """

    field: RowName
    others: tuple[RowName, ...]
    by: Literal["name", "office", "person", "phone"]
    severity: Severity | None = None
    """Where it weighs otherwise than the rule does by default."""
    variant: str | None = None

    def places(self, form: Asked) -> Iterator[Address]:
        known = all(path in form.fields for path in (self.field, *self.others))
        return iter(((self.field, None),) if known else ())

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """Nothing is compared with a blank or a doubtful answer."""
        shown, *others = (_text(form, path, self.by) for path in (place[0], *self.others))
        if any(_AGREE[self.by](shown, other) for other in others):
            return None
        expected = "、".join(dict.fromkeys(others))
        facts = {"other": "、".join(dict.fromkeys(form.name(path) for path in self.others))}
        return Hit(
            *place, value=shown, expected=expected, facts=facts, variant=self.variant, severity=self.severity
        )


def _text(form: Reader, path: str, by: str) -> str:
    answer = form.sure(path)
    text = answer.text
    if isinstance(answer.value, Contact):
        text = answer.value.phone if by == "phone" else answer.value.person
    if answer.state is not State.FILLED or not text.strip():
        raise form.lacking("answer.blank", path)
    return text


def same_name(one: str, other: str) -> bool:
    """The same but for spaces, punctuation and width, and for 集群 at the end, which the printed pattern leaves open."""
    mine, theirs = (fold(_SEAL.sub("", text)).removesuffix(word("cluster.cluster")) for text in (one, other))
    return mine == theirs


def same_office(one: str, other: str) -> bool:
    """The same, or the same with the province or city before it."""
    short, long = sorted((fold(_SEAL.sub("", one)), fold(_SEAL.sub("", other))), key=len)
    return long.endswith(short) and not leading_places(long[: len(long) - len(short)])[1]


def same_person(one: str, other: str) -> bool:
    """One person of both; a title beside the name does not matter."""
    mine, theirs = ({fold(p) for p in _BETWEEN_NAMES.split(text) if fold(p)} for text in (one, other))
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
