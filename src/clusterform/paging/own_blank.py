"""The pages of the project's own blank, for a form that was made from it."""

from __future__ import annotations

from clusterform.errors import UnreadableError
from clusterform.paging.compare import Blank, blank_pages
from clusterform.parsers.libreoffice.convert import office_state
from clusterform.snapshot import kept
from clusterform.writing import blank


def own_blank(edition: str, form: str) -> Blank | None:
    """The blank laid out; None where there is no LibreOffice to do it."""
    state = office_state()
    if state is None:
        return None
    try:
        return _laid_out(edition, form, state)
    except UnreadableError as error:
        return Blank(form, edition, {}, error)


@kept
def _laid_out(edition: str, form: str, state: str) -> Blank:  # noqa: ARG001  (`state`: laid out anew when it changes)
    """Kept from run to run: the blank is the same, and laying it out takes LibreOffice a second or two."""
    return blank_pages(blank(form, "docx", edition), edition, form)
