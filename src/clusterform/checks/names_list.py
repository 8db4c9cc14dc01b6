"""How many names a text lists. 、；， new lines and numbering part them; not inside brackets and quotes."""

import re
from functools import cache
from typing import NamedTuple

from clusterform.answers import CountNames
from clusterform.checks.check import Scope
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.fields import Address, Kind
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.text import CHINESE_NUMBERS, NONE, fold

_BRACKETS = pattern(
    r"[（(][^（()）]*[）)]|【[^【】]*】|\[[^\[\]]*\]|《[^《》]*》|“[^“”]*”|\"[^\"\n]*\"|「[^「」]*」"
)
_NUMBERED = pattern(
    r"[①-⒛㈠-㈩❶-➓]|[Ⅰ-Ⅻ][.．、]|(?<!\d)[（(](?P<in>\d{1,2})[）)]|(?:^|(?<=[\s；;，,、。：:]))(?P<at>\d{1,2})[.．、)）](?!\d)"
)
_SPACED = pattern(r"(?:^|(?<=[\s；;，,、。]))(?P<at>\d{1,2})(?:[ \t\u3000]|[，,:：])\s*+(?=[^\W\d])")
"""A number with no point behind it; in a text that has numbers of the other sort it is none."""
_PARTING = pattern("[；;，,、]")
_ALL_MARKED = pattern(r"(?:■\s*)+")
_BULLETS = pattern(r"[•●■◆◇▪◼★☆▶►➢➤❖※]")
_RUN_ON = pattern(
    r"(?<!\d)[（(]?(?:(?P<digits>\d{1,2})|(?P<han>[{numerals}]{1,3}))(?(digits)(?:[.．、:：)）]|(?=[^\W\d]))|[、.．)）])"
    r"(?!\d{1,4}+(?:[^\w]|[\d{lists.not_a_name}]|$))"
    r"|(?<![A-Za-z.])[（(]?(?P<letter>[A-Ha-h])[.．、:：)）](?=[^\W\d_])"
)
"""A number before a name, whatever stands before it: 1.甲2.乙. The name may begin with digits, 1.3D打印协会, but be no figure, 1.5亿."""
_MAY_RUN_ON = pattern(r"\s*[（(]?[\d{numerals}A-Ha-h]")
"""How such a list begins."""
_POINTED = pattern(r"[（(]?(?:1|{lists.first}|A|a)[.．、:：)）]")
"""A first number that is one without doubt; 1甲2乙 may as well be names with digits in them."""
_LETTERS = " ABCDEFGH"
_PER_NAME = pattern(r"[（(]\s*(\d{1,3})\s*[{counters}]\s*[）)]")
_AND_OTHERS = pattern(r"{lists.and_others}\s*+\d*+\s*+[{counters}]?[。.；;]?\s*+$")
_ELSEWHERE = pattern(r"{lists.elsewhere}|^[（(]?{lists.appended}")
_STRONG = ("\x00", r"\n", "[；;。|]", r"，|,(?!\s*(?:Ltd|Inc|LLC|Corp|Co\b))", "、")
"""Coarsest first: a list parted by ； may hold 、 inside its names."""
_PLAIN = pattern(r"[\u4e00-\u9fff、]+")
"""Nothing in it but ideographs."""
_JOINS = pattern("{lists.joins}")
_WEAK = (r"[ \t\u3000]", "/", "{lists.joins}")
"""These may as well be part of a name."""
_DIGITS = 3
_HEAD = pattern("{lists.heads}")
"""The head of a column, where the names stand in a table inside the cell."""
_WORD = pattern(r"[\w■]")


@cache
def _splitters() -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    """Each class of separators, and for every class all down to it; made for the first list of names."""
    classes = (*_STRONG, *_WEAK)
    down = ("|".join(classes[: n + 1]) for n in range(len(classes)))
    return tuple(map(pattern, classes)), tuple(map(pattern, down))


class NameList(NamedTuple):
    """What can be said of a list of names."""

    counts: frozenset[int]
    """Every number of names that a sensible reading gives."""
    likely: int
    """The number by all separators that are certain."""
    more: bool = False
    """It ends in 等: some are not named."""
    elsewhere: bool = False
    """It only says where the list is (详见附件)."""


def read_names(text: str) -> NameList:
    """All plausible readings of a list of names."""
    if _ELSEWHERE.search(text):
        return NameList(frozenset(), 0, elsewhere=True)
    more = _AND_OTHERS.search(text)
    if more is None and (plain := plain_names(text)):
        return NameList(frozenset({plain}), plain)
    rows, numbered = _rows(text)
    if numbered:
        return NameList(frozenset({rows}), rows, more=more is not None)
    whole = text[: more.start()] if more else text
    bare = _without_brackets(_marked(whole))
    counts = _readings(bare)
    if (run_on := _run_on(whole)) is not None:
        bare = _without_brackets(run_on)
        counts = _readings(bare) | (set() if _POINTED.match(whole.lstrip()) else counts)
    if _ALL_MARKED.fullmatch(bare):  # 《甲》《乙》: the quotes part them
        counts.add(bare.count("■"))
    if "\n" in bare and _PARTING.search(bare):  # the line may have been broken inside a name
        counts |= _readings(bare.replace("\n", ""))
    counts |= {rows} if rows else set()
    per_name = [int(n) for n in _PER_NAME.findall(text)]
    likely = rows or _pieces(bare, _splitters()[1][len(_STRONG) - 1])
    if per_name:
        counts.add(sum(per_name) + max(likely - len(per_name), 0))
    return NameList(frozenset(counts), likely, more=more is not None)


