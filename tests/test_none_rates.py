"""A rate follows its inputs: for 无, 0 and figures in each of them, exactly what the notice's note 2 leaves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.hand_made import make_form, outcome

YEARS = ("2022", "2023", "2024")
AMOUNTS = st.sampled_from(["无", "0.00", "12.00", "15.00", "48.00"])
COUNTS = st.sampled_from(["无", "0", "12", "15", "48"])
GROWTHS = {
    "leading_industry.fdi_growth": ("leading_industry.fdi", True),
    "leading_industry.exports_growth": ("leading_industry.exports", True),
    "innovation.rd_growth": ("innovation.rd_spending", False),
    "leading_industry.output_growth": ("leading_industry.total_output", False),
}
"""Rate, amount, and whether the row may be 无 after its first year."""
SHARES = {
    "digital.cloud_share": ("digital.cloud_smes", "leading_industry.smes", YEARS),
    "digital.platform_share": ("digital.platform_smes", "leading_industry.smes", YEARS),
    "innovation.patents_per_10k": ("innovation.patents", "innovation.employees", (None,)),
}


def wrong_growth(before: str | None, amount: str, rate: str, *, may: bool) -> bool:
    """Whether 无 or a figure is an error whatever the figure is; before None: the year before is not on the form."""
    if before is None:
        return amount == "无" and rate not in {"无", "-100.00"}
    if before == "无":
        return rate != "无" or not may
    if before == "0.00":
        return rate != "无"
    if amount == "无":
        return rate not in {"无", "-100.00"}
    return rate == "无"


def wrong_share(count: str, whole: str, rate: str) -> bool:
    if count in {"无", "0"}:
        return rate not in {"无", "0.00"} and (count == "无" or whole == "无")
    if whole == "无":
        return rate != "无"
    return rate == "无" and whole != "0"


def found(changes: dict[str, str], field: str, column: str | None) -> bool:
    """Whether a rule on 无 and 0 finds the rate wrong; the arithmetic of two figures is another matter."""
    done = outcome(make_form(changes), codes=("CF118", "CF203", "CF204", "CF205"))
    head = f"{column} 年" if column else None
    at = [f for f in done.findings if (f.field, f.column) == (field, head)]
    assert len(at) <= 1
    return any(f.rule == "CF118" or f.expected == "无" for f in at)


@settings(max_examples=400, deadline=None)
@given(data=st.data(), rate=st.sampled_from(sorted(GROWTHS)))
def test_growth(data: st.DataObject, rate: str) -> None:
    amount, may = GROWTHS[rate]
    amounts = [data.draw(AMOUNTS) for _ in YEARS]
    output = amount == "leading_industry.total_output"
    if output:  # an output of 0 is an error of its own, and its growth waits for it
        amounts = ["40.00" if a == "0.00" else a for a in amounts]
    number = data.draw(st.integers(0, 2))
    given_rate = data.draw(st.sampled_from(["无", "-100.00", "0.00", "25.00"]))
    before = amounts[number - 1] if number else None
    rates = ["-100.00"] * 3
    rates[number] = given_rate
    changes = {amount: " ".join(amounts), rate: " ".join(rates)}
    assert found(changes, rate, YEARS[number]) is wrong_growth(
        before, amounts[number], given_rate, may=may or number == 0
    )


@settings(max_examples=300, deadline=None)
@given(data=st.data(), rate=st.sampled_from(sorted(SHARES)))
def test_shares(data: st.DataObject, rate: str) -> None:
    counted, whole, columns = SHARES[rate]
    column = data.draw(st.sampled_from(columns))
    count, of = data.draw(COUNTS), data.draw(COUNTS)
    given_rate = data.draw(st.sampled_from(["无", "0.00", "25.00"]))
    at = f"@{column}" if column else ""
    changes = {f"{counted}{at}": count, f"{whole}@{column or YEARS[-1]}": of, f"{rate}{at}": given_rate}
    assert found(changes, rate, column) is wrong_share(count, of, given_rate)


@settings(max_examples=200, deadline=None)
@given(
    spending=AMOUNTS,
    intensity=st.sampled_from(["无", "0.00", "2.50"]),
    output=st.sampled_from(["无", "268.40"]),
)
def test_intensity(spending: str, intensity: str, output: str) -> None:
    """What it is divided by is not said, so an output of 无 does not make it wrong."""
    changes = {
        "innovation.rd_spending@2024": spending,
        "innovation.rd_intensity@2024": intensity,
        "leading_industry.total_output@2024": output,
    }
    expected = intensity == "无" or (spending == "无" and intensity != "0.00")
    assert found(changes, "innovation.rd_intensity", "2024") is expected


@pytest.mark.parametrize("stand_in", ["-", "约三成"])
def test_what_rests_on_no_answer_stays_silent(stand_in: str) -> None:
    for rate in ("无", "12.00", "-100.00"):
        changes = {
            "leading_industry.fdi@2023": stand_in,
            "leading_industry.fdi_growth": f"8.50 {rate} {rate}",
        }
        assert not found(changes, "leading_industry.fdi_growth", "2023")
        assert not found(changes, "leading_industry.fdi_growth", "2024")


@given(before=st.integers(1, 10**6), year=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_the_rate_is_given(before: int, year: int) -> None:
    amounts = [Decimal(n).scaleb(-2) for n in (before, year)]
    changes = {
        "leading_industry.fdi": f"{amounts[0]} {amounts[0]} {amounts[1]}",
        "leading_industry.fdi_growth": "8.50 0.00 无",
    }
    done = outcome(make_form(changes), codes=("CF118",))
    (said,) = [f for f in done.findings if f.field == "leading_industry.fdi_growth"]
    expected = ((amounts[1] / amounts[0] - 1) * 100).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    assert Decimal(said.expected or "") == expected
