"""Kind `evidence_stray`: an evidence line for a box not ticked, a row of zero, or nothing on the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import EvidenceItem
from clusterform.checks.evidence_match import Claim, Matcher, names_something
from clusterform.checks.evidence_missing import LIST_SECTION
from clusterform.checks.reader import CheckParams, Hit, Reader

Line = tuple[EvidenceItem, tuple[Claim, ...]]
"""A line of the list and what it fits."""


class Params(CheckParams):
    """Nothing to set."""

    kind: Literal["evidence_stray"]


def places(params: Params, reader: Reader) -> Iterator[Line]:  # noqa: ARG001  (every kind has this signature)
    """Each line that says anything, with what it fits."""
    matcher = reader.shared("evidence", Matcher.of)
    for line in reader.form.evidence or ():
        if line.subject.strip() or line.title.strip():
            yield line, matcher.fitting(line)


def judge(params: Params, reader: Reader, place: Line) -> Hit | None:  # noqa: ARG001
    """A line that fits anything ticked or not zero is right, and so is one for a row that asks for none."""
    line, found = place
    if any(claim.asked for claim in found):
        return None
    if not found and names_something(line, reader.form):
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