def plain_names(text: str) -> int:
    """How many names there are where 、 parts them and nothing else may, as in most lists; else 0."""
    if not _PLAIN.fullmatch(text) or _MAY_RUN_ON.match(text) or _JOINS.search(text):
        return 0
    return sum(map(bool, text.split("、")))


def _rows(text: str) -> tuple[int, bool]:
    """The rows of a table in the cell, which gives a line for each of its cells, and whether they are numbered; else 0.

    Empty cells leave no line: without numbers, as many lines as there are heads make a row.
    """
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    heads = next((n for n, line in enumerate(lines) if not _HEAD.fullmatch(line)), len(lines))
    rest = lines[heads:]
    numbers = [int(line) for line in rest if len(line) <= _DIGITS and line.isdecimal()]
    if rest and rest[0] == "1" and len(rest) > len(numbers) and numbers == [*range(1, len(numbers) + 1)]:
        return len(numbers), True
    return (len(rest) // heads if heads and len(rest) % heads == 0 else 0), False


def _without_brackets(text: str) -> str:
    """What stands in brackets or quotes parts nothing; each is one mark. Brackets may stand inside brackets."""
    bare = text.replace("､", "、")
    for _ in range(3):
        bare, found = _BRACKETS.subn("■", bare)
        if not found:
            break
    return bare


def _run_on(text: str) -> str | None:
    """The text with a mark for each number of a list that runs on, 1.甲2.乙; None where none does."""
    if _MAY_RUN_ON.match(text) is None:
        return None
    pieces: list[str] = []
    at, next_one = 0, 1
    for found in _RUN_ON.finditer(text):
        if next_one == 1 and text[: found.start()].strip():
            return None
        letter = found["letter"]
        number = (
            _LETTERS.find(letter.upper())
            if letter
            else int(found["digits"] or CHINESE_NUMBERS.get(found["han"], 0))
        )
        if number == next_one:
            pieces += (text[at : found.start()], "\x00")
            at, next_one = found.end(), next_one + 1
    return "".join((*pieces, text[at:])) if next_one > 2 else None


def _marked(text: str) -> str:
    """Bullets become a mark of their own, and so does numbering where it counts 1, 2, 3 …."""
    text = _BULLETS.sub("\x00", text)
    found = [m["in"] or m["at"] for m in _NUMBERED.finditer(text)]
    given = [int(n) for n in found if n]
    if found:
        return _NUMBERED.sub("\x00", text) if given == list(range(1, len(given) + 1)) else text
    spaced = [int(m["at"]) for m in _SPACED.finditer(text)]
    return _SPACED.sub("\x00", text) if spaced == list(range(1, len(spaced) + 1)) else text


def _readings(text: str) -> set[int]:
    """By the separators down to each class, from the coarsest there is; a weak one alone may part nothing."""
    classes, down = _splitters()
    inner, strong = text.strip("\n；;。，,、 "), len(_STRONG)
    first = next((n for n, separator in enumerate(classes[:strong]) if separator.search(inner)), strong)
    # A class that the text does not hold parts nothing more.
    parting = (n for n in range(first, len(classes)) if n == first or classes[n].search(text))
    return {_pieces(text, down[n]) for n in parting} | ({1} if first == strong else set())


def _pieces(text: str, separators: re.Pattern[str]) -> int:
    """How many pieces hold a word; a heading that ends in a colon is no name."""
    pieces = (p.strip() for p in separators.split(text))
    return sum(1 for p in pieces if _WORD.search(p) and not p.endswith(("：", ":")))


class CountOfNames(Scope, kind="count_of_names"):
    """数量 and 名称 of one answer agree."""

    looks_at = (Kind.COUNT_NAMES,)

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """0 or 无 with no names, or with 无, is right. Names that are listed elsewhere cannot be counted."""
        value = form.sure(*place).value
        if not isinstance(value, CountNames):
            return None
        named = fold(value.names) not in {"", NONE}
        if value.count is None and fold(value.count_text) not in {"", NONE}:
            raise Unknown(Text("skipped.count-no-number"), *place)
        if value.count is None:
            return Hit(*place, value=value.count_text, variant="no-count") if named else None
        count = value.count
        if not named:
            return Hit(*place, value=value.count_text, variant="no-names") if count > 0 else None
        names = read_names(value.names)
        if names.elsewhere:
            raise Unknown(Text("skipped.names-elsewhere"), *place)
        if count in names.counts or (names.more and min(names.counts) <= count):
            return None
        variant = "zero" if count == 0 else None
        return Hit(*place, value=value.count_text, expected=str(names.likely), variant=variant)
