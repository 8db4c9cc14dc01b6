"""Numbers in Chinese numerals, as the formats [DBNum1] (一二三), [DBNum2] (壹贰叁) and [DBNum3] (full width) show them."""

from __future__ import annotations

_DIGITS = {1: "〇一二三四五六七八九", 2: "零壹贰叁肆伍陆柒捌玖", 3: "０１２３４５６７８９"}
_UNITS = {1: ("", "十", "百", "千"), 2: ("", "拾", "佰", "仟"), 3: ("", "十", "百", "千")}
_MYRIADS = ("", "万", "亿", "万亿")
_MOST = 16
"""Digits up to which a number is written with units."""


def digit_by_digit(text: str, kind: int) -> str:
    """Each digit by itself: 2024 -> 二〇二四."""
    return "".join(_DIGITS[kind][int(c)] if c.isascii() and c.isdigit() else c for c in text)


def chinese_number(text: str, kind: int) -> str:
    """The whole part with units, the decimals digit by digit: 12.5 -> 一十二.五."""
    whole, point, behind = text.replace(",", "").partition(".")
    if not whole.isdigit() or len(whole) > _MOST or kind not in (1, 2):
        return digit_by_digit(text, kind) if kind in _DIGITS else text
    return _with_units(whole, kind) + point + digit_by_digit(behind, kind)


def _with_units(whole: str, kind: int) -> str:
    number = int(whole)
    if number == 0:
        return _DIGITS[kind][0]
    groups: list[int] = []
    while number:
        number, rest = divmod(number, 10_000)
        groups.append(rest)
    text, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if group == 0:
            gap = bool(text)
            continue
        zero = _DIGITS[kind][0] if text and (gap or group < 1000) else ""
        text += zero + _four(group, kind) + _MYRIADS[place]
        gap = False
    return text


def _four(group: int, kind: int) -> str:
    """Up to four digits."""
    text, gap = "", False
    for place, digit in enumerate(f"{group:04d}"):
        if digit == "0":
            gap = bool(text)
            continue
        text += (_DIGITS[kind][0] if gap else "") + _DIGITS[kind][int(digit)] + _UNITS[kind][3 - place]
        gap = False
    return text
