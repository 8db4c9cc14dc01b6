"""A province's rule file: thresholds in one line, rules taken out, several files, and whose clause is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.engine import Terms, run_rules
from clusterform.errors import DataError
from clusterform.forms.ruleset import load_ruleset
from support.hand_made import make_form

LOW = make_form({"leading_industry.total_output@2022": "18.00"})


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("extends", ["extends: national\n", "extends: national/2025\n", ""])
def test_a_threshold_is_changed_in_one_line_and_its_file_named(tmp_path: Path, extends: str) -> None:
    ruleset = load_ruleset(
        "2025", [_file(tmp_path, "某省.yaml", extends + 'limits: {output: {at_least: "20"}}\n')]
    )
    rules = [rule for rule in ruleset.rules if rule.code == "CF505"]
    (found,) = run_rules(LOW, rules, Terms(limits=ruleset.limits)).findings
    assert (found.expected, found.basis) == ("≥ 20.00", "规则文件 某省.yaml")


def test_a_source_of_its_own_is_the_clause(tmp_path: Path) -> None:
    text = 'limits: {output: {at_least: "20", source: {document: 某省认定办法, clause: 产值20亿元以上}}}\n'
    ruleset = load_ruleset("2025", [_file(tmp_path, "某省.yaml", text)])
    assert ruleset.limits["output"].basis == "某省认定办法 产值20亿元以上"
    assert ruleset.limits["main_share"].basis == ""


def test_a_second_file_leaves_what_the_first_one_changed(tmp_path: Path) -> None:
    first = _file(tmp_path, "a.yaml", 'limits: {output: {at_least: "20"}}\n')
    second = _file(
        tmp_path, "b.yaml", 'limits: {main_share: {more_than: "60"}}\nremove: {CF510: looked at elsewhere}\n'
    )
    ruleset = load_ruleset("2025", [first, second])
    assert [ruleset.limits[name].value for name in ("output", "main_share", "sme_share")] == [20, 60, 70]
    assert not [rule for rule in ruleset.rules if rule.code == "CF510"]


def test_what_it_extends_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="extends must be national"):
        load_ruleset("2025", [_file(tmp_path, "a.yaml", "extends: nation\n")])
