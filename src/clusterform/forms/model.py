"""The definition of a form: YAML under rules/editions/<year>/forms -> `Model` -> `fields.py`."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field as ModelField

from clusterform.checks.reader import BilingualText
from clusterform.errors import DataError, UsageError
from clusterform.fields import BOXES, AnswerLimits, Column, Field, Kind, Option
from clusterform.forms.edition import Edition, layered, load_edition, with_years
from clusterform.messages import InBoth, Joined, Text
from clusterform.models import Model
from clusterform.snapshot import kept
from clusterform.text import fold, unnumbered
from clusterform.validation import made_from
from clusterform.words import words

if TYPE_CHECKING:
    from clusterform.checks.row_names import RowNames


class AimDef(Model):
    """A target that reports draw against the least it may be."""

    field: str
    column: str = "target"
    limit: str = ""
    """The threshold that is the least, or the yearly rate by which the baseline must grow."""
    grown: bool = False
    above: str = ""
    """The column whose figure it must be above, where no threshold says it."""
    whole: bool = False


class FiguresDef(Model):
    years: tuple[str, ...] = ()
    """Rows with a figure for each reported year."""
    aims: tuple[AimDef, ...] = ()


class IdentityDef(Model):
    """The rows that tell whose form it is; of several the first that is filled in counts."""

    name: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    department: tuple[str, ...] = ()
    operator: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        return (*self.name, *self.region, *self.department, *self.operator)


CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


class OptionDef(Model):
    """One box of a group, as the notice prints it."""

    key: str
    label: str
    spellings: tuple[str, ...] = ()
    explain: bool = False
    note: str = ""
    """Official text printed after the option: （需附情况说明）."""
    evidence: bool = False


class Matrix(Model):
    """A small table inside a row: categories down, measures across, repeated for every year."""

    head: str
    categories: dict[str, str]
    measures: dict[str, str]


class RowDef(AnswerLimits):
    """One row, line or heading of the form; with `rows` a group of them; with a `kind` too, both at once."""

    key: str
    label: str
    """The official label, word for word, full-width brackets, without the notes."""
    spellings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Official text printed beside the label: (200 字以内), (注：需提供清单). Of a target table: below it."""
    prompts: tuple[str, ...] = ()
    """Official text printed in the answer's place: 个, (需提供清单及佐证材料)."""
    guidance: tuple[str, ...] = ()
    """Official explanation under a heading: it is no answer when it is left standing."""
    kind: Kind | None = None
    heads: tuple[str, ...] = ()
    """Of a target table: the heads of the columns before the figures, 方向 and 指标."""
    columns: str | None = None
    matrix: Matrix | None = None
    options: tuple[OptionDef, ...] = ()
    evidence: bool = False
    """A row with a list or evidence to give where its figure is not zero."""
    ticked_evidence: bool = False
    """Every ticked box of the group asks for evidence."""
    code: str = ""
    """The number on the evidence list, part.ordinal; an option adds its own, 2.3-④."""
    evidence_names: tuple[str, ...] = ()
    """Short names by which an evidence list may call the row, whether it asks for evidence or not."""
    after: str | None = None
    """For a label that stands more than once: the key of the row it follows."""
    growable: bool = False
    """Rows may be added (鼓励根据自身特色增加考核指标)."""
    open_rows: int = 0
    """Empty rows that the form prints at the end of a direction, for indicators of the cluster's own."""
    beside: bool = False
    inside: bool = False
    """Where it is printed: beside the row before it, in the same line of the table; in the answer's own cell."""
    rows: "tuple[RowDef, ...]" = ()

    @cached_property
    def printed(self) -> tuple[str, ...]:
        """What the form itself prints in the answer's place, folded, the longest first."""
        own = (self.label,) if self.kind is Kind.FORMULA else ()
        texts = (*own, *self.prompts, *self.notes, *self.guidance)
        return tuple(sorted((fold(text) for text in texts), key=len, reverse=True))

    @cached_property
    def option_words(self) -> tuple[str, ...]:
        """Its options as they may be written, folded."""
        return tuple(fold(text) for option in self.options for text in (option.label, *option.spellings))

    @property
    def printed_label(self) -> str:
        """The label as the form prints it, with （年度当前值） and （200 字以内） but without what it asks or explains."""
        return self.label + "".join(n for n in self.notes if not n.startswith(words("beside.asides")))


