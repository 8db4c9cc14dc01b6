"""Kind `looks_like`: a name that reads like something the notice does not admit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader
from clusterform.definition import MisfitError
from clusterform.text import fold


class LooksLike(Check, kind="looks_like"):
    """`rows` hold the same name: the first that is filled is looked at.

    `pattern` is a regular expression for the folded name (no spaces, no punctuation); a name with a word of
    `but_not` is let pass.
    """

    rows: tuple[Row, ...]
    pattern: str
    but_not: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        try:
            re.compile(self.pattern)
        except re.error as error:
            raise MisfitError.of(f"pattern“{self.pattern}”不是正则表达式", f"pattern: {error}") from error

    def places(self, form: Reader) -> Iterator[str]:
        """One place at most: the name stands on the form more than once."""
        filled = [row for row in self.rows if form.answer(row).state is State.FILLED]
        return iter(filled[:1])

    def judge(self, form: Reader, place: str) -> Hit | None:
        """Says which name it is."""
        name = fold(form.answer(place).text)
        if any(word in name for word in self.but_not) or not re.search(self.pattern, name):
            return None
        return Hit(place)
