"""A workbook's number format: its sections, and what each of their characters does (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from clusterform.data_files import rules_file
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


class FormatTokenKind(StrEnum):
    """What a piece of a format is."""

    LITERAL = "literal"
    DIGITS = "digits"  # 0 # ? , .
    EXPONENT = "exponent"  # E+ E-
    FRACTION = "fraction"  # the / between ?/?
    PERCENT = "percent"
    GENERAL = "general"  # its text: the name, where it is not the one that files use
    TEXT = "text"  # @
    DATE = "date"


@dataclass(frozen=True, slots=True)
class FormatToken:
    part: FormatTokenKind
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """One of the up to four sections of a format."""

    tokens: tuple[FormatToken, ...]
    condition: tuple[str, Decimal] | None = None
    """Comparison and threshold of [>=100]."""
    chinese: int = 0
    """1 to 3 for [DBNum1] to [DBNum3]."""

    def has(self, *parts: FormatTokenKind) -> bool:
        return any(t.part in parts for t in self.tokens)


_CONDITION = pattern(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = pattern(r"h+|m+|s+", re.IGNORECASE)
_GENERAL = r"general|[gｇ][/／](?:通用格式|標準|标准|표준)|常规|通用格式|標準|standaard|standard|estándar|geral|genel|основной"
"""General, in a file as Excel writes it or as a program left it that wrote what its user's Excel or WPS shows."""
_ESCAPED = r"[\\!](?P<escaped>.?)"
"""A character that stands for itself; the second sign is that of Chinese, Japanese and Korean Excel."""
_PIECE = pattern(
    rf'\[(?P<bracket>[^\]]*)\]|"(?P<quoted>[^"]*)"?|{_ESCAPED}|(?P<wide>_.?)|(?P<filling>\*.?)'
    rf"|(?P<general>{_GENERAL})|(?P<half_day>AM/PM|A/P|上午/下午)|E(?P<exponent>[+-])"
    r"|(?P<digits>[.,]?[0#?][0#?.,]*)|(?P<date>(?:y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|g+|b+)(?![a-z]))|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
"""What a section consists of, by what its group is called: a space as wide as a character, a filling of one."""
_MARK = pattern(r'"[^"]*"?|[\\!_*].?|;', re.DOTALL)
"""A semicolon, and what one may stand in for itself."""
LONGEST = 255
"""Characters of a format that Excel takes; what goes on behind them was written to do harm."""
_SYSTEM = {
    **dict.fromkeys(("$-F800", "$-X-SYSDATE"), 'yyyy"年"m"月"d"日"'),
    **dict.fromkeys(("$-F400", "$-X-SYSTIME"), "h:mm:ss"),
}
"""Formats that are the system's own, as Chinese Windows has them."""


@kept
def _built_in() -> dict[int, str]:
    return {int(number): code for number, code in read_yaml(rules_file("number_formats.yaml")).items()}


def built_in(number: int) -> str:
    """The format that a file names by number alone; General for one that is not known."""
    return _built_in().get(number, "General")


def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format, one at least; of one longer than Excel allows, those of its beginning."""
    return _sections(code[:LONGEST])


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[FormatSection, ...]:
    return tuple(_section(piece) for piece in _split(code)) or (_section("General"),)


def _split(code: str) -> list[str]:
    """Cut at the semicolons that do not stand for themselves."""
    cuts = [mark.start() for mark in _MARK.finditer(code) if mark[0] == ";"]
    return [code[before + 1 : cut] for before, cut in pairwise([-1, *cuts, len(code)])]


def _section(code: str) -> FormatSection:
    tokens: list[FormatToken] = []
    condition: tuple[str, Decimal] | None = None
    chinese = at = 0
    while piece := _PIECE.match(code, at):
        name, at = piece.lastgroup or "", piece.end()
        text = piece[name]
        if name != "bracket":
            last = tokens[-1].part if tokens else None
            _add(tokens, *_token(name, text, last, code[at : at + 1]))
        elif (found := _CONDITION.fullmatch(text)) is not None:
            condition = (found[1], Decimal(found[2]))
        elif text.upper().startswith("DBNUM"):
            chinese = int(text[5:6]) if text[5:6].isdigit() else 0
        elif text.upper() in _SYSTEM:
            return FormatSection(_section(_SYSTEM[text.upper()]).tokens)
        elif text.startswith("$"):
            _add(tokens, FormatTokenKind.LITERAL, text[1:].partition("-")[0])
        elif _ELAPSED.fullmatch(text):
            _add(tokens, FormatTokenKind.DATE, f"[{text.lower()[:1]}]")
    return FormatSection(tuple(tokens), condition, chinese)


_KINDS = {
    "exponent": FormatTokenKind.EXPONENT,
    "digits": FormatTokenKind.DIGITS,
    "half_day": FormatTokenKind.DATE,
    "%": FormatTokenKind.PERCENT,
    "@": FormatTokenKind.TEXT,
}


def _token(name: str, text: str, last: FormatTokenKind | None, after: str) -> tuple[FormatTokenKind, str]:
    """What a piece is; `last`: what stands before it, `after`: the character behind it."""
    if name == "general":
        return FormatTokenKind.GENERAL, "" if text.casefold() == "general" else text
    if name == "date":
        return FormatTokenKind.DATE, text.lower()
    if name in {"wide", "filling"}:
        return FormatTokenKind.LITERAL, " " if name == "wide" else ""
    if name == "sign" and last is FormatTokenKind.DIGITS:
        if text in ".,":
            return last, text
        if text == "/" and after in tuple("?#0123456789"):
            return FormatTokenKind.FRACTION, text
    return _KINDS.get(text if name == "sign" else name, FormatTokenKind.LITERAL), text


def _add(tokens: list[FormatToken], part: FormatTokenKind, text: str) -> None:
    """Text that goes on, and digits that do, are one token."""
    joins = part in {FormatTokenKind.LITERAL, FormatTokenKind.DIGITS}
    if joins and tokens and tokens[-1].part is part:
        text = tokens.pop().text + text
    if text or part is not FormatTokenKind.LITERAL:
        tokens.append(FormatToken(part, text))
