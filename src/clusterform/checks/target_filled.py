"""Kind `target_filled`: an official target row with nothing that can be checked in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from clusterform.answers import EMPTY, State
from clusterform.checks.amounts import read_amount
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader
from clusterform.finding import Severity


class TargetFilled(Check, kind="target_filled"):
    """`words` is how much words without a figure weigh, where it is not the rule's own severity."""

    fields: tuple[Row, ...]
    columns: tuple[Annotated[str, Names("column", of="fields")], ...]
    words: Severity | None = None

    def places(self, reader: Reader) -> Iterable[tuple[str, str]]:
        """Each cell of the rows that the form has."""
        return target_cells(reader, self.fields, self.columns)

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """Blank, or words without a figure. A row that was not found, and 无, are said elsewhere."""
        answer = reader.sure(*place)
        if answer.state in {State.ABSENT, State.NONE} or read_amount(answer) is not None:
            return None
        path, column = place
        if answer.state in EMPTY:
            return Hit(field=path, column=column)
        if answer.state is State.STAND_IN:
            return Hit(field=path, column=column, variant="none")
        return Hit(field=path, column=column, variant="no-figure", severity=self.words)


def target_cells(
    reader: Reader, fields: tuple[str, ...], columns: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Path and column of each cell, in the form's order."""
    return ((path, column) for path in fields if reader.has(path) for column in columns)