class SectionDef(Model):
    key: str
    number: int
    heading: str = ""
    spellings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    layout: Literal["lines", "rows", "headings", "declaration"]
    """lines: label：answer in paragraphs; rows: tables; headings: text and target tables under headings."""
    header: str = ""
    """The first cell of the year header, 年度."""
    limit: int | None = None
    rows: tuple[RowDef, ...]

    @cached_property
    def cores(self) -> tuple[str, ...]:
        """Its heading in each spelling, folded and without its number."""
        return tuple(fold(unnumbered(text)) for text in (self.heading, *self.spellings) if text)


def every_row(rows: Iterable[RowDef]) -> Iterator[RowDef]:
    """Rows and groups at every depth, in the form's order."""
    for row in rows:
        yield row
        yield from every_row(row.rows)


class Guidance(Model):
    """填报说明: official text that is never an answer."""

    heading: str
    items: tuple[str, ...]
    subjects: dict[str, str] = ModelField(default_factory=dict)
    """A word of a row's label, and the word by which the items speak of such rows."""
    none: str = ""
    undated: str = ""
    """A word of the item on 无, and of that on rows without a year."""


class FormDef(Model):
    form: str
    annex: str
    title: str
    spellings: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    """What people call it when they ask for it, the shortest first."""
    short: BilingualText
    """What reports call it."""
    page_bound: tuple[int, ...] = ()
    """The parts that must begin and end on the pages where the blank has them."""
    guidance: Guidance
    column_sets: dict[str, tuple[Column, ...]]
    sections: tuple[SectionDef, ...]
    explanation_words: tuple[str, ...] = ()
    """Words by which a line is an explanation that the form asks for, or its heading."""
    figures: FiguresDef = ModelField(default_factory=FiguresDef)
    identity: IdentityDef = ModelField(default_factory=IdentityDef)
    edition: Edition

    def __hash__(self) -> int:
        """What is worked out once for a form is kept by the definition itself."""
        return hash((self.edition.edition, self.form))

    def section(self, number: int) -> SectionDef:
        return next(section for section in self.sections if section.number == number)

    def columns(self, name: str | None) -> tuple[Column, ...]:
        return () if name is None else self.column_sets[name]

    def row_columns(self, row: RowDef) -> tuple[Column, ...]:
        """The columns of a row; a matrix has one for each category and measure of each year."""
        columns = self.columns(row.columns)
        if row.matrix is None:
            return columns
        return tuple(
            Column(f"{c.key}/{category}/{measure}", f"{c.label} {category_label} {measure_label}")
            for c in columns
            for category, category_label in row.matrix.categories.items()
            for measure, measure_label in row.matrix.measures.items()
        )

    def leaf_rows(self) -> Iterator[tuple[SectionDef, RowDef | None, RowDef]]:
        """Every row that takes an answer, with its section and its innermost group, in the form's order."""
        for section in self.sections:
            yield from ((section, group, row) for group, row in _leaves(None, section.rows))

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its path, in the form's order."""
        return {
            f"{section.key}.{row.key}": self._field(section, group, row)
            for section, group, row in self.leaf_rows()
        }

    @cached_property
    def rows(self) -> dict[str, RowDef]:
        """The row that each field was made from, by path."""
        return {f"{section.key}.{row.key}": row for section, _, row in self.leaf_rows()}

    @cached_property
    def row_names(self) -> "RowNames":
        """The names that a rule's condition may call its figures by."""
        from clusterform.checks.row_names import RowNames

        return RowNames(self.fields, self.edition.years.as_dict())

    @cached_property
    def target_tables(self) -> dict[str, tuple[str, RowDef]]:
        """The tables to which a county may add rows, by their column set, each behind the key of its part."""
        tables = [
            (section.key, row) for section in self.sections for row in every_row(section.rows) if row.growable
        ]
        return {table.columns or "": (section, table) for section, table in tables}

    def directions(self, table: str) -> dict[str, str]:
        """The directions of such a table: the label of each by its path."""
        section, rows = self.target_tables[table][0], self.target_tables[table][1].rows
        return {f"{section}.{row.key}": row.label for row in rows}

    @cached_property
    def open_directions(self) -> frozenset[str]:
        """The rows of a growable table that stand beside its directions, 其它: what each is about the county writes itself."""
        return frozenset(
            f"{section}.{row.key}"
            for section, table in self.target_tables.values()
            for row in table.rows
            if row.kind is not None and not row.rows
        )

    def _field(self, section: SectionDef, group: RowDef | None, row: RowDef) -> Field:
        holder = group if group is not None and group.evidence else row
        asks = holder.evidence or row.evidence
        names = (*holder.evidence_names, holder.label, row.label) if asks else row.evidence_names
        return Field.made(
            path=f"{section.key}.{row.key}",
            section=section.number,
            label=row.printed_label,
            kind=row.kind or Kind.TEXT,
            columns=self.row_columns(row),
            group=group.label if group else "",
            options=tuple(_option(row, number, option) for number, option in enumerate(row.options)),
            evidence=asks,
            evidence_code=holder.code,
            evidence_names=tuple(dict.fromkeys(names)),
            **{name: getattr(row, name) for name in AnswerLimits.attributes},
        )


