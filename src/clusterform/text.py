"""Folding: how official labels and what stands on a form are compared. Folded text is never shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from clusterform.data_files import rules_file
from clusterform.patterns import pattern
from clusterform.snapshot import kept

NONE = "无"
"""What the forms ask for where there is none."""
_TA = ord("它")
RADICALS = "\u2e80-\u2fdf\u31c0-\u31ef"
"""Radicals and strokes, as a range of an expression."""
_RADICAL = pattern(f"[{RADICALS}]")


class _Kept(dict[int, str]):
    """Character -> what is left of it: letters, digits and %, in one width and one case."""

    def __missing__(self, code: int) -> str:
        if code == _TA:
            return "他"  # 其它 and 其他 are one word to whoever types the form again
        folded = unicodedata.normalize("NFKC", unified(chr(code))).casefold()
        folded = _traditional().get(ord(folded), folded) if len(folded) == 1 else folded
        kept = "".join(c for c in folded if c.isalnum() or c == "%")
        self[code] = kept
        return kept


_KEPT = _Kept()


def _pairs(name: str) -> Iterator[list[str]]:
    lines = rules_file(name).read_text(encoding="utf-8").splitlines()
    return (line.split() for line in lines if not line.startswith("#"))


@kept
def _radicals() -> dict[int, str]:
    """Radical or stroke -> the ideograph that it stands for; read where one is met."""
    return {int(radical, 16): chr(int(ideograph, 16)) for radical, ideograph in _pairs("radicals.txt")}


@kept
def _traditional() -> dict[int, str]:
    """Traditional character -> the simplified one of the official texts and places that it stands for."""
    return {ord(old): new for old, new in _pairs("traditional.txt")}


def simplified(text: str) -> str:
    """The text with traditional characters as the official texts write them, character for character."""
    return text.translate(_traditional()) if _any_traditional().search(text) else text


@cache
def _any_traditional() -> re.Pattern[str]:
    """Finds one; a search takes a tenth of what replacing none takes."""
    return pattern(f"[{''.join(map(chr, _traditional()))}]")


_ONES = ("", *"一二三四五六七八九")
CHINESE_NUMBERS = {
    ("" if n < 10 else "十" if n < 20 else f"{_ONES[n // 10]}十") + _ONES[n % 10]: n for n in range(1, 100)
}
"""The numbers of parts: 一, 十, 二十一."""


def unified(text: str) -> str:
    """The text with each radical (⾦, ⻓) as the ideograph that a reader sees in it (金, 长), character for character."""
    return text.translate(_radicals()) if _RADICAL.search(text) else text


class _Narrow(dict[int, str]):
    """Character -> the same in its usual width. ①, ² and ㎡ stay as they are: their figures are no figures of a number."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        narrow = unicodedata.normalize("NFKC", char)
        signs = any(c.isdecimal() for c in narrow) and not char.isdecimal()
        self[code] = kept = char if signs else narrow
        return kept


_NARROW = _Narrow()


def narrow(text: str) -> str:
    """The text in one width, to read figures in it."""
    return text if text.isascii() else text.translate(_NARROW)


_NOTE_MARKS = (
    "".join(map(chr, (*range(0x2460, 0x249C), *range(0x2776, 0x2794)))) + "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉*#†‡※★☆"
)
_NOTE_WORD = "注 "
_BRACKETS = {")": "(", "]": "[", "】": "【", "〕": "〔"}
_NOTE_NUMBER = pattern(r"见?备?注(?:释|解)?:?\s?\d{0,2}")


def without_note(text: str) -> str:
    """A narrow text without the mark of a note behind it: ①, ², *, 注①, 注1, [1], in brackets or not."""
    opening = text.rfind(_BRACKETS.get(text[-1:], text), 0, -1)
    inside = text[opening + 1 : -1].strip()
    if opening > 0 and (
        not inside.strip(_NOTE_MARKS + _NOTE_WORD)
        or _NOTE_NUMBER.fullmatch(inside)
        or (text[-1] != ")" and inside.isdecimal())
    ):
        return text[:opening].rstrip()
    if (at := text.rfind("注")) > 0 and _NOTE_NUMBER.fullmatch(text, at):
        return text[:at].rstrip("备见 ")
    bare = text.rstrip(_NOTE_MARKS)
    if bare == text or bare.endswith("m"):  # m² is a unit
        return text
    return bare.rstrip(_NOTE_WORD)


