"""Figures that move further in a year than such figures do, and shares under 1 where per cents are asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterform.answers import State
from clusterform.checks.plausible_figures import FractionRow, Jump, OtherBase, WithinRange
from clusterform.checks.reader import Reader, Unknown
from clusterform.figures import printed_figure
from clusterform.finding import Severity
from clusterform.forms.model import load_form
from support.by_hand import Ticks, Written, form_of
from support.rule_run import columns_told, filled

OUTPUT, GROWTH, FIRMS, SHARE = (
    f"leading_industry.{key}" for key in ("total_output", "output_growth", "enterprises", "sme_share")
)
YEARS = ("2022", "2023", "2024")


def reader(path: str, texts: str, **more: str) -> Reader:
    cells = {f"{path}@{year}": text for year, text in zip(YEARS, texts.split(), strict=True)}
    growth = {f"{GROWTH}@{year}": "5.00" for year in YEARS}
    return Reader(filled("application", {**growth, **cells, **more}))


def jumps(form: Reader, path: str) -> list[str]:
    """The years in which it jumps; those in brackets where a jump before already tells."""
    check = Jump.made(rows={path: (GROWTH,)}, up=Decimal(3), down=Decimal("0.5"))
    return columns_told(check, form, lambda place: YEARS[place[1]])


@pytest.mark.parametrize(
    ("path", "texts", "years"),
    [
        (OUTPUT, "100.00 200.00 299.00", []),
        (OUTPUT, "100.00 100.00 300.00", []),
        (OUTPUT, "100.00 100.00 300.01", []),
        (OUTPUT, "100.00 100.00 301.00", ["2024"]),
        (OUTPUT, "100.00 301.00 301.00", ["2023"]),
        (OUTPUT, "100.00 50.00 50.00", []),
        (OUTPUT, "10.01 5.00 5.00", []),
        (OUTPUT, "100.00 49.00 49.00", ["2023"]),
        (OUTPUT, "100.00 100.00 0.00", []),
        (OUTPUT, "0 100.00 100.00", []),
        (OUTPUT, "100.00 1000.00 100.00", ["2023", "(2024)"]),
        (OUTPUT, "100.00 1000.00 10.00", ["2023", "2024"]),
        (OUTPUT, "100.00 1000.00 10000.00", ["2023", "2024"]),
        (FIRMS, "9 40 40", []),
        (FIRMS, "10 40 40", ["2023"]),
        (FIRMS, "10 30 30", []),
        (FIRMS, "100 49 49", ["2023"]),
    ],
)
def test_a_figure_that_moves_too_far_in_a_year(path: str, texts: str, years: list[str]) -> None:
    assert jumps(reader(path, texts), path) == years


def test_what_a_jump_is_told_with() -> None:
    check = Jump.made(rows={OUTPUT: ()}, up=Decimal(3), down=Decimal("0.5"))
    hit = check.judge(reader(OUTPUT, "50.00 100.00 400.00"), (OUTPUT, 2))
    assert hit is not None
    assert hit.facts == {
        "previous": "100.00",
        "before": "2023 年",
        "times": "4.00",
        "first": "100.00",
        "second": "400.00",
    }
    assert [
        *Jump.made(rows={OUTPUT: ()}, up=Decimal(3), down=Decimal(0), evidence=True).places(
            reader(OUTPUT, "1 2 3")
        )
    ] == []


@pytest.mark.parametrize(("year", "found"), [("2022", ["2024"]), ("2023", ["(2024)"]), ("2024", ["(2024)"])])
def test_a_growth_in_doubt_tells_already(year: str, found: list[str]) -> None:
    form = reader(OUTPUT, "100.00 100.00 400.00").doubting({(GROWTH, year): "CF109"})
    assert jumps(form, OUTPUT) == found


def test_an_input_that_jumps_itself_is_told_for_itself() -> None:
    check = Jump.made(rows={OUTPUT: ()}, up=Decimal(3), down=Decimal("0.5"), of=f"{OUTPUT} / {FIRMS}")
    calm = {f"{FIRMS}@{year}": "100" for year in YEARS}
    assert check.judge(reader(OUTPUT, "100.00 100.00 400.00", **calm), (OUTPUT, 2)) is not None
    fewer = {**calm, f"{FIRMS}@2024": "20"}
    with pytest.raises(Unknown):
        check.judge(reader(OUTPUT, "100.00 100.00 100.00", **fewer), (OUTPUT, 2))
    assert (
        check.judge(reader(OUTPUT, "100.00 100.00 100.00", **{**calm, f"{FIRMS}@2024": "0"}), (OUTPUT, 2))
        is None
    )


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        ("78.50 79.20 80.10", []),
        ("1.00 79.20 80.10", []),
        ("0.78 0.79 0.80", [(YEARS, ())]),
        ("80.00 0.40 80.00", [(YEARS, ()), (("2023",), ("2022", "2024"))]),
        ("80.00 0.39 80.00", [(YEARS, ())]),
        ("40.00 0.80 40.00", [(YEARS, ()), (("2023",), ("2022", "2024"))]),
        ("40.00 0.81 40.00", [(YEARS, ())]),
        ("80.00 0.40 0.50", [(YEARS, ()), (("2023",), ("2022",)), (("2024",), ("2022",))]),
        ("80.00 0 80.00", [(YEARS, ())]),
        ("80.00 1 80.00", []),
    ],
)
def test_shares_under_one(texts: str, places: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> None:
    """The row as a whole, and years whose hundredfold is at most twice or half the others."""
    check = FractionRow.made(rows=(SHARE,), certain=Decimal(50), near=Decimal(2))
    assert [(place.columns, place.others) for place in check.places(reader(SHARE, texts))] == places


Told = tuple[str, str | None, str, Severity | None]


@pytest.mark.parametrize(
    ("shares", "firms", "certain", "basis", "told"),
    [
        ("0.78 0.79 0.80", "78 79 80", "100", False, [("2022", None, "78.00、79.00、80.00", Severity.ERROR)]),
        ("0.78 0.79 0.80", "78 79 80", "100.01", False, [("2022", None, "78.00、79.00、80.00", None)]),
        ("0.78 0.79 0.80", "78 79 8", "11", False, [("2022", None, "78.00、79.00、80.00", None)]),
        ("0.78 0.79 1.00", "78 79 1", "1", False, []),
        ("0.785 0.79 0.80", "2 2 2", "100", False, [("2022", None, "78.50、79.00、80.00", Severity.ERROR)]),
        ("0.78 0.79 0", "2 2 2", "100", False, []),
        ("80.00 0.40 80.00", "80 40 80", "100", False, [("2023", "year", "40.00", Severity.ERROR)]),
        ("80.00 0.40 80.00", "80 40 80", "100", True, [("2023", "year", "40.00", None)]),
        ("0.78 0.79 0.80", "78 79 80", "100", True, [("2022", None, "78.00、79.00、80.00", Severity.ERROR)]),
    ],
)
def test_a_share_under_one_is_an_error_where_other_figures_tell(
    shares: str, firms: str, certain: str, basis: bool, told: list[Told]
) -> None:
    more = {f"{FIRMS}@{year}": text for year, text in zip(YEARS, firms.split(), strict=True)}
    form = reader(SHARE, shares, **more)
    check = FractionRow.made(
        rows=(SHARE,), certain=Decimal(certain), near=Decimal(2), basis=(SHARE,) * basis, by={SHARE: (FIRMS,)}
    )
    found = [hit for place in check.places(form) if (hit := check.judge(form, place)) is not None]
    assert [(hit.column, hit.variant, hit.facts["all"], hit.severity) for hit in found] == told
    assert all(hit.expected == str(hit.facts["all"]).partition("、")[0] for hit in found)


def test_a_share_that_other_figures_give_is_right() -> None:
    smes = {f"leading_industry.smes@{year}": "0" for year in YEARS}
    form = reader(SHARE, "0.50 0.50 0.50", **{f"{FIRMS}@{year}": "1" for year in YEARS}, **smes)
    for formula, found in ((f"{FIRMS} / 2", 0), (f"{FIRMS} / 4", 1), (f"{FIRMS} / leading_industry.smes", 1)):
        check = FractionRow.made(rows=(SHARE,), certain=Decimal(50), near=Decimal(2), by={SHARE: (formula,)})
        assert sum(check.judge(form, place) is not None for place in check.places(form)) == found


@pytest.mark.parametrize(
    ("path", "text", "ticked", "variant"),
    [
        (SHARE, "0", "management", ""),
        (SHARE, "100", "management", ""),
        (SHARE, "100.01", "management", "above"),
        (SHARE, "100.01", "diagnosis", ""),
        (SHARE, "-0.01", "diagnosis", "below"),
        (OUTPUT, "-0.01", "diagnosis", "below"),
        (OUTPUT, "100000", "diagnosis", ""),
        (GROWTH, "-900", "diagnosis", ""),
        (GROWTH, "900", "diagnosis", ""),
    ],
)
def test_a_figure_keeps_the_bounds_of_its_field(path: str, text: str, ticked: str, variant: str) -> None:
    definition, boxes = load_form("2025", "application"), "leading_industry.brand_work"
    answers = {
        (path, "2024"): Written(text, State.FILLED, printed_figure(text)),
        (boxes, None): Written("", State.FILLED, Ticks((ticked,))),
    }
    form = Reader(
        form_of("application", definition.fields, answers, roles=definition.edition.years.as_dict())
    )
    check = WithinRange.made(no_most={SHARE: OtherBase.made(boxes=boxes, options=("diagnosis",))})
    hit = check.judge(form, (path, "2024"))
    assert (hit.variant if hit else "") == variant
