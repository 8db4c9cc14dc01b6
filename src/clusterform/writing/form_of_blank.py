"""Which form a blank is, and that it is the one the answers are for."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.errors import UnreadableError, UsageError
from clusterform.filling.recognise import recognise
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import RawDocument


def form_of_blank(document: RawDocument, given: FilledForm) -> FormDef:
    """The blank's form; UsageError where it is none, or another one than the answers'."""
    try:
        form = recognise(document, given.edition)
    except UnreadableError as error:
        raise UsageError("blank.no-form", edition=given.edition, reason=error.text) from error
    if form.form != given.form:
        raise UsageError("blank.other-form", form=form.form, title=form.title, answers=given.form)
    return form
