"""A province's summary filled from its folder: a line for each cluster, as the forms say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.batch.digest import Digest
from clusterform.batch.folder import distinct, form_words
from clusterform.finding import Status
from clusterform.forms.lists import SummaryDef
from clusterform.messages import Text
from clusterform.regions import leading_places
from clusterform.text import fold
from clusterform.words import words


def summary_rows(summary: SummaryDef, digests: Sequence[Digest]) -> list[tuple[str, ...]]:
    """The texts of the columns that are printed, each cluster once, in the folder's order; what no form tells stays blank."""
    return [
        tuple(str(n) if c.key == "number" else _text(group[0], c.digest) for c in summary.printed)
        for n, group in enumerate(_clusters(summary, digests), 1)
    ]


def _clusters(summary: SummaryDef, digests: Sequence[Digest]) -> list[tuple[Digest, ...]]:
    return distinct([digest for digest in digests if digest.form == summary.of and not digest.blank])


def not_listed(summary: SummaryDef, digests: Sequence[Digest]) -> Iterator[tuple[str, Text]]:
    """The files that have no line of their own, by path, and why."""
    for group in _clusters(summary, digests):
        for digest in group[1:]:
            yield (digest.path, Text("summary.same-cluster", path=group[0].path, name=group[0].name))
    for digest in digests:
        why = _reason(summary, digest)
        if why is not None:
            yield digest.path, why


def _reason(summary: SummaryDef, digest: Digest) -> Text | None:
    """Why a file is no form of that summary; None for one that is."""
    if digest.status is Status.UNREADABLE:
        return Text("left.unread")
    if digest.blank:
        return Text("left.blank")
    if digest.form == summary.of:
        return None
    there, asked = form_words(digest.edition, digest.form), summary.short
    return Text("summary.other-kind", there=there, asked=asked)


def _text(digest: Digest, source: str) -> str:
    if source in {"name", "region", "operator", "department"}:
        return str(getattr(digest, source))
    if source == "contact":
        return digest.people[0] if digest.people else ""
    if source == "phone":
        return digest.phones[0] if digest.phones else ""
    return _industry(digest.name) if source == "industry" else ""


def _industry(name: str) -> str:
    """What is left of the cluster's name: the form has no field for it, so a person looks it over."""
    _, rest = leading_places(name.strip())
    for ending in words("cluster.last"):
        if fold(rest) != ending:
            rest = rest.removesuffix(ending)
    return rest
