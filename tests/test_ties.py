"""Relations in one shape: when they hold, and which values of one figure would make them hold."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clusterform.answers import State
from clusterform.checks.formula import ENDLESS, Apply, Constant, Operand
from clusterform.checks.plausible_figures import FractionRow, Jump, OtherBase, WithinRange
from clusterform.checks.reader import Reader, Unknown
from clusterform.checks.target_figures import BaselineFirms
from clusterform.checks.ties import (
    EVERYTHING,
    KnownIntervals,
    TargetFormula,
    Tie,
    allowed,
    at_most,
    between,
    holds,
    make_tie,
)
from clusterform.figures import Figure, Interval, printed_figure
from clusterform.forms.model import load_form
from support.by_hand import Ticks, Written, form_of
from support.rule_run import filled

A, B = Operand("s.a", None), Operand("s.b", None)
OUTPUT, FIRMS, SHARE, GROWTH, BRAND = (
    f"leading_industry.{key}"
    for key in ("total_output", "enterprises", "sme_share", "output_growth", "brand_work")
)
YEARS = ("2022", "2023", "2024")


def ends(low: str | int, high: str | int) -> Interval:
    return Interval(Decimal(low), Decimal(high))


def sheet(tie: Tie) -> KnownIntervals:
    return KnownIntervals(
        {cell: figure.interval for cell, figure in tie.figures.items()},
        {cell: figure.declared for cell, figure in tie.figures.items()},
    )


def tie(*clauses: tuple[TargetFormula, ...], a: str = "2.00", b: str = "4.00") -> Tie:
    figures = {A: printed_figure(a), B: printed_figure(b)}
    return Tie(A, clauses, {cell: figure for cell, figure in figures.items() if figure is not None})


TWICE = Apply("*", A, Constant(Decimal(2)))
MADE: dict[str, tuple[Callable[[], Tie], bool, list[tuple[Any, Any]]]] = {
    "twice": (lambda: tie((TargetFormula(TWICE, B),)), True, [("1.9975", "2.0025")]),
    "not twice": (lambda: tie((TargetFormula(TWICE, B),), a="3.00"), False, [("1.9975", "2.0025")]),
    "rounded": (lambda: tie((TargetFormula(TWICE, B),), b="4.01"), True, [("2.0025", "2.0075")]),
    "rounded too far": (lambda: tie((TargetFormula(TWICE, B),), b="4.02"), False, [("2.0075", "2.0125")]),
    "other sign": (lambda: tie((TargetFormula(TWICE, B),), b="-4.00"), False, [("-2.0025", "-1.9975")]),
    "either sign": (
        lambda: tie((TargetFormula(TWICE, B, mirrored=True),), b="-4.00"),
        True,
        [("-2.0025", "-1.9975"), ("1.9975", "2.0025")],
    ),
    "copied": (lambda: tie((TargetFormula(A, B, copied=True),), a="4.00"), True, [("4", "4")]),
    "copied wrongly": (lambda: tie((TargetFormula(A, B, copied=True),), a="4.01"), False, [("4", "4")]),
    "at most": (lambda: tie(at_most(A, B)), True, [(-ENDLESS + 4, "4.005")]),
    "more": (lambda: tie(at_most(B, A)), False, [("3.995", ENDLESS)]),
    "between": (lambda: tie(between(A, Decimal(1), Decimal(3))), True, [(1, 3)]),
    "below": (lambda: tie(between(A, Decimal(3), None)), False, [(3, ENDLESS)]),
    "above": (lambda: tie(between(A, None, Decimal(1))), False, [(-ENDLESS, 1)]),
    "unbound": (lambda: tie(between(A, None, None)), True, [(-ENDLESS, ENDLESS)]),
    "both": (lambda: tie(between(A, Decimal(1), None), between(A, None, Decimal(3))), True, [(1, 3)]),
    "never both": (lambda: tie(between(A, Decimal(5), None), between(A, None, Decimal(3))), False, []),
    "one of two": (
        lambda: tie((*between(A, Decimal(5), None), *between(A, None, Decimal(3)))),
        True,
        [(5, ENDLESS), (-ENDLESS, 3)],
    ),
    "of the other alone": (lambda: tie(between(B, Decimal(1), Decimal(5))), True, [(-ENDLESS, ENDLESS)]),
    "of the other alone, wrong": (lambda: tie(between(B, Decimal(5), None)), False, []),
    "divided by nothing, at most": (
        lambda: tie(between(Apply("/", A, B), Decimal(1), None), b="0"),
        False,
        [],
    ),
}


@pytest.mark.parametrize("name", MADE)
def test_when_a_relation_holds_and_with_which_values_it_would(name: str) -> None:
    make, held, values = MADE[name]
    made = make()
    assert holds(made, sheet(made)) == held
    if "most" not in name:
        assert allowed(made, A, sheet(made)) == [ends(*each) for each in values]


def test_a_figure_that_others_come_to_may_be_what_they_come_to() -> None:
    made = tie((TargetFormula(TWICE, B, mirrored=True),))
    assert allowed(made, B, sheet(made)) == [ends("3.99", "4.01"), ends("-4.01", "-3.99")]
    assert ends(-ENDLESS, ENDLESS) == EVERYTHING


def years(path: str, texts: str) -> dict[str, str]:
    return {f"{path}@{year}": text for year, text in zip(YEARS, texts.split(), strict=True)}


@pytest.mark.parametrize(
    ("path", "texts", "held"),
    [
        (OUTPUT, "100.00 100.00 300.00", True),
        (OUTPUT, "100.00 100.00 301.00", False),
        (OUTPUT, "900.00 100.00 50.00", True),
        (OUTPUT, "900.00 100.00 49.00", False),
        (OUTPUT, "100.00 0 300.00", None),
        (FIRMS, "100 9 300", None),
        (FIRMS, "100 10 300", False),
    ],
)
def test_a_year_s_change_as_a_relation(path: str, texts: str, held: bool | None) -> None:
    check = Jump.made(rows={path: ()}, up=Decimal(3), down=Decimal("0.5"))
    made = check.tie(Reader(filled("application", years(path, texts))), (path, 2))
    assert (made and (holds(made, sheet(made)), made.soft, made.spot)) == (
        None if held is None else (held, True, Operand(path, "2024"))
    )


@pytest.mark.parametrize(
    ("path", "text", "ticked", "held"),
    [
        *(
            (SHARE, "100", "management", True),
            (SHARE, "101", "management", False),
            (SHARE, "101", "diagnosis", True),
        ),
        *(
            (SHARE, "-1", "diagnosis", False),
            (OUTPUT, "-1", "diagnosis", False),
            (OUTPUT, "900", "management", True),
        ),
    ],
)
def test_the_bounds_of_a_figure_as_a_relation(path: str, text: str, ticked: str, held: bool) -> None:
    definition = load_form("2025", "application")
    answers = {
        (path, "2024"): Written(text, State.FILLED, printed_figure(text)),
        (BRAND, None): Written("", State.FILLED, Ticks((ticked,))),
    }
    form = Reader(
        form_of("application", definition.fields, answers, roles=definition.edition.years.as_dict())
    )
    check = WithinRange.made(no_most={SHARE: OtherBase.made(boxes=BRAND, options=("diagnosis",))})
    made = check.tie(form, (path, "2024"))
    assert (holds(made, sheet(made)), made.soft) == (held, True)
    assert all(check.covers(definition.fields[row]) for row in (SHARE, OUTPUT, FIRMS))
    assert not check.covers(definition.fields[GROWTH])


@pytest.mark.parametrize(
    ("baseline", "held"), [("9家", False), ("10家", True), ("12家", True), ("13家", False)]
)
def test_the_firms_of_the_baseline_as_a_relation(baseline: str, held: bool) -> None:
    """无 is none of them."""
    rows = [f"leading_industry.{key}" for key in ("innovative", "srdi", "little_giants")]
    check = BaselineFirms.made(
        field="plan.target_good_smes", year="last", core=tuple(rows[:2]), more=(rows[2], "no.row")
    )
    texts = {f"{row}@2024": text for row, text in zip(rows, ("10", "无", "2"), strict=True)}
    reader = Reader(filled("application", {**texts, "plan.target_good_smes@baseline": baseline}))
    made = check.tie(reader, check.field)
    assert (holds(made, sheet(made)), len(made.figures)) == (held, 4)


def test_shares_under_one_as_a_relation() -> None:
    check = FractionRow.made(rows=(SHARE,), certain=Decimal(50), near=Decimal(2), by={SHARE: (FIRMS,)})
    for shares, firms, held in (("0.78 0.79 0.80", "2 2 2", False), ("0.78 0.79 1.20", "2 2 2", True)):
        form = Reader(filled("application", {**years(SHARE, shares), **years(FIRMS, firms)}))
        (place, *_) = check.places(form)
        made = check.tie(form, place)
        assert made is not None
        assert (holds(made, sheet(made)), made.spot) == (held, Operand(SHARE, "2022"))
    form = Reader(filled("application", {**years(SHARE, "0.50 0.50 0.50"), **years(FIRMS, "1 1 1")}))
    confirmed = FractionRow.made(
        rows=(SHARE,), certain=Decimal(50), near=Decimal(2), by={SHARE: (f"{FIRMS} / 2",)}
    )
    (place, *_) = confirmed.places(form)
    assert confirmed.tie(form, place) is None


def test_a_relation_needs_all_its_figures() -> None:
    form = Reader(filled("application", {f"{OUTPUT}@2024": "12.50", f"{FIRMS}@2024": "无"}))
    known, none = Operand(OUTPUT, "2024"), Operand(FIRMS, "2024")
    assert make_tie(form, known, at_most(known, Constant(Decimal(20)))).figures == {
        known: Figure(Decimal("12.50"), 2)
    }
    with pytest.raises(Unknown):
        make_tie(form, known, at_most(known, none))
    made = make_tie(form, known, at_most(none, known), none_is_zero=True)
    assert made.figures[none].value == 0
    assert not made.soft
