"""A workbook's number format: its sections, and what each of their characters does (ISO/IEC 29500-1, 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

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

    @property
    def is_date(self) -> bool:
        return any(t.part is FormatTokenKind.DATE for t in self.tokens)

    def has(self, part: FormatTokenKind) -> bool:
        return any(t.part is part for t in self.tokens)


_CONDITION = pattern(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_ELAPSED = pattern(r"h+|m+|s+", re.IGNORECASE)
_DATE = pattern(r"(?:y+|m+|d+|h+|s+(?:\.0+)?|a{3,4}|e+|g+|b+)(?![a-z])", re.IGNORECASE)
_HALF_DAYS = pattern(r"AM/PM|A/P|上午/下午", re.IGNORECASE)
_GENERAL = pattern(
    r"general|[gｇ][/／](?:通用格式|標準|标准|표준)|常规|通用格式|標準|standaard|standard|estándar|geral|genel|основной",
    re.IGNORECASE,
)
"""General, in a file as Excel writes it or as a program left it that wrote what its user's Excel or WPS shows."""
_ESCAPES = "\\!"
"""Before a character that stands for itself; the second is that of Chinese, Japanese and Korean Excel."""
LONGEST = 255
"""Characters of a format that Excel takes; what goes on behind them was written to do harm."""
_LONG_DATE, _LONG_TIME = 'yyyy"年"m"月"d"日"', "h:mm:ss"


@kept
def _built_in() -> dict[int, str]:
    formats: dict[int, str] = read_yaml(rules_file("number_formats.yaml"))
    return formats


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
    """Cut at the semicolons that stand for themselves."""
    found, start, quoted, at = [], 0, False, 0
    while at < len(code):
        char = code[at]
        if char == '"':
            quoted = not quoted
        elif char in _ESCAPES + "_*" and not quoted:
            at += 1
        elif char == ";" and not quoted:
            found.append(code[start:at])
            start = at + 1
        at += 1
    return [*found, code[start:]]


def _section(code: str) -> FormatSection:
    tokens: list[FormatToken] = []
    condition: tuple[str, Decimal] | None = None
    chinese = 0
    at = 0
    while at < len(code):
        end = code.find("]", at) if code[at] == "[" else -1
        if end < 0:
            at = _read(code, at, tokens)
            continue
        inner = code[at + 1 : end]
        at = end + 1
        if (found := _CONDITION.fullmatch(inner)) is not None:
            condition = (found[1], Decimal(found[2]))
        elif inner.upper().startswith("DBNUM"):
            chinese = int(inner[5:6]) if inner[5:6].isdigit() else 0
        elif inner.upper() in {"$-F800", "$-X-SYSDATE"}:
            return FormatSection(_section(_LONG_DATE).tokens)
        elif inner.upper() in {"$-F400", "$-X-SYSTIME"}:
            return FormatSection(_section(_LONG_TIME).tokens)
        elif inner.startswith("$"):
            _add(tokens, FormatTokenKind.LITERAL, inner[1:].partition("-")[0])
        elif _ELAPSED.fullmatch(inner):
            _add(tokens, FormatTokenKind.DATE, f"[{inner.lower()[:1]}]")
    return FormatSection(tuple(tokens), condition, chinese)


def _read(code: str, at: int, tokens: list[FormatToken]) -> int:
    """One piece of a section; where the next begins."""
    char = code[at]
    if char == '"':
        end = code.find('"', at + 1)
        end = len(code) if end < 0 else end
        _add(tokens, FormatTokenKind.LITERAL, code[at + 1 : end])
        return end + 1
    if char in _ESCAPES + "_*":  # a character as it is, a space as wide as it, a filling of it
        _add(tokens, FormatTokenKind.LITERAL, {"_": " ", "*": ""}.get(char, code[at + 1 : at + 2]))
        return at + 2
    general = _GENERAL.match(code, at)
    if general is not None:
        own = general[0].casefold() == "general"
        tokens.append(FormatToken(FormatTokenKind.GENERAL, "" if own else general[0]))
        return general.end()
    half = _HALF_DAYS.match(code, at)
    if half is not None:
        _add(tokens, FormatTokenKind.DATE, half[0])
        return half.end()
    if char in "Ee" and code[at + 1 : at + 2] in ("+", "-"):
        _add(tokens, FormatTokenKind.EXPONENT, code[at + 1])
        return at + 2
    return _plain(code, at, tokens)


def _plain(code: str, at: int, tokens: list[FormatToken]) -> int:
    char = code[at]
    if char in "0#?" or (char in ".," and _beside_digits(code, at, tokens)):
        if tokens and tokens[-1].part is FormatTokenKind.DIGITS:
            char = tokens.pop().text + char
        tokens.append(FormatToken(FormatTokenKind.DIGITS, char))
        return at + 1
    date = _DATE.match(code, at)
    if date is not None:
        _add(tokens, FormatTokenKind.DATE, date[0].lower())
        return date.end()
    part = {"%": FormatTokenKind.PERCENT, "@": FormatTokenKind.TEXT}.get(char, FormatTokenKind.LITERAL)
    if (
        char == "/"
        and tokens
        and tokens[-1].part is FormatTokenKind.DIGITS
        and code[at + 1 : at + 2] in tuple("?#0123456789")
    ):
        part = FormatTokenKind.FRACTION
    _add(tokens, part, char)
    return at + 1


def _beside_digits(code: str, at: int, tokens: Sequence[FormatToken]) -> bool:
    """Whether a point or comma belongs to a number: .00, 0., #,##0"""
    return (bool(tokens) and tokens[-1].part is FormatTokenKind.DIGITS) or code[at + 1 : at + 2] in tuple(
        "0#?"
    )


def _add(tokens: list[FormatToken], part: FormatTokenKind, text: str) -> None:
    if part is FormatTokenKind.LITERAL and tokens and tokens[-1].part is FormatTokenKind.LITERAL:
        text = tokens.pop().text + text
    if text or part is not FormatTokenKind.LITERAL:
        tokens.append(FormatToken(part, text))
