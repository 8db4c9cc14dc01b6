"""The text of a date or time under its number format, as a Chinese Excel or WPS shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from clusterform.parsers.xlsx.chinese_digits import chinese_number, digit_by_digit
from clusterform.parsers.xlsx.number_format import FormatSection, FormatTokenKind

_DAY = 86_400
_LAST = 2_958_466
"""The day after 9999-12-31 in Excel's count."""
_LEAP_BUG = 60
"""1900-02-29, a day that only spreadsheets know."""
_MINUTE = "n"
"""What a minute is called here, as the formats call it m, which is a month, too."""
_WEEKDAYS = "一二三四五六日"
_ENGLISH_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A serial number taken apart."""

    year: int
    month: int
    day: int
    weekday: int
    """0 Monday."""
    seconds: Decimal
    """Since the serial number's zero."""


def date_text(section: FormatSection, number: Decimal, *, from_1904: bool) -> str | None:
    """The text; None where the number is no date (negative, or past the year 9999)."""
    moment = _moment(section, number, from_1904=from_1904)
    if moment is None:
        return None
    halves = any(t.text.upper() in ("AM/PM", "A/P", "上午/下午") for t in section.tokens)
    names = [t.text if t.part is FormatTokenKind.DATE else "" for t in section.tokens]
    text = ""
    for place, token in enumerate(section.tokens):
        if token.part is not FormatTokenKind.DATE:
            text += token.text
            continue
        name = token.text
        if name in ("m", "mm") and _is_minute(names, place):
            name = _MINUTE * len(name)
        piece = _piece(name, moment, halves=halves)
        text += _chinese(piece, name, section.chinese) if section.chinese else piece
    return text.strip()


def _moment(section: FormatSection, number: Decimal, *, from_1904: bool) -> _Moment | None:
    fine = any(
        t.part is FormatTokenKind.DATE and t.text.startswith("s") and "." in t.text for t in section.tokens
    )
    seconds = (number * _DAY).quantize(Decimal("0.001") if fine else Decimal(1), rounding=ROUND_HALF_UP)
    days = int(seconds // _DAY)
    if not 0 <= days < _LAST or number < 0:
        return None
    if not from_1904 and days == _LEAP_BUG:
        return _Moment(1900, 2, 29, 2, seconds)
    start = datetime(1904, 1, 1, tzinfo=UTC) if from_1904 else datetime(1899, 12, 31, tzinfo=UTC)
    day = start + timedelta(days=days - (0 if from_1904 or days < _LEAP_BUG else 1))
    return _Moment(day.year, day.month, day.day, day.weekday(), seconds)


def _is_minute(names: list[str], place: int) -> bool:
    """M is a minute behind hours and before seconds."""
    before = next((n for n in reversed(names[:place]) if n), "")
    after = next((n for n in names[place + 1 :] if n), "")
    return before[:1] == "h" or before == "[h]" or after[:1] == "s" or after == "[s]"


def _piece(name: str, moment: _Moment, *, halves: bool) -> str:
    whole = int(moment.seconds)
    hour = whole // 3600 % 24
    numbers = {
        "d": moment.day,
        "m": moment.month,
        "h": (hour + 11) % 12 + 1 if halves else hour,
        _MINUTE: whole // 60 % 60,
    }
    if name[0] in numbers and len(name) <= 2:
        return f"{numbers[name[0]]:0{len(name)}d}"
    if name.startswith("s"):
        return _seconds(name, moment.seconds)
    if name.startswith(("y", "e")):
        return f"{moment.year % 100:02d}" if name in ("y", "yy") else str(moment.year)
    month, day = _ENGLISH_MONTHS[moment.month - 1], _ENGLISH_DAYS[moment.weekday]
    words = {
        "[h]": str(whole // 3600),
        "[m]": str(whole // 60),
        "[s]": str(whole),
        "am/pm": "AM" if hour < 12 else "PM",
        "a/p": "A" if hour < 12 else "P",
        "上午/下午": "上午" if hour < 12 else "下午",
        "mmm": month[:3],
        "mmmm": month,
        "mmmmm": month[0],
        "ddd": day[:3],
        "dddd": day,
        "aaa": _WEEKDAYS[moment.weekday],
        "aaaa": "星期" + _WEEKDAYS[moment.weekday],
    }
    return words.get(name.lower(), "")


def _seconds(name: str, seconds: Decimal) -> str:
    width, _, places = name.partition(".")
    rest = seconds % 60
    text = f"{int(rest):0{len(width)}d}"
    return f"{text}.{str(rest % 1)[2:].ljust(3, '0')[: len(places)]}" if places else text


def _chinese(piece: str, name: str, kind: int) -> str:
    """A year digit by digit (二〇二四), everything else as a number as one says it (十二)."""
    if not piece.isdigit():
        return piece
    if name.startswith(("y", "e")):
        return digit_by_digit(piece, kind)
    number = chinese_number(str(int(piece)), kind)
    return number[1:] if number.startswith("一十") else number
