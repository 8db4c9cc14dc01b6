"""Kind `qualitative`: a target row that is answered in words is blank, or says very little."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Names, Row
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.target_filled import target_cells
from clusterform.finding import Severity


class Qualitative(Check, kind="qualitative"):
    """`least` characters, spaces not counted, are expected in each cell."""

    fields: tuple[Row, ...]
    columns: tuple[Annotated[str, Names("column", of="fields")], ...]
    least: int

    def places(self, reader: Reader) -> Iterable[tuple[str, str]]:
        """Each cell of the rows that the form has."""
        return target_cells(reader, self.fields, self.columns)

    def judge(self, reader: Reader, place: tuple[str, str]) -> Hit | None:
        """A row that was not found is said once, elsewhere."""
        answer = reader.sure(*place)
        path, column = place
        if answer.state is State.BLANK:
            return Hit(field=path, column=column)
        count = sum(1 for char in answer.text if not char.isspace())
        if answer.state is State.ABSENT or count >= self.least:
            return None
        return Hit(
            field=path,
            column=column,
            facts={"count": str(count), "least": str(self.least)},
            variant="short",
            severity=Severity.WARNING,
        )
