"""One form as a row of the overview, and what a finding across forms concerns."""

from __future__ import annotations

from clusterform.finding import FileReport, Finding, Severity, Status
from clusterform.messages import Text
from clusterform.record import record
from clusterform.reports import shown

COUNTED = (Severity.ERROR, Severity.WARNING, Severity.MANUAL)
"""The severities that the overview counts."""
NAMED = 8
"""So many files are named under a finding across forms; the JSON has them all."""


@record
class Row:
    """What the overview shows of one file."""

    path: str
    form: str
    cluster: str
    place: str
    status: str
    ended: str
    """The status by name; `unjudged` where nothing must be corrected, but a criterion was not judged."""
    counts: tuple[int, ...]
    """By COUNTED."""

    @property
    def about(self) -> str:
        """Form and place in one line."""
        return " · ".join(part for part in (self.form, self.place or self.cluster) if part)


def row_of(file: FileReport, language: str) -> Row:
    """The file's row, its texts safe to print."""
    ended = "unjudged" if file.unjudged and file.status is Status.PASS else file.status.value
    return Row(
        path=shown.visible(file.path),
        form=shown.form_name(file.form_names, language),
        cluster=shown.shortened(file.cluster or "", shown.VALUE_LIMIT, language),
        place=shown.shortened(file.place or "", shown.VALUE_LIMIT, language),
        status=Text(f"ended.{ended}")[language],
        ended=ended,
        counts=tuple(file.count(severity) for severity in COUNTED),
    )


def concerned(finding: Finding, language: str) -> str:
    """The files of a finding across forms; empty where it names none."""
    if not finding.files:
        return ""
    names = Text("join.list")[language].join(shown.visible(path) for path in finding.files[:NAMED])
    if len(finding.files) > NAMED:
        names += Text("batch.more", count=len(finding.files))[language]
    return Text("batch.files", names=names)[language]
