"""Kind `text_length`: text within its limit, a field's (200 字以内) or a whole part's (3000 字以内), and not next to nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from clusterform.answers import Answer, State
from clusterform.checks.check import Check
from clusterform.checks.names import SectionKey
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Field, Kind
from clusterform.finding import Severity
from clusterform.patterns import pattern

_RUN = pattern(r"\x00+")
"""Letters, digits and narrow marks between spaces and wide characters: one word to Word."""


class TextLength(Check, kind="text_length"):
    """With `section` and `limit` the prose of that part counts together; else each field by its own limit.

    With `least` a field's text is held to so many characters, and to no limit.
    """

    section: SectionKey = ""
    limit: int = 0
    least: int = 0

    def places(self, form: Reader) -> Iterator[tuple[Field, ...]]:
        """The fields that share one limit."""
        if self.section:
            prose = tuple(f for f in form.of_kind(Kind.PROSE) if f.path.startswith(f"{self.section}."))
            return iter((prose,) if prose else ())
        return ((f,) for f in form.form.fields.values() if f.limit is not None)

    def judge(self, form: Reader, place: tuple[Field, ...]) -> Hit | None:
        """Exactly the limit is right. Over it by one way of counting alone, nobody can say which is meant: a warning."""
        answers = [a for f in place for _, a in form.form.places(f.path) if a.state is State.FILLED]
        if self.least:
            return _short(self.least, form, place[0])
        limit = self.limit or place[0].limit or 0
        by_character = sum(characters(a.text) for a in answers)
        if by_character <= limit:
            return None
        by_word = sum(words(a.text) for a in answers)
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


def words(text: str) -> int:
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
