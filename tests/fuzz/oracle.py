"""What is wrong on a form's figures, told from the notice and the standard alone: nothing here looks at a rule or at the program.

A form is a mapping of places (`part.row` or `part.row@column`) to texts. Figures are fractions; a figure with two decimals stands for
half a hundredth either side, every other figure for itself. What the oracle says of a form:

- `wrong`: places that are wrong by themselves, each of which must be reported
- `torn`: sets of places whose figures cannot all be right; of each, one at least must be reported
- `open`: places at which a report is neither asked for nor a mistake, since a figure beside them is wrong or the notice is silent
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

YEARS = ("2022", "2023", "2024")
HALF = Fraction(1, 200)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_UNITS = ("亿元", "家", "件", "个", "%")
"""What may stand behind a target's figure: the table prints no unit."""

P2, P3, P4, P5, P8 = "leading_industry.", "innovation.", "digital.", "green.", "plan."
SHARES = (
    *tuple(f"{P2}{key}" for key in ("county_share", "sme_share", "main_share")),
    f"{P3}rd_intensity",
    *(f"{P4}{key}" for key in ("cloud_share", "platform_share", "design_tool_share")),
    *(f"{P5}{key}" for key in ("solid_waste", "water_reuse")),
)
AMOUNTS = (
    "basic_info.area",
    *(f"{P2}{key}" for key in ("total_output", "fdi", "exports")),
    f"{P3}rd_spending",
    f"{P3}patents_per_10k",
    f"{P4}software_spending",
    f"{P5}co2",
    f"{P5}energy",
)
RATES = (
    *(f"{P2}{key}" for key in ("output_growth", "average_growth", "fdi_growth", "exports_growth")),
    *(f"{P3}{key}" for key in ("rd_growth", "patent_growth")),
    *(f"{P5}{key}" for key in ("energy_reduction", "co2_reduction")),
)
QUALITY = tuple(
    f"{P2}{key}"
    for key in ("srdi", "little_giants", "champions", "high_tech", "innovative", "listed", "tutoring")
)
COUNTS = (
    f"{P2}enterprises",
    f"{P2}smes",
    *QUALITY,
    *(f"{P3}{key}" for key in ("employees", "rd_staff", "standards", "pct", "patents")),
    *(f"{P4}{key}" for key in ("cloud_smes", "platform_smes")),
    "openness.overseas_branches",
)
DECIMALS = SHARES + AMOUNTS + RATES
MUST_BE = (
    "basic_info.area",
    *(
        f"{P2}{key}"
        for key in (
            "total_output",
            "county_share",
            "sme_share",
            "main_share",
            "output_growth",
            "average_growth",
            "enterprises",
            "smes",
        )
    ),
    *(f"{P3}{key}" for key in ("rd_intensity", "rd_spending", "rd_growth", "employees", "rd_staff")),
)
"""Rows where 无 is a blank by another name; rates of growth in the years that can be computed."""
NEVER_NOUGHT = (
    "basic_info.area",
    f"{P2}total_output",
    f"{P2}sme_share",
    f"{P2}main_share",
    f"{P2}enterprises",
    f"{P2}smes",
    f"{P3}employees",
)
"""A cluster has land, output and firms, and both the SMEs and the main industry have some of the output."""
FIRST_YEAR_OPEN = (f"{P2}output_growth@2022", f"{P3}rd_growth@2022")
GROWTHS = (
    (f"{P2}fdi_growth", f"{P2}fdi"),
    (f"{P2}exports_growth", f"{P2}exports"),
    (f"{P3}rd_growth", f"{P3}rd_spending"),
)
PARTS = (
    (f"{P4}cloud_share", f"{P4}cloud_smes"),
    (f"{P4}platform_share", f"{P4}platform_smes"),
)


@dataclass(frozen=True)
class Shown:
    """A figure as printed, and the values it may stand for."""

    value: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True)
class Verdict:
    """What the oracle says of one form; see the head of this file."""

    wrong: frozenset[str]
    torn: tuple[frozenset[str], ...]
    open: frozenset[str]

    @property
    def allowed(self) -> frozenset[str]:
        """Every place at which an error is no false one."""
        return self.wrong.union(self.open, *self.torn)


def judge(texts: Mapping[str, str]) -> Verdict:
    """The verdict on all figures of a form."""
    wrong = {spot for spot, text in texts.items() if _wrong(spot, text)}
    torn, open_spots = [], set()
    for spots, holds in relations(texts):
        here = frozenset(spot for spot in spots if spot in texts)
        if here & wrong or holds is None:
            open_spots |= here
        elif not holds:
            torn.append(here)
    return Verdict(frozenset(wrong), tuple(torn), frozenset(open_spots))


