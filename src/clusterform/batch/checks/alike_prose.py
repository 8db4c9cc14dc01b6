"""Texts of different clusters with nearly the same wording: candidates by their smallest hashes, then measured word for word."""

from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal

from clusterform.batch.digest import Digest, similarity, unpacked_hashes
from clusterform.batch.folder import Folder, FolderCheck, joined, listed, paths
from clusterform.checks.reader import Hit, Limit, LimitName
from clusterform.grouped import grouped

_SHARED = 5
"""Hashes of sixteen that two texts must share: texts alike by four fifths share ten or eleven."""
_FIRST = 8
"""The smallest hashes, by which a text is looked up."""


class AlikeProse(FolderCheck, kind="alike_prose"):
    limit: LimitName
    """The limit that says how much may be the same."""

    def places(self, folder: Folder) -> Iterator[Hit]:
        """One finding for each set of clusters, with all the fields they share."""
        limit = folder.limits[self.limit]
        texts = grouped(
            (path, (number, packed))
            for number, digest in enumerate(folder.digests)
            for path, packed in digest.prose
        )
        found = grouped(
            (members, (path, share))
            for path, signatures in texts.items()
            for members, share in _groups(path, signatures, folder, limit)
        )
        for members, fields in sorted(found.items()):
            yield _in_words([folder.digests[number] for number in members], fields, folder)


def _in_words(digests: list[Digest], fields: list[tuple[str, Decimal]], folder: Folder) -> Hit:
    labels = [folder.label_of(digests[0].form, path) for path, _ in fields]
    highest = max(share for _, share in fields).quantize(Decimal(1), ROUND_DOWN)
    return Hit(
        files=paths(digests),
        value=str(highest),
        label=labels[0] if len(labels) == 1 else None,
        facts={
            "count": str(len(digests)),
            "names": listed(digests),
            "fields": str(len(fields)),
            "labels": joined([f"“{label}”" for label in labels], 8),
        },
    )


def _groups(
    path: str, signatures: list[tuple[int, bytes]], folder: Folder, limit: Limit
) -> Iterator[tuple[tuple[int, ...], Decimal]]:
    """The texts of one field that are alike: the numbers of their digests, and the highest share of wording with the first.

    Each stands with the first text that it is like: no pair is looked at that shares nothing.
    """
    leaders: dict[int, list[int]] = {}
    members: dict[int, list[int]] = {}
    shares: dict[int, Decimal] = {}
    known: dict[int, tuple[int, ...]] = {}
    for number, packed in signatures:
        hashes = unpacked_hashes(packed)
        share, leader = max(
            ((_share(path, number, other, folder), -other) for other in _candidates(hashes, leaders, known)),
            default=(Decimal(0), 0),
        )
        if share and not limit.holds(share):
            members[-leader].append(number)
            shares[-leader] = max(share, shares.get(-leader, share))
            continue
        known[number] = hashes
        members[number] = [number]
        for one in hashes[:_FIRST]:
            leaders.setdefault(one, []).append(number)
    for leader, alike_ones in members.items():
        others = [n for n in alike_ones if n != leader]
        if others:
            yield tuple(alike_ones), shares[leader]


def _candidates(
    hashes: tuple[int, ...], leaders: dict[int, list[int]], known: dict[int, tuple[int, ...]]
) -> list[int]:
    """Earlier texts that share enough of their smallest hashes."""
    near = {number for one in hashes for number in leaders.get(one, ())}
    own = set(hashes)
    return sorted(n for n in near if len(own.intersection(known[n])) >= min(_SHARED, len(own)))


def _share(path: str, number: int, other: int, folder: Folder) -> Decimal:
    """How much wording two clusters' texts share; nothing between two forms of one cluster, or the same file."""
    one, two = folder.digests[number], folder.digests[other]
    if (one.key is not None and two.key is not None and one.key.same(two.key)) or one.sha256 == two.sha256:
        return Decimal(0)
    return similarity(folder.prose(number)[path], folder.prose(other)[path])
