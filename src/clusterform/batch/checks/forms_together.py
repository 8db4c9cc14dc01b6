"""Rules over the forms alone: the quota, clusters and counties that stand twice, forms of other provinces."""

from collections.abc import Iterator, Sequence

from clusterform.batch.cluster_names import ByCluster
from clusterform.batch.digest import Digest
from clusterform.batch.folder import (
    Folder,
    FolderCheck,
    distinct,
    form_words,
    is_apart,
    joined,
    listed,
    paths,
)
from clusterform.batch.recommending_unit import PROVINCE, Unit
from clusterform.checks.reader import FormName, Hit
from clusterform.finding import Severity
from clusterform.grouped import grouped
from clusterform.regions import corps_cities


class OverQuota(FolderCheck, kind="quota"):
    """More applications than the unit may recommend."""

    form: FormName

    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each unit's clusters against its quota; a form whose unit cannot be told counts for the folder's own."""
        by_unit: dict[Unit, list[tuple[Digest, ...]]] = {}
        for group in distinct(folder.of(self.form)):
            unit = next((d.origin.unit for d in group if d.origin.unit is not None), folder.unit)
            if unit is not None:
                by_unit.setdefault(unit, []).append(group)
        for unit, groups in by_unit.items():
            allowed = folder.edition.quota
            most = allowed.province if unit.kind == PROVINCE else allowed.plan_city_or_corps
            if len(groups) > most:
                files = paths([digest for group in groups for digest in group])
                yield Hit(
                    files=files,
                    value=str(len(groups)),
                    expected=str(most),
                    facts={"unit": unit.name},
                    changes=(),
                )


class Twice(FolderCheck, kind="twice"):
    def places(self, folder: Folder) -> Iterator[Hit]:
        """Files with the same bytes; of those that differ, forms of one kind with the same cluster."""
        known = (digest for digest in folder.digests if digest.sha256 is not None and not digest.blank)
        for same in grouped((digest.sha256, digest) for digest in known).values():
            if len(same) > 1:
                yield Hit(files=paths(same), facts={"count": str(len(same))}, variant="same-file")
        for form in dict.fromkeys(digest.form for digest in folder.forms):
            yield from _same_name(form, folder.of(form))


def _same_name(form: str, digests: Sequence[Digest]) -> Iterator[Hit]:
    for group in distinct(digests):
        versions = {digest.sha256 or digest.path for digest in group}
        if len(versions) > 1:
            count = str(len(versions))
            yield Hit(
                files=paths(group),
                value=group[0].name,
                facts={"count": count, "form": form_words(group[0].edition, form)},
            )


class SameCounty(FolderCheck, kind="same_county"):
    """One county with several clusters."""

    form: FormName

    def places(self, folder: Folder) -> Iterator[Hit]:
        placed = ([d for d in group if d.origin.county] for group in distinct(folder.of(self.form)))
        firsts = [group[0] for group in placed if group and group[0].key is not None]
        for found in grouped((first.origin.county, first) for first in firsts).values():
            if len(found) > 1:
                facts = {"count": str(len(found)), "names": listed(found)}
                yield Hit(files=paths(found), value=found[0].origin.county_name, facts=facts)


class BothForms(FolderCheck, kind="both_forms"):
    """One cluster that applies and is reviewed."""

    form: FormName
    reviewed: FormName

    def places(self, folder: Folder) -> Iterator[Hit]:
        reviewed: ByCluster[Digest] = ByCluster()
        for digest in folder.of(self.reviewed):
            reviewed.add(digest.key, digest)
        for applying in distinct(folder.of(self.form)):
            found = reviewed.find(applying[0].key)
            if found:
                yield Hit(files=paths([*applying, *found]), value=applying[0].name)


class CorpsCity(FolderCheck, kind="corps_city"):
    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each form from a city of the corps that says 新疆: nothing is wrong with it, so it counts on no file."""
        for digest in folder.forms:
            unit, division = digest.origin.unit, corps_cities().get(digest.origin.county)
            if division is not None and unit is not None and unit.kind == PROVINCE:
                facts = {
                    "division": division,
                    "unit": unit.name,
                    "quota": str(folder.edition.quota.plan_city_or_corps),
                }
                yield Hit(files=(digest.path,), value=digest.origin.county_name, facts=facts, changes=())


class OtherUnit(FolderCheck, kind="other_unit"):
    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each form of another unit than the folder's; where that cannot be told, once for all."""
        own = folder.unit
        if own is None:
            if len(folder.units) > 1:
                facts = {
                    "count": str(len(folder.units)),
                    "names": joined([unit.name for unit in folder.units]),
                }
                placed = [digest for digest in folder.forms if digest.origin.unit is not None]
                yield Hit(
                    files=paths(placed),
                    facts=facts,
                    variant="undecided",
                    severity=Severity.MANUAL,
                    changes=(),
                )
            return
        for digest in folder.forms:
            unit = digest.origin.unit
            if unit is None or unit == own:
                continue
            apart = is_apart(unit, own)
            yield Hit(
                files=(digest.path,),
                value=unit.name,
                expected=own.name,
                facts={"form": form_words(digest.edition, digest.form)},
                variant="apart" if apart else None,
                severity=Severity.WARNING if apart else None,
            )
