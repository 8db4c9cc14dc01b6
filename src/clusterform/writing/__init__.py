"""Everything that makes a .docx or .xlsx: blank forms, filled ones, and the plain tables beside them."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.answers import FilledForm
from clusterform.data_files import templates_file
from clusterform.errors import UsageError
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import key_of_form, list_kinds, load_list, with_titles
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import Package, open_package

FORMATS = ("docx", "xlsx")
ENDINGS = {name: (name,) for name in FORMATS}


def blank(kind: str, file_format: str, edition: str) -> bytes:
    """A blank form or table as it is shipped, else made; UsageError for a kind, format or edition that is not known."""
    kind = known_kind(kind, edition)
    _known_format(file_format)
    shipped = templates_file(edition, f"{kind}.{file_format}")
    return shipped.read_bytes() if shipped.is_file() else new_blank(kind, file_format, edition)


def new_blank(
    kind: str, file_format: str, edition: str, rows: Sequence[tuple[str, ...]] | None = None
) -> bytes:
    """A blank made from its definition, a plain table with `rows` if they are given; the same bytes every time."""
    if file_format == "docx":
        from clusterform.writing.word.blank_docx import write_docx as write
    else:
        from clusterform.writing.book.blank_xlsx import write_xlsx as write
    return write(kind, edition, rows)


def filled_list(kind: str, file_format: str, edition: str, rows: Sequence[tuple[str, ...]]) -> bytes:
    """A plain table with rows already written; UsageError as for `blank`."""
    kind = known_kind(kind, edition, list_kinds(edition))
    _known_format(file_format)
    return new_blank(kind, file_format, edition, rows)


def filled(given: FilledForm, file_format: str, package: Package | None, name: str) -> bytes:
    """The answers of the file called `name` in a blank form: the one in `package`, else the project's own.

    DataError names every answer that finds no place there; UsageError where the blank is no form, or another one.
    """
    _known_format(file_format)
    if file_format == "docx":
        from clusterform.writing.fill_word.fill_docx import fill_docx as fill
    else:
        from clusterform.writing.fill_book.fill_xlsx import fill_xlsx as fill
    return fill(given, package or open_package(blank(given.form, file_format, given.edition)), name)


def official_name(kind: str, edition: str) -> str:
    """The official title of a form or table, as a file is called after it."""
    kind = known_kind(kind, edition)
    title = (
        load_form(edition, kind).title
        if kind in load_edition(edition).forms
        else load_list(edition, kind).title
    )
    return title.replace(" ", "")


def kinds_of(edition: str) -> tuple[str, ...]:
    """Every form and plain table of the edition."""
    return (*load_edition(edition).forms, *list_kinds(edition))


def known_kind(name: str, edition: str, kinds: tuple[str, ...] = ()) -> str:
    """The key of a form or table by any of its names, Chinese or English; UsageError where there is none such."""
    key = key_of_form(name, edition)
    kinds = kinds or kinds_of(edition)
    if key not in kinds:
        raise UsageError("blank.unknown-kind", name=name, known=with_titles(kinds, edition))
    return key


def _known_format(name: str) -> None:
    if name not in FORMATS:
        raise UsageError("blank.unknown-format", name=name, known=FORMATS)
