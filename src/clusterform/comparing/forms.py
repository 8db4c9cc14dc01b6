"""Two submissions of one form."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.comparing.answers import changed_answers
from clusterform.comparing.findings import finding_changes
from clusterform.comparison import FormComparison
from clusterform.finding import FileReport


def compare_forms(old: tuple[FileReport, FilledForm], new: tuple[FileReport, FilledForm]) -> FormComparison:
    """What was answered and found otherwise, of two forms of one kind and edition that could both be read."""
    (was, answered), (file, answers) = old, new
    return FormComparison(
        file,
        old=was,
        answers=changed_answers(answered, answers),
        findings=finding_changes(was.own, file.own),
    )