_NOTE_SIGN = pattern(f"[注{re.escape(_NOTE_MARKS)}]")
_ANY_NOTE = pattern(rf"注?[{re.escape(_NOTE_MARKS)}]++|注\s?\d{{1,2}}$")


def unmarked(text: str) -> str:
    """A label without the marks of notes in it or behind it: 集群总产值①（亿元）, 年度注1."""
    return _ANY_NOTE.sub("", text) if _NOTE_SIGN.search(text) else text


_CONTINUED = ("续上表", "续前表", "接上表", "接上页", "续表", "续")


def uncontinued(text: str) -> str:
    """A label or heading without what says that it goes on from the page before: （续）, 续表."""
    if "续" not in text and "接上" not in text:
        return text
    bare = narrow(text).strip().rstrip(":")
    for word in _CONTINUED:
        for said in (f"({word})", word):
            if bare.startswith(said) or bare.endswith(said):
                return bare.removeprefix(said).removesuffix(said).strip()
    return text


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text without spaces, punctuation, boxes and underscores, in one width and one case."""
    return text.translate(_KEPT)


def fold_prefix(text: str, folded_prefix: str, start: int = 0) -> int | None:
    """Where the characters of `text` from `start` on end that fold to `folded_prefix`; None where it does not go on so."""
    rest = folded_prefix
    for index in range(start, len(text)):
        char = text[index]
        if not rest:
            return index
        kept = char.translate(_KEPT)
        if not rest.startswith(kept):
            return None
        rest = rest[len(kept) :]
    return None if rest else len(text)


_CHINESE_YEAR = pattern(r"二[〇○零OＯ0０][〇○零OＯ0０一二三四五六七八九]{2}(?=\s*年)")
CHINESE_DIGITS = str.maketrans("〇○零OＯ０一二三四五六七八九", "000000123456789")


def arabic_years(text: str) -> str:
    """The text with years such as 二〇二五年 in digits, character for character."""
    if "二" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(CHINESE_DIGITS), text)


_CHINESE = "[一二三四五六七八九十]++"
_NO_FIGURE = r"(?!\d{1,3}(?!\d))"
"""3.12 is a figure, and no third item that begins with 12."""
_NUMBERING = pattern(
    rf"\s*+(?:[★☆*●◆▲■—–-]++\s*+)?(?:第\s*+(?:{_CHINESE}|\d{{1,2}})\s*+(?:部分|章|节|条)|附?表\s*+(?:{_CHINESE}|\d{{1,2}})(?!\d)"
    rf"|[（(【\[]\s*+(?:{_CHINESE}|\d{{1,2}})\s*+[)）】\]]|\d{{1,2}}(?:[.．]\d{{1,2}})+(?!\d)|{_CHINESE}是|其{_CHINESE}"
    rf"|(?:{_CHINESE}|\d{{1,3}})\s*+[、.．。,，:：)）]|{_CHINESE}\s++(?=\S)|\d{{1,2}}\s++(?=[^\W\d_])|[①-⑳]|[★☆*●◆▲■—–-]++)"
    rf"(?:\s*+[、.．,，:：](?:\s++|{_NO_FIGURE})|\s++|{_NO_FIGURE})"
)


def unnumbered(text: str) -> str:
    """The text without a leading number such as 一、 （二） 3. 8.1 12 ① 第四部分."""
    found = _NUMBERING.match(text)
    return text[found.end() :] if found else text


_MARKS_OF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")


def decoded(data: bytes) -> str | None:
    """The text; None where it is in no encoding known here."""
    if data.startswith(_MARKS_OF_16):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
