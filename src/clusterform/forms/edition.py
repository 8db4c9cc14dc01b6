"""An edition of the notice: its years, quota and deadline, from rules/editions/<year>/edition.yaml."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from clusterform.data_files import rules_file
from clusterform.errors import DataError, UsageError
from clusterform.forms.layers import files_in, layered, with_years
from clusterform.models import Model
from clusterform.snapshot import kept
from clusterform.validation import made_from


class Years(Model):
    """The years that fields and rules name by their role."""

    reported: tuple[int, ...]
    """The years the form reports, oldest first."""
    baseline: int
    target: int
    stages: tuple[int, ...]
    """The years of 阶段性目标."""
    reviewed_baseline: int
    reviewed_target: int


class Quota(Model):
    province: int
    plan_city_or_corps: int


class Edition(Model):
    edition: str
    extends: str = ""
    """The edition of which it holds only what changes."""
    notice: str
    title: str
    years: Years
    quota: Quota
    deadline: date
    limits: str
    """The file under rules/limits that holds the thresholds."""
    forms: tuple[str, ...]
    """By the names of the files in forms/."""

    @cached_property
    def roles(self) -> dict[str, Any]:
        """What texts may name in braces: the years by their role, the edition and its notice."""
        years = dict(self.years)
        return {
            **years,
            "year_before": self.years.reported[0] - 1,
            "edition": self.edition,
            "notice": self.notice,
        }


def edition_names() -> list[str]:
    """The editions shipped, oldest first."""
    return sorted(e.name for e in rules_file("editions").iterdir() if (e / "edition.yaml").is_file())


def newest_edition() -> str:
    """The edition of the notice in force."""
    return edition_names()[-1]


def editions_meant(edition: str | None) -> list[str]:
    return edition_names() if edition is None else [edition]


@kept
def load_edition(name: str) -> Edition:
    """One edition; UsageError where there is no such edition."""
    if name not in edition_names():
        known = "、".join(edition_names())
        raise UsageError("edition.unknown", name=name, known=known)
    try:
        data: dict[str, Any] = layered(name, "edition.yaml")
        forms = dict.fromkeys(file.removesuffix(".yaml") for _, file in files_in(name, "forms"))
        roles = {**data.get("years", {}), "edition": data.get("edition", "")}
        return made_from(Edition, {"forms": list(forms), **data, "title": with_years(data["title"], roles)})
    except (LookupError, ValueError) as error:
        raise DataError("edition.wrong", edition=name, fault=error) from error
