"""What stands before and behind a number in an answer: the words and units of rules/number_units.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from clusterform.data_files import rules_file
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import narrow
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
