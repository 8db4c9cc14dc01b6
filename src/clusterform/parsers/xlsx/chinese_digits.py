"""Numbers in Chinese numerals, as the formats [DBNum1] (一二三), [DBNum2] (壹贰叁) and [DBNum3] (full width) show them."""

from __future__ import annotations

import re

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_UNITS = {1: ("千", "百", "十", ""), 2: ("仟", "佰", "拾", "")}
_MYRIADS = ("万亿", "亿", "万", "")
_MOST = 16
"""Digits up to which a number is written with units."""


def digit_by_digit(text: str, kind: int) -> str:
    """Each digit by itself: 2024 -> 二〇二四."""
    return "".join(_DIGITS[kind][int(c)] if c.isascii() and c.isdigit() else c for c in text)


def chinese_number(text: str, kind: int) -> str:
    """The whole part with units, the decimals digit by digit: 12.5 -> 一十二.五."""
    whole, point, behind = text.replace(",", "").partition(".")
    if not whole.isdigit() or len(whole) > _MOST or kind not in _UNITS:
        return digit_by_digit(text, kind) if kind in _DIGITS else text
    return _with_units(whole, kind) + point + digit_by_digit(behind, kind)


def _with_units(whole: str, kind: int) -> str:
    """Group by group of four digits: of zeros that follow each other one is said, at the end of a group none."""
    digits, text = _DIGITS[kind], ""
    for place, myriad in enumerate(_MYRIADS):
        group = whole.zfill(_MOST)[4 * place : 4 * place + 4]
        said = (
            digits[int(d)] + (unit if d != "0" else "") for d, unit in zip(group, _UNITS[kind], strict=True)
        )
        text += "".join(said).rstrip(digits[0]) + myriad if int(group) else digits[0]
    return re.sub(f"{digits[0]}+", digits[0], text).strip(digits[0]) or digits[0]
