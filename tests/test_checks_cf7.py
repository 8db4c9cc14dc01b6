"""CF7: the declaration and the province's opinion."""

from __future__ import annotations

from typing import Any

from clusterform.finding import Severity
from support.rule_run import filled, run

EMPTY: dict[str, Any] = {
    f"declaration.{key}": ""
    for key in ("signature", "county_seal", "county_date", "opinion", "province_seal", "province_date")
}


def found(changes: dict[str, Any], **terms: Any) -> list[tuple[str, str, str | None]]:
    findings = run(filled("application", EMPTY | changes), "CF7", **terms).findings
    return [(f.rule, f.severity.value, f.field) for f in findings]


def test_a_form_before_it_is_signed() -> None:
    assert found({}) == [
        ("CF701", "manual", "declaration.signature"),
        ("CF702", "manual", "declaration.county_seal"),
        ("CF703", "manual", "declaration.county_date"),
        ("CF704", "manual", "declaration.opinion"),
    ]


def test_a_signed_form_with_a_picture_of_the_seal() -> None:
    changes = {
        "declaration.signature": "张建国",
        "declaration.county_seal": "图",
        "declaration.county_date": "2025年6月25日",
        "declaration.opinion": "同意推荐。",
        "declaration.province_seal": "",
        "declaration.province_date": "",
    }
    assert found(changes) == [
        ("CF702", "info", "declaration.county_seal"),
        ("CF702", "manual", "declaration.province_seal"),
        ("CF703", "manual", "declaration.province_date"),
    ]


def test_the_opinion_is_an_error_in_a_province_folder() -> None:
    assert found({}, options={"mailing": True})[-1] == ("CF704", "error", "declaration.opinion")
    assert found({}, options={"mailing": False})[-1][1] == Severity.MANUAL


def test_a_missing_part_is_said_elsewhere() -> None:
    assert not run(filled("application", {}), "CF7").findings
