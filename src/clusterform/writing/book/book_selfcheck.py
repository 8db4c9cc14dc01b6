"""自查: the sheet of a blank workbook that computes while the form is filled, from the rules of arithmetic and sense.

Each figure stands for half a unit of its last place either side.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from clusterform.asked import Asked
from clusterform.checks.boxes import BoxesTicked
from clusterform.checks.compare import Compare
from clusterform.checks.computed import ComputedFigure
from clusterform.checks.formula import Apply, Call, Constant, Node, Operand, Root, bind, cells
from clusterform.checks.formula_parser import parse
from clusterform.checks.reader import Unknown
from clusterform.checks.relation import Computation, Relation
from clusterform.fields import Field, Kind
from clusterform.finding import Severity
from clusterform.forms.model import FormDef
from clusterform.forms.rule import Rule, load_rules
from clusterform.messages import Text
from clusterform.words import word
from clusterform.writing.book.book_page import AnswerCell, CellRole, EntryRule, Page

_HEADS = ("row", "year", "stated", "computed", "low", "high", "result", "how")
_WIDTHS = (54, 10, 11, 11, 12, 12, 14, 54)
_FIGURES = frozenset({2, 5, 6})
"""Of a line with a limit the columns that hold formulas."""
HALF = "0.005"
"""Half a unit of the second decimal place."""
CellReferences = Mapping[AnswerCell, str]
"""The reference to each answer's cell."""


class Sums(NamedTuple):
    """A formula as spreadsheet formulas: from the figures as they stand, at least, at most."""

    value: str
    low: str
    high: str


def selfcheck_page(form: FormDef, pages: list[Page]) -> Page:
    """The sheet over the sheets of the form."""
    title = Text("self-check.title").zh
    page = Page(title, _WIDTHS, frozen=3, landscape=True, results=6)
    page.line(title, CellRole.TITLE, 32)
    page.line(Text("self-check.note").zh, CellRole.NOTE)
    for place, head in enumerate(_HEADS):
        page.put(Text(f"self-check.{head}").zh, CellRole.HEAD, place)
    page.feed()
    pen = _Checks(form, _places(pages), page)
    for rule in load_rules(form.edition.edition):
        if form.form in rule.forms:
            pen.rule(rule)
    pen.lengths()
    for sheet in pages:
        for column, first, last in sheet.single:
            pen.single(sheet, column, first, last)
    return page


def _places(pages: list[Page]) -> CellReferences:
    return {
        cell.spot: f"'{page.name}'!{chr(65 + cell.column)}{cell.row + 1}"
        for page in pages
        for cell in page.cells
        if cell.spot is not None
    }


