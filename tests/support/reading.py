"""Checking a file as the command does, for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from clusterform.finding import FileReport
from clusterform.pipeline import check_file
from clusterform.settings import Settings


def checked(path: Path, terms: Mapping[str, Any] | None = None) -> FileReport:
    """The report of one file under these settings."""
    return check_file(path, Settings(**(terms or {})))
