"""A county that applies for a cluster and has one reviewed whose name is nearly the same, and yet not the same."""

from collections.abc import Iterator
from decimal import Decimal

from clusterform.batch.cluster_names import NameKey
from clusterform.batch.digest import Digest
from clusterform.batch.folder import Folder, FolderCheck, distinct, listed, paths
from clusterform.checks.reader import FormName, Hit
from clusterform.grouped import grouped

_CITY, _COUNTY = 4, 6
"""Digits of a code: nearer than a province, and as far as the county in which a zone lies."""
_LONGEST = 40
"""No industry has a longer name; so much of it is compared."""
_DigestsOfName = list[tuple[NameKey, tuple[Digest, ...]]]


class NearNames(FolderCheck, kind="near_names"):
    """A county that applies and is reviewed under nearly the same name."""

    form: FormName
    reviewed: FormName
    general: tuple[str, ...]
    """Words that say little of an industry, left out of the comparison; one that holds another before it."""
    share: Decimal
    """In percent: so much of the longer name that is left must be the same."""

    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each cluster that applies, with those under review in its county whose names are near; the same one is CF808."""
        named = _named(folder.of(self.reviewed))
        reviewed = grouped((county, (key, group)) for key, group in named for county in _counties(key))
        for key, group in _named(folder.of(self.form)):
            found: dict[str, tuple[Digest, ...]] = {}
            for county in sorted(_counties(key)):
                for other, review in reviewed.get(county, ()):
                    if not key.same(other) and _near(key.industry, other.industry, self):
                        found.setdefault(review[0].path, review)
            if found:
                reviews = [digest for review in found.values() for digest in review]
                names = listed([review[0] for review in found.values()])
                county_name = next(
                    (d.origin.county_name for d in group if d.origin.county_name), group[0].region
                )
                yield Hit(
                    files=paths([*group, *reviews]),
                    value=group[0].name,
                    facts={"names": names, "county": county_name},
                )


def _named(digests: tuple[Digest, ...]) -> _DigestsOfName:
    return [(group[0].key, group) for group in distinct(digests) if group[0].key is not None]


def _counties(key: NameKey) -> set[str]:
    """The codes of the counties in which a cluster may lie; of the city where it has no counties."""
    codes = {stem.rstrip("/")[:_COUNTY] for stem in key.places}
    return {code for code in codes if len(code) >= _CITY}


def _near(one: str, other: str, params: NearNames) -> bool:
    """Whether two industries differ by a word put in or left out, by general words alone, or by few characters."""
    one, other = one[:_LONGEST], other[:_LONGEST]
    shorter = min(len(one), len(other))
    if shorter > 1 and _in_common(one, other) == shorter:
        return True
    cores = _core(one, params), _core(other, params)
    return _in_common(*cores) >= params.share / 100 * max(len(core) for core in cores)


def _core(industry: str, params: NearNames) -> str:
    """An industry without the words that any industry may have; the whole where nothing else is left."""
    core = industry
    for word in params.general:
        core = core.replace(word, "")
    return core or industry


def _in_common(one: str, other: str) -> int:
    """How many characters stand in both in the same order."""
    row = [0] * (len(other) + 1)
    for letter in one:
        before = 0
        for place, second in enumerate(other, 1):
            above = row[place]
            row[place] = before + 1 if letter == second else max(above, row[place - 1])
            before = above
    return row[-1]
