"""Digests of forms made by hand, and what a rule across forms finds in them."""

from __future__ import annotations

from typing import Any

from clusterform.batch.cluster_names import name_key
from clusterform.batch.digest import Digest
from clusterform.batch.folder import Folder, FolderCheck
from clusterform.batch.recommending_unit import origin_of, unit_named
from clusterform.checks.reader import Hit
from clusterform.finding import Status
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_summaries
from clusterform.forms.rule import load_rules
from support.forms import EDITION

DONGHAI, KUNSHAN, HAIZHOU = (
    f"江苏省{place}" for place in ("连云港市东海县", "苏州市昆山市", "连云港市海州区")
)


def digest(name: str = "", region: str = DONGHAI, form: str = "application", **more: Any) -> Digest:
    path = more.pop("path", f"{name or '无名'}.docx")
    key, origin = name_key(name, region), origin_of(region, name, "")
    told = {"name": name, "key": key, "region": region, "origin": origin, "sha256": path}
    return Digest(path, form, **{"status": Status.PASS, "edition": EDITION, **told, **more})


def folder(*digests: Digest, province: str | None = None) -> Folder:
    unit = None if province is None else unit_named(province)
    return Folder(digests, load_edition(EDITION), load_summaries(EDITION), {}, unit, lambda _: {})


def hits(code: str, *digests: Digest, province: str | None = None) -> list[Hit]:
    (rule,) = [rule for rule in load_rules(EDITION) if rule.code == code]
    (check,) = rule.checks
    assert isinstance(check, FolderCheck)
    return [*check.places(folder(*digests, province=province))]
