"""The way through a blank form, Word or Excel: it is told, written in, and read again. Nothing else in the file changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from clusterform.answers import FilledForm
from clusterform.errors import UnreadableError, UsageError
from clusterform.filling.read import fill_form
from clusterform.filling.recognise import recognise
from clusterform.forms.model import FormDef
from clusterform.parsers.container.package import Package
from clusterform.parsers.raw import RawDocument
from clusterform.parsers.read import read_document
from clusterform.writing.faults import Faults
from clusterform.writing.readback import require_blank, require_same
from clusterform.writing.repack import repacked

WritesParts = Callable[[FormDef, FilledForm, Faults], Mapping[str, bytes]]
"""Writes into the form that the blank is, as it is read, and returns the parts of the file that change."""


def filled_copy(
    given: FilledForm, package: Package, name: str, document: RawDocument, write: WritesParts
) -> bytes:
    """The blank form in `package`, read as `document`, with the answers of the file called `name`.

    DataError names every answer that has no place or would be read otherwise; UsageError where the blank is no form,
    or another one than the answers'.
    """
    form, faults = _form_of(document, given), Faults(name, "fill.unfit")
    blank = fill_form(document, form)
    require_blank(form, given, blank, name)
    parts = write(form, blank, faults)
    faults.settle()
    made = repacked(package.data, parts)
    require_same(form, given, fill_form(read_document(Package(made)), form), name)
    return made


def _form_of(document: RawDocument, given: FilledForm) -> FormDef:
    """The blank's form; UsageError where it is none, or another one than the answers'."""
    try:
        form = recognise(document, given.edition)
    except UnreadableError as error:
        raise UsageError("blank.no-form", edition=given.edition, reason=error.text) from error
    if form.form != given.form:
        raise UsageError("blank.other-form", form=form.form, title=form.title, answers=given.form)
    return form
