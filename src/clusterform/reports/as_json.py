"""The report for programs: one JSON object, or a line a file. Its shape is that of report.schema.json."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from clusterform import __version__
from clusterform.finding import (
    FileReport,
    Finding,
    RelatedAnswer,
    Report,
    RunSettings,
    Severity,
    Skipped,
    Status,
    section_number,
)
from clusterform.patterns import pattern
from clusterform.reports.report_request import ReportRequest
from clusterform.reports.summary import Summary, Tally

VERSION = "1"
"""Of the report's shape; it changes when a key changes its meaning or goes."""
_UNSAFE = pattern("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What json leaves though a terminal acts on it, a line reader splits at it, or UTF-8 cannot hold it."""


def render(report: Report, request: ReportRequest) -> Iterator[str]:  # noqa: ARG001  (the messages come as they are)
    """One object, indented by two, a file at a time."""
    tally = Tally(report)
    yield dumped(_head(report), indent=2).removesuffix("\n}\n") + ',\n  "files": ['
    before = "\n"
    for file in tally.through():
        yield before + textwrap.indent(dumped(_file(file), indent=2).removesuffix("\n"), "    ")
        before = ",\n"
    tail = dumped(_tail(report, tally.summary()), indent=2).removeprefix("{")
    yield ("]," if before == "\n" else "\n  ],") + tail


def render_lines(report: Report, request: ReportRequest) -> Iterator[str]:
    """One line a file, as in `files`, but for those written already, then one line with everything else."""
    tally = Tally(report)
    for number, file in enumerate(tally.through()):
        if number >= request.begun:
            yield line(file)
    yield closing(report, tally.summary())


def line(file: FileReport) -> str:
    return dumped(_file(file))


def closing(report: Report, summary: Summary) -> str:
    return dumped({**_head(report), **_tail(report, summary)})


def dumped(data: dict[str, Any], indent: int | None = None) -> str:
    """JSON text and a line break, with nothing in it that a terminal would act on."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _head(report: Report) -> dict[str, Any]:
    return {
        "version": VERSION,
        "tool": {"name": "clusterform", "version": __version__},
        "edition": report.edition,
        "rulesets": list(report.rulesets),
        "settings": _settings(report.settings),
    }


def _settings(settings: RunSettings) -> dict[str, Any]:
    return {
        "file": settings.file,
        "rules": list(settings.rules),
        "selected": list(settings.selected),
        "ignored": list(settings.ignored),
        "severity": dict(settings.severity),
        "limits": list(settings.limits),
        "waivers": settings.waivers,
        "baseline": settings.baseline,
        "confirmed": settings.confirmed,
        "region": settings.region,
    }


def _tail(report: Report, summary: Summary) -> dict[str, Any]:
    batch: dict[str, Any] = {
        "findings": [_finding(finding, ()) for finding in report.batch],
        "forms": {form: summary.forms.get(form, 0) for form in report.forms},
    }
    if report.crashed:
        batch["crashed"] = [_skipped(item) for item in report.crashed]
    return {"batch": batch, "summary": _summary(summary)}


def _summary(summary: Summary) -> dict[str, int]:
    counts = {
        "files": summary.files,
        "passed": summary.passed,
        "failed": summary.failed,
        "unreadable": summary.unreadable,
        **{severity.value: number for severity, number in summary.findings.items()},
    }
    return counts | ({"incomplete": summary.incomplete} if summary.incomplete else {})


def _file(file: FileReport) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "path": file.path,
        "sha256": file.sha256,
        "form": file.form,
        "status": file.status.value,
        "cluster": file.cluster,
        "counts": {severity.value: file.count(severity) for severity in Severity},
        "findings": [_finding(finding, file.section_titles) for finding in file.findings],
        "skipped": [_skipped(item) for item in file.skipped],
        "unjudged": [{"rule": item.rule, "field": item.field} for item in file.unjudged],
        "edition": file.edition or None,
    }
    if file.status is Status.INCOMPLETE:
        entry["crashed"] = [_skipped(item) for item in file.crashed]
    return entry


def _finding(finding: Finding, parts: Iterable[int]) -> dict[str, Any]:
    where, cause = finding.location, finding.cause
    entry: dict[str, Any] = {
        "rule": finding.rule,
        "name": finding.name,
        "severity": finding.severity.value,
        "section": section_number(finding.section, parts),
        "field": finding.field,
        "label": finding.label,
        "column": finding.column,
        "value": finding.value,
        "expected": finding.expected,
        "message": finding.message,
        "basis": finding.basis,
        "location": {
            "page": where.page,
            "table": where.table,
            "row": where.row,
            "cell": where.cell,
            "sheet": where.sheet,
            "ref": where.ref,
        },
        "fix": finding.fix,
        "cause": cause
        and {"kind": cause.kind, "cells": [_spot(c) for c in cause.cells], "expected": list(cause.expected)},
        "explains": [{"rule": item.rule, **_spot(item.spot)} for item in finding.explains],
        "covers": list(finding.covers),
    }
    if finding.files:
        entry |= {"files": list(finding.files), "changes": list(finding.changes)}
    return entry


def _spot(spot: RelatedAnswer) -> dict[str, str | None]:
    return {"field": spot.field, "label": spot.label, "column": spot.column}


def _skipped(item: Skipped) -> dict[str, Any]:
    return {"rule": item.rule, "reason": item.reason, "field": item.field, "column": item.column}
