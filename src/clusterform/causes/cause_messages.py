"""What is said of an edit: the place, what the form shows, what would agree."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.causes.slip import Correction
from clusterform.causes.system import PlacedRelation
from clusterform.checks.amounts import read_amount
from clusterform.checks.formula import Operand
from clusterform.checks.reader import Reader
from clusterform.fields import Kind
from clusterform.finding import RelatedAnswer
from clusterform.messages import Joined, Text, in_language

_NAMED = 6
"""Places named at most; the rest is told by its number."""


class CauseMessages:
    """Says edits of one form in one language."""

    def __init__(self, form: Reader, language: str) -> None:
        self.form = form
        self.language = language

    def message(self, edits: Sequence[Correction], explained: Sequence[PlacedRelation]) -> str:
        first, *rest = edits
        cell = first.cells[0]
        others = "、".join(self._other(edit) for edit in rest)
        places = list(dict.fromkeys(self._place(r, first) for r in explained))
        text = Text(
            "cause.frame",
            place=self._name(cell),
            value=self.shown(cell),
            edit=self._edit(first),
            count=len(places),
            explained="、".join(places[:_NAMED])
            + (Text("cause.more")[self.language] if len(places) > _NAMED else ""),
            others=Text("cause.others", others=others) if others else "",
        )
        return text[self.language]

    def skipped(self, edit: Correction) -> str:
        """Why an explained failure is not said by itself."""
        return Text("cause.skipped", name=self._name(edit.cells[0]))[self.language]

    def spot(self, cell: Operand) -> RelatedAnswer:
        field = self.form.field(cell.path)
        return RelatedAnswer(cell.path, field.label, field.column_label(cell.column) or cell.column)

    def shown(self, cell: Operand) -> str:
        return self.form.answer(cell.path, cell.column).text

    def expected(self, edit: Correction) -> tuple[str | None, ...]:
        """What each cell would show, in the unit that is typed there."""
        return tuple(
            text if text is None else text + self._typed_unit(cell)
            for cell, text in zip(edit.cells, edit.expected, strict=True)
        )

    def _typed_unit(self, cell: Operand) -> str:
        item = self.form.field(cell.path)
        if item.unit or item.kind is not Kind.TARGET:  # where one is not asked it is one too many
            return ""
        amount = read_amount(self.form.answer(cell.path, cell.column))
        return amount.unit if amount is not None else ""

    def _edit(self, edit: Correction) -> str:
        cell = edit.cells[0]
        unit = self.form.field(cell.path).unit
        scale = Text(f"cause.scale.{unit}.{edit.power}")
        kind = edit.kind if scale.known else edit.kind.replace("unit", "factor")
        facts = {
            "expected": self._value(edit),
            "all": "、".join(str(text) for text in self.expected(edit)),
            "unit": unit,
            "scale": scale,
            "factor": f"{10 ** abs(edit.power):d}",
            "first": self._head(cell),
            "second": self._head(edit.cells[-1]),
            "other_row": self.form.field(edit.cells[-1].path).label,
            "second_value": self.shown(edit.cells[-1]),
        }
        return Text(f"cause.edit.{kind}", **facts)[self.language]

    def _value(self, edit: Correction) -> str:
        """The one figure expected, or the range it must lie in."""
        one = self.expected(edit)[0]
        if one is not None:
            return one
        ranges = (
            f"{r.low:f}" if r.low == r.high else Text("cause.range", low=r.low, high=r.high)[self.language]
            for r in edit.fits
        )
        return Joined("cause.or", dict.fromkeys(ranges))[self.language]

    def _other(self, edit: Correction) -> str:
        cell = edit.cells[0]
        if edit.kind == "exchanged":
            second = self._head(edit.cells[-1])
            return Text("cause.other-exchanged", place=self._name(cell), second=second)[self.language]
        several = len(edit.cells) > 1
        facts = {
            "place": "”、“".join(map(self._name, edit.cells)),
            "value": "、".join(map(self.shown, edit.cells)),
            "expected": "、".join(map(str, self.expected(edit))) if several else self._value(edit),
        }
        return Text("cause.other", **facts)[self.language]

    def _place(self, relation: PlacedRelation, edit: Correction) -> str:
        """Where a failure is said; what the failure is, where that is the figure itself."""
        spot = relation.tie.spot
        if spot in edit.cells:
            title = in_language(relation.rule.title, self.language)
            head = self.form.field(spot.path).column_label(spot.column)
            return f"{title} {head}" if head else title
        return f"“{self._name(spot)}”"

    def _name(self, cell: Operand) -> str:
        return self.form.name(cell.path, cell.column)

    def _head(self, cell: Operand) -> str:
        return self.form.field(cell.path).column_label(cell.column) or self._name(cell)
