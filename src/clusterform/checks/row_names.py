"""The official names by which a condition calls the form's figures: 集群总产值.末年, 二.集群总产值.2024.

A label is written without its brackets and units, and its beginning may be left out where no other figure's label
ends so (主导产业产值增速); before it may stand the number of its part or the label of its group. Behind it stands the
column: its head, a year of the head or what else is in it (2027, 目标值), or the role of a year. A path
(leading_industry.total_output) will do as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Any

from clusterform.checks.amounts import comparable
from clusterform.checks.formula import Apply, Call, Constant, Node, Operand, inside
from clusterform.checks.formula_parser import CellName, Compared, Condition, parse_condition
from clusterform.fields import NUMERIC, Field, Kind
from clusterform.grouped import grouped
from clusterform.messages import InBoth, Text
from clusterform.nearest import with_suggestion
from clusterform.patterns import pattern
from clusterform.text import CHINESE_NUMBERS, fold, narrow
from clusterform.validation import MisfitError, Wrong

_BRACKETED = pattern(r"\([^()]*+\)")
_DATED = pattern(r"(20\d\d)年?(.*)")
_FIGURES = NUMERIC | {Kind.COUNT_NAMES}
PREVIOUS = "previous"
Words = tuple[str, ...]
"""What is left of a name, point by point."""
_ROLES = {
    "首年": "first",
    "中间年": "middle",
    "末年": "last",
    "上年": PREVIOUS,
    "基准年": "baseline",
    "目标年": "target",
}


class NoRowError(MisfitError):
    """A name that no row of the form has."""


def without_brackets(label: str) -> str:
    """A label without what stands in brackets."""
    return _BRACKETED.sub("", narrow(label)).strip()


class RowNames:
    """The names of one form's figures."""

    def __init__(self, fields: Mapping[str, Field], roles: Mapping[str, Any]) -> None:
        """`roles` are the years by their roles, as a filled form has them."""
        self._fields = fields
        first, middle, last = (str(year) for year in roles["reported"])
        years = {"first": first, "middle": middle, "last": last}
        self._years = {
            **years,
            **{name: str(roles[name]) for name in ("baseline", "target") if name in roles},
        }

    @cached_property
    def _labels(self) -> Mapping[str, list[Field]]:
        return grouped((fold(without_brackets(item.label)), item) for item in self._fields.values())

    def operand(self, name: CellName, at: int) -> Operand:
        """The cell of that name; MisfitError, with the place in the text, where it names none or several."""
        words = name.parts + ((name.column,) if name.column else ())
        rows, rest = self._rows(words)
        if not rows:
            raise NoRowError(Wrong((), self._unknown(words), at))
        figures = [item for item in rows if item.kind in _FIGURES]
        if not figures:
            raise MisfitError(Wrong((), Text("condition.no-figure", name=rows[0].label), at))
        columns = {item.path: self._columns(item, rest) for item in figures}
        fitting = [Operand(path, column) for path, found in columns.items() for column in found]
        if len(fitting) == 1:
            return fitting[0]
        fault = self._ambiguous(words, figures) if len(figures) > 1 else self._no_column(figures[0], rest)
        raise MisfitError(Wrong((), fault, at))

    def unlike_units(self, text: str) -> Iterator[Wrong]:
        """Figures of a condition that must be converted before they are added or compared."""
        condition = parse_condition(text, self.operand)
        for one, other in _unlike_units(condition, lambda cell: self._fields[cell.path].unit):
            names = [self._fields[cell.path] for cell in (one, other)]
            facts = {"one": without_brackets(names[0].label), "other": without_brackets(names[1].label)}
            units = {"unit": names[0].unit, "other_unit": names[1].unit}
            yield Wrong((), Text("condition.units", **facts, **units), 0)

    def _rows(self, name: Words) -> tuple[list[Field], Words]:
        """The rows that may be meant, and what is left of the name: the column."""
        path = ".".join(name[:2])
        if path in self._fields:
            return [self._fields[path]], name[2:]
        if len(name) > 1 and (inside := [row for row in self._called(name[1]) if _is_in(row, name[0])]):
            return inside, name[2:]
        return self._called(name[0]), name[1:]

    def _called(self, word: str) -> list[Field]:
        """The rows of that label; else the figures whose labels end so."""
        folded = fold(without_brackets(word))
        if folded in self._labels or not folded:
            return self._labels.get(folded, [])
        ending = (rows for label, rows in self._labels.items() if label.endswith(folded))
        return [row for rows in ending for row in rows if row.kind in _FIGURES]

    def _columns(self, item: Field, rest: Words) -> list[str | None]:
        """The columns that the rest of a name may mean; the place's own year where nothing is left of it."""
        keys = [column.key for column in item.columns]
        if not rest:
            return [None] if not keys or self._years["last"] in keys else []
        role = _ROLES.get(rest[0], rest[0])
        if role == PREVIOUS and len(rest) == 1:
            return [PREVIOUS] if self._years["last"] in keys else []
        if role in keys and len(rest) == 1:
            return [role]
        wanted = fold("".join((self._years.get(role, rest[0]), *rest[1:])))
        return [column.key for column in item.columns if wanted in _heads(column.key, column.label)]

    def _unknown(self, name: Words) -> InBoth:
        """The nearest names are of labels, of their endings, or of paths."""
        written, path = name[name[0] in CHINESE_NUMBERS and len(name) > 1], ".".join(name[:2])
        known = [without_brackets(item.label) for item in self._fields.values() if item.kind in _FIGURES]
        fault = Text("rule-file.no-name", name=".".join(name), sort=Text("sort.row"))
        if path.isascii():
            return with_suggestion(fault, path, self._fields)
        return with_suggestion(fault, written, known)

    def _ambiguous(self, name: Words, rows: Iterable[Field]) -> Text:
        return Text("condition.ambiguous", name=".".join(name), known=tuple(map(self._full_name, rows)))

    def _full_name(self, item: Field) -> str:
        """A name that no other row has: the label, with its part or group where it needs one, else the path."""
        label = without_brackets(item.label)
        numbers = (word for word, number in CHINESE_NUMBERS.items() if number == item.section)
        for words in ((label,), (next(numbers, ""), label), (without_brackets(item.group), label)):
            if self._rows(words) == ([item], ()):
                return ".".join(words)
        return item.path

    def _no_column(self, item: Field, rest: Words) -> InBoth:
        if not item.columns:
            return Text("rule-file.no-column", column=".".join(rest))
        heads = [column.label for column in item.columns]
        if not rest or self._columns(item, rest):
            return Text("condition.which-column", name=without_brackets(item.label), columns=tuple(heads))
        fault = Text("condition.no-such-column", name=without_brackets(item.label), column=".".join(rest))
        return with_suggestion(fault, ".".join(rest), heads)


