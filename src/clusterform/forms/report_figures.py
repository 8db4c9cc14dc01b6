"""Which figures of a form reports draw, as its definition says."""

from __future__ import annotations

from collections.abc import Container, Iterator

from clusterform.definition import Definition


class AimDef(Definition):
    """A target that reports draw against the least it may be."""

    field: str
    column: str = "target"
    limit: str = ""
    """The threshold that is the least, or the yearly rate by which the baseline must grow."""
    grown: bool = False
    above: str = ""
    """The column whose figure it must be above, where no threshold says it."""
    whole: bool = False


class FiguresDef(Definition):
    """What reports draw of a form."""

    years: tuple[str, ...] = ()
    """Rows with a figure for each reported year."""
    aims: tuple[AimDef, ...] = ()

    def unknown(self, paths: Container[str]) -> Iterator[str]:
        """What names no row of the form, each in a sentence."""
        for path in (*self.years, *(aim.field for aim in self.aims)):
            if path not in paths:
                yield f"figures name {path}, which is no row of the form"
