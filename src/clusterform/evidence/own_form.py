"""Copies of the form itself among the files of evidence: sealed and scanned, or saved again. They prove nothing and are no strays."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from clusterform.answers import FilledForm
from clusterform.errors import ClusterformError
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence.tables import LARGEST, OFFICE, document_texts
from clusterform.forms.model import load_form
from clusterform.text import fold
from clusterform.words import word

_WORD = 3
"""The title's last letters, 申报表, by which people call the form."""
_MOST_OPENED = 5


def own_copies(
    form: FilledForm, path: Path, source: FileSource, entries: Sequence[ListedFile]
) -> list[ListedFile]:
    """Those of the entries that are called like the form, hold the same bytes, or hold its title and its cluster's name."""
    called = _Called(form)
    found = [entry for entry in entries if called.holds(entry.name)]
    others = [entry for entry in entries if not called.holds(entry.name)]
    small = [e for e in others if not e.fault and e.size <= LARGEST and ending_of(e.name) in OFFICE]
    return [*found, *(e for e in small[:_MOST_OPENED] if _is_same(called, path, source, e))]


class _Called:
    def __init__(self, form: FilledForm) -> None:
        definition = load_form(form.edition, form.form)
        self.titles = [fold(title) for title in (definition.title, *definition.spellings)]
        self.cluster = fold(form.answer("basic_info.cluster_name").text)
        self.place = fold(form.answer("cover.region").text)

    def holds(self, name: str) -> bool:
        """申报表, 某县申报表（盖章）, …产业集群复核申报表: 申报表 behind nothing but the cluster's own words."""
        stem = fold(stem_of(name.rpartition("/")[2]))
        if any(title in stem for title in self.titles):
            return True
        for title in self.titles:
            before, short, _ = stem.partition(title[-_WORD:])
            before = before.strip("0123456789" + word("folder.around_form"))
            if short and (before in title or before in self.cluster or before in self.place):
                return True
        return False

    def tells(self, texts: list[str]) -> bool:
        """Whether a document has the form's title and the cluster's name."""
        return bool(self.cluster) and all(
            any(word in text for text in texts) for word in (self.titles[0], self.cluster)
        )


def _is_same(called: _Called, path: Path, source: FileSource, entry: ListedFile) -> bool:
    try:
        with source.open(entry) as stream:
            data = stream.read(LARGEST + 1)
        if entry.size == path.stat().st_size and data == path.read_bytes():
            return True
        return called.tells([fold(text) for text in document_texts(data)])
    except (ClusterformError, OSError):
        return False
