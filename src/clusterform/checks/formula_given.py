"""Kind `formula_given`: figures that ask for their formula (需提供计算公式) come with one."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import State
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.places import Place
from clusterform.checks.reader import Hit, Reader
from clusterform.text import fold


class FormulaGiven(Check, kind="formula_given"):
    """The field of the formula, the row of figures, and words by which an evidence line gives the formula."""

    formula: Row
    figures: Row
    words: tuple[str, ...]

    def places(self, form: Reader) -> Iterator[Place]:
        """The formula, where the form has it."""
        return iter(((self.formula, None),) if form.has(self.formula) and form.has(self.figures) else ())

    def judge(self, form: Reader, place: Place) -> Hit | None:
        """Without any figure there is nothing to explain."""
        if form.sure(*place).state not in {State.BLANK, State.NONE}:
            return None
        if not any(a.decimal is not None for _, a in form.form.places(self.figures)):
            return None
        listed = (fold(line.subject + line.title) for line in form.form.evidence or ())
        lines = [*listed, *form.form.explanations]
        if any(fold(word) in line for word in self.words for line in lines):
            return None
        return Hit(*place, variant="formula", facts={"figures": form.name(self.figures)})
