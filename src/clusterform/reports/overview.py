"""One form as a row of the overview, and what a finding across forms concerns."""

from __future__ import annotations

from clusterform.finding import FileReport, Finding, Severity, Status
from clusterform.messages import CATALOGUE, text
from clusterform.record import record
from clusterform.reports import shown
from clusterform.reports.words import word

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
        form=form_name(file.form, language),
        cluster=shown.shortened(file.cluster or "", shown.VALUE_LIMIT, language),
        place=shown.shortened(file.place or "", shown.VALUE_LIMIT, language),
        status=word(f"status.{ended}", language),
        ended=ended,
        counts=tuple(file.count(severity) for severity in COUNTED),
    )


def form_name(form: str, language: str) -> str:
    """The kind of form. One added as data alone shows its own key."""
    key = f"form.{form}"
    return text(key, language) if key in CATALOGUE else shown.visible(form)


def concerned(finding: Finding, language: str) -> str:
    """The files of a finding across forms; empty where it names none."""
    if not finding.files:
        return ""
    names = text("place.list", language).join(shown.visible(path) for path in finding.files[:NAMED])
    if len(finding.files) > NAMED:
        names += word("batch.more", language, count=len(finding.files))
    return word("batch.files", language, names=names)
