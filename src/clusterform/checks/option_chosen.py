"""Kind `option_chosen`: an option is ticked that should not be, or that is worth knowing."""

from __future__ import annotations

from typing import Annotated

from clusterform.checks.check import RowCheck
from clusterform.checks.names import Names
from clusterform.checks.reader import Hit, Reader


class OptionChosen(RowCheck, kind="option_chosen"):
    """`option` is the key that is reported when it is the one ticked."""

    option: Annotated[str, Names("option", of="field")]

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Whether that option is the one ticked."""
        if reader.chosen(place) != self.option:
            return None
        return Hit(field=place, value=reader.field(place).option(self.option).label)