def row_of(spot: str) -> str:
    """The row of a place."""
    return spot.partition("@")[0]


def _wrong(spot: str, text: str) -> bool:
    """Whether a figure's place is wrong whatever stands elsewhere."""
    row = row_of(spot)
    if row not in DECIMALS and row not in COUNTS:
        return False
    if text == "无":
        return row in MUST_BE and spot not in FIRST_YEAR_OPEN
    found = _NUMBER.fullmatch(text)
    if found is None:
        return True
    value, decimals = Fraction(text), len((found[1] or ".")[1:])
    if row in COUNTS:
        odd = value.denominator != 1 or value < 0
    else:
        odd = decimals not in {0, 2} or (row not in RATES and value < 0) or (row in SHARES and value > 100)
    return odd or (row in NEVER_NOUGHT and value == 0)


def shown(texts: Mapping[str, str], spot: str) -> Shown | None:
    """The figure of a place; None where there is none."""
    text = texts.get(spot, "")
    if row_of(spot).startswith(P8):
        for unit in _UNITS:
            text = text.removesuffix(unit)
    found = _NUMBER.fullmatch(text)
    if found is None:
        return None
    value = Fraction(text)
    half = HALF if len((found[1] or ".")[1:]) == 2 and row_of(spot) not in COUNTS else Fraction(0)
    return Shown(value, value - half, value + half)


def _range(of: Callable[..., Fraction], figures: Sequence[Shown]) -> tuple[Fraction, Fraction]:
    """The least and greatest value of a function that rises or falls in each of its figures."""
    values = [of(*corner) for corner in product(*((f.low, f.high) for f in figures))]
    return min(values), max(values)


def _meets(figure: Shown, ends: tuple[Fraction, Fraction]) -> bool:
    return figure.low <= ends[1] and ends[0] <= figure.high


