"""One file under several items, by its name or as a copy. Only files of one size are compared, and not whole if large."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from clusterform.answers import Observation
from clusterform.errors import ClusterformError
from clusterform.evidence import observations
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence_line import EvidenceLine
from clusterform.grouped import grouped
from clusterform.text import fold

PIECE = 16_384
"""Bytes compared at the beginning, in the middle and at the end."""
_READ = 1 << 20
WHOLE_UP_TO = 8_000_000
BUDGET = 128_000_000
"""Bytes read in all for comparing whole files; beyond it their pieces decide."""


@dataclass(frozen=True, slots=True)
class FileUse:
    item: EvidenceLine
    claims: frozenset[tuple[str, str | None]]
    entry: ListedFile


def repeated(uses: Iterable[FileUse], source: FileSource) -> Iterator[Observation]:
    """Each file, or set of copies, that stands under different boxes or rows with the same pages or none."""
    by_name = grouped((use.entry.name, use) for use in uses)
    for uses_of_file in by_name.values():
        if clash := _clash(uses_of_file):
            yield observations.shared(clash[0].item, uses_of_file[0].entry.name, [u.item for u in clash])
    firsts = [uses_of_file[0] for uses_of_file in by_name.values()]
    for alike in _copies(firsts, source):
        if len({use.claims for use in alike}) > 1:
            yield observations.copied(alike[0].item, [(u.entry.name, u.item) for u in alike])


def _clash(uses: list[FileUse]) -> list[FileUse]:
    """Uses for different things that say the same pages; none where each has pages of its own."""
    by_pages = grouped((fold(u.item.pages) if u.item.pages != u.item.file else "", u) for u in uses)
    groups = (g for g in by_pages.values() if len({use.claims for use in g}) > 1)
    return next(groups, [])


def _copies(uses: list[FileUse], source: FileSource) -> Iterator[list[FileUse]]:
    comparer = _Comparer(source)
    for of_size in _alike(uses, lambda entry: entry.size or None):
        for group in _alike(of_size, comparer.pieces):
            yield from _alike(group, comparer.whole)


def _alike(uses: list[FileUse], key: Callable[[ListedFile], Hashable | None]) -> list[list[FileUse]]:
    """Those that share a key with others, together; what has none is like no other."""
    groups = grouped((found, use) for use in uses if (found := key(use.entry)) is not None)
    return [group for group in groups.values() if len(group) > 1]


class _Comparer:
    """Digests of files, within what may be read."""

    def __init__(self, source: FileSource) -> None:
        self._source = source
        self._left = BUDGET

    def pieces(self, entry: ListedFile) -> bytes | None:
        """Of beginning, middle and end; None where it does not open."""
        return self._digest(entry, whole=False)

    def whole(self, entry: ListedFile) -> bytes | None:
        """Of all, where it is not too large for that; else nothing that tells it apart."""
        if entry.size <= 3 * PIECE or entry.size > min(WHOLE_UP_TO, self._left):
            return b""
        self._left -= entry.size
        return self._digest(entry, whole=True)

    def _digest(self, entry: ListedFile, *, whole: bool) -> bytes | None:
        try:
            with self._source.open(entry) as stream:
                digest = hashlib.blake2b(digest_size=16)
                for piece in iter(lambda: stream.read(_READ), b"") if whole else _pieces(stream, entry.size):
                    digest.update(piece)
                return digest.digest()
        except (OSError, ClusterformError):
            return None


def _pieces(stream: BinaryIO, size: int) -> Iterator[bytes]:
    for at in sorted({0, max(size // 2 - PIECE // 2, 0), max(size - PIECE, 0)}):
        stream.seek(at)
        yield stream.read(PIECE)
