"""Files that no list names: which box or row each is called after, by its code or its words.

Copies of the form itself, sealed and scanned or saved again, prove nothing and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from clusterform.answers import FilledForm
from clusterform.claims.claims import Claim
from clusterform.claims.codes import codes_in, ring_in
from clusterform.claims.matching import SHORTEST_PIECE, Matcher
from clusterform.errors import ClusterformError
from clusterform.evidence.inspect import OF_ENDING
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence.tables import LARGEST, OFFICE, document_texts
from clusterform.evidence_line import EvidenceLine
from clusterform.filling.identity import identity_answer
from clusterform.forms.model import load_form
from clusterform.grouped import grouped
from clusterform.text import fold
from clusterform.words import word

_BOUND = frozenset({"pdf", "word", "ofd"})


class Unlisted:
    """What is left of a folder, and what it fits."""

    def __init__(self, entries: Iterable[ListedFile], matcher: Matcher) -> None:
        self._fits = {entry: claims_named(entry.name, matcher) for entry in entries}
        self._by_stem = grouped((fold(stem_of(entry.name)), entry) for entry in self._fits)
        self._by_claim = grouped((claim.key, e) for e, claims in self._fits.items() for claim in claims)

    def take(self, item: EvidenceLine, claims: tuple[Claim, ...]) -> list[ListedFile]:
        """The files that belong to a line which names none; they are no longer left."""
        title = fold(item.title)
        found = self._left(self._by_stem.get(title, ())) if title else []
        if not found:
            candidates = dict.fromkeys(e for claim in claims for e in self._by_claim.get(claim.key, ()))
            found = self._left(candidates)
        if not found and len(title) >= SHORTEST_PIECE:
            found = self._left(e for stem, held in self._by_stem.items() if title in stem for e in held)
        self.drop(found)
        return found

    def _left(self, entries: Iterable[ListedFile]) -> list[ListedFile]:
        return [entry for entry in entries if entry in self._fits]

    def fitting(self) -> list[tuple[ListedFile, tuple[Claim, ...]]]:
        return [(entry, claims) for entry, claims in self._fits.items() if claims]

    def strangers(self) -> list[ListedFile]:
        return [entry for entry, claims in self._fits.items() if not claims]

    def only(self) -> ListedFile | None:
        """The one document left, called after nothing: a bound volume that holds everything."""
        entry = next(iter(self._fits)) if len(self._fits) == 1 else None
        bound = entry is not None and not self._fits[entry] and OF_ENDING.get(ending_of(entry.name)) in _BOUND
        return entry if bound else None

    def drop(self, entries: Iterable[ListedFile]) -> None:
        for entry in entries:
            self._fits.pop(entry, None)


def claims_named(name: str, matcher: Matcher) -> tuple[Claim, ...]:
    """By the innermost code of file and folders (a ④ inside 2.3 is 2.3-④), else by the file's words, then a folder's."""
    *folders, base = name.split("/")
    parts = [*folders, stem_of(base)]
    for depth in range(len(parts) - 1, -1, -1):
        codes = codes_in(parts[depth]).codes
        if not codes:
            continue
        inner = [ring for part in parts[depth + 1 :] if (ring := ring_in(part))]
        if len(codes) == 1 and not codes[0][1] and inner:
            codes = ((codes[0][0], inner[-1]),)
        if found := matcher.coded(codes):
            words = matcher.named(fold(codes_in(parts[depth]).rest)).sure
            # A number of the county's own may look like a code: where the words say otherwise, nothing is guessed.
            return () if words and set(words).isdisjoint(found) else found
    for part in reversed(parts):
        match = matcher.named(fold(part))
        if match.sure:
            return match.sure
    return ()


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
        self.cluster = fold(identity_answer(form, "name").text)
        self.place = fold(identity_answer(form, "region").text)

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
            data = stream.read(LARGEST)
        if entry.size == path.stat().st_size and data == path.read_bytes():
            return True
        return called.tells([fold(text) for text in document_texts(data)])
    except (ClusterformError, OSError):
        return False
