"""Numbers as people write them, alone or with the names that they count (数量、名称); their words and units: rules/number_units.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from clusterform.data_files import rules_file
from clusterform.figures import NO_LETTER_BEHIND, TWO_FIGURES, Figure, printed_figure
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import narrow, simplified, without_note
from clusterform.words import word
from clusterform.yaml_file import read_yaml

COUNTED = "count"
"""What a measure word measures."""
_LONGEST_UNIT = 12


class NumberWords(NamedTuple):
    """The table of rules/number_units.yaml, ready to be looked up."""

    number: re.Pattern[str]
    """A number with what may stand before and behind it."""
    units: re.Pattern[str]
    """One unit, or several in a row."""
    things: re.Pattern[str]
    """Ten thousand of what is counted, and the like."""
    loose: frozenset[str]
    scales: tuple[Mapping[str, str], ...]
    """Units of one quantity, each with the scale it stands for."""
    quantities: Mapping[str, str]
    """What each unit measures."""
    counters: frozenset[str]
    currencies: tuple[str, ...]


@kept
def number_words() -> NumberWords:
    """The table, read once."""
    data: dict[str, Any] = read_yaml(rules_file("number_units.yaml"))
    quantities: dict[str, dict[str, str]] = {
        sort: {name: scale for scale, names in scales.items() for name in names}
        for sort, scales in data["scales"].items()
    }
    alike = tuple(dict.fromkeys(names, unit) for unit, names in data["names"].items())
    counters = (*data["count"], *data["counters"])
    measured = {**quantities, **{sort: dict.fromkeys(data[sort], "") for sort in ("share", COUNTED)}}
    units = chain(*measured.values(), *alike, counters, data["currencies"], data["others"])
    behind = _either(data["behind"])
    return NumberWords(
        number=pattern(
            rf"(?P<before>{_either((*data['before'], *data['loose']))})?\s*+"
            r"(?:(?P<sign>[-+])(?P<apart> {1,4})?)?(?P<digits>\d[\d, ]*+(?:\.[\d ]++)?|\.\d++)\s*+"
            rf"(?P<more>{behind}|{{figures.around}})?(?P<percent>%)?"
            rf"(?P<unit>[^\d\s.,;:()]{{0,8}}|\([^\d\s.,;:()]{{1,8}}\))?(?P<late>{behind})?"
        ),
        units=pattern(rf"(?:{_either(units)})*+"),
        things=pattern(rf"{{figures.ten_thousands}}(?:{_either(counters)})"),
        loose=frozenset(data["loose"]),
        scales=(*quantities.values(), *alike),
        quantities={unit: sort for sort, of_sort in measured.items() for unit in of_sort},
        counters=frozenset(counters),
        currencies=tuple(data["currencies"]),
    )


@lru_cache(maxsize=1024)
def unit_in(text: str) -> str:
    """The unit that a text is and nothing else, in brackets or not. Kept, since the short texts of forms are the same few."""
    bare = narrow(text).strip().strip("()").strip() if len(text) <= _LONGEST_UNIT else ""
    return bare if bare and number_words().units.fullmatch(bare) else ""


def _either(words: Iterable[str]) -> str:
    """Any of the words, each before those that it begins with: of 亿元 nothing is left over."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


