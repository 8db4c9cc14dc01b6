"""What is said of an edit: the place, what the form shows, what would agree. The texts stand in rules/causes.yaml."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.causes.slip import Correction
from clusterform.causes.system import PlacedRelation
from clusterform.checks.amounts import read_amount
from clusterform.checks.formula import Operand
from clusterform.checks.reader import BilingualText, Reader
from clusterform.data_files import rules_file
from clusterform.definition import Definition, made_from
from clusterform.finding import RelatedAnswer
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml

_NAMED = 6
"""Places named at most; the rest is told by its number."""


class Texts(Definition):
    scales: dict[str, dict[str, BilingualText]]
    frame: BilingualText
    edits: dict[str, BilingualText]
    range: BilingualText
    or_: BilingualText
    others: BilingualText
    other: BilingualText
    other_exchanged: BilingualText
    more: BilingualText
    skipped: BilingualText


@kept
def texts() -> Texts:
    data = read_yaml(rules_file("causes.yaml"))
    return made_from(Texts, {("or_" if key == "or" else key): value for key, value in data.items()})


class CauseMessages:
    """Says edits of one form in one language."""

    def __init__(self, form: Reader, language: str) -> None:
        self.form = form
        self.language = language
        self.texts = texts()

    def message(self, edits: Sequence[Correction], explained: Sequence[PlacedRelation]) -> str:
        first, *rest = edits
        cell = first.cells[0]
        others = "、".join(self._other(edit) for edit in rest)
        places = list(dict.fromkeys(self._place(r, first) for r in explained))
        return self._in(self.texts.frame).format_map(
            {
                "place": self._name(cell),
                "value": self.shown(cell),
                "edit": self._edit(first),
                "count": len(places),
                "explained": "、".join(places[:_NAMED])
                + (self._in(self.texts.more) if len(places) > _NAMED else ""),
                "others": self._in(self.texts.others).format(others=others) if others else "",
            }
        )

    def skipped(self, edit: Correction) -> str:
        """Why an explained failure is not said by itself."""
        return self._in(self.texts.skipped).format(name=self._name(edit.cells[0]))

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
        if self.form.field(cell.path).unit:
            return ""
        amount = read_amount(self.form.answer(cell.path, cell.column))
        return amount.unit if amount is not None else ""

    def _edit(self, edit: Correction) -> str:
        cell = edit.cells[0]
        unit = self.form.field(cell.path).unit
        scale = self.texts.scales.get(unit, {}).get(str(edit.power))
        kind = edit.kind
        if scale is None:
            kind = kind.replace("unit", "factor")
        facts = {
            "expected": self._value(edit),
            "all": "、".join(str(text) for text in self.expected(edit)),
            "unit": unit,
            "scale": self._in(scale) if scale is not None else "",
            "factor": f"{10 ** abs(edit.power):d}",
            "first": self._head(cell),
            "second": self._head(edit.cells[-1]),
            "second_value": self.shown(edit.cells[-1]),
        }
        return self._in(self.texts.edits[kind]).format_map(facts)

    def _value(self, edit: Correction) -> str:
        """The one figure expected, or the range it must lie in."""
        one = self.expected(edit)[0]
        if one is not None:
            return one
        form = self._in(self.texts.range)
        ranges = (f"{r.low:f}" if r.low == r.high else form.format(low=r.low, high=r.high) for r in edit.fits)
        return self._in(self.texts.or_).join(dict.fromkeys(ranges))

    def _other(self, edit: Correction) -> str:
        cell = edit.cells[0]
        if edit.kind == "exchanged":
            words, second = self.texts.other_exchanged, self._head(edit.cells[-1])
            return self._in(words).format(place=self._name(cell), second=second)
        several = len(edit.cells) > 1
        facts = {
            "place": "”、“".join(map(self._name, edit.cells)),
            "value": "、".join(map(self.shown, edit.cells)),
            "expected": "、".join(map(str, self.expected(edit))) if several else self._value(edit),
        }
        return self._in(self.texts.other).format_map(facts)

    def _place(self, relation: PlacedRelation, edit: Correction) -> str:
        """Where a failure is said; what the failure is, where that is the figure itself."""
        spot = relation.tie.spot
        if spot in edit.cells:
            title = self._in(relation.rule.title)
            head = self.form.field(spot.path).column_label(spot.column)
            return f"{title} {head}" if head else title
        return f"“{self._name(spot)}”"

    def _name(self, cell: Operand) -> str:
        return self.form.name(cell.path, cell.column)

    def _head(self, cell: Operand) -> str:
        return self.form.field(cell.path).column_label(cell.column) or self._name(cell)

    def _in(self, words: BilingualText) -> str:
        return str(getattr(words, self.language))
