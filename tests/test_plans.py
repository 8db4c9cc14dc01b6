"""What is decided once for a form's definition: it must say of each form what looking at that form alone would say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterform.asked import asked_of
from clusterform.checks import names_list
from clusterform.checks.exact_range import reaches
from clusterform.checks.placed_formula import known, placed
from clusterform.checks.reader import Reader
from clusterform.engine import Terms, run_rules
from clusterform.figures import Interval
from clusterform.forms.ruleset import load_ruleset
from support.hand_made import make_form

RULES = load_ruleset("2025", ())
TERMS = Terms(limits=RULES.limits)
LEAD = "leading_industry."
FORMULAS = (
    LEAD + "sme_output / " + LEAD + "total_output * 100",
    "(" + LEAD + "total_output - " + LEAD + "sme_output) / " + LEAD + "total_output * 100",
    LEAD + "sme_output / (" + LEAD + "total_output - " + LEAD + "main_output)",
    "root(" + LEAD + "sme_output / " + LEAD + "total_output, 2) * 100 - 100",
    LEAD + "smes + " + LEAD + "enterprises",
)
FIGURES = (
    st.decimals("0", "999", places=2) | st.decimals("0", "99", places=1) | st.integers(0, 500).map(Decimal)
)


def test_forms_of_two_definitions_in_turn_are_each_judged_by_their_own() -> None:
    forms = [make_form(form=name) for name in ("application", "review")]
    alone = [run_rules(form, tuple(RULES.ordered), TERMS) for form in forms]
    for form, expected in [*zip(forms, alone, strict=True), *zip(forms, alone, strict=True)]:
        assert run_rules(form, RULES.ordered, TERMS) == expected


def test_forms_of_one_definition_share_what_is_made_of_it_and_others_do_not() -> None:
    one, other, review = make_form(), make_form({LEAD + "smes": "412 500 490"}), make_form(form="review")
    assert asked_of(one) is asked_of(other)
    assert asked_of(review) is not asked_of(one)
    moved = one.model_copy(update={"roles": {**one.roles, "reported": (2024, 2025, 2026)}})
    assert asked_of(moved).reported == ("2024", "2025", "2026")


def test_plain_figures_that_are_passed_over_would_be_found_right() -> None:
    form = Reader(make_form(), RULES.limits)
    checks = (check for rule in RULES.ordered for check in rule.checks if check.passes_plain)
    passed = [
        (c, place)
        for c in checks
        for place in c.places(asked_of(form.form))
        if form.uneven.keys().isdisjoint(c.stands_on(asked_of(form.form), place))
    ]
    assert passed
    assert [(check.kind, place) for check, place in passed if check.judge(form, place) is not None] == []


@given(st.tuples(FIGURES, FIGURES, FIGURES, FIGURES, FIGURES), st.sampled_from(FORMULAS), FIGURES, FIGURES)
def test_a_formula_reaches_by_printed_figures_only_what_it_reaches_by_intervals(
    given_figures: tuple[Decimal, ...], text: str, low: Decimal, width: Decimal
) -> None:
    rows = ("total_output", "sme_output", "main_output", "smes", "enterprises")
    figures = {f"{LEAD}{row}": f"{f} {f} {f}" for row, f in zip(rows, given_figures, strict=True)}
    form = Reader(make_form(figures))
    formula = placed(form, text, "2024")
    value = formula.as_it_stands(form)
    if value is not None:
        assert reaches(formula.node, Interval(value, value + width), known(form))
        assert formula.reaches(form, [Interval(value - width, value)])
    target = Interval(low, low + width)
    if value is not None and target.low <= value <= target.high:
        assert reaches(formula.node, target, known(form))


@given(
    st.lists(
        st.sampled_from(["甲公司", "一厂", "和", "与乙研究院", "", "十二", "等"]), min_size=1, max_size=5
    )
)
def test_a_plain_list_of_names_is_read_as_a_close_look_reads_it(pieces: list[str]) -> None:
    text = "、".join(pieces)
    plain = names_list.plain_names(text)
    if plain:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(names_list, "plain_names", lambda _: 0)
            closely = names_list.read_names(text)
        assert names_list.read_names(text) == closely
