"""An edition that extends another: what a change adds, alters and takes away."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.errors import DataError
from clusterform.forms.edition import load_edition, merged, with_years
from clusterform.forms.rule import load_rules, make_rule

ROWS: list[dict[str, Any]] = [{"key": "a", "label": "甲"}, {"key": "b", "label": "乙", "unit": "家"}]


def test_an_item_is_changed_by_its_key() -> None:
    assert merged(ROWS, {"b": {"label": "丙"}}) == [ROWS[0], {"key": "b", "label": "丙", "unit": "家"}]


def test_an_item_is_added_at_the_end_or_behind_another() -> None:
    assert [row["key"] for row in merged(ROWS, {"c": {"label": "丁"}})] == ["a", "b", "c"]
    added = merged(ROWS, {"c": {"label": "丁", "behind": "a"}})
    assert added == [ROWS[0], {"key": "c", "label": "丁"}, ROWS[1]]


def test_an_item_and_a_key_are_taken_away() -> None:
    assert merged(ROWS, {"a": None, "b": {"unit": None}}) == [{"key": "b", "label": "乙"}]


def test_a_list_or_a_text_stands_for_the_whole() -> None:
    assert merged({"forms": ["a", "b"], "name": "甲"}, {"forms": ["a"]}) == {"forms": ["a"], "name": "甲"}


@pytest.mark.parametrize("change", [{"z": None}, {"c": {"label": "丁", "behind": "z"}}])
def test_what_is_not_there_cannot_be_changed(change: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=r"no z to change\. Known: a, b"):
        merged(ROWS, change)


def test_a_message_keeps_its_facts() -> None:
    years = {"reported": [2024, 2025]}
    assert with_years("{place} {reported[1]}", years, known_only=True) == "{place} 2025"
    with pytest.raises(ValueError, match="no such year"):
        with_years("{place}", years)


def test_a_basis_without_a_document_is_the_edition_s_notice() -> None:
    edition = load_edition("2025")
    given = next(rule for rule in load_rules("2025") if rule.code == "CF614")
    assert given.basis.document == edition.notice
    data = {
        "code": "CF999",
        "name": "x",
        "severity": "info",
        "basis": {"clause": "一"},
        "title": {"zh": "{reported[0]} 年", "en": "{baseline}"},
        "why": {"zh": "", "en": ""},
        "wrong": "",
        "right": "",
        "message": {"zh": "{reviewed_baseline} {baseline}", "en": ""},
        "checks": [],
    }
    rule = make_rule(data, "x.yaml", "2025")
    assert (rule.title.zh, rule.title.en, rule.message.zh) == ("2022 年", "2024", "2022 {baseline}")
    assert (rule.basis.document, rule.forms) == (edition.notice, edition.forms)
