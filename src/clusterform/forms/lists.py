"""The plain tables beside the forms as blanks print them: both summaries and the list of evidence."""

from __future__ import annotations

from clusterform.data_files import rules_file
from clusterform.definition import Definition, made_from
from clusterform.errors import DataError, UsageError
from clusterform.forms.edition import load_edition
from clusterform.forms.summaries import load_summaries
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


class ListColumn(Definition):
    """One column of a plain table."""

    key: str
    label: str


class ListDef(Definition):
    """One plain table: a title, lines to fill in above it, its columns. A summary's columns come from summaries.yaml."""

    annex: str = ""
    title: str = ""
    called: tuple[str, ...] = ()
    """What people call it when they ask for it; a summary's stand in summaries.yaml."""
    lines: tuple[str, ...] = ()
    note: str
    """That the layout is the project's own."""
    columns: tuple[ListColumn, ...] = ()
    widths: dict[str, int]
    """Each column's share of the page's width."""


@kept
def load_list(edition: str, kind: str) -> ListDef:
    """One plain table; UsageError where the edition has no such, DataError where lists.yaml is wrong."""
    try:
        known = _lists(edition)
        if kind in known:
            return _whole(known[kind], edition, kind)
    except (LookupError, ValueError) as error:
        raise DataError(
            f"{edition} 年度的 lists.yaml 有误：{error}", f"lists.yaml of {edition}: {error}"
        ) from error
    raise UsageError(
        f"{edition} 年度没有 {kind} 表。可用：{'、'.join(known) or '无'}。",
        f"Edition {edition} has no table {kind}. Known: {', '.join(known) or 'none'}.",
    )


def list_kinds(edition: str) -> tuple[str, ...]:
    """The plain tables that the edition has."""
    return tuple(_lists(edition))


def _lists(edition: str) -> dict[str, ListDef]:
    file = rules_file("editions", load_edition(edition).edition, "lists.yaml")
    return made_from(dict[str, ListDef], read_yaml(file) if file.is_file() else {})


def _whole(plain: ListDef, edition: str, kind: str) -> ListDef:
    """With title and columns, which a summary has elsewhere; ValueError for a column without a width."""
    summary = next((s for s in load_summaries(edition) if s.form == kind), None)
    annex, title, called, columns = plain.annex, plain.title, plain.called, plain.columns
    if summary is not None:
        annex, title, called = summary.annex, summary.title, (*summary.called, *summary.spellings)
        columns = tuple(ListColumn(key=c.key, label=c.label) for c in summary.columns if c.blank)
    missing = [c.key for c in columns if c.key not in plain.widths]
    if missing or not title:
        raise ValueError(f"{kind}: {'no width for ' + ', '.join(missing) if missing else 'no title'}")
    return ListDef(
        annex=annex,
        title=title,
        called=called,
        lines=plain.lines,
        note=plain.note,
        columns=columns,
        widths=plain.widths,
    )