def _leaves(group: RowDef | None, rows: tuple[RowDef, ...]) -> Iterator[tuple[RowDef | None, RowDef]]:
    for row in rows:
        if row.kind is not None:
            yield group, row
        yield from _leaves(row, row.rows)


def _option(row: RowDef, number: int, option: OptionDef) -> Option:
    code = f"{row.code}-{CIRCLED[number]}" if row.code else ""
    return Option(
        option.key,
        option.label,
        option.spellings,
        explain=option.explain,
        evidence=option.evidence or row.ticked_evidence,
        code=code,
    )


def _problems(form: FormDef) -> Iterator[InBoth]:
    """All that is wrong, each in a sentence; nothing for a sound definition."""
    rows = [row for section in form.sections for row in every_row(section.rows)]
    yield from _twice("section", (str(section.number) for section in form.sections))
    yield from _twice("section-key", (section.key for section in form.sections))
    yield from _twice("code", (row.code for row in rows if row.code))
    for section in form.sections:
        keys = [row.key for row in every_row(section.rows)]
        yield from _at(section.key, _twice("key", keys))
        yield from _ambiguous(section.key, section.rows)
        for row in every_row(section.rows):
            yield from _at(f"{section.key}.{row.key}", _row_faults(row, form.column_sets, keys))


def _no_rows(form: FormDef) -> Iterator[InBoth]:
    """What names rows that the form has not."""
    drawn = (*form.figures.years, *(aim.field for aim in form.figures.aims))
    named = [*(("figures", path) for path in drawn), *(("identity", path) for path in form.identity.paths)]
    yield from (Text("definition.no-row", key=key, path=path) for key, path in named if path not in form.rows)


def _row_faults(row: RowDef, column_sets: Collection[str], keys: list[str]) -> Iterator[InBoth]:
    wrong = {
        "row-needs-kind": row.kind is None and not row.rows,
        "matrix-needs-columns": row.matrix is not None and row.columns is None,
        "options-need-kind": bool(row.options) and row.kind not in BOXES,
        "too-few-options": row.kind in BOXES and len(row.options) < 2,
        "evidence-needs-code": bool(row.evidence or row.ticked_evidence) and not row.code,
    }
    yield from (Text(f"definition.{fault}") for fault, found in wrong.items() if found)
    if row.columns is not None and row.columns not in column_sets:
        yield Text("definition.no-column-set", name=row.columns, known=tuple(column_sets))
    if row.after is not None and row.after not in keys:
        yield Text("definition.after-no-row", key=row.after)
    yield from _twice("option", (option.key for option in row.options))


def _ambiguous(where: str, rows: tuple[RowDef, ...]) -> Iterator[InBoth]:
    """Labels that stand twice among neighbours with nothing to tell them apart."""
    yield from _at(where, _twice("label", (row.label for row in rows if row.after is None)))
    for row in rows:
        yield from _ambiguous(f"{where}.{row.key}", row.rows)


def _at(place: str, faults: Iterable[InBoth]) -> Iterator[InBoth]:
    return (Joined("join.colon", (place, fault)) for fault in faults)


def _twice(what: str, names: Iterable[str]) -> Iterator[InBoth]:
    """What should stand once and does not."""
    return (
        Text(f"definition.{what}-twice", name=name) for name, count in Counter(names).items() if count > 1
    )


@kept
def load_form(edition: str, form: str) -> FormDef:
    """The definition of one form; UsageError where the edition has no such form, DataError if it is wrong."""
    known = load_edition(edition)
    if form not in known.forms:
        raise UsageError("edition.no-form", edition=edition, form=form, known="、".join(known.forms))
    file = f"{form}.yaml"
    return make_form(layered(edition, "forms", file), known, f"editions/{edition}/forms/{file}")


def make_form(data: dict[str, Any], edition: Edition, where: str) -> FormDef:
    """A definition from its YAML data, with the edition's years; DataError says file and what is wrong."""
    try:
        form = made_from(FormDef, {**with_years(data, edition.roles), "edition": edition})
        faults: list[Any] = [*_problems(form), *_no_rows(form)]
    except (LookupError, ValueError) as error:
        faults = [error]
    else:
        if not faults:
            return form
    raise DataError("edition.wrong-form", faults=Joined("join.then", faults), file=where)
