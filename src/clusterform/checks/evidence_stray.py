"""Kind `evidence_stray`: an evidence line for a box not ticked, a row of zero, or nothing on the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import EvidenceItem
from clusterform.checks.evidence_match import Claim, Matcher, names_something
from clusterform.checks.evidence_missing import LIST_SECTION
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.text import fold

Line = tuple[EvidenceItem, tuple[Claim, ...]]
"""A line of the list and what it fits."""


class Params(CheckParams):
    """`words`: what the form asks for apart from its boxes and rows, such as 计算公式."""

    kind: Literal["evidence_stray"]
    words: tuple[str, ...] = ()


def places(params: Params, reader: Reader) -> Iterator[Line]:  # noqa: ARG001  (every kind has this signature)
    """Each line that says anything, with what it fits."""
    matcher = reader.shared("evidence", Matcher.of)
    for line in reader.form.evidence or ():
        if line.subject.strip() or line.title.strip():
            yield line, matcher.fitting(line)


def judge(params: Params, reader: Reader, place: Line) -> Hit | None:
    """A line that fits anything ticked or not zero is right, and so is one for a row that asks for none.

    What is blank or missing is another rule's to report, and its evidence may well be due.
    """
    line, found = place
    if any(claim.asked or claim.open for claim in found):
        return None
    if not found and (_asked_in_words(params, line) or names_something(line, reader.form)):
        return None
    subject = line.subject.strip() or line.title.strip()
    return Hit(
        section=LIST_SECTION,
        label=subject,
        value=line.title.strip() or subject,
        variant="unasked" if found else None,
        facts={"number": line.number.strip() or "—", "named": found[0].label if found else ""},
        location=line.location,
    )


def _asked_in_words(params: Params, line: EvidenceItem) -> bool:
    text = fold(line.subject + line.title)
    return any(fold(word) in text for word in params.words)