_PLAIN = pattern(r"\s*(-?(?!0[0-9])[0-9]+(?:\.[0-9]+)?)\s*")
_IN_BRACKETS = pattern(r"\([^()]*\)")
_YEAR = pattern(r"20\d\d")
_IN_TEXT = pattern(
    rf"(?<![\d.A-Za-z])[-+]?(?:\d{{1,3}}(?:,\d{{3}})++(?!\d)|\d++)(?:\.\d++)?+(?!\.\d){NO_LETTER_BEHIND}"
)
_WIDE_POINT = pattern(r"(?<=\d)。(?=\d)")
_STOPS = "。;；、,，."
"""Marks that end a sentence or an item; behind a number they mean nothing."""
_MINUS = str.maketrans(dict.fromkeys("−–—﹣－‐‑‒", "-"))
_THOUSANDS = pattern(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LEADING_NOUGHT = pattern(r"0[\d ]*\d")


class ParsedNumber(NamedTuple):
    """A number made out of a text."""

    figure: Figure | None
    """None where it cannot be told which number is meant."""
    flaws: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def plain_number(text: str, *, counted: bool) -> Figure | None:
    """The figure of a text that is nothing but a well-written number, as nearly all are; None for any other text.

    Kept: of a form's figures a third stand in it elsewhere, of a folder's forms half.
    """
    found = _PLAIN.fullmatch(text)
    return None if found is None else printed_figure(found[1], counted=counted)


def read_number(
    text: str, *, counted: bool, unit: str = "", printed: tuple[str, ...] = ()
) -> ParsedNumber | None:
    """The number that the whole text is; None where it is not one number.

    `unit` is the label's, `printed` are units that the form itself prints behind the number (个).
    """
    if (well_written := plain_number(text, counted=counted)) is not None:
        return ParsedNumber(well_written)
    words = number_words()
    wide = simplified(narrow(text)).translate(_MINUS).replace("m2", "m²").strip().rstrip(_STOPS)
    plain = without_note(wide)
    found = words.number.fullmatch(_WIDE_POINT.sub(".", plain.rstrip(_STOPS)))
    if found is None or not words.units.fullmatch(written := (found["unit"] or "").strip("()")):
        return None
    digits = found["digits"].strip()
    flaws = _flaws(text, found, digits, printed) + (("note_mark",) if plain != wide else ())
    if _is_named_otherwise(written, unit):
        flaws = tuple("unit_name" if flaw == "unit" else flaw for flaw in flaws)
    bare = digits.replace(" ", "").replace(",", "")
    if ("," in digits and not _THOUSANDS.fullmatch(digits.replace(" ", ""))) or TWO_FIGURES.search(digits):
        return None
    if (
        "approximate" in flaws
        or _other_scale(written, unit)
        or _other_quantity(written or ("%" if found["percent"] else ""), unit, counted=counted)
        or (unit and not counted and written in words.counters)
        or words.things.fullmatch(written)
        or written.endswith(words.currencies)
    ):
        return ParsedNumber(None, flaws)
    sign = "-" if found["sign"] == "-" else ""
    return ParsedNumber(printed_figure(sign + bare, counted=counted), flaws)


def _flaws(text: str, found: re.Match[str], digits: str, printed: tuple[str, ...]) -> tuple[str, ...]:
    vague = found["before"] in number_words().loose or bool(found["more"] or found["late"])
    wide = any(c in "．，＋％" or (c.isdecimal() and not c.isascii()) for c in text)
    flaws = {
        "approximate": vague,
        "words": bool(found["before"]) and not vague,
        "sign": found["sign"] == "+",
        "percent": found["percent"],
        "unit": found["unit"] and found["unit"] not in printed,
        "thousands": "," in digits,
        "inner_space": " " in digits or found["apart"],
        "leading_nought": _LEADING_NOUGHT.match(digits),
        "full_width": wide or _WIDE_POINT.search(text),
        "stop": text.strip()[-1] in _STOPS,
    }
    return tuple(flaw for flaw, there in flaws.items() if there)


def _other_scale(written: str, asked: str) -> bool:
    """Whether an amount is written in another scale than the label's: 万元 for 亿元, 亩 for 平方公里."""
    return any(
        written in scales and asked in scales and scales[written] != scales[asked]
        for scales in number_words().scales
    )


def _is_named_otherwise(written: str, asked: str) -> bool:
    """Whether it is the label's own unit by another name: km² in a row of 平方公里."""
    scales = number_words().scales
    return written != asked and any(of.get(written) == asked for of in scales)


def _other_quantity(written: str, asked: str, *, counted: bool) -> bool:
    """Whether the unit measures something else than the row asks for: 亿元 in a row of shares, % in one of counts."""
    quantities = number_words().quantities
    meant = COUNTED if counted else quantities.get(asked, asked)
    measured = quantities.get(written)
    return bool(meant) and measured is not None and measured != meant


def read_target(text: str) -> ParsedNumber | None:
    """The one number of a target cell, whose unit and words (不低于, 以上, 亿元, 家) are no fault.

    None where there is no number, or several and none stands first with the others in brackets.
    """
    wide = narrow(text).translate(_MINUS)
    plain = _IN_BRACKETS.sub("", wide)
    numbers = {m[0] for m in _IN_TEXT.finditer(plain) if not _is_year(plain, m)}
    if len(numbers) != 1:
        return None
    return ParsedNumber(printed_figure(numbers.pop().replace(",", "").removeprefix("+")))


def _is_year(text: str, found: re.Match[str]) -> bool:
    return _YEAR.fullmatch(found[0]) is not None and text[found.end() : found.end() + 1] == word("date.year")


_COUNT = pattern(r"{halves.count_spaced}\s*+(?:[(（][{counters}][)）])?\s*+[:：]?\s*+")
_COUNT_BEHIND = pattern(r"{halves.count_spaced}\s*+[:：]?\s*+")
_NAMES = pattern(r"{halves.names_spaced}\s*+[:：]?")
_NAMES_COLON = pattern(r"{halves.names_spaced}\s*+[:：]\s*+")
_LEADING = pattern(
    r"(?:{halves.count_spaced}\s*+[:：]?|{halves.total_spelt})?\s*+(?P<count>[\d０-９]++)"
    r"(?:[^\S\n]*+[{counters}](?:(?:{halves.things})(?=[:：]))?+|\s*+[{counters}](?=[^\S\n]*+\n|\s*+(?:[:：,，、(（]|\Z)))?+(?P<gap>\s*+)"
)
"""A counter in the next line is one only where nothing but a sign follows it: else it begins the names."""
_TOTAL = pattern(
    r"{halves.total_spelt}\s*+(?P<count>[\d０-９]++)\s*+[{counters}](?:{halves.things})?+[)）]?+[。.；;]?+"
)
_PARTS = "；;，,。"
"""What may stand between the count and the word 名称."""
_BEFORE_NAMES = ":：,，、(（"


@dataclass(frozen=True, slots=True)
class CountAndNames:
    """Both, as they are written."""

    count: str
    names: str


def count_and_names(text: str) -> CountAndNames | None:
    """数量：3 个 名称：甲、乙、丙; 名称：… 数量：3; 3家：甲…; 共3家：甲…; 甲、乙、丙，共3家; 甲、乙（共2家）. None where it is none of these."""
    return _labelled(text) or _leading(text) or _total_behind(text)


def _labelled(text: str) -> CountAndNames | None:
    """Each behind its own word, whichever stands first."""
    printed = simplified(text)
    count = _COUNT.search(printed)
    if count is not None and (names := _NAMES.search(printed, count.end())) is not None:
        between = text[count.end() : names.start()].rstrip()
        left = between[:-1].rstrip() if between.endswith(tuple(_PARTS)) else between
        return CountAndNames(left, text[names.end() :])
    names = _NAMES_COLON.search(printed)
    if names is not None and (count := _COUNT_BEHIND.search(printed, names.end())) is not None:
        return CountAndNames(text[count.end() :], text[names.end() : count.start()].rstrip())
    return None


def _leading(text: str) -> CountAndNames | None:
    """The count first; what follows must be parted from it by a sign or a line end."""
    found = _LEADING.match(text)
    if found is None:
        return None
    names = text[found.end() :]
    if not names:
        return CountAndNames(found["count"], "")
    if names.startswith(tuple(_BEFORE_NAMES)):
        names = names[1:].lstrip()
    elif "\n" not in found["gap"]:
        return None
    return CountAndNames(found["count"], names[:-1] if names.endswith((")", "）")) else names)


def _total_behind(text: str) -> CountAndNames | None:
    at = text.rfind(word("halves.total"))
    found, names = _TOTAL.fullmatch(text, at), text[:at].rstrip().rstrip("(（")
    return CountAndNames(found["count"], names) if found is not None and names else None
