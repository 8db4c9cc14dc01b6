"""Rows and lines that several reports share: one form in the overview, how often each rule found something, paths as links."""

from __future__ import annotations

import os.path
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from clusterform.finding import FileReport, Finding, Severity, Status
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.summary import RuleCount, Summary

COUNTED = (Severity.ERROR, Severity.WARNING, Severity.MANUAL)
"""The severities that the overview counts."""
_NAMED = 8
"""So many files are named under a finding across forms; the JSON has them all."""


class OverviewRow(NamedTuple):
    path: str
    form: str
    cluster: str
    place: str
    status: str
    ended: str
    """As `finding_text.ended`; `unjudged` where nothing must be corrected, but a criterion was not judged."""
    counts: tuple[int, ...]
    """By COUNTED."""

    @property
    def about(self) -> str:
        return " · ".join(part for part in (self.form, self.place or self.cluster) if part)


def row_of(file: FileReport, language: str) -> OverviewRow:
    """The file's row, its texts safe to print."""
    ended = "unjudged" if file.unjudged and file.status is Status.PASS else finding_text.status_key(file)
    return OverviewRow(
        path=finding_text.visible(file.path),
        form=finding_text.form_name(file.form_names, language),
        cluster=finding_text.shortened(file.cluster or "", language),
        place=finding_text.shortened(file.place or "", language),
        status=Text(f"ended.{ended}")[language],
        ended=ended,
        counts=tuple(file.count(severity) for severity in COUNTED),
    )


def concerned(finding: Finding, language: str) -> str:
    """The files of a finding across forms; empty where it names none."""
    return Text("batch.files", names=named(finding.files, language))[language] if finding.files else ""


def named(paths: Iterable[str], language: str) -> str:
    """Files by their names, each once, as many as can be read at a glance."""
    known = list(dict.fromkeys(paths))
    names = Text("join.list")[language].join(map(finding_text.visible, known[:_NAMED]))
    return names if len(known) <= _NAMED else names + Text("batch.more", count=len(known))[language]


def told_below(finding: Finding, language: str) -> list[str]:
    """All that is said below a finding's head."""
    lines = finding_text.finding_lines(finding, language)
    return [*lines, *filter(None, (concerned(finding, language), finding_text.basis(finding, language)))]


def counted_rules(summary: Summary, request: ReportRequest) -> list[RuleCount]:
    """In the order of codes, each with its title and basis. A rule whose page is not at hand has its name alone."""
    pages = {page.code: page for page in request.rules()} if summary.rules else {}
    return [
        replace(item, title=page.title, basis=page.basis) if (page := pages.get(item.rule)) else item
        for item in summary.rules
    ]


_ABSOLUTE = pattern(r"/|[A-Za-z]:/")
_KEPT = "/-._~!$'()*+,;=@"
"""What a path in a URI may hold as it is; a colon may not, as what stands before it would be a scheme."""

_ESCAPES = {ord(char): f"%{ord(char):02X}" for char in '%#?"<>[]^`{|}\\ '}


def uri(path: str) -> str:
    """The path of a report (slashes, as given on the command line) as a URI reference."""
    if _ABSOLUTE.match(path):
        return "file://" + quote(_octets("/" + path.removeprefix("/")), safe=_KEPT + ":")
    return quote(_octets(path), safe=_KEPT)


def readable_uri(path: str) -> str:
    """The same with Chinese characters as they are, where all can be seen: older office programs read no others."""
    if not path.isprintable():
        return uri(path)
    start = "file://" if path.startswith("/") else "file:///" if _ABSOLUTE.match(path) else ""
    return start + path.translate(_ESCAPES if start else _ESCAPES | {ord(":"): "%3A"})


def relative_to_report(path: str, target: Path | None) -> str:
    """The path as seen from the folder of the file that will hold the link; as it is where there is none."""
    if target is None or "\0" in path:
        return path
    try:
        return Path(os.path.relpath(path, target.parent)).as_posix()
    except ValueError:  # another drive
        return path


def _octets(path: str) -> bytes:
    """A name that is no UTF-8 keeps its own octets; a half surrogate pair of another make is kept as it is."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
