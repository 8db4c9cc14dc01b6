"""The pages of the project's own blank, for a form that was made from it."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.errors import UnreadableError
from clusterform.filling.pages import Blank, blank_pages
from clusterform.parsers.office_state import office_state
from clusterform.parsers.package import Package
from clusterform.parsers.xml_part import parse_part
from clusterform.snapshot import kept
from clusterform.writing import FORMS, blank
from clusterform.writing.word_package import MARK, PROPERTIES, mark_of


def own_blank(package: Package, form: FilledForm) -> Blank | None:
    """None where the form was made from another blank, or where there is no LibreOffice to lay it out."""
    if form.form not in FORMS or not _made_from_ours(package, form):
        return None
    state = office_state()
    if state is None:
        return None
    try:
        return _laid_out(form.edition, form.form, state)
    except UnreadableError as error:
        return Blank(form.form, {}, error)


def _made_from_ours(package: Package, form: FilledForm) -> bool:
    """Whether the file still bears the property that the blank was given; editors keep it."""
    if package.kind != "docx" or not package.has(PROPERTIES):
        return False
    properties = parse_part(package.read(PROPERTIES), PROPERTIES)
    marks = ("".join(map(str, item.itertext())) for item in properties if item.get("name") == MARK)
    return mark_of(form.form, form.edition) in marks


@kept
def _laid_out(edition: str, form: str, state: str) -> Blank:  # noqa: ARG001  (`state`: laid out anew when it changes)
    """Kept from run to run: the blank is the same, and laying it out takes LibreOffice a second or two."""
    return blank_pages(blank(form, "docx", edition), edition, form)
