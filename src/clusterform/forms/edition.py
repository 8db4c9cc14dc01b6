"""An edition of the notice: its years, quota and deadline, from rules/editions/<year>/edition.yaml."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator

from clusterform.data_files import rules_file
from clusterform.errors import UsageError
from clusterform.yaml_file import read_yaml


class Frozen(BaseModel):
    """Data read from YAML: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Years(Frozen):
    """The years that fields and rules name by their role."""

    reported: tuple[int, ...]
    """The years the form reports, oldest first."""
    baseline: int
    target: int
    stages: tuple[int, ...]
    """The years of 阶段性目标."""
    reviewed_baseline: int
    reviewed_target: int


class Quota(Frozen):
    """How many applications a province may mail."""

    province: int
    plan_city_or_corps: int


class Edition(Frozen):
    """One year's notice."""

    edition: str
    notice: str
    title: str
    years: Years
    quota: Quota
    deadline: date
    limits: str
    """The file under rules/limits that holds the thresholds."""
    forms: tuple[str, ...]

    @field_validator("deadline", mode="before")
    @classmethod
    def _date(cls, value: Any) -> Any:
        return date.fromisoformat(value) if isinstance(value, str) else value


def edition_names() -> list[str]:
    """The editions shipped, oldest first."""
    return sorted(e.name for e in rules_file("editions").iterdir() if (e / "edition.yaml").is_file())


@cache
def load_edition(name: str) -> Edition:
    """One edition; UsageError where there is no such edition."""
    if name not in edition_names():
        known = "、".join(edition_names())
        raise UsageError(
            f"没有 {name} 年度的规则。可用：{known}。", f"There is no edition {name}. Known: {known}."
        )
    return Edition.model_validate(read_yaml(rules_file("editions", name, "edition.yaml")))
