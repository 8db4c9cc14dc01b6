"""The report for programs: one JSON object, or a line a file, in the shape of report.schema.json; and what lies between two submissions."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterform import __version__
from clusterform.comparison import ChangedAnswer, Comparison, FindingChanges, FormComparison
from clusterform.conclusion import Closed, Conclusion, WaiverUse
from clusterform.finding import (
    FileReport,
    Finding,
    RelatedAnswer,
    Report,
    Severity,
    Skipped,
    Status,
    section_number,
)
from clusterform.patterns import pattern
from clusterform.reports import ReportRequest
from clusterform.reports.overview import COUNTED
from clusterform.reports.summary import Summary, Tally

VERSION = "1"
"""Of the report's shape; it changes when a key changes its meaning or goes."""
_UNSAFE = pattern("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What json leaves though a terminal acts on it, a line reader splits at it, or UTF-8 cannot hold it."""


def render(report: Report, _request: ReportRequest) -> Iterator[str]:
    """One object, indented by two, a file at a time; the messages come as they are."""
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
    yield dumped({**_head(report), **_tail(report, tally.summary())})


def line(file: FileReport) -> str:
    return dumped(_file(file))


def dumped(data: dict[str, Any], indent: int | None = None) -> str:
    """JSON text and a line break, with nothing in it that a terminal would act on."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False) + "\n"
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def attributes(item: object, *names: str) -> dict[str, Any]:
    """These of its attributes."""
    return {name: getattr(item, name) for name in names}


def tool_entry() -> dict[str, str]:
    return {"name": "clusterform", "version": __version__}


_SETTINGS = (
    *("file", "rules", "selected", "ignored", "severity", "limits"),
    *("waivers", "baseline", "confirmed", "region"),
)


_RULES = ("added", "reworded", "averages")
"""What only rule files and a file of averages say; left out where there is none."""


def _head(report: Report) -> dict[str, Any]:
    own = {name: codes for name, codes in attributes(report.settings, *_RULES).items() if codes}
    return {
        "version": VERSION,
        "tool": tool_entry(),
        **attributes(report, "edition", "rulesets"),
        "settings": attributes(report.settings, *_SETTINGS)
        | {"severity": dict(report.settings.severity)}
        | own,
    }


def _tail(report: Report, summary: Summary) -> dict[str, Any]:
    batch: dict[str, Any] = {
        "findings": [finding_entry(finding, ()) for finding in report.batch],
        "forms": {form: summary.forms.get(form, 0) for form in report.forms},
    }
    if report.crashed:
        batch["crashed"] = [_skipped(item) for item in report.crashed]
    counts = attributes(summary, "files", "passed", "failed", "unreadable") | _counts(
        summary.findings, summary.closed
    )
    tail = {
        "batch": batch,
        "summary": counts | (attributes(summary, "incomplete") if summary.incomplete else {}),
    }
    return tail | ({"waivers": [_waiver(use) for use in report.waivers]} if report.settings.waivers else {})


def _waiver(use: WaiverUse) -> dict[str, Any]:
    limits = {name: getattr(use.waiver, name) or None for name in _LIMITS}
    facts = attributes(use.waiver, "reason", "who", "until", "place")
    return {"rule": use.waiver.rule, **limits, **facts, **attributes(use, "state", "findings")}


_LIMITS = ("form", "cluster", "label", "column", "value")


def _file(file: FileReport) -> dict[str, Any]:
    entry: dict[str, Any] = {
        **attributes(file, "path", "sha256", "form", "status", "cluster"),
        "counts": _counts({severity: file.count(severity) for severity in Severity}, file.closed),
        "findings": [finding_entry(finding, file.section_titles) for finding in file.findings],
        "skipped": [_skipped(item) for item in file.skipped],
        "unjudged": [attributes(item, "rule", "field") for item in file.unjudged],
        "edition": file.edition or None,
    }
    if file.status is Status.INCOMPLETE:
        entry["crashed"] = [_skipped(item) for item in file.crashed]
    return entry


def _counts(open_ones: Mapping[Severity, int], closed: Mapping[Closed, int]) -> dict[str, int]:
    counts = {severity.value: number for severity, number in open_ones.items()}
    return counts | {why.value: closed[why] for why in Closed if closed.get(why)}


def finding_entry(finding: Finding, parts: Iterable[int]) -> dict[str, Any]:
    cause = finding.cause
    entry: dict[str, Any] = {
        **attributes(finding, "rule", "name", "severity"),
        "section": section_number(finding.section, parts),
        **attributes(finding, "field", "label", "column", "value", "expected"),
        "message": finding.told,
        "basis": finding.basis,
        "location": finding.location._asdict(),
        "fix": finding.fix,
        "cause": cause
        and {"kind": cause.kind, "cells": [_spot(c) for c in cause.cells], "expected": cause.expected},
        "explains": [{"rule": item.rule, **_spot(item.spot)} for item in finding.explains],
        "covers": finding.covers,
    }
    if finding.conclusion is not None and finding.closed:
        entry[finding.closed] = _closed(finding.conclusion)
    return entry | (attributes(finding, "files", "changes") if finding.files else {})


def _closed(conclusion: Conclusion) -> dict[str, str] | bool:
    """Why it is open no more."""
    if conclusion.closes is Closed.WAIVED:
        return {"reason": conclusion.remark, "who": conclusion.by, "until": conclusion.when}
    return attributes(conclusion, "by", "when") if conclusion.closes is Closed.CONFIRMED else True


def _spot(spot: RelatedAnswer) -> dict[str, Any]:
    return attributes(spot, "field", "label", "column")


def _skipped(item: Skipped) -> dict[str, Any]:
    return attributes(item, "rule", "reason", "field", "column")


COMPARISON_VERSION = "1"
"""Of the comparison's shape, that of comparison.schema.json."""


def render_comparison(comparison: Comparison, _request: ReportRequest) -> Iterator[str]:
    left_only = comparison.left_only
    yield dumped(
        {
            "version": COMPARISON_VERSION,
            "tool": tool_entry(),
            **attributes(comparison, "old", "new"),
            "counts": attributes(comparison, "before", "gone", "remaining", "added", "confirmed", "changed")
            | (attributes(comparison, "waived") if comparison.waived else {}),
            "left": {severity.value: comparison.count(severity) for severity in COUNTED},
            "forms": [_form(form, left_only=left_only) for form in comparison.forms],
            "together": _findings(comparison.together, (), left_only=left_only),
        },
        indent=2,
    )


def _form(form: FormComparison, *, left_only: bool) -> dict[str, Any]:
    file = form.file
    parts = file.section_titles
    return {
        "path": file.path,
        "former": None if form.old is None else form.old.path,
        **attributes(file, "form", "edition", "cluster"),
        "edition": file.edition or None,
        "presence": form.presence,
        "unread": [item.path for item in form.unread],
        **({} if left_only else {"answers": [_answer(change, parts) for change in form.answers]}),
        **_findings(form.findings, parts, left_only=left_only),
    }


def _answer(change: ChangedAnswer, parts: Iterable[int]) -> dict[str, Any]:
    return {
        "section": section_number(change.section, parts),
        **attributes(change, "field", "label", "column", "before", "after"),
        "location": change.location._asdict(),
    }


def _findings(changes: FindingChanges, parts: Iterable[int], *, left_only: bool) -> dict[str, Any]:
    gone, waived = [] if left_only else ["gone"], ["waived"] if changes.waived else []
    return {
        name: [finding_entry(finding, parts) for finding in getattr(changes, name)]
        for name in (*gone, "remaining", "added", "confirmed", *waived)
    }
