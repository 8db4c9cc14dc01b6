"""What is asked of a report, beside what it reports."""

from __future__ import annotations

from pathlib import Path
from typing import IO, TYPE_CHECKING

from clusterform.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from clusterform.reports.rule_page import RulePage


@record
class ReportRequest:
    language: str = "zh"
    statistics: bool = False
    quiet: bool = False
    stream: IO[str] | None = None
    """What it is written to; None for a file, which is UTF-8."""
    target: Path | None = None
    """The file it is written to: links to the forms are relative to its folder."""
    begun: int = 0
    """So many files are written already, of a report that is written as files finish."""
    rules: Callable[[], tuple[RulePage, ...]] = tuple
    """The rules of the run as pages, for the reports that explain them; read when they are asked for."""
