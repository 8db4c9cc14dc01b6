"""The two summaries as data: columns told apart by their heads."""

from __future__ import annotations

import pytest

from clusterform.forms.edition import load_edition
from clusterform.forms.summaries import SummaryDef, load_summaries
from clusterform.text import fold

SUMMARIES = {summary.form: summary for summary in load_summaries("2025")}


def test_one_for_each_form() -> None:
    assert [summary.of for summary in SUMMARIES.values()] == list(load_edition("2025").forms)


@pytest.mark.parametrize("summary", SUMMARIES.values(), ids=lambda s: s.form)
def test_no_head_names_two_columns(summary: SummaryDef) -> None:
    heads = [fold(head) for column in summary.columns for head in (column.label, *column.spellings)]
    assert len(heads) == len(set(heads))


def test_an_edition_without_summaries_has_none() -> None:
    assert load_summaries("2099") == ()
