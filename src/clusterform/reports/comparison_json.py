"""A comparison for programs. Its shape is that of comparison.schema.json."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from clusterform.comparison import ChangedAnswer, Comparison, FindingChanges, FormComparison
from clusterform.finding import Finding, section_number
from clusterform.reports import ReportRequest
from clusterform.reports.as_json import attributes, dumped, finding_entry, tool_entry
from clusterform.reports.overview import COUNTED

VERSION = "1"
"""Of the comparison's shape."""


def render(comparison: Comparison, _request: ReportRequest) -> Iterator[str]:
    left_only = comparison.left_only
    yield dumped(
        {
            "version": VERSION,
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
    def entries(findings: Iterable[Finding]) -> list[dict[str, Any]]:
        return [finding_entry(finding, parts) for finding in findings]

    return {
        **({} if left_only else {"gone": entries(changes.gone)}),
        "remaining": entries(changes.remaining),
        "added": entries(changes.added),
        "confirmed": entries(changes.confirmed),
        **({"waived": entries(changes.waived)} if changes.waived else {}),
    }
