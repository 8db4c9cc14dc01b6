"""Files that no list names: which box or row each is called after, by its code or its words."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.claims.claims import Claim, key_of
from clusterform.claims.codes import codes_in, ring_in
from clusterform.claims.matching import SHORTEST_PIECE, Matcher
from clusterform.evidence.inspect import OF_ENDING
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.source import ListedFile
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import Address
from clusterform.text import fold

_BOUND = frozenset({"pdf", "word", "ofd"})


class Unlisted:
    """What is left of a folder, and what it fits."""

    def __init__(self, entries: Iterable[ListedFile], matcher: Matcher) -> None:
        self._fits = {entry: claims_named(entry.name, matcher) for entry in entries}
        self._by_stem: dict[str, list[ListedFile]] = {}
        self._by_claim: dict[Address, list[ListedFile]] = {}
        for entry, claims in self._fits.items():
            self._by_stem.setdefault(fold(stem_of(entry.name)), []).append(entry)
            for claim in claims:
                self._by_claim.setdefault(key_of(claim), []).append(entry)

    def take(self, item: EvidenceLine, claims: tuple[Claim, ...]) -> list[ListedFile]:
        """The files that belong to a line which names none; they are no longer left."""
        title = fold(item.title)
        found = self._left(self._by_stem.get(title, ())) if title else []
        if not found:
            candidates = dict.fromkeys(e for claim in claims for e in self._by_claim.get(key_of(claim), ()))
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
            return () if words and set(map(key_of, words)).isdisjoint(map(key_of, found)) else found
    for part in reversed(parts):
        match = matcher.named(fold(part))
        if match.sure:
            return match.sure
    return ()
