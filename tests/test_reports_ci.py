"""The reports that other programs show: SARIF, JUnit XML, workflow commands."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from lxml import etree

from clusterform import reports
from clusterform.finding import Report, RulePage, Severity
from clusterform.reports import ReportRequest, as_json, sarif
from clusterform.reports.overview import relative_to_report, uri
from support.reports import BROKEN, GROWTH, HOSTILE, REPORTS
from test_reports import FILES, PAGE

LANGUAGES = ("zh", "en")
SCHEMA = json.loads((Path(__file__).parent / "data" / "sarif-2.1.0.schema.json").read_text(encoding="utf-8"))
SARIF = Draft4Validator(SCHEMA)
RULES = tuple(
    RulePage(code, name, severity, f"标题 {code}", "为什么 <b>", None, "错 | *", "对", "通知 二")
    for code, name, severity in (
        ("CF101", "required-answer-blank", Severity.ERROR),
        ("CF504", "area", Severity.WARNING),
        ("CF702", "seal", Severity.MANUAL),
    )
)
CHILDREN = {
    "testsuites": ("testsuite",),
    "testsuite": ("properties", "testcase", "system-out", "system-err"),
    "properties": ("property",),
    "testcase": ("skipped", "error", "failure", "system-out", "system-err"),
}
"""What stands in what, in this order, as the schemas of Jenkins and Ant have it in common."""
ATTRIBUTES = {
    "testsuites": ({"name"}, {"tests", "failures", "errors", "disabled", "time"}),
    "testsuite": ({"name", "tests"}, {"failures", "errors", "skipped", "time", "package", "id"}),
    "testcase": ({"name", "classname"}, {"time", "status", "assertions"}),
    "property": ({"name", "value"}, set()),
    "failure": (set(), {"type", "message"}),
    "error": (set(), {"type", "message"}),
}


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "__version__", "0.0.0")
    monkeypatch.setattr(sarif, "__version__", "0.0.0")


def made(kind: str, report: Report, language: str = "zh") -> str:
    request = ReportRequest(language, rules=lambda: (*RULES, PAGE))
    return "".join(reports.pieces(kind, report, request))


def sarif_of(report: Report) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(made("sarif", report), parse_float=pytest.fail)
    SARIF.validate(data)
    return data["runs"][0]


def junit_of(report: Report) -> Any:
    """The root, its shape held to what viewers take."""
    root = etree.fromstring(made("junit", report).encode())
    for element in root.iter():
        places = [CHILDREN[element.tag].index(child.tag) for child in element]
        assert places == sorted(places)
        needed, allowed = ATTRIBUTES.get(element.tag, (set(), set()))
        assert needed <= set(element.attrib) <= needed | allowed
    return root


@pytest.mark.parametrize(
    "name", ["broken", "incomplete", "unreadable", "confirmed", "waived", "baseline", "province"]
)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["sarif", "junit", "github"])
def test_golden(golden: Callable[[str, str], None], kind: str, language: str, name: str) -> None:
    endings = {"junit": "junit.xml", "github": "github.txt"}
    found = made(kind, REPORTS[name], language)
    golden(f"{name}.{language}.{endings.get(kind, kind)}", found)
    assert made(kind, REPORTS[name], language) == found


@pytest.mark.parametrize("name", REPORTS)
def test_sarif_keeps_its_schema(name: str) -> None:
    run = sarif_of(REPORTS[name])
    count = sum(len(file.findings) for file in REPORTS[name].files) + len(REPORTS[name].batch)
    assert len(run["results"]) == count
    assert run["invocations"][0]["executionSuccessful"] is (name not in {"incomplete", "folder"})
    codes = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert all(codes[r["ruleIndex"]] == r["ruleId"] for r in run["results"] if "ruleIndex" in r)


def test_sarif_places_and_levels() -> None:
    results = {r["ruleId"]: r for r in sarif_of(REPORTS["broken"])["results"]}
    growth, seal = results["CF201"], results["CF702"]
    names = growth["locations"][0]["logicalLocations"][0]
    assert names["fullyQualifiedName"] == "二、主导产业情况 / 集群主导产业产值增速（%） / 2024 年"
    assert results["CF103"]["locations"][0]["logicalLocations"][0]["name"] == "申报表!C7"
    assert growth["level"] == "error"
    assert growth["properties"]["location"] == {"table": 3, "row": 6, "cell": 4}
    assert (seal["kind"], seal["level"]) == ("review", "none")


def test_sarif_names_every_file_of_a_finding_across_forms() -> None:
    results = {r["ruleId"]: r for r in sarif_of(REPORTS["province"])["results"]}
    found = results["CF802"]
    uris = [
        item["physicalLocation"]["artifactLocation"]["uri"]
        for item in found["locations"] + found["relatedLocations"]
    ]
    assert uris == [uri(path) for path in REPORTS["province"].batch[0].files]


def test_fingerprints_tell_places_apart_and_outlive_a_changed_figure() -> None:
    def prints(*findings: Any) -> list[str]:
        file = BROKEN._replace(findings=findings)
        results = sarif_of(Report("2025", (), (file,)))["results"]
        return [result["partialFingerprints"]["place/v1"] for result in results]

    other = GROWTH._replace(column="2023 年")
    assert len(set(prints(GROWTH, GROWTH, other))) == 3
    changed = GROWTH._replace(value="20.00", message="x", expected="1")
    assert prints(changed, other) == [prints(GROWTH)[0], prints(other)[0]]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("江苏/申报表 #1 50%?.docx", "%E6%B1%9F%E8%8B%8F/%E7%94%B3%E6%8A%A5%E8%A1%A8%20%231%2050%25%3F.docx"),
        ("a:b.docx", "a%3Ab.docx"),
        ("C:/表/a b.docx", "file:///C:/%E8%A1%A8/a%20b.docx"),
        ("/srv/a[1].docx", "file:///srv/a%5B1%5D.docx"),
        ("\udcff.docx", "%FF.docx"),
        ("\ud800.docx", "%ED%A0%80.docx"),
    ],
)
def test_paths_as_uris(path: str, expected: str) -> None:
    assert uri(path) == expected


def test_links_are_relative_to_the_report() -> None:
    assert relative_to_report("省/县/a.docx", Path("out/报告.html")) == "../省/县/a.docx"
    assert relative_to_report("省/县/a.docx", Path("报告.html")) == "省/县/a.docx"
    assert relative_to_report("省/县/a.docx", None) == "省/县/a.docx"


@pytest.mark.parametrize("name", REPORTS)
def test_junit_keeps_its_shape_and_counts(name: str) -> None:
    report = REPORTS[name]
    suite = junit_of(report)[0]
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.get("tests")) == len(report.files) + bool(report.batch)
    assert int(suite.get("failures")) == len(suite.findall("testcase/failure"))
    assert int(suite.get("errors")) == len(suite.findall("testcase/error"))


def test_junit_tells_all_of_a_form_in_one_failure() -> None:
    (case,) = junit_of(REPORTS["broken"])[0].findall("testcase")
    assert (case.get("classname"), case.get("name")) == ("申报表", "常熟市/申报表.docx")
    (failure,) = case.findall("failure")
    assert failure.get("message") == "需要修改: 必须修改 3、建议核对 2、人工确认 1"
    assert all(code in failure.text for code in ("CF101", "CF103", "CF201"))
    assert "CF504" not in failure.text
    assert all(code in case.findtext("system-out") for code in ("CF504", "CF702", "CF510"))


def test_junit_tells_a_broken_rule_as_an_error() -> None:
    (case,) = junit_of(REPORTS["incomplete"])[0].findall("testcase")
    assert "CF203" in case.findtext("error")
    assert case.find("failure") is None


COMMAND = re.compile(r"::(error|warning|notice) (?:file=([^,:]*),)?title=([^,:]*)::([^\r\n]*)")


def test_github_escapes_what_would_end_a_command() -> None:
    odd = GROWTH._replace(label="a:b,c%", message="一\n::error::二", value=None, expected=None)
    file = BROKEN._replace(path="县, 市/a:b 50%.docx", findings=(odd,))
    first, _ = made("github", Report("2025", (), (file,))).splitlines()
    match = COMMAND.fullmatch(first)
    assert match is not None
    assert match.groups()[:3] == ("error", "县%2C 市/a%3Ab 50%25.docx", "CF201 a%3Ab%2Cc%25 2024 年")
    assert "\n" not in first
    assert match[4].startswith("一 ::error::二%0A")


@pytest.mark.parametrize("name", REPORTS)
def test_github_has_a_command_for_each_finding(name: str) -> None:
    lines = made("github", REPORTS[name]).splitlines()
    count = sum(len(f.findings) + len(f.crashed) + len(f.unjudged) for f in REPORTS[name].files)
    assert len(lines) == count + len(REPORTS[name].batch) + 1
    assert all(COMMAND.fullmatch(line) for line in lines)


@settings(max_examples=60, deadline=None)
@given(file=FILES, text=st.text(max_size=30))
def test_any_text_keeps_the_formats_whole(file: Any, text: str) -> None:
    across = GROWTH._replace(label=text + HOSTILE, message=text, files=(file.path, text))
    report = Report("2025", (text,), (file,), batch=(across,))
    sarif_of(report)
    junit_of(report)
    assert all(COMMAND.fullmatch(line) for line in made("github", report).split("\n")[:-1])
