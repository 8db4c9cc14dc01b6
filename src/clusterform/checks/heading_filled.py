"""Kind `heading_filled`: a heading of the plan is missing, or nothing stands under it."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.messages import Text


class HeadingFilled(Check, kind="heading_filled"):
    """The headings to look at; those that a form does not have are passed over."""

    fields: tuple[Row, ...]

    def places(self, reader: Reader) -> Iterable[str]:
        """Each heading the form asks for."""
        return (path for path in self.fields if reader.has(path))

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Missing, or blank. Where the whole part is missing, that is said once and not for each heading."""
        answer = reader.sure(place)
        if answer.state is State.BLANK:
            return Hit(field=place)
        if answer.state is not State.ABSENT:
            return None
        section = reader.field(place).section
        if any(o.what == "section-missing" and o.section == section for o in reader.form.observations):
            name = reader.name(place)
            raise Unknown(Text("skipped.part-missing", name=name), place)
        return Hit(field=place, variant="missing")
