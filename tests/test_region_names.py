"""Places in a cluster's name and in 所属地区: what stands against what, and which level is left out."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.region_names import (
    KnownPlaces,
    NameInRegion,
    NamePattern,
    RegionLevels,
    contradiction,
    missing_part,
)
from clusterform.finding import Severity
from clusterform.forms.rule import load_rules
from support.rule_run import filled

REGION, NAME, OTHER = "cover.region", "cover.cluster_name", "basic_info.cluster_name"
DONGHAI = "江苏省连云港市东海县"


def hits(kind: type[Any], texts: dict[str, str | None]) -> list[Hit]:
    (check,) = [c for rule in load_rules("2025") for c in rule.checks if type(c) is kind][:1]
    reader = Reader(filled("application", texts))
    found = [check.judge(reader, place) for place in check.places(reader)]
    return [hit for hit in found if hit is not None]


@pytest.mark.parametrize(
    ("name", "region", "place"),
    [
        ("东海县硅材料产业集群", DONGHAI, None),
        ("昆山市硅材料产业集群", DONGHAI, "昆山市"),
        ("连云港市硅材料产业集群", DONGHAI, None),
        ("苏州市硅材料产业集群", DONGHAI, "苏州市"),
        ("浙江省硅材料产业集群", DONGHAI, "浙江省"),
        ("江苏省连云港市海州区硅材料产业集群", DONGHAI, "海州区"),
        ("江苏省昆山市硅材料产业集群", "江苏省", None),
        ("昆山市硅材料产业集群", "江苏省连云港市", None),
        ("某某镇硅材料产业集群", DONGHAI, None),
        ("滨海新区硅材料产业集群", DONGHAI, None),
        ("天津市滨海新区硅材料产业集群", "天津市武清区", "滨海新区"),
        ("硅材料产业集群", DONGHAI, None),
        ("某某镇昆山市硅材料产业集群", DONGHAI, None),
        (" 昆山市硅材料产业集群", DONGHAI, "昆山市"),
    ],
)
def test_a_place_in_the_name_against_the_region(name: str, region: str, place: str | None) -> None:
    assert contradiction(name, region) == place
    found = hits(NameInRegion, {NAME: name, REGION: region})
    assert [(hit.facts["named"], hit.expected) for hit in found] == [(place, region)] * (place is not None)


@pytest.mark.parametrize("texts", [{NAME: "", REGION: DONGHAI}, {NAME: "昆山市硅材料产业集群", REGION: ""}])
def test_without_a_name_or_a_region_nothing_is_held_against_the_other(texts: dict[str, str | None]) -> None:
    with pytest.raises(Unknown):
        hits(NameInRegion, texts)


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("江苏省连云港市东海县硅材料产业集群", None),
        ("东海县硅材料产业", None),
        ("东海县硅材料集群", None),
        ("“东海县”硅材料中小企业特色产业集群", None),
        ("某某镇硅材料产业集群", None),
        ("某某镇某某街道硅材料产业集群", None),
        ("东海县硅材料", "ending"),
        ("硅材料产业集群", "place"),
        ("东海县产业集群", "industry"),
        ("某某镇产业集群", "industry"),
        ("", "ending"),
    ],
)
def test_a_name_is_place_industry_and_ending(name: str, missing: str | None) -> None:
    assert missing_part(name) == missing


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({NAME: "硅材料产业集群", OTHER: "石英产业集群"}, NAME),
        ({NAME: "", OTHER: "石英产业集群"}, OTHER),
        ({NAME: "东海县硅材料产业集群", OTHER: "石英产业集群"}, None),
        ({NAME: "", OTHER: ""}, None),
    ],
)
def test_of_two_names_the_first_is_judged(texts: dict[str, str | None], field: str | None) -> None:
    assert [hit.field for hit in hits(NamePattern, texts)] == [field] * (field is not None)


@pytest.mark.parametrize(
    ("region", "told"),
    [
        (DONGHAI, []),
        ("江苏省连云港市东嗨县", [("东嗨县", None)]),
        ("江苏省苏州市东海县", [("东海县", "elsewhere")]),
        ("江苏省连云港市东海县某某开发区", []),
        ("新疆生产建设兵团第八师石河子市", []),
        ("", []),
    ],
)
def test_places_that_are_not_known_where_they_stand(region: str, told: list[tuple[str, str | None]]) -> None:
    assert [(hit.value, hit.variant) for hit in hits(KnownPlaces, {REGION: region})] == told


@pytest.mark.parametrize(
    ("region", "seen"),
    [
        (DONGHAI, None),
        ("江苏省连云港市", True),
        ("连云港市东海县", False),
        ("江苏省东海县", False),
        ("江苏省（区、市）    市（区）东海县（市、区）", True),
        ("北京市海淀区", None),
    ],
)
def test_a_level_that_is_left_out(region: str, seen: bool | None) -> None:
    """A county left open and a blank that one can see weigh as the rule does; another level is worth a look."""
    found = hits(RegionLevels, {REGION: region})
    assert [hit.severity for hit in found] == ([] if seen is None else [None if seen else Severity.WARNING])
    assert len({hit.variant for hit in found}) == len(found)
