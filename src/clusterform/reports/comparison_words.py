"""What every report of a comparison says: its headline, and what became of a form."""

from __future__ import annotations

from collections.abc import Iterator
from os.path import commonprefix

from clusterform.comparison import ChangedAnswer, Comparison, FindingChanges, FormComparison, Presence
from clusterform.finding import Finding
from clusterform.messages import Text
from clusterform.reports import finding_text
from clusterform.reports.overview import COUNTED

_LEAD = 20
"""Characters of a long text that are shown before the first that changed."""


def submissions(comparison: Comparison, language: str) -> str:
    """Which two are compared."""
    facts = {"old": finding_text.visible(comparison.old), "new": finding_text.visible(comparison.new)}
    return Text("comparison.of", **facts)[language]


def heading(key: str, count: int, language: str) -> str:
    """Above what changed, is gone, new or left."""
    return Text("comparison.heading", what=Text(f"head.{key}"), count=count)[language]


def headline(comparison: Comparison, language: str) -> str:
    """“上次 12 处，已改 9 处，新增 1 处。”"""
    counts = {"before": comparison.before, "gone": comparison.gone, "added": comparison.added}
    closed = _closed(comparison.confirmed, comparison.waived, language)
    return Text("comparison.headline", **counts, closed=closed)[language]


def _closed(confirmed: int, waived: int, language: str) -> str:
    """What stands behind the counts, where anything was confirmed or waived."""
    found = (("counts.confirmed", confirmed), ("counts.waived", waived))
    return "".join(Text(key, count=count)[language] for key, count in found if count)


def left_line(comparison: Comparison, language: str) -> str:
    """How much is left to do, by severity."""
    counts = {severity.value: comparison.count(severity) for severity in COUNTED}
    left = sum(counts.values())
    return Text("comparison.left" if left else "comparison.none", count=left, **counts)[language]


def state_lines(form: FormComparison, language: str) -> list[str]:
    """What became of the form: in which submission it is, what could not be read, and how much of it changed."""
    if form.presence is not Presence.BOTH:
        return [Text(f"comparison.only-{form.presence}")[language]]
    if form.unread:
        return [
            Text("comparison.unread", path=finding_text.visible(file.path))[language] for file in form.unread
        ]
    found = form.findings
    counts = {"gone": len(found.gone), "remaining": len(found.remaining), "added": len(found.added)}
    counts |= {"changed": len(form.answers), "before": found.before}
    closed = _closed(len(found.confirmed), len(found.waived), language)
    return [Text("comparison.form", **counts, closed=closed)[language]]


def settled(changes: FindingChanges) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """What is told by name alone, as nothing is left to do, under the heading of the key."""
    yield from ((key, found) for key in ("gone", "confirmed", "waived") if (found := getattr(changes, key)))


def settled_line(finding: Finding, language: str) -> str:
    """Where something is mended, or who confirmed or waived it; across forms what it was about, too, such as a cluster's name."""
    about = (finding.value or "") if finding.files else ""
    about = finding_text.shortened(about, language)
    came_to = finding.conclusion.said if finding.conclusion is not None and finding.closed else ""
    rule, came_to = map(finding_text.visible, (finding.rule, came_to))
    return "  ".join(filter(None, (finding_text.place(finding, language), about, rule, came_to)))


def change_line(change: ChangedAnswer, language: str) -> str:
    """“71.44 → 70.44”"""
    before, after = before_and_after(change, language)
    return Text("comparison.change", before=before, after=after)[language]


def before_and_after(change: ChangedAnswer, language: str) -> tuple[str, str]:
    """What stood there and stands there, of long texts from shortly before they part; a word for an empty place."""
    texts = [change.before, change.after]
    alike = len(commonprefix(texts)) - _LEAD  # noqa: RUF071  (characters are meant)
    if alike > 0 and max(map(len, texts)) > finding_text.VALUE_LIMIT:
        texts = [f"…{text[alike:]}" for text in texts]
    blank = Text("finding.blank")[language]
    before, after = (finding_text.shortened(text, language) or blank for text in texts)
    return before, after


def across_is_shown(comparison: Comparison) -> bool:
    """Whether there is something to tell of the forms together."""
    together = comparison.together
    return any(together.left) or (not comparison.left_only and any(settled(together)))


def shown(comparison: Comparison) -> tuple[FormComparison, ...]:
    """The forms of which there is something to tell; all of them, where more than what is left is told."""
    if not comparison.left_only:
        return comparison.forms
    return tuple(
        form
        for form in comparison.forms
        if form.presence is not Presence.OLD and (form.unread or any(form.findings.left))
    )
