"""Every case of tests/cases, and that every rule has its cases or examples. See tests/cases/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from clusterform.finding import FileReport, Finding, Severity
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from clusterform.yaml_file import read_yaml
from support.evidence import make_folder
from support.forms import EDITION, Ink, write
from support.reading import checked
from support.repairs import ROUNDED, WAYS, require_safe_repairs
from support.sweeps import ALL

CASES = Path(__file__).parent / "cases"
ELSEWHERE = ("CF00", "CF013", "CF016", "CF017", "CF120", "CF8")
"""Rules about files, folders and number formats, which no change to a form can reach: they have tests of their own."""
KEYS = {"name", "change", "finds", "layout", "ink", "terms", "folder"}


@dataclass(frozen=True)
class Case:
    form: str
    code: str
    data: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.form}/{self.code}/{self.data['name']}"

    @property
    def finds(self) -> list[dict[str, Any]]:
        return [{"rule": self.code, **find} for find in self.data.get("finds", [])]


def all_cases() -> list[Case]:
    found = []
    for path in sorted(p for p in CASES.glob("*/*.yaml") if p.parent.name != "batch"):
        for data in read_yaml(path)["cases"]:
            assert set(data) <= KEYS, f"{path.name}: unknown keys {set(data) - KEYS}"
            found.append(Case(path.parent.name, path.stem.upper(), data))
    return found


@pytest.mark.parametrize("case", all_cases(), ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    ink = Ink(**case.data.get("ink", {}))
    file.write_bytes(write(case.form, None, case.data.get("layout", "notice"), ink, case.data.get("change")))
    terms = dict(case.data.get("terms", {}))
    if "folder" in case.data:
        terms["evidence"] = tmp_path / "佐证材料"
        make_folder(terms["evidence"], file, case.data["folder"] or {})
    report = checked(file, terms)
    assert report.crashed == ()
    assert report.form == case.form
    left = unmatched(report, case)
    wrong = [f for f in left if f.severity is Severity.ERROR or f.rule == case.code]
    assert wrong == [], "\n".join(f"{f.rule} {f.field} {f.column} {f.message}" for f in wrong)
    if any(finding.fix for finding in report.findings):
        require_safe_repairs(file, tmp_path, WAYS if ALL else [ROUNDED])


def unmatched(report: FileReport, case: Case) -> list[Finding]:
    """The findings that the case does not list; each one listed must be there."""
    left = list(report.findings)
    for find in case.finds:
        found = next((f for f in left if matches(f, find, case.form)), None)
        near = [f for f in left if f.rule == find["rule"] or f.severity is Severity.ERROR]
        assert found is not None, f"{find} is not among {near}"
        left.remove(found)
    return left


def matches(finding: Finding, find: Mapping[str, Any], form: str) -> bool:
    wanted = dict(find)
    path, _, column = wanted.pop("at", "").partition("@")
    if path and finding.field != path:
        return False
    if column and finding.column != load_form(EDITION, form).fields[path].column_label(column):
        return False
    if wanted.pop("says", "") not in finding.message:
        return False
    return all(getattr(finding, key) == value for key, value in wanted.items())


def test_every_rule_has_a_case_and_a_near_miss() -> None:
    weights = {rule.code: rule.severity for rule in load_rules(EDITION)}
    found = {rule.code: {True, False} for rule in load_rules(EDITION) if rule.wrong.runs and rule.right.runs}
    for case in all_cases():
        weight = weights.get(case.code)
        # A finding that weighs less than the rule does is a near miss: a pasted seal is worth knowing.
        hit = any(f["rule"] == case.code and f.get("severity", weight) == weight for f in case.finds)
        found.setdefault(case.code, set()).add(hit)
    codes = {code for code in weights if not code.startswith(ELSEWHERE)}
    wanting = sorted(code for code in codes if found.get(code) != {True, False})
    assert wanting == [], "a rule needs an example or a case that finds it, and one that does not"


def test_every_case_is_about_a_rule() -> None:
    codes = {rule.code for rule in load_rules(EDITION)}
    assert {case.code for case in all_cases()} <= codes
