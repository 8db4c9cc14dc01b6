"""The province's two summaries (annexes 2 and 4): their titles and columns, from rules/editions/<year>/summaries.yaml."""

from __future__ import annotations

from functools import cached_property

from clusterform.checks.reader import BilingualText
from clusterform.definition import made_from
from clusterform.errors import DataError, UsageError
from clusterform.finding import EVIDENCE_LIST
from clusterform.forms.edition import load_edition
from clusterform.forms.layers import layered, with_years
from clusterform.forms.lists import ListDef, load_evidence_list
from clusterform.snapshot import kept
from clusterform.text import fold


class SummaryDef(ListDef):
    """One summary."""

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
    """The plain tables beside the edition's forms."""
    return (*(summary.form for summary in load_summaries(edition)), EVIDENCE_LIST)
