"""Random forms whose figures all agree, and random mistakes put into them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable
from fractions import Fraction

from oracle import COUNTS, DECIMALS, P2, P3, P4, P5, P8, QUALITY, YEARS, row_of

from support.answers import Filled, clean

Dice = random.Random


def two(value: Fraction) -> str:
    """Rounded half up to two decimals, as a form prints it."""
    hundredths = (abs(value) * 100 + Fraction(1, 2)).__floor__()
    sign = "-" if value < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02d}"


def consistent(form: str, dice: Dice) -> Filled:
    """A form that no reader of the notice could send back for its figures."""
    filled = clean(form)
    texts = {**_output(dice), **_firms(dice), **_research(dice)}
    texts |= _digital(texts, dice) | _green(dice)
    texts |= _trade(dice) if f"{P2}fdi@2022" in filled.texts else {}
    texts |= _plan(texts, dice)
    filled.texts |= {spot: text for spot, text in texts.items() if spot in filled.texts}
    filled.texts |= _intensity(filled)
    for note in (f"{P8}stage_1", f"{P8}stage_2", f"{P8}stage_3"):
        filled.texts[note] = "按年度计划推进重点项目，完成当年任务。"
    return filled


def _by_year(row: str, values: Iterable[str]) -> dict[str, str]:
    return {f"{row}@{year}": value for year, value in zip(YEARS, values, strict=True)}


def _output(dice: Dice) -> dict[str, str]:
    """Output and the main industry's share grow so that the criterion is met with room."""
    output = [Fraction(dice.randrange(5000, 30000), 100)]
    for _ in (1, 2):
        output.append(output[-1] * Fraction(dice.randrange(112, 128), 100))
    printed = [Fraction(two(value)) for value in output]
    main = [Fraction(dice.randrange(7600, 9300), 100)]
    for _ in (1, 2):
        main.append(main[-1] + Fraction(dice.randrange(0, 100), 100))
    value = [a * b for a, b in zip(printed, main, strict=True)]
    rates = [Fraction(dice.randrange(1050, 1500), 100)]
    rates += [b / a * 100 - 100 for a, b in itertools.pairwise(value)]
    return {
        **_by_year(f"{P2}total_output", map(two, printed)),
        **_by_year(f"{P2}main_share", map(two, main)),
        **_by_year(f"{P2}sme_share", (two(Fraction(dice.randrange(7200, 9500), 100)) for _ in YEARS)),
        **_by_year(f"{P2}county_share", (two(Fraction(dice.randrange(1500, 4000), 100)) for _ in YEARS)),
        **_by_year(f"{P2}output_growth", map(two, rates)),
        f"{P2}average_growth": _average(value, [Fraction(two(r)) for r in rates], dice),
    }


def _average(value: list[Fraction], rates: list[Fraction], dice: Dice) -> str:
    """By one of the three readings in use."""
    way = dice.randrange(3)
    if way == 0:
        return two((_root(value[2] / value[0], 2) - 1) * 100)
    if way == 1:
        grown = Fraction(1)
        for rate in rates:
            grown *= 1 + rate / 100
        return two((_root(grown, 3) - 1) * 100)
    return two(sum(rates, Fraction(0)) / 3)


def _root(value: Fraction, degree: int) -> Fraction:
    """To a millionth, by halving."""
    low, high = Fraction(0), value + 1
    while high - low > Fraction(1, 10**7):
        middle = (low + high) / 2
        low, high = (middle, high) if middle**degree <= value else (low, middle)
    return low


def _firms(dice: Dice) -> dict[str, str]:
    smes = [dice.randrange(120, 400)]
    smes += [smes[0] + dice.randrange(4, 20)]
    smes += [smes[1] + dice.randrange(4, 20)]
    found = _by_year(f"{P2}smes", map(str, smes))
    found |= _by_year(f"{P2}enterprises", (str(n + dice.randrange(3, 25)) for n in smes))
    most = {
        "srdi": 40,
        "little_giants": 8,
        "champions": 3,
        "high_tech": 60,
        "innovative": 60,
        "listed": 3,
        "tutoring": 3,
    }
    for row in QUALITY:
        first = dice.randrange(10 if most[row.removeprefix(P2)] > 10 else 1, most[row.removeprefix(P2)] + 1)
        found |= _by_year(row, (str(first), str(first + 1), str(first + 2)))
        if row.endswith(("listed", "tutoring")) and dice.random() < 0.3:
            found |= _by_year(row, ("无", "无", dice.choice(["无", "0"])))
    return found


