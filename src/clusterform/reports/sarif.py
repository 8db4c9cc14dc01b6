"""The report as SARIF 2.1.0, which code hosts and editors read. A form has no lines: places are logical locations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from clusterform import __version__
from clusterform.conclusion import Closed
from clusterform.finding import (
    FileReport,
    Finding,
    Report,
    RulePage,
    Severity,
    Status,
    section_number,
)
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.as_json import attributes, dumped
from clusterform.reports.overview import uri
from clusterform.reports.rule_page import as_markdown, as_text
from clusterform.reports.summary import differences

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_KINDS = {Severity.MANUAL: "review", Severity.INFO: "informational"}
"""What is no failure has a kind, and then the level none."""


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """One run: the rules, a result a finding on a line of its own, the files."""
    pages = request.rules()
    index = {page.code: number for number, page in enumerate(pages)}
    changed = differences(report, request.language)
    driver = {
        "name": "clusterform",
        "version": __version__,
        "rules": [_rule(page, request.language) for page in pages],
        "properties": {
            "edition": report.edition,
            "rulesets": list(report.rulesets),
            **({"settings": changed} if changed else {}),
        },
    }
    yield f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n'
    yield f'"tool": {{"driver": {_line(driver)}}},\n"results": ['
    notes: list[dict[str, Any]] = []
    yield from _listed(_results(report, index, request.language, notes))
    yield '],\n"artifacts": ['
    yield from _listed(_artifact(file) for file in report.files)
    notes += (_note("error", item.reason, item.rule) for item in report.crashed)
    broken = any(note["level"] == "error" for note in notes)
    invocation = {"executionSuccessful": not broken, "toolExecutionNotifications": notes}
    yield f'],\n"invocations": [{_line(invocation)}],\n"columnKind": "utf16CodeUnits"\n}}]\n}}\n'


def _line(data: dict[str, Any]) -> str:
    return dumped(data).removesuffix("\n")


def _listed(items: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = "\n"
    for item in items:
        yield before + _line(item)
        before = ",\n"
    if before != "\n":
        yield "\n"


def _results(
    report: Report, index: dict[str, int], language: str, notes: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    for file in report.files:
        seen: Counter[str] = Counter()
        for finding in file.own:
            part = finding_text.section_title(finding.section, file, language)
            number = section_number(finding.section, file.section_titles)
            yield {
                **_result(finding, (file.path,), part, number, index),
                **_fingerprint(finding, file.path, seen),
                **_news(finding, report),
            }
        if file.status is Status.INCOMPLETE:
            notes += (_note("error", item.reason, item.rule, file.path) for item in file.crashed)
        lines = zip(file.unjudged, finding_text.unjudged(file, language), strict=True)
        notes += (_note("warning", line, item.rule, file.path) for item, line in lines)
    across: Counter[str] = Counter()
    for finding in report.batch:
        yield {
            **_result(finding, finding.files, "", section_number(finding.section, ()), index),
            **_fingerprint(finding, "", across),
            **_news(finding, report),
        }


def _news(finding: Finding, report: Report) -> dict[str, Any]:
    """Whether an earlier report has it, where one was given."""
    if report.settings.baseline is None:
        return {}
    return {"baselineState": "unchanged" if finding.closed is Closed.KNOWN else "new"}


def _result(
    finding: Finding, paths: tuple[str, ...], part: str, number: int | None, index: dict[str, int]
) -> dict[str, Any]:
    kind = "pass" if finding.closed is Closed.CONFIRMED else _KINDS.get(finding.severity)
    known = index.get(finding.rule)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        **({"ruleIndex": known} if known is not None else {}),
        **({"kind": kind} if kind else {}),
        "level": _LEVELS.get(finding.severity, "none"),
        "message": {"text": finding.told},
    }
    if finding.conclusion is not None and finding.closed is Closed.WAIVED:
        said = finding.conclusion.said.rstrip()
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": said}]
    located = [_located(path, finding, part) for path in paths]
    if located:
        result["locations"] = located[:1]
    if located[1:]:
        result["relatedLocations"] = located[1:]
    where = {key: value for key, value in finding.location._asdict().items() if value is not None}
    facts = {"section": number, **attributes(finding, "field", "column", "value", "expected", "basis", "fix")}
    facts["location"] = where or None
    result["properties"] = {key: value for key, value in facts.items() if value is not None}
    return result


def _located(path: str, finding: Finding, part: str) -> dict[str, Any]:
    """The file, and in it the part, the label and the column; of a workbook the sheet and cell."""
    where = finding.location
    cell = f"{where.sheet or ''}!{where.ref}" if where.ref else ""
    steps = [step for step in (part, finding.label, finding.column, cell) if step]
    place: dict[str, Any] = {"physicalLocation": _physical(path)}
    if steps:
        logical = {"name": steps[-1], "fullyQualifiedName": " / ".join(steps), "kind": "element"}
        place["logicalLocations"] = [logical]
    return place


def _physical(path: str) -> dict[str, Any]:
    """A form has no lines, but code hosts show no result without one."""
    return {"artifactLocation": {"uri": uri(path)}, "region": {"startLine": 1}}


def _fingerprint(finding: Finding, path: str, seen: Counter[str]) -> dict[str, Any]:
    """The same for the same mistake at the same place of the same file, whatever figure stands there now."""
    facts = (path, finding.rule, finding.field, finding.column, finding.label, *sorted(finding.files))
    key = "\x1f".join(fact or "" for fact in facts)
    seen[key] += 1
    digest = sha256(f"{key}\x1f{seen[key]}".encode("utf-8", "surrogatepass")).hexdigest()
    return {"partialFingerprints": {"place/v1": digest}}


def _artifact(file: FileReport) -> dict[str, Any]:
    facts = attributes(file, "form", "status", "cluster", "place")
    artifact: dict[str, Any] = {"location": {"uri": uri(file.path)}, "roles": ["analysisTarget"]}
    if file.sha256:
        artifact["hashes"] = {"sha-256": file.sha256}
    return artifact | {"properties": {key: value for key, value in facts.items() if value is not None}}


def _note(level: str, text: str, rule: str, path: str | None = None) -> dict[str, Any]:
    """A rule that broke, or, as a warning, a criterion that could not be judged: of a file, or of all together."""
    note = {"level": level, "message": {"text": text}, "associatedRule": {"id": rule}}
    return note if path is None else {**note, "locations": [{"physicalLocation": _physical(path)}]}


def _rule(page: RulePage, language: str) -> dict[str, Any]:
    """The rule's page, as a viewer shows it beside a result."""
    return {
        "id": page.code,
        "name": page.name,
        "shortDescription": {"text": page.title},
        "fullDescription": {"text": page.why},
        "help": {"text": as_text(page, language), "markdown": as_markdown(page, language)},
        "defaultConfiguration": {"level": _LEVELS.get(page.severity, "note")},
        "properties": {"tags": [page.code[:3]], "severity": page.severity.value, "basis": page.basis},
    }
