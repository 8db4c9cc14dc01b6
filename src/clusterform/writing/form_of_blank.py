"""Which form a blank is, and that it is the one the answers are for."""

from __future__ import annotations

from clusterform.errors import UnreadableError, UsageError
from clusterform.filling.recognise import recognise
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import RawDocument
from clusterform.writing.answers.given import GivenForm


def form_of_blank(document: RawDocument, given: GivenForm) -> FormDef:
    """The blank's form; UsageError where it is none, or another one than the answers'."""
    try:
        form = recognise(document, given.edition)
    except UnreadableError as error:
        raise UsageError(
            f"空白表不是 {given.edition} 年度的申报表或复核申报表（{error.zh}）。",
            f"The blank is no form of edition {given.edition} ({error.en}).",
        ) from error
    if form.form != given.form:
        raise UsageError(
            f"空白表是 {form.form}（{form.title}），答案是 {given.form} 的。",
            f"The blank is a form of kind {form.form}, the answers are of {given.form}.",
        )
    return form
