"""Every case of tests/cases/batch: what the rules across forms find in a folder. See tests/cases/README.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from clusterform.batch.cluster_names import name_key
from clusterform.finding import Finding
from clusterform.forms.rule import load_rules
from clusterform.yaml_file import read_yaml
from support.folder import judged, write_folder
from support.forms import EDITION

CASES = Path(__file__).parent / "cases" / "batch"
KEYS = {"name", "province", "forms", "summaries", "finds"}


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    return [
        (path.stem.upper(), case)
        for path in sorted(CASES.glob("*.yaml"))
        for case in read_yaml(path)["cases"]
    ]


@pytest.mark.parametrize(("code", "case"), all_cases(), ids=lambda x: x if isinstance(x, str) else x["name"])
def test_batch_case(code: str, case: Mapping[str, Any], tmp_path: Path) -> None:
    assert set(case) <= KEYS
    write_folder(tmp_path, case)
    verdict = judged(tmp_path, case.get("province"))
    assert not verdict.crashed
    left = [finding for finding in verdict.findings if finding.rule == code]
    for find in case.get("finds", ()):
        found = next((f for f in left if matches(f, find)), None)
        assert found is not None, f"{find} is not among {left}"
        left.remove(found)
    assert left == []


def matches(finding: Finding, find: Mapping[str, Any]) -> bool:
    wanted = dict(find)
    if wanted.pop("says", "") not in finding.message:
        return False
    if "files" in wanted and tuple(wanted.pop("files")) != finding.files:
        return False
    return all(getattr(finding, key) == value for key, value in wanted.items())


def test_every_rule_across_forms_has_a_case_and_a_near_miss() -> None:
    codes = {rule.code for rule in load_rules(EDITION) if rule.code.startswith("CF8")}
    found: dict[str, set[bool]] = {}
    for code, case in all_cases():
        found.setdefault(code, set()).add(bool(case.get("finds")))
    assert {code for code, kinds in found.items() if kinds == {True, False}} == codes


def test_a_name_that_says_nothing_is_no_clusters_name() -> None:
    assert [name for name in ("", " ", "无", "XX省XX县XX产业集群") if name_key(name) is not None] == []
