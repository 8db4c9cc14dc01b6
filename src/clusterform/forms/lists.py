"""The plain tables beside the forms, as they are read and as blanks print them: summaries and the list of evidence."""

from functools import cached_property

from clusterform.checks.reader import BilingualText
from clusterform.data_files import rules_file
from clusterform.errors import DataError, UsageError
from clusterform.finding import EVIDENCE_LIST
from clusterform.forms.edition import layered, load_edition, with_years
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Pair
from clusterform.models import Model
from clusterform.snapshot import kept
from clusterform.text import fold
from clusterform.validation import made_from
from clusterform.yaml_file import read_yaml


class ListColumn(Model):
    """One column, found by its head."""

    key: str
    label: str
    """The head as the project's blank prints it."""
    width: int = 0
    """Its share of the page's width; 0: the blank does not print it, it is only read."""
    spellings: tuple[str, ...] = ()
    """Other heads that are read."""
    choices: tuple[str, ...] = ()
    hint: str = ""
    """What a blank workbook offers to choose from, and says of it."""
    digest: str = ""
    """Of a summary: what of a form stands there when the summary is made from the forms."""


class ListDef(Model):
    """One plain table: a title, lines to fill in above it, its columns."""

    annex: str = ""
    title: str
    called: tuple[str, ...] = ()
    """What people call it when they ask for it."""
    spellings: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    note: str
    """That the layout is the project's own."""
    columns: tuple[ListColumn, ...]

    @cached_property
    def printed(self) -> tuple[ListColumn, ...]:
        return tuple(column for column in self.columns if column.width)

    def shares(self, whole: int) -> list[int]:
        """So much of a page's width for each printed column."""
        total = sum(column.width for column in self.printed)
        return [whole * column.width // total for column in self.printed]


class EvidenceListDef(ListDef):
    """The list of evidence. A column of it is printed, read, extracted and filled in."""

    headings: tuple[str, ...]
    """Under which it stands inside a form."""
    telling: str
    """Heads that begin so, like those of the codes, are no other table's."""
    ditto: tuple[str, ...] = ()
    """What is written, folded, for the same as in the line before."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)

    @cached_property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """The columns that a head may stand for, by the head folded; the first that has no other head bears it."""
        found: dict[str, tuple[str, ...]] = {}
        for column in self.columns:
            for head in map(fold, (column.label, *column.spellings)):
                found[head] = (*found.get(head, ()), column.key)
        return found

    def plain_head(self, key: str) -> str:
        """A head by which nothing but that column is meant; the key itself where there is no such column."""
        columns = (column for column in self.columns if column.key == key)
        heads = (head for column in columns for head in (column.label, *column.spellings))
        return next((head for head in heads if self.heads[fold(head)] == (key,)), key)


@kept
def load_evidence_list() -> EvidenceListDef:
    """The list of evidence, the same for all forms; DataError where its file is wrong."""
    try:
        return made_from(EvidenceListDef, read_yaml(rules_file("evidence_list.yaml")))
    except ValueError as error:
        raise DataError("edition.wrong-lists", fault=error) from error


class SummaryDef(ListDef):
    form: str
    of: str
    """The form whose clusters it lists."""
    short: BilingualText
    """What reports call it."""
    passed: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    """How a 初审结果 begins that was passed or not."""

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Every title it may bear, folded."""
        return tuple(fold(title) for title in (self.title, *self.spellings))

    @cached_property
    def heads(self) -> dict[str, str]:
        """The key of a column by every head it may bear, folded."""
        return {
            fold(head): column.key
            for column in reversed(self.columns)
            for head in (column.label, *column.spellings)
        }


@kept
def load_summaries(edition: str) -> tuple[SummaryDef, ...]:
    """The summaries of an edition; DataError where the file is wrong, empty where the edition has none."""
    given = layered(edition, "summaries.yaml").get("summaries", [])
    try:
        return (
            made_from(tuple[SummaryDef, ...], with_years(given, load_edition(edition).roles)) if given else ()
        )
    except (TypeError, KeyError, ValueError) as error:
        raise DataError("edition.wrong-summaries", edition=edition, fault=error) from error


@kept
def load_list(edition: str, kind: str) -> ListDef:
    """One plain table beside the edition's forms; UsageError where it has no such."""
    for summary in load_summaries(edition):
        if summary.form == kind:
            return summary
    if kind == EVIDENCE_LIST:
        return load_evidence_list()
    known = list_kinds(edition)
    raise UsageError("edition.no-table", edition=edition, kind=kind, known=tuple(known))


def list_kinds(edition: str) -> tuple[str, ...]:
    return (*(summary.form for summary in load_summaries(edition)), EVIDENCE_LIST)


def key_of_form(name: str, edition: str) -> str:
    """The key of the form or table that is meant; the name as it is where none is."""
    return form_names(edition).get(fold(name), name)


def form_names(edition: str) -> dict[str, str]:
    """The keys of all forms and tables by themselves and by all that they are called, folded."""
    keys = (*load_edition(edition).forms, *list_kinds(edition))
    called = {fold(name): key for key in reversed(keys) for name in _names(_definition(key, edition))}
    return called | {fold(key): key for key in keys}


def short_name(form: str, edition: str) -> BilingualText:
    """What reports call a form or summary of the edition."""
    if form in load_edition(edition).forms:
        return load_form(edition, form).short
    return next(summary.short for summary in load_summaries(edition) if summary.form == form)


def with_titles(keys: tuple[str, ...], edition: str) -> tuple[Pair, ...]:
    """The keys for a message, in Chinese with their names: 申报表（application）."""
    return tuple(Pair(f"{_definition(key, edition).called[0]}（{key}）", key) for key in keys)


def _definition(key: str, edition: str) -> FormDef | ListDef:
    return load_form(edition, key) if key in load_edition(edition).forms else load_list(edition, key)


def _names(item: FormDef | ListDef) -> tuple[str, ...]:
    return tuple(name for name in (item.title, item.annex, *item.called, *item.spellings) if name)
