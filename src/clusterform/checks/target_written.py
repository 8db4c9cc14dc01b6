"""Kind `target_written`: a target's figure can be read, but a word beside it (约, 左右, 以上) leaves open how much it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from clusterform.checks.amounts import plain, read_amount
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.target_filled import target_cells
from clusterform.finding import Severity
from clusterform.patterns import pattern

_NEAR = 6
"""How far behind a figure a word may stand: its unit lies between."""
_CLAUSE_END = pattern("[,;。、]")


class TargetWritten(Check, kind="target_written"):
    """`before` are words that stand before a figure, `behind` those behind it and its unit."""

    fields: tuple[Row, ...]
    columns: tuple[Annotated[str, Names("column", of="fields")], ...]
    variant: str
    before: tuple[str, ...]
    behind: tuple[str, ...]

    def places(self, reader: Reader) -> Iterable[tuple[str, str]]:
        """Each cell of the rows that the form has."""
        return target_cells(reader, self.fields, self.columns)

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """The notice does not say how targets are written: a word beside a figure that can be read is a warning."""
        answer = reader.sure(*place)
        amount = read_amount(answer)
        if amount is None:
            return None
        before, _, behind = plain(answer.text).partition(f"{abs(amount.figure.value):f}")
        near = _CLAUSE_END.split(behind, maxsplit=1)[0][:_NEAR]
        word = next((w for w in self.before if before.endswith(w)), None) or next(
            (w for w in self.behind if w in near), None
        )
        if word is None:
            return None
        facts = {"word": word, "figure": amount.shown}
        return Hit(*place, facts=facts, variant=self.variant, severity=Severity.WARNING)
