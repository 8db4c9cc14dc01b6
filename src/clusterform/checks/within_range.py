"""Kind `within_range`: a figure keeps the bounds that its field sets: a share 0 to 100, an amount from 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field as data_field
from typing import Annotated

from clusterform.checks.formula import Cell
from clusterform.checks.names import Names, Row
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.ties import Tie, between, make_tie
from clusterform.definition import Definition
from clusterform.fields import NUMERIC


class OtherBase(Definition):
    """Options of a group of boxes under which a share is held against something else than the whole."""

    boxes: Row
    options: tuple[Annotated[str, Names("option", of="boxes")], ...]


class WithinRange(Scope, kind="within_range"):
    """`no_most` names the rows without an upper bound where one of those options is ticked."""

    no_most: dict[Row, OtherBase] = data_field(default_factory=dict)

    def places(self, form: Reader) -> Iterator[Place]:
        """Every figure of a field that has a bound."""
        bounded = (f.path for f in form.of_kind(*NUMERIC) if f.minimum is not None or f.maximum is not None)
        paths = set(bounded)
        return (p for p in places_of(self, form, *NUMERIC) if p[0] in paths)

    def ties(self, form: Reader) -> Iterator[Tie]:
        """The bounds of each figure; beyond them it needs no other figure to be wrong, and proves little of any."""
        for path, column in self.places(form):
            item, cell = form.field(path), Cell(path, column)
            try:
                most = None if _other_base(self, form, path) else item.maximum
                yield make_tie(form, cell, between(cell, item.minimum, most), soft=True)
            except Unknown:
                continue

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """A count that another rule has reported as negative is not said again."""
        figure = form.sure(*place).decimal
        item = form.field(place[0])
        if figure is None:
            return None
        if item.minimum is not None and figure < item.minimum:
            return Hit(*place, facts={"bound": str(item.minimum)}, variant="below")
        if item.maximum is not None and figure > item.maximum and not _other_base(self, form, place[0]):
            return Hit(*place, facts={"bound": str(item.maximum)}, variant="above")
        return None


def _other_base(params: WithinRange, form: Reader, path: str) -> bool:
    """Whether the row's share is of something else: services' output held against the county's industry."""
    base = params.no_most.get(path)
    return base is not None and any(key in base.options for key in form.ticks(base.boxes).ticked)
