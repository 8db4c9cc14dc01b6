"""The text that a cell shows for its number under its number format. Decimal from the file's own digits, no floats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation, Overflow
from operator import eq, ge, gt, le, lt, ne

from clusterform.parsers.xlsx.chinese_digits import chinese_number
from clusterform.parsers.xlsx.date_shown import date_text
from clusterform.parsers.xlsx.number_format import FormatSection, FormatToken, FormatTokenKind, sections

_FIFTEEN = Context(prec=15, rounding=ROUND_HALF_UP)
"""Excel keeps fifteen digits of a number: 12.300000000000001 is how a file writes its 12.3."""
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_COMPARE = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}
_GENERAL_CHARACTERS = 11
"""So many characters Excel gives to a fraction under General."""
_LARGEST_PLAIN = 20
"""Digits up to which a whole number under General is written out."""
_MOST_PLACES = 30
_LARGEST = Decimal("1E+308")
"""About the largest number that Excel holds; what claims to be larger is no number of a workbook."""
LONGEST = 32_767
"""Characters that a cell holds (Excel's own limit)."""


@dataclass(frozen=True, slots=True)
class DisplayedNumber:
    """What a number looks like."""

    text: str
    number: str = ""
    """The number in it, without separators and literals, with its sign; empty where it is none, or in Chinese."""
    at: int = 0
    length: int = 0
    """Where its digits stand in the text, and how many characters they take."""
    rounded: str = ""
    """The stored number in full, where the text shows fewer of its decimals."""
    percent: bool = False
    """The text shows a hundred times what is stored."""
    unsure: str = ""
    """The name of a format that is none of Excel's own; `number` has two decimals then where the text shows one: which
    of them a program shows cannot be told."""


def stored_number(source: str) -> Decimal | None:
    """The number that a cell's source text stands for; None where it is none."""
    try:
        number = _FIFTEEN.create_decimal(source.strip())
    except (InvalidOperation, Overflow):
        return None
    return number if number.is_finite() and abs(number) <= _LARGEST else None


def number_shown(number: Decimal, code: str, *, from_1904: bool = False) -> DisplayedNumber:
    """What the cell shows; the text is empty where the format hides the number."""
    found = sections(code)
    section, negative = _chosen(found, number)
    if section is None:
        return DisplayedNumber("#" * 8)
    if section.has(FormatTokenKind.DATE):
        text = date_text(section, number, from_1904=from_1904)
        return DisplayedNumber(text if text is not None else _general(number))
    value = abs(number) if negative else number
    digits = [t for t in section.tokens if t.part is FormatTokenKind.DIGITS]
    if section.has(FormatTokenKind.GENERAL, FormatTokenKind.FRACTION) or (
        section.has(FormatTokenKind.TEXT) and not digits
    ):
        return _as_general(section, _general(value))
    if not digits:
        return DisplayedNumber("".join(t.text for t in section.tokens if t.part is not FormatTokenKind.TEXT))
    if section.has(FormatTokenKind.EXPONENT):
        return _around(section, _scientific(value, digits[0].text))
    return _fixed(section, digits, value, negative=negative)


def text_shown(text: str, code: str) -> str:
    """What the cell shows for a text: as it is, unless the fourth section, or a lone one with @, says otherwise."""
    found = sections(code)
    lone = found[0] if len(found) == 1 and found[0].has(FormatTokenKind.TEXT) else None
    section = found[3] if len(found) > 3 else lone
    if section is None or len(text) * sum(t.part is FormatTokenKind.TEXT for t in section.tokens) > LONGEST:
        return text
    return "".join(text if t.part is FormatTokenKind.TEXT else t.text for t in section.tokens)


def _chosen(found: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection | None, bool]:
    """The section for the number, and whether it shows a negative number without its sign."""
    numeric = found[:3]
    if any(s.condition for s in numeric):
        return _by_condition(numeric, number)
    if number > 0 or len(numeric) == 1:
        return numeric[0], False
    if number < 0:
        return numeric[1], True
    return (numeric[2] if len(numeric) > 2 else numeric[0]), False


def _by_condition(numeric: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection | None, bool]:
    """Sections with a comparison in order; one without takes what is left (18.8.31)."""
    for place, section in enumerate(numeric):
        if section.condition is not None:
            sign, limit = section.condition
            if not _COMPARE[sign](number, limit):
                continue
            return section, number < 0 and sign in "<=" and limit <= 0
        if place == len(numeric) - 1 or (place == 1 and number < 0 and len(numeric) > 2):
            return section, number < 0 and place > 0 and numeric[0].condition != ("<", Decimal(0))
    return None, False


def _as_general(section: FormatSection, number: str) -> DisplayedNumber:
    """A number under General, whatever it is called."""
    shown = _around(section, number)
    name = next((t.text for t in section.tokens if t.part is FormatTokenKind.GENERAL), "")
    one_decimal = len(shown.number.partition(".")[2]) == 1
    return replace(shown, number=f"{shown.number}0", unsure=name) if name and one_decimal else shown


def _around(section: FormatSection, number: str) -> DisplayedNumber:
    """The number with the section's literals about it; their pieces of digits are its place."""
    text = ""
    placed = False
    for token in section.tokens:
        if token.part in (FormatTokenKind.LITERAL, FormatTokenKind.PERCENT):
            text += token.text
        elif not placed:
            text, placed = text + number, True
    return _found(text.strip(), number, number)


def _found(
    text: str, digits: str, number: str, rounded: str = "", *, percent: bool = False
) -> DisplayedNumber:
    """The text with the place of its digits."""
    at = text.find(digits)
    if at < 0:
        return DisplayedNumber(text, "", rounded=rounded, percent=percent)
    return DisplayedNumber(text, number, at, len(digits), rounded, percent)


def _fixed(
    section: FormatSection, digits: list[FormatToken], value: Decimal, *, negative: bool
) -> DisplayedNumber:
    """A number with as many decimals as the section asks for."""
    code = "".join(t.text for t in digits)
    whole, point, behind = code.partition(".")
    scale = 3 * _trailing_commas(code)
    behind = behind.replace(",", "")
    percent = section.has(FormatTokenKind.PERCENT)
    exact = value.scaleb(2 if percent else 0, _WIDE).scaleb(-scale, _WIDE)
    places = min(len(behind), _MOST_PLACES)
    rounded = exact.quantize(Decimal(1).scaleb(-places), context=_WIDE)
    front, _, back = f"{abs(rounded):f}".partition(".")
    front = _padded(front, whole.rstrip(","))
    back = _cut(back, behind)
    dot = "." if point else ""
    grouped = f"{int(front):,}" if front and "," in whole.rstrip(",") and not front.startswith("0") else front
    shown = f"{grouped}{dot}{back}"
    hidden = "" if exact == rounded else f"{exact.normalize(_WIDE):f}"
    minus = "-" if rounded < 0 and not negative else ""
    if section.chinese:
        return DisplayedNumber(
            _placed(section, minus, chinese_number(shown, section.chinese)), rounded=hidden
        )
    sign = "-" if rounded < 0 or (negative and rounded) else ""
    return _found(_placed(section, minus, shown), shown, f"{sign}{front}{dot}{back}", hidden, percent=percent)


def _placed(section: FormatSection, sign: str, shown: str) -> str:
    """The digits where the section has them. Literals amid the digits (phone patterns) cut them from the right."""
    tokens = list(section.tokens)
    first = next(n for n, t in enumerate(tokens) if t.part is FormatTokenKind.DIGITS)
    last = max(n for n, t in enumerate(tokens) if t.part is FormatTokenKind.DIGITS)
    inner = [shown]
    for token in reversed(tokens[first + 1 : last + 1]):
        if token.part is FormatTokenKind.DIGITS:
            rest = inner.pop(0)
            cut = len(rest) - sum(token.text.count(place) for place in "0#?")
            inner[:0] = [rest[: max(cut, 0)], rest[max(cut, 0) :]]
        else:
            inner[1:1] = [token.text]
    before = "".join(t.text for t in tokens[:first])
    after = "".join(t.text for t in tokens[last + 1 :] if t.part is not FormatTokenKind.TEXT)
    return f"{sign}{before}{''.join(inner)}{after}".strip()


def _trailing_commas(code: str) -> int:
    """Commas behind the last digit of the whole part or of the number: each divides by a thousand."""
    whole, _, behind = code.partition(".")
    return len(whole) - len(whole.rstrip(",")) + len(behind) - len(behind.rstrip(","))


def _padded(front: str, code: str) -> str:
    """At least as many digits as the code has zeros; none where the whole part is 0 and # alone stands for it."""
    least = len(code.replace(",", "").lstrip("#?"))
    return "" if front == "0" and not least else front.rjust(least, "0")


def _cut(back: str, code: str) -> str:
    """The decimals without the zeros at the end that the code does not ask for."""
    while back and code[len(back) - 1] in "#?" and back[-1] == "0":
        back = back[:-1]
    return back


def _general(value: Decimal) -> str:
    """As Excel shows a number without a format, in a column that is wide enough."""
    if value == value.to_integral_value():
        plain = f"{value.to_integral_value():f}"
        return plain if len(plain.lstrip("-")) <= _LARGEST_PLAIN else _scientific(value, "0.#####")
    if abs(value) < Decimal("1E-9"):
        return _scientific(value, "0.#####")
    whole = len(f"{abs(value).to_integral_value('ROUND_DOWN'):f}")
    places = max(_GENERAL_CHARACTERS - 1 - whole, 0)
    return f"{value.quantize(Decimal(1).scaleb(-places), context=_WIDE).normalize(_WIDE):f}"


def _scientific(value: Decimal, code: str) -> str:
    behind = code.partition(".")[2]
    power = value.adjusted() if value else 0
    mantissa = value.scaleb(-power, _WIDE).quantize(Decimal(1).scaleb(-len(behind)), context=_WIDE)
    front, _, back = f"{mantissa:f}".partition(".")
    back = _cut(back, behind)
    return f"{front}{'.' if back else ''}{back}E{'-' if power < 0 else '+'}{abs(power):02d}"
