"""Kind `evidence_stray`: an evidence line for a box not ticked, a row of zero, or nothing on the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import EvidenceItem
from clusterform.checks.evidence_match import claims, fitting, names_something
from clusterform.checks.evidence_missing import LIST_SECTION
from clusterform.checks.reader import CheckParams, Hit, Reader


class Params(CheckParams):
    """Nothing to set."""

    kind: Literal["evidence_stray"]


def places(params: Params, reader: Reader) -> Iterator[EvidenceItem]:  # noqa: ARG001  (every kind has this signature)
    """Each line that says anything."""
    return (line for line in reader.form.evidence or () if line.subject.strip() or line.title.strip())


def judge(params: Params, reader: Reader, place: EvidenceItem) -> Hit | None:  # noqa: ARG001
    """A line that fits anything ticked or not zero is right, and so is one for a row that asks for none."""
    found = fitting(place, claims(reader.form), reader.form.section_titles.values())
    if any(claim.asked for claim in found):
        return None
    if not found and names_something(place, reader.form):
        return None
    subject = place.subject.strip() or place.title.strip()
    return Hit(
        section=LIST_SECTION,
        label=subject,
        value=place.title.strip() or subject,
        variant="unasked" if found else None,
        facts={"number": place.number.strip() or "—", "named": found[0].label if found else ""},
        location=place.location,
    )
