"""What stands in an answer's place and is no answer: 待补充, XX家, 张××, ____ (CF015). The words are in rules/placeholders.yaml."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from clusterform.answers import Answer, Contact, CountNames, State, TicksAnswer
from clusterform.data_files import rules_file
from clusterform.fields import NUMERIC, Field, Kind
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import fold
from clusterform.words import word
from clusterform.yaml_file import read_yaml

_LONGEST = 60
"""A longer text has an answer in it, whatever else."""
_PATTERN = pattern(
    r"[.…。·]{2,}|[_＿]{2,}|[?？]{2,}|{prompts.example}\s*[:：].*"
    r"|[(（]?{prompts.fill}.{0,20}[)）]?"
    r"|[(（]?{prompts.click}.{0,20}[)）]?",
    re.DOTALL,
)
_PATTERNS = {
    **dict.fromkeys(NUMERIC, "figure"),
    **dict.fromkeys((Kind.PERSON, Kind.CONTACT), "person"),
    **dict.fromkeys((Kind.REGION, Kind.CLUSTER_NAME), "place"),
    Kind.DATE: "date",
    Kind.TEXT: "office",
}
"""Which pattern of the table below tells a gap in an answer of a kind; `name` in any other that is no running text."""
_RUNNING = frozenset({Kind.PROSE, Kind.FORMULA, Kind.CHOICE, Kind.CHOICES})


class Placeholders(NamedTuple):
    """The table of rules/placeholders.yaml, ready to be looked for."""

    whole: frozenset[str]
    sign: re.Pattern[str]
    """One of the characters without which no gap is: most texts have none, and are looked for no gap of any kind."""
    name: re.Pattern[str]
    """Two marks or more in a name."""
    place: re.Pattern[str]
    """The same, or one before the ending of a level: X县."""
    office: re.Pattern[str]
    """The same at the front of an office's name, or behind a place in it: 浙江省X县经济和信息化局. 智谷X区 may be a name."""
    person: re.Pattern[str]
    """One mark that no name holds is enough: 张×, 王*."""
    date: re.Pattern[str]
    figure: re.Pattern[str]
    running: re.Pattern[str]
    """Two marks or more before a measure word or an ending; a line ____ there as well, spaces behind 达到, and （待补充）."""
    bare: re.Pattern[str]
    """Marks and signs alone, as a whole answer of any kind."""


@kept
def _gaps() -> Placeholders:
    """The table, read once."""
    data: dict[str, Any] = read_yaml(rules_file("placeholders.yaml"))
    marks, rings = re.escape(data["marks"]), data["rings"]
    numerals = word("digits")
    run = rf"(?<![A-Za-z{marks}])[{marks}]{{2,}}(?![A-Za-z{marks}])|(?<![\d{numerals}{rings}])[{rings}]{{2,}}(?![{numerals}])"
    line = rf"(?<![\w＿])[_＿]{{2,}}|(?<=[^\W\d{numerals}_])[_＿]{{2,}}"
    one = rf"(?<![A-Za-z{marks}])[{marks}](?:{_either(data['levels'])})"
    words = {fold(word) for word in data["whole"]}
    late = {
        fold(b) + w
        for b in data["before"]
        for w in words
        if w.startswith(tuple(data["open_starts"])) or w.endswith(data["open_end"])
    }
    return Placeholders(
        whole=frozenset(words | late),
        sign=pattern(rf"[{marks}{rings}{data['number']}×✕✖╳*＊_＿ \u3000（(【\[]"),
        name=pattern(run),
        place=pattern(rf"{run}|{one}"),
        office=pattern(rf"{run}|(?:^|(?<=[{''.join(data['levels'])}])){one}"),
        person=pattern(rf"{run}|[×✕✖╳*＊]"),
        date=pattern(rf"[{marks}]"),
        figure=pattern(rf"[{marks}]{{2,}}|(?<!\S)(?<!\d\s)[{marks}](?!\w)"),
        running=pattern(
            rf"(?:{run}|{line})[ \u3000]{{0,2}}(?:{_either(data['followed_by'])})"
            rf"|(?<=[{data['reached']}])[ \u3000]{{2,}}(?:{_either(data['counted'])})"
            rf"|[（(][ \u3000]{{1,9}}[）)](?:{_either(data['counted'])})"
            rf"|[（(【\[][^\d（()）【】\[\]]{{0,6}}?(?:{_either(data['bracketed'])})[）)】\]]"
            rf"|(?<!\d)20\d[{marks}]{{date.year}}"
            rf"|(?<![A-Za-z\d+＋×·“”\"{data['number']}-])[{data['number']}] ?(?:{_either(data['numbered'])})"
        ),
        bare=pattern(rf"(?:[^\w{marks}]*+[{marks}]){{2,}}+[^\w{marks}]*+"),
    )


def _either(words: list[str]) -> str:
    return "|".join(map(re.escape, words))


def is_placeholder(text: str, item: Field) -> bool:
    """Whether the answer as a whole is none. In running text a gap is only a part of it, see `gaps_left`."""
    if is_wholly_placeholder(text):
        return True
    gaps = _gaps()
    if gaps.sign.search(text) is None:
        return False
    if gaps.bare.fullmatch(text) is not None:
        return True
    if _is_running(item) or item.kind is Kind.CONTACT:
        return False
    own: re.Pattern[str] = getattr(gaps, _PATTERNS.get(item.kind, "name"))
    return own.search(text) is not None


def is_wholly_placeholder(text: str) -> bool:
    """Whether a text is one wherever it stands: 待补充, ……, 例：…."""
    if len(text) > _LONGEST:
        return False
    return _PATTERN.fullmatch(text.strip()) is not None or fold(text) in _gaps().whole


def _gap(text: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The first gap left in a text."""
    return None if _gaps().sign.search(text) is None else pattern.search(text)


def _is_running(item: Field) -> bool:
    """Whether sentences are asked for; a row of target columns in words is so too."""
    return item.kind in _RUNNING or (item.kind is Kind.TEXT and bool(item.columns))


def gaps_left(item: Field, answer: Answer) -> list[str]:
    """What an answer shows of guidance or gaps: the whole of it, or a part where the rest is an answer."""
    if answer.state is State.PLACEHOLDER:
        return [answer.text]
    value = answer.value
    if isinstance(value, CountNames):
        found = [_left(value.count_text, _gaps().figure), _left(value.names, _gaps().name)]
    elif isinstance(value, Contact):
        found = [_left(value.person, _gaps().person), _left(value.phone, _gaps().name)]
    elif isinstance(answer, TicksAnswer):
        found = [_left(answer.remark, _gaps().running)] if answer.remark else []
    elif _is_running(item):
        gap = _gap(answer.text, _gaps().running)  # any other answer with a gap is a placeholder as a whole
        found = [gap.group() if gap is not None else None]
    else:
        return []
    return [text for text in found if text is not None]


def perhaps_gap(item: Field, answer: Answer) -> bool:
    """Whether an office's name holds what may be a gap, X区, and may be its name."""
    named = item.kind is Kind.TEXT and not item.columns and answer.state is State.FILLED
    return named and _gap(answer.text, _gaps().place) is not None


def gap_in_target(text: str) -> str | None:
    """What the cell of an indicator of the county's own shows of them: a figure or words may stand there."""
    return _left(text, _gaps().figure) or _left(text, _gaps().running)


def _left(text: str, pattern: re.Pattern[str]) -> str | None:
    """The text, where it is no answer as a whole or holds a gap."""
    return text if fold(text) in _gaps().whole or _gap(text, pattern) is not None else None