def _unlike_units(
    condition: Condition, unit_of: Callable[[Operand], str]
) -> Iterator[tuple[Operand, Operand]]:
    """The two cells of each sum and comparison that are in different units, such as 万元 and 亿元."""
    for part in inside(condition):
        match part:
            case Compared(left=left, right=right) | Apply(sign="+" | "-", left=left, right=right):
                yield from _beside((left, right), unit_of)
            case Call(name="min" | "max", of=parts):
                yield from _beside(parts, unit_of)


def _beside(parts: tuple[Node, ...], unit_of: Callable[[Operand], str]) -> Iterator[tuple[Operand, Operand]]:
    measured = [cell for cell in map(_measure, parts) if cell is not None]
    for one, other in pairwise(measured):
        if not comparable(unit_of(one), unit_of(other)):
            yield one, other


def _measure(node: Node) -> Operand | None:
    """A cell in whose unit the formula is; None where it has been multiplied or divided: whoever did that knows why."""
    match node:
        case Operand():
            return node
        case Apply(sign=sign, left=left, right=right) if sign in "+-":
            return _measure(left) or _measure(right)
        case Call(of=parts):
            return next(filter(None, map(_measure, parts)), None)
        case Constant() | _:
            return None


def _is_in(item: Field, word: str) -> bool:
    """Whether a word names the part or the group that a row stands in."""
    if word in CHINESE_NUMBERS:
        return CHINESE_NUMBERS[word] == item.section
    return word == item.path.partition(".")[0] or fold(without_brackets(word)) == fold(
        without_brackets(item.group)
    )


def _heads(key: str, label: str) -> Iterator[str]:
    """How a column may be called: its key, its head, the head's year or what is behind that, or both without 年."""
    yield from (fold(key), fold(label))
    if dated := _DATED.fullmatch(fold(label)):
        yield from (dated[1], dated[2], dated[1] + dated[2])


def wrong_names(text: str, forms: Iterable[RowNames]) -> list[Wrong]:
    """What is wrong with the names of a condition, on every form that has all its rows; else on the one that has most."""
    found: list[CellName] = []
    places: list[int] = []

    def note(name: CellName, at: int) -> Operand:
        found.append(name)
        places.append(at)
        return Operand("", None)

    parse_condition(text, note)
    if not found:
        return [Wrong((), Text("condition.no-names"), 0)]
    known = tuple(forms)
    faults = [[*_faults(names, zip(found, places, strict=True))] for names in known]
    whole = [mistakes for mistakes in faults if not any(isinstance(m, NoRowError) for m in mistakes)]
    told = whole or [min(faults, key=len, default=[MisfitError.of(Text("condition.no-form"))])]
    if not any(told):
        return [
            wrong
            for names, found in zip(known, faults, strict=True)
            if not found
            for wrong in names.unlike_units(text)
        ]
    return [wrong for mistakes in told for mistake in mistakes for wrong in mistake.wrong]


def _faults(names: RowNames, found: Iterable[tuple[CellName, int]]) -> Iterator[MisfitError]:
    for name, at in found:
        try:
            names.operand(name, at)
        except MisfitError as error:
            yield error
