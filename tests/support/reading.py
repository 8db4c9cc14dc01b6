"""Checking a file as the command does, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusterform.finding import FileReport
from clusterform.pipeline import Checker
from clusterform.settings import Settings


def check_file(path: Path, settings: Settings | None = None) -> FileReport:
    """What a check says of one file."""
    return Checker(settings or Settings()).check(path)


def checked(path: Path, terms: Mapping[str, Any] | None = None) -> FileReport:
    """The report of one file; `terms` are settings, and `reference` a mapping of industry averages."""
    terms = dict(terms or {})
    if "evidence" in terms:
        terms["evidence"] = Path(terms["evidence"])
    averages = terms.pop("reference", None)
    if averages is not None:
        file = path.with_suffix(".reference.yaml")
        file.write_text("".join(f'{name}: "{value}"\n' for name, value in averages.items()), encoding="utf-8")
        terms["reference"] = file
    return check_file(path, Settings(**terms))