def _research(dice: Dice) -> dict[str, str]:
    spending = [Fraction(dice.randrange(120, 400), 100)]
    for _ in (1, 2):
        spending.append(spending[-1] * Fraction(dice.randrange(110, 125), 100))
    printed = [Fraction(two(value)) for value in spending]
    rates = [Fraction(dice.randrange(500, 2000), 100)]
    rates += [b / a * 100 - 100 for a, b in itertools.pairwise(printed)]
    staff = [dice.randrange(6000, 20000)]
    staff += [staff[0] + dice.randrange(50, 900)]
    staff += [staff[1] + dice.randrange(50, 900)]
    patents = dice.randrange(100, 2000)
    return {
        **_by_year(f"{P3}rd_spending", map(two, printed)),
        **_by_year(f"{P3}rd_growth", map(two, rates)),
        **_by_year(f"{P3}employees", map(str, staff)),
        **_by_year(f"{P3}rd_staff", (str(n // dice.randrange(8, 14)) for n in staff)),
        f"{P3}patents": str(patents),
        f"{P3}patents_per_10k": two(Fraction(patents, staff[2]) * 10000),
    }


def _intensity(filled: Filled) -> dict[str, str]:
    """R&D spending over the SMEs' output; it comes last, since it is of both parts."""
    found = {}
    for year in YEARS:
        spending, output, share = (
            Fraction(filled.text(row, year))
            for row in (f"{P3}rd_spending", f"{P2}total_output", f"{P2}sme_share")
        )
        found[f"{P3}rd_intensity@{year}"] = two(spending / (output * share) * 10000)
    return found


def _digital(texts: dict[str, str], dice: Dice) -> dict[str, str]:
    found = {}
    for share, part in (("cloud_share", "cloud_smes"), ("platform_share", "platform_smes")):
        first = Fraction(dice.randrange(30, 55), 100)
        for number, year in enumerate(YEARS):
            smes = int(texts[f"{P2}smes@{year}"])
            count = int(smes * (first + Fraction(number * 7, 100)))
            found[f"{P4}{part}@{year}"] = str(count)
            found[f"{P4}{share}@{year}"] = two(Fraction(count, smes) * 100)
    return found


def _green(dice: Dice) -> dict[str, str]:
    found = {}
    for row, rate in (("energy", "energy_reduction"), ("co2", "co2_reduction")):
        first = Fraction(dice.randrange(30, 150), 100)
        values = [Fraction(two(first * k)) for k in (Fraction(1), Fraction(95, 100), Fraction(90, 100))]
        found |= _by_year(f"{P5}{row}", map(two, values))
        found[f"{P5}{rate}"] = two((values[0] - values[2]) / values[0] * 100)
    return found


def _trade(dice: Dice) -> dict[str, str]:
    """Amounts that may begin late or be none at all, and their rates."""
    found: dict[str, str] = {}
    for amount, rate in (("fdi", "fdi_growth"), ("exports", "exports_growth")):
        start = dice.choice([0, 0, 0, 1, 2, 3])
        amounts: list[str] = []
        for number in range(3):
            nothing = dice.choice(["无", "0", "0.00"])
            amounts.append(
                nothing
                if number < start
                else two(Fraction(dice.randrange(50000, 90000) * (10 + number), 1000))
            )
        rates = [two(Fraction(dice.randrange(100, 2000), 100)) if start == 0 else "无"]
        for before, now in itertools.pairwise(amounts):
            old = Fraction(0) if before == "无" else Fraction(before)
            rates.append("无" if old == 0 else two(Fraction(now) / old * 100 - 100))
        found |= _by_year(f"{P2}{amount}", amounts) | _by_year(f"{P2}{rate}", rates)
    return found


def _plan(texts: dict[str, str], dice: Dice) -> dict[str, str]:
    """Baselines as in parts two to five, targets at their floors or above; what a review says of 2025 follows them."""
    firms = sum(int(texts[f"{P2}{row}@2024"]) for row in ("srdi", "innovative"))
    spending, patents = Fraction(texts[f"{P3}rd_spending@2024"]), int(texts[f"{P3}patents"])
    more = Fraction(dice.choice([100, 101, 120]), 100)
    rd = spending * Fraction(11, 10) ** 3 * more + Fraction(1, 200)
    least = Fraction(patents) * Fraction(23, 20) ** 3 * more
    growth = texts[f"{P2}average_growth"]
    share = texts[f"{P4}platform_share@2024"]
    energy, co2 = texts[f"{P5}energy@2024"], texts[f"{P5}co2@2024"]
    columns = {
        "growth": (growth, two(max(Fraction(growth), Fraction(10)) + dice.randrange(0, 3))),
        "good_smes": (str(firms), str(firms + dice.randrange(9, 60))),
        "rd": (two(spending), two(rd)),
        "patents": (str(patents), str(-(-least.numerator // least.denominator))),
        "internet": (share, two(Fraction(share) + 9)),
        "co2": (co2, two(Fraction(co2) * Fraction(9, 10))),
        "energy": (energy, two(Fraction(energy) * Fraction(9, 10))),
    }
    found = {}
    for row, (base, target) in columns.items():
        found[f"{P8}target_{row}@baseline"], found[f"{P8}target_{row}@target"] = base, target
        found |= {f"{P8}done_{row}@{column}": text for column, text in _done(row, base, texts).items()}
    return found


def _done(row: str, now: str, texts: dict[str, str]) -> dict[str, str]:
    """The targets of 2022 for 2025, reached a little above the figure of 2024."""
    first = {
        "rd": texts[f"{P3}rd_spending@2022"],
        "internet": texts[f"{P4}platform_share@2022"],
        "co2": texts[f"{P5}co2@2022"],
        "energy": texts[f"{P5}energy@2022"],
    }.get(row, now)
    reached = now
    if row in {"patents", "good_smes"}:
        first = str(int(now) - int(now) // 5)
    return {"baseline": first, "target": now, "done": reached}


Mistake = Callable[[str, Dice], str]


def _another_digit(text: str, dice: Dice) -> str:
    spots = [n for n, sign in enumerate(text) if sign.isdecimal()]
    at = dice.choice(spots)
    return text[:at] + dice.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def _times(factor: Fraction) -> Mistake:
    def moved(text: str, dice: Dice) -> str:  # noqa: ARG001  (every mistake has this signature)
        value = Fraction(text) * factor
        return two(value) if "." in text else str(int(value))

    return moved


MISTAKES: dict[str, Mistake] = {
    "blank": lambda _text, _dice: "",
    "none": lambda _text, _dice: "无",
    "stand-in": lambda _text, dice: dice.choice(["/", "—", "-", "暂无", "N/A"]),
    "digit": _another_digit,
    "ten times": _times(Fraction(10)),
    "a tenth": _times(Fraction(1, 10)),
    "ten thousand times": _times(Fraction(10000)),
    "a hundredth": _times(Fraction(1, 100)),
    "nought": lambda text, _dice: "0.00" if "." in text else "0",
    "negative": lambda text, _dice: f"-{text.removeprefix('-')}",
    "one decimal": lambda text, _dice: text[:-1] if text[-3:-2] == "." else f"{text}.5",
    "three decimals": lambda text, dice: text + (dice.choice("123456789") if "." in text else ".123"),
    "about": lambda text, _dice: f"约{text}",
    "a word": lambda _text, _dice: "详见附件",
}
"""A figure's text to another; what the oracle says of the result is what counts, not that it was meant as a mistake."""


def spoilt(filled: Filled, dice: Dice, most: int = 3) -> list[str]:
    """Puts up to `most` mistakes into the form; what was done, for whoever reads a disagreement."""
    spots = [
        spot
        for spot, text in filled.texts.items()
        if row_of(spot) in DECIMALS + COUNTS and text.removeprefix("-").replace(".", "", 1).isdecimal()
    ]
    told = []
    for _ in range(dice.randrange(0, most + 1)):
        spot = dice.choice(spots)
        text = filled.texts[spot]
        if not text.removeprefix("-").replace(".", "", 1).isdecimal():
            continue
        if dice.random() < 0.15:
            told.append(_exchanged(filled, spot, dice))
            continue
        name = dice.choice(list(MISTAKES))
        filled.texts[spot] = MISTAKES[name](text, dice)
        told.append(f"{name} at {spot}: {text} -> {filled.texts[spot]}")
    return told


def _exchanged(filled: Filled, spot: str, dice: Dice) -> str:
    """Two years of a row the other way round."""
    row = row_of(spot)
    others = [s for s in filled.texts if row_of(s) == row and s != spot]
    if not others:
        return "nothing"
    other = dice.choice(others)
    filled.texts[spot], filled.texts[other] = filled.texts[other], filled.texts[spot]
    return f"{spot} and {other} exchanged"
