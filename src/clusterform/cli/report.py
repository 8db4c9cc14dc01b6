"""The report of a run, to the screen or to a file."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

from clusterform import reports
from clusterform.cli.common import put, write
from clusterform.finding import FileReport, Report
from clusterform.output import replacing
from clusterform.pipeline import Checker
from clusterform.reports.encoding import fit_json

if TYPE_CHECKING:
    from clusterform.comparison import Comparison


class Wanted(NamedTuple):
    """The report that is asked for, and when the exit status tells of a mistake."""

    format: str = "rich"
    output: Path | None = None
    fail_on: str = "error"
    options: frozenset[str] = frozenset()
    """quiet, statistics, check-list."""


def lines_of(wanted: Wanted, *, across: bool = False) -> Lines | None:
    """What writes each file's line as it finishes; None for a report that is written at the end.

    The rules across forms may change what is said of a file, so that a folder's lines wait for them.
    """
    if wanted.format != "jsonl" or wanted.output is not None or across:
        return None
    return Lines(sys.stdout)


def write_report(
    report: Report | Comparison,
    wanted: Wanted,
    checker: Checker,
    inputs: Sequence[Path],
    lines: Lines | None = None,
) -> None:
    """To stdout or to the file, in the format that is asked for; what `lines` has written not again."""
    request = reports.ReportRequest(
        report.language,
        statistics="statistics" in wanted.options,
        quiet="quiet" in wanted.options,
        stream=None if wanted.output else sys.stdout,
        target=wanted.output,
        begun=0 if lines is None else lines.begun,
        rules=cache(lambda: checker.rule_pages(report) if isinstance(report, Report) else ()),
    )
    formats = reports.FORMATS if isinstance(report, Report) else reports.COMPARISON_FORMATS
    if wanted.output is not None and formats[wanted.format].binary:
        with replacing(wanted.output, inputs) as beside:
            reports.save(wanted.format, report, request, beside, formats)
        return
    write(reports.pieces(wanted.format, report, request, formats), wanted.output, inputs)


class Lines:
    """--format jsonl on stdout, of files named one by one: the line of each as soon as it, and all before it, are finished."""

    def __init__(self, stream: TextIO) -> None:
        self.begun = 0
        """So many lines are written, which the report leaves out."""
        self._stream = stream
        self._encoding = stream.encoding or "utf-8"
        self.on_terminal = stream.isatty()
        """Whether a person sees them come, who then needs no progress bar between them."""

    def tell(self, file: FileReport) -> None:
        """Counted first: what Ctrl-C breaks off in a full pipe is kept by the stream, and written once."""
        from clusterform.reports.as_json import line

        self.begun += 1
        put(self._stream, fit_json(line(file), self._encoding), flush=True)