def relations(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    """Each set of places that depend on each other, and whether they can all be right; None: not to be told."""
    yield from _output_growth(texts)
    yield from _average(texts)
    for rate, amount in GROWTHS:
        yield from _amount_growth(texts, rate, amount)
    for share, part in PARTS:
        for year in YEARS:
            yield _quotient(texts, f"{share}@{year}", f"{part}@{year}", f"{P2}smes@{year}", 100)
    if f"{P3}patents" in texts and f"{P3}patents_per_10k" in texts and f"{P3}employees@2024" in texts:
        yield _quotient(texts, f"{P3}patents_per_10k", f"{P3}patents", f"{P3}employees@2024", 10000)
    elif texts.get(f"{P3}patents") == "无":  # the review form does not ask for the employees
        per_head = shown(texts, f"{P3}patents_per_10k")
        yield (f"{P3}patents_per_10k", f"{P3}patents"), per_head is None or per_head.value == 0
    # A hundredth of what the other years show was mostly written as a fraction; the notice does not speak of it.
    for spot in (f"{row}@{year}" for row in SHARES for year in YEARS):
        figure = shown(texts, spot)
        if figure is not None and 0 < figure.value < 1:
            yield (spot,), None
    yield from _orders(texts)
    yield from _criteria(texts)
    yield from _targets(texts)


def _output_growth(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    for before, year in pairwise(YEARS):
        spots = [f"{P2}{row}@{y}" for y in (before, year) for row in ("total_output", "main_share")]
        rate = f"{P2}output_growth@{year}"
        yield (*spots, rate), _agrees(texts, rate, spots, lambda a, s, b, t: b * t / (a * s) * 100 - 100)


def _agrees(
    texts: Mapping[str, str], declared: str, spots: Sequence[str], of: Callable[..., Fraction]
) -> bool | None:
    figure, inputs = shown(texts, declared), [shown(texts, spot) for spot in spots]
    found = [f for f in inputs if f is not None]
    if figure is None or len(found) < len(inputs) or any(f.low <= 0 for f in found):
        return None
    return _meets(figure, _range(of, found))


def _average(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    """Any reading that is in use fits, those that only warn among them."""
    outputs = [f"{P2}{row}@{y}" for y in ("2022", "2024") for row in ("total_output", "main_share")]
    middle = [f"{P2}{row}@2023" for row in ("total_output", "main_share")]
    rates = [f"{P2}output_growth@{year}" for year in YEARS]
    average = f"{P2}average_growth"
    spots = (average, *outputs, *middle, *rates)
    figure = shown(texts, average)
    inputs, three = ([shown(texts, s) for s in group] for group in (outputs, rates))
    if figure is None or None in inputs or any(f is not None and f.low <= 0 for f in inputs):
        yield spots, None
        return
    whole = _range(lambda a, s, b, t: b * t / (a * s), [f for f in inputs if f is not None])
    factor = _range(lambda d: 1 + d / 100, [figure])
    fits = [
        _powered(factor, 2, whole),
        _meets(figure, (whole[0] * 50 - 50, whole[1] * 50 - 50)),
    ]
    known = [f for f in three if f is not None]
    if len(known) == 3:
        fits.append(_meets(figure, _range(lambda a, b, c: (a + b + c) / 3, known)))
        fits.append(_powered(factor, 3, _range(lambda *g: _product(g), known)))
    if len(known) >= 2 and None not in three[1:]:
        fits.append(_meets(figure, _range(lambda a, b: (a + b) / 2, known[-2:])))
    yield spots, any(fits) or (None if len(known) < 3 else False)


def _product(rates: Sequence[Fraction]) -> Fraction:
    found = Fraction(1)
    for rate in rates:
        found *= 1 + rate / 100
    return found


def _powered(factor: tuple[Fraction, Fraction], degree: int, ends: tuple[Fraction, Fraction]) -> bool:
    return (
        max(factor[0], Fraction(0)) ** degree <= ends[1] and ends[0] <= max(factor[1], Fraction(0)) ** degree
    )


def _amount_growth(
    texts: Mapping[str, str], rate: str, amount: str
) -> Iterator[tuple[Sequence[str], bool | None]]:
    """A rate from the year before; 无 where that year has nothing, and nothing else there."""
    if f"{amount}@2022" not in texts:
        return
    # 2021 is not on the form, so any rate will do in 2022, but none of an amount that is not there.
    yield (
        (f"{amount}@2022", f"{rate}@2022"),
        texts[f"{amount}@2022"] != "无" or shown(texts, f"{rate}@2022") is None,
    )
    for before, year in pairwise(YEARS):
        spots = (f"{amount}@{before}", f"{amount}@{year}", f"{rate}@{year}")
        old, new, declared = (texts[spot] for spot in spots)
        first, last, figure = (shown(texts, spot) for spot in spots)
        holds: bool | None
        if old == "无" or (first is not None and first.value == 0):
            holds = (declared == "无" or None) if figure is None else False  # 0.00 is a figure, too
        elif first is None:
            holds = None
        elif new == "无":
            holds = declared == "无" or (figure is not None and figure.value == -100)
        elif declared == "无":
            holds = None if last is None else False
        elif last is None or figure is None or first.low <= 0:
            holds = None
        else:
            holds = _meets(figure, _range(lambda a, b: b / a * 100 - 100, [first, last]))
        yield spots, holds


def _quotient(
    texts: Mapping[str, str], share: str, part: str, whole: str, times: int
) -> tuple[Sequence[str], bool | None]:
    spots = (share, part, whole)
    figure, top, bottom = (shown(texts, spot) for spot in spots)
    if texts[part] == "无" or (top is not None and top.value == 0):
        if figure is not None:
            return spots, figure.value == 0
        return spots, True if texts[share] == "无" else None
    if top is None or bottom is None or bottom.value <= 0:
        return spots, None
    if texts[share] == "无":
        return spots, False
    return spots, None if figure is None else _meets(
        figure, _range(lambda a, b: a / b * times, [top, bottom])
    )


def _orders(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    """What is counted among something is no more than that."""
    pairs = [("smes", "enterprises"), *((row.removeprefix(P2), "smes") for row in QUALITY)]
    for small, great in pairs:
        for year in YEARS:
            firms = small in {"champions", "high_tech"}
            spots = (f"{P2}{small}@{year}", f"{P2}{'enterprises' if firms else great}@{year}")
            yield spots, _no_more(texts, *spots)
    for year in YEARS:
        if texts.get(f"{P3}rd_spending@{year}") == "无":  # what is divided is not there
            yield (f"{P3}rd_spending@{year}", f"{P3}rd_intensity@{year}"), None
    for part, whole in (
        (f"{P3}rd_staff", f"{P3}employees"),
        (f"{P4}cloud_smes", f"{P2}smes"),
        (f"{P4}platform_smes", f"{P2}smes"),
    ):
        for year in YEARS:
            if f"{part}@{year}" in texts:
                yield (
                    (f"{part}@{year}", f"{whole}@{year}"),
                    _no_more(texts, f"{part}@{year}", f"{whole}@{year}"),
                )
    for year in YEARS:
        spots = tuple(f"{P2}{row}@{year}" for row in ("listed", "tutoring", "smes"))
        figures = [shown(texts, spot) for spot in spots]
        if None not in figures:
            listed, tutoring, smes = (f.value for f in figures if f is not None)
            yield spots, listed + tutoring <= smes


def _no_more(texts: Mapping[str, str], small: str, great: str) -> bool | None:
    one, other = shown(texts, small), shown(texts, great)
    return None if one is None or other is None else one.value <= other.value


def _criteria(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    """认定标准: output, the two shares, growth, good firms. The area only warns."""
    for year in YEARS:
        output = shown(texts, f"{P2}total_output@{year}")
        yield (f"{P2}total_output@{year}",), None if output is None else output.value >= 40
    share, main = shown(texts, f"{P2}sme_share@2024"), shown(texts, f"{P2}main_share@2024")
    yield (f"{P2}sme_share@2024",), None if share is None else share.value >= 70
    yield (f"{P2}main_share@2024",), None if main is None else main.value > 70
    ends = [shown(texts, f"{P2}total_output@{year}") for year in ("2022", "2024")]
    rate = shown(texts, f"{P2}average_growth")
    spots = (f"{P2}average_growth", f"{P2}total_output@2022", f"{P2}total_output@2024")
    if rate is None or ends[0] is None or ends[1] is None or ends[0].value <= 0:
        yield spots, None
    else:
        yield spots, rate.value > 10 or ends[1].value / ends[0].value > Fraction(121, 100)
    strong, good = (
        [_count(texts, f"{P2}{row}@2024") for row in rows]
        for rows in (("little_giants", "champions"), ("srdi", "innovative", "high_tech"))
    )
    firms = tuple(
        f"{P2}{row}@2024" for row in ("little_giants", "champions", "srdi", "innovative", "high_tech")
    )
    if None in strong or None in good:
        yield firms, None
    else:
        yield firms, sum(n for n in strong if n) >= 1 or sum(n for n in good if n) >= 10


def _count(texts: Mapping[str, str], spot: str) -> Fraction | None:
    if texts.get(spot) == "无":
        return Fraction(0)
    figure = shown(texts, spot)
    return None if figure is None else figure.value


def _targets(texts: Mapping[str, str]) -> Iterator[tuple[Sequence[str], bool | None]]:
    """The floors under the targets, and the baselines that stand in parts two to five as well."""
    growth = [shown(texts, f"{P8}target_growth@{column}") for column in ("baseline", "target")]
    for column, figure in zip(("baseline", "target"), growth, strict=True):
        spots = (f"{P8}target_growth@{column}",)
        floor = 10
        holds = (
            None
            if figure is None
            else (figure.value >= floor if column == "target" else figure.value > floor)
        )
        yield spots, holds
    for row, least in (("target_rd", Fraction(11, 10)), ("target_patents", Fraction(23, 20))):
        yield _floor(texts, row, least**3)
    yield from _same(texts, f"{P8}target_rd@baseline", f"{P3}rd_spending@2024")
    yield from _same(texts, f"{P8}target_patents@baseline", f"{P3}patents")
    yield from _same(texts, f"{P8}target_internet@baseline", f"{P4}platform_share@2024")
    # Carbon and energy are amounts in the plan and intensities in part five: the notice does not say that they are the same.
    for row in ("energy", "co2"):
        yield (f"{P8}target_{row}@baseline", *(f"{P5}{row}@{y}" for y in YEARS), f"{P5}{row}_reduction"), None
    # 优质中小企业 is a sum of part two's counts, some of which hold others: how they add up is not said.
    counted = tuple(f"{P2}{row}@2024" for row in ("srdi", "little_giants", "innovative", "high_tech"))
    yield (f"{P8}target_good_smes@baseline", *counted), None
    firms = [shown(texts, f"{P8}target_good_smes@{column}") for column in ("baseline", "target")]
    spots = tuple(f"{P8}target_good_smes@{column}" for column in ("baseline", "target"))
    if firms[0] is not None and firms[1] is not None:
        rise = firms[1].value - firms[0].value
        yield spots, True if rise >= 3 else (None if rise > 0 else False)


def _floor(texts: Mapping[str, str], row: str, factor: Fraction) -> tuple[Sequence[str], bool | None]:
    spots = (f"{P8}{row}@baseline", f"{P8}{row}@target")
    base, target = (shown(texts, spot) for spot in spots)
    if base is None or target is None:
        return spots, None
    if target.value >= base.value * factor:
        return spots, True
    return spots, False if target.high < base.low * factor else None


def _same(texts: Mapping[str, str], one: str, other: str) -> Iterator[tuple[Sequence[str], bool | None]]:
    first, second = shown(texts, one), shown(texts, other)
    if first is None or second is None:
        yield (one, other), None
    else:
        yield (
            (one, other),
            True
            if first.value == second.value
            else (None if abs(first.value - second.value) < HALF * 2 else False),
        )
