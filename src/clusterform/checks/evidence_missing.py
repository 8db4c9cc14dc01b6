"""Kind `evidence_missing`: a ticked box, or a row that is not zero, without a line on the evidence list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from clusterform.answers import TicksAnswer
from clusterform.checks.check import Check
from clusterform.checks.reader import Hit, Reader
from clusterform.claims.claims import Claim, key_of
from clusterform.claims.codes import printed
from clusterform.claims.matching import Matched
from clusterform.finding import Location, Severity

LIST_SECTION = 10


class EvidenceMissing(Check, kind="evidence_missing"):
    """`of`: whether boxes or rows are looked at. That there is no list at all is said with the boxes."""

    of: Literal["options", "rows"]

    def places(self, reader: Reader) -> Iterator[Claim | tuple[int, int]]:
        """Each claim without a line; without a list that tells it, once the numbers of boxes and rows that need one.

        A line of which it is in doubt what it belongs to is another rule's to report, and may be this claim's.
        """
        matched = reader.shared("evidence", Matched.of)
        due = [c for c in matched.known if c.asked]
        proven = {key_of(c) for line, match in matched.lines if line.given for c in match.claims}
        if reader.form.evidence is None or matched.titles_only:
            boxes = sum(1 for c in due if c.option is not None)
            if due and self.of == "options":
                yield boxes, len(due) - boxes
            return
        for claim in due:
            kind = "rows" if claim.option is None else "options"
            if kind == self.of and key_of(claim) not in proven:
                yield claim

    def judge(self, reader: Reader, place: Claim | tuple[int, int]) -> Hit:
        """Says it at the box or row; a list that is missing or tells nothing weighs less: a person can still compare."""
        if isinstance(place, tuple):
            boxes, rows = (str(n) for n in place)
            lines = reader.form.evidence or ()
            facts = {
                "boxes": boxes,
                "rows": rows,
                "folder": reader.form.evidence_folder or "",
                "lines": str(len(lines)),
            }
            unnamed = "no-list" if reader.form.evidence_folder is None else "no-list-no-names"
            return Hit(
                section=LIST_SECTION,
                label="佐证材料清单",
                variant="titles-only" if lines else unnamed,
                severity=Severity.MANUAL,
                facts=facts,
                location=lines[0].location if lines else None,
            )
        facts = {"code": printed(place.code)}
        if self.of == "rows":
            return Hit(field=place.path, column=place.column, label=place.label, facts=facts)
        box = _box(reader, place)
        return Hit(field=place.path, label=place.label, value=place.label, location=box, facts=facts)


def _box(reader: Reader, place: Claim) -> Location | None:
    ticks = reader.answer(place.path)
    return ticks.boxes.get(place.option or "") if isinstance(ticks, TicksAnswer) else None
