"""The answers of a folder's forms as sheets: one of each kind of form, or all in one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.batch.answers_table import ExtractedForm, FormColumns, columns_of
from clusterform.fields import Address
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import short_name
from clusterform.messages import Text
from clusterform.writing.table import ListTable


def sheets(forms: Sequence[ExtractedForm]) -> Iterator[ListTable]:
    """One of each kind of form that is there; of several editions with the year in its name."""
    dated = len({form.edition for form in forms}) > 1
    for heads in _heads(forms):
        rows = tuple(
            (readable(form.path), *(form.cells.get(key, "") for key, _ in heads.columns))
            for form in forms
            if (form.edition, form.form) == (heads.edition, heads.form)
        )
        name = short_name(heads.form, heads.edition).zh + (f" {heads.edition}" if dated else "")
        if rows:
            yield ListTable(name, (Text("head.file").zh, *(label for _, label in heads.columns)), rows)


def one_sheet(forms: Sequence[ExtractedForm]) -> ListTable:
    """All forms in one table: what both kinds ask for under one head, then what one of them asks for alone."""
    columns: dict[tuple[Address, str], None] = {}
    labels = {}
    for heads in _heads(forms):
        columns.update(dict.fromkeys(heads.columns))
        labels[heads.edition, heads.form] = dict(heads.columns)
    rows = tuple(
        (
            readable(form.path),
            short_name(form.form, form.edition).zh,
            *(
                form.cells.get(key, "") if labels[form.edition, form.form].get(key) == label else ""
                for key, label in columns
            ),
        )
        for form in forms
    )
    return ListTable("", (Text("head.file").zh, Text("head.form").zh, *(label for _, label in columns)), rows)


def readable(path: str) -> str:
    """A file's name that is no text, as old Linux servers have them, by its bytes' escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _heads(forms: Sequence[ExtractedForm]) -> list[FormColumns]:
    editions = sorted({form.edition for form in forms})
    return [columns_of(edition, form) for edition in editions for form in load_edition(edition).forms]