class _Checks:
    """Writes one line, or a few under one result, for each thing that can be computed."""

    def __init__(self, form: FormDef, places: CellReferences, page: Page) -> None:
        self.form = form
        self.places = places
        self.page = page
        self.asked = Asked(form.fields, form.edition.roles)
        self.several: set[str] = set()
        """Single choices of which the notice does not say that one alone may be ticked."""

    def rule(self, rule: Rule) -> None:
        """The lines of one rule."""
        for check in rule.checks:
            if isinstance(check, BoxesTicked):
                self.several.update(check.several)
            if isinstance(check, ComputedFigure) and (item := self.form.fields.get(check.relation.result)):
                for role in check.relation.columns or (None,):
                    column = None if role is None else self.asked.column(role)
                    self._readings(rule, check.relation, item, column)
        self._parts(rule)

    def _readings(self, rule: Rule, relation: Relation, item: Field, column: str | None) -> None:
        """A line for each way to compute one figure; the result stands behind all of them."""
        start = self.page.row
        fits = self._ways(rule, relation, relation.readings, column, first=start + 1)
        if not fits:
            return
        doubtful = self._ways(rule, relation, relation.doubtful, column, first=start + 1, rare=True)
        rows = self.page.row - start
        first, last = start + 1, self.page.row
        which = _quoted("self-check.which-way")  # the notice does not exclude that way of computing
        wrong = which if rule.severity is Severity.WARNING else _quoted("self-check.differs")
        if doubtful:
            wrong = f"IF(OR({','.join(doubtful)}),{which},{wrong})"
        result = (
            f'=IF(OR(NOT(ISNUMBER(C{first})),COUNT(D{first}:D{last})=0),"",'
            f"IF(OR({','.join(fits)}),{_quoted('self-check.agrees')},{wrong}))"
        )
        for place, text in enumerate((item.label, item.column_label(column) or "")):
            self.page.put(text, CellRole.OPTION, place, rows=rows, row=start)
        declared = self.places[AnswerCell(item.path, column)]
        shown = f'=IF(ISNUMBER({declared}),{declared},"")'
        self.page.put(shown, CellRole.FORMULA, 2, rows=rows, row=start, entry=EntryRule("decimal"))
        self.page.put(result, CellRole.FORMULA, 6, rows=rows, row=start)

    def _ways(  # noqa: PLR0913  (which ways, and where)
        self,
        rule: Rule,
        relation: Relation,
        readings: tuple[Computation, ...],
        column: str | None,
        *,
        first: int,
        rare: bool = False,
    ) -> list[str]:
        """The lines of some readings, and for each whether the figure in line `first` fits it."""
        fits: list[str] = []
        for reading in readings:
            try:
                node = bind(reading.node, self.asked, column)
                sums = self._sums(node)
            except (Unknown, KeyError):  # there is no year before, or the form does not ask for that answer
                continue
            inputs = dict.fromkeys(self._reference(cell) for cell in cells(node))
            known = f"COUNT({','.join(inputs)})={len(inputs)}"
            line = self.page.row + 1
            for place, text in ((3, sums.value), (4, sums.low), (5, sums.high)):
                formula = f'=IFERROR(IF({known},ROUND({text},{2 if place == 3 else 6}),""),"")'
                self.page.put(formula, CellRole.FORMULA, place, entry=EntryRule("decimal"))
            fits.append(_fits(line, either_sign=relation.either_sign, first=first))
            name = (
                reading.name.zh
                if reading.name
                else rule.title.zh.replace(word("book.differs"), word("book.compared"))
            )
            way = f"{rule.code} {name}"
            self.page.put(Text("self-check.rare", way=way).zh if rare else way, CellRole.OPTION, 7)
            self.page.feed()
        return fits

    def _reference(self, cell: Operand) -> str:
        return self.places[AnswerCell(cell.path, cell.column)]

    def _sums(self, node: Node) -> Sums:
        """What a formula comes to. Amounts are taken to be positive, as those of the form are."""
        match node:
            case Operand():
                reference = self._reference(node)
                if self.form.fields[node.path].kind is Kind.COUNT:
                    return Sums(reference, reference, reference)
                shown = f"ROUND({reference},2)"
                return Sums(shown, f"({shown}-{HALF})", f"({shown}+{HALF})")
            case Constant(value=value):
                return Sums(*[str(value)] * 3)
            case Root(of=of, degree=degree):
                return Sums(*(f"({text})^(1/{degree})" for text in self._sums(of)))
            case Apply(sign=sign, left=one, right=other):
                left, right = self._sums(one), self._sums(other)
                least, most = (right.high, right.low) if sign in "-/" else (right.low, right.high)
                pairs = zip(left, (right.value, least, most), strict=True)
                return Sums(*(f"({text}{sign}{with_it})" for text, with_it in pairs))
            case Call():
                raise KeyError(node.name)  # of a condition, and the sheet computes none

    def _parts(self, rule: Rule) -> None:
        """Its rows that are no more than a whole, year by year."""
        checks = [c for c in rule.checks if isinstance(c, Compare) and c.at_most and c.certain is None]
        for whole_path, group in groupby(checks, key=lambda check: check.at_most):
            whole = self.form.fields.get(whole_path)
            if whole is None:
                continue
            parts = [[cell.path for cell in cells(parse(check.left or check.field))] for check in group]
            asked = [paths for paths in parts if all(path in self.form.fields for path in paths)]
            for column in whole.columns:
                for paths in asked:
                    self._part(rule, paths, whole, column.key)

    def _part(self, rule: Rule, parts: list[str], whole: Field, column: str) -> None:
        """A part, or several together, and the whole they belong to."""
        listed = ",".join(self.places[AnswerCell(path, column)] for path in parts)
        labels = " + ".join(self.form.fields[path].label for path in parts)
        part = f'=IF(COUNT({listed})={len(parts)},SUM({listed}),"")'
        limit = self.places[AnswerCell(whole.path, column)]
        wrong = "self-check.look" if rule.severity is Severity.WARNING else "self-check.differs"
        how = Text("self-check.not-above", code=rule.code, whole=whole.label)
        heads = (labels, whole.column_label(column) or "")
        self._limited(heads, part, ("<=F{}", f'=IF(ISNUMBER({limit}),{limit},"")'), wrong, how)

    def _limited(
        self, heads: tuple[str, str], shown: str, limit: tuple[str, str], wrong: str, how: Text
    ) -> None:
        """A line for a figure with a limit, behind how it is kept; `wrong` is a key of the catalogue."""
        line, (kept, most) = self.page.row + 1, limit
        unknown = f'C{line}=""' if most.isdecimal() else f"COUNT(C{line},F{line})<2"
        judged = f"IF(C{line}{kept.format(line)},{_quoted('self-check.agrees')},{_quoted(wrong)})"
        texts = (*heads, shown, "", "", most, f'=IF({unknown},"",{judged})', how.zh)
        for column, text in enumerate(texts):
            self.page.put(text, CellRole.FORMULA if column in _FIGURES else CellRole.OPTION, column)
        self.page.feed()

    def lengths(self) -> None:
        """The texts with a limit, and part eight as a whole."""
        for path, item in self.form.fields.items():
            if item.kind is Kind.PROSE and item.limit is not None:
                self._length(item.label, [self.places[AnswerCell(path)]], item.limit)
        for section in self.form.sections:
            if section.limit is not None:
                inside = (path for path in self.form.fields if path.startswith(f"{section.key}."))
                prose = (path for path in inside if self.form.fields[path].kind is Kind.PROSE)
                self._length(
                    section.heading, [self.places[AnswerCell(path)] for path in prose], section.limit
                )

    def _length(self, label: str, texts: list[str], limit: int) -> None:
        bare = 'LEN(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({}," ",""),"　",""),CHAR(10),""))'
        count = "+".join(map(bare.format, texts))
        how = Text("self-check.length", limit=limit)
        shown = f'=IF(({count})=0,"",{count})'
        self._limited((label, ""), shown, ("<=F{}", str(limit)), "self-check.too-long", how)

    def single(self, sheet: Page, column: int, first: int, last: int) -> None:
        """One tick in a single choice."""
        spot = next(c.spot for c in sheet.cells if c.spot and (c.row, c.column) == (first, column))
        item, letter = self.form.fields[spot.path], chr(65 + column)
        boxes = f"'{sheet.name}'!{letter}{first + 1}:{letter}{last + 1}"
        shown = f'=IF(COUNTIF({boxes},"☑")=0,"",COUNTIF({boxes},"☑"))'
        perhaps = item.path in self.several
        wrong = "self-check.look" if perhaps else "self-check.one-only"
        how = Text("self-check.single-mostly" if perhaps else "self-check.single")
        self._limited((item.label, ""), shown, ("=1", "1"), wrong, how)


def _quoted(key: str) -> str:
    """A result as a formula gives it."""
    return f'"{Text(key).zh}"'


def _fits(line: int, *, either_sign: bool, first: int) -> str:
    """Whether the declared figure may be what this line computes."""
    shown = f"ROUND(C{first},2)"
    signs = (shown, f"-{shown}") if either_sign else (shown,)
    fits = [f"AND({s}+{HALF}>=E{line},{s}-{HALF}<=F{line})" for s in signs]
    one = fits[0] if len(fits) == 1 else f"OR({','.join(fits)})"
    return f'IF(D{line}="",FALSE,{one})'
