"""Rules over the forms alone: the quota, clusters and counties that stand twice, forms of other provinces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clusterform.batch.digest import Digest
from clusterform.batch.folder import (
    Across,
    Folder,
    distinct,
    form_words,
    is_apart,
    joined,
    listed,
    paths,
)
from clusterform.batch.names import ByCluster
from clusterform.batch.origin import PROVINCE, Unit
from clusterform.checks.across import BothForms, CorpsCity, OtherUnit, Quota, SameCounty, Twice
from clusterform.finding import Severity
from clusterform.regions import corps_cities


def quota(params: Quota, folder: Folder) -> Iterator[Across]:
    """Each unit's clusters against its quota; a form whose unit cannot be told counts for the folder's own."""
    by_unit: dict[Unit, list[tuple[Digest, ...]]] = {}
    for group in distinct(folder.of(params.form)):
        unit = next((d.origin.unit for d in group if d.origin.unit is not None), folder.unit)
        if unit is not None:
            by_unit.setdefault(unit, []).append(group)
    for unit, groups in by_unit.items():
        allowed = folder.edition.quota
        most = allowed.province if unit.kind == PROVINCE else allowed.plan_city_or_corps
        if len(groups) > most:
            files = paths([digest for group in groups for digest in group])
            yield Across(files, str(len(groups)), str(most), facts={"unit": unit.name}, changes=())


def twice(_: Twice, folder: Folder) -> Iterator[Across]:
    """Files with the same bytes; of those that differ, forms of one kind with the same cluster."""
    by_bytes: dict[str, list[Digest]] = {}
    for digest in folder.digests:
        if digest.sha256 is not None and not digest.blank:
            by_bytes.setdefault(digest.sha256, []).append(digest)
    for same in by_bytes.values():
        if len(same) > 1:
            yield Across(paths(same), facts={"count": str(len(same))}, variant="same-file")
    for form in dict.fromkeys(digest.form for digest in folder.forms):
        yield from _same_name(form, folder.of(form))


def _same_name(form: str, digests: Sequence[Digest]) -> Iterator[Across]:
    for group in _by_cluster(digests):
        versions = {digest.sha256 or digest.path for digest in group}
        if len(versions) > 1:
            count = str(len(versions))
            yield Across(
                paths(group),
                group[0].name,
                facts={"count": count, "form": form_words(group[0].edition, form)},
            )


def same_county(params: SameCounty, folder: Folder) -> Iterator[Across]:
    """A county with several clusters, each counted once."""
    counties: dict[str, list[Digest]] = {}
    for group in distinct(folder.of(params.form)):
        first = next((digest for digest in group if digest.origin.county), None)
        if first is not None and first.key is not None:
            counties.setdefault(first.origin.county, []).append(first)
    for found in counties.values():
        if len(found) > 1:
            facts = {"count": str(len(found)), "names": joined(list(listed(found)))}
            yield Across(paths(found), found[0].origin.county_name, facts=facts)


def both_forms(params: BothForms, folder: Folder) -> Iterator[Across]:
    """A cluster among the applications and among the reviews."""
    reviewed: ByCluster[Digest] = ByCluster()
    for digest in folder.of(params.reviewed):
        if digest.key is not None:
            reviewed.add(digest.key, digest)
    for applying in _by_cluster(folder.of(params.form)):
        found = reviewed.find(applying[0].key) if applying[0].key is not None else []
        if found:
            yield Across(paths([*applying, *found]), applying[0].name)


def corps_city(_: CorpsCity, folder: Folder) -> Iterator[Across]:
    """Each form from a city of the corps that says 新疆: nothing is wrong with it, so it counts on no file."""
    for digest in folder.forms:
        unit, division = digest.origin.unit, corps_cities().get(digest.origin.county)
        if division is not None and unit is not None and unit.kind == PROVINCE:
            facts = {
                "division": division,
                "unit": unit.name,
                "quota": str(folder.edition.quota.plan_city_or_corps),
            }
            yield Across((digest.path,), digest.origin.county_name, facts=facts, changes=())


def other_unit(_: OtherUnit, folder: Folder) -> Iterator[Across]:
    """Each form of another unit than the folder's; where that cannot be told, once for all."""
    own = folder.unit
    if own is None:
        if len(folder.units) > 1:
            facts = {"count": str(len(folder.units)), "names": joined([unit.name for unit in folder.units])}
            placed = [digest for digest in folder.forms if digest.origin.unit is not None]
            yield Across(
                paths(placed), facts=facts, variant="undecided", severity=Severity.MANUAL, changes=()
            )
        return
    for digest in folder.forms:
        unit = digest.origin.unit
        if unit is None or unit == own:
            continue
        apart = is_apart(unit, own)
        yield Across(
            (digest.path,),
            unit.name,
            own.name,
            facts={"form": form_words(digest.edition, digest.form)},
            variant="apart" if apart else None,
            severity=Severity.WARNING if apart else None,
        )


def _by_cluster(digests: Sequence[Digest]) -> list[list[Digest]]:
    """The forms with a name by cluster, in the folder's order."""
    groups: list[list[Digest]] = []
    known: ByCluster[list[Digest]] = ByCluster()
    for digest in digests:
        if digest.key is None:
            continue
        found = known.find(digest.key)
        if found:
            found[0].append(digest)
        else:
            groups.append([digest])
            known.add(digest.key, groups[-1])
    return groups
