"""The reports: `finding.Report` -> text. Each format is a module, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from clusterform.finding import Report, RulePage
from clusterform.reports.encoding import fit, fit_json, fit_markup

if TYPE_CHECKING:
    from clusterform.comparison import Comparison


class ReportRequest(NamedTuple):
    language: str = "zh"
    statistics: bool = False
    quiet: bool = False
    stream: IO[str] | None = None
    """What it is written to; None for a file, which is UTF-8."""
    target: Path | None = None
    """The file it is written to: links to the forms are relative to its folder."""
    linked: bool = True
    """Whether the forms can be opened from where the report is read."""
    begun: int = 0
    """So many files are written already, of a report that is written as files finish."""
    rules: Callable[[], tuple[RulePage, ...]] = tuple
    """The rules of the run as pages, for the reports that explain them; read when they are asked for."""


class Format(NamedTuple):
    """One format: a function `(report, request)` that yields its text piece by piece."""

    module: str
    function: str = "render"
    options: frozenset[str] = frozenset()
    """The report's options that it has a use for."""
    fit: Callable[[str, str], str] = fit
    """How what an output cannot hold is written: as itself in other signs, or as the format's own escape."""
    endings: tuple[str, ...] = ()
    """How files of this format are called; the first format with an ending is the one that it names."""
    binary: bool = False
    """It is no text: its function is `(report, request, path)` and writes the file `path`."""


_FOR_PEOPLE = frozenset({"statistics", "quiet", "check-list"})
FORMATS = {
    "plain": Format("plain", options=_FOR_PEOPLE, endings=("txt",)),
    "rich": Format("terminal", options=_FOR_PEOPLE, endings=("txt",)),
    "json": Format("as_json", fit=fit_json, endings=("json",)),
    "jsonl": Format("as_json", "render_lines", fit=fit_json, endings=("jsonl",)),
    "sarif": Format("sarif", fit=fit_json, endings=("sarif", "sarif.json")),
    "junit": Format("junit", fit=fit_markup, endings=("xml",)),
    "github": Format("github", endings=("txt",)),
    "html": Format("html", options=frozenset({"check-list"}), fit=fit_markup, endings=("html", "htm")),
    "xlsx": Format("workbook", "save", binary=True, endings=("xlsx",)),
}
"""By the name that --format takes."""
Formats = Mapping[str, Format]
_QUIET = frozenset({"quiet"})
COMPARISON_FORMATS = {
    "plain": Format("comparison_text", "render_plain", options=_QUIET, endings=("txt",)),
    "rich": Format("comparison_text", "render_rich", options=_QUIET, endings=("txt",)),
    "json": Format("as_json", "render_comparison", fit=fit_json, endings=("json",)),
    "html": Format("html", fit=fit_markup, endings=("html", "htm")),
    "xlsx": Format("comparison_workbook", "save", binary=True, endings=("xlsx",)),
}
"""Those in which two submissions are compared: a `comparison.Comparison` stands where a report would."""


def without_use(name: str, given: Collection[str], formats: Formats = FORMATS) -> list[str]:
    """The options among `given` that this format has no use for, in order. KeyError for an unknown format."""
    return sorted(set(given) - formats[name].options)


def pieces(
    name: str, report: Report | Comparison, request: ReportRequest, formats: Formats = FORMATS
) -> Iterator[str]:
    """The report in a format of text, fit for `asked.stream` whatever its encoding, as it is made.

    KeyError for an unknown format.
    """
    chosen = formats[name]
    encoding = getattr(request.stream, "encoding", None) or "utf-8"
    return (chosen.fit(piece, encoding) for piece in _function(chosen)(report, request))


def save(
    name: str, report: Report | Comparison, request: ReportRequest, path: Path, formats: Formats = FORMATS
) -> None:
    _function(formats[name])(report, request, path)


def _function(chosen: Format) -> Callable[..., Any]:
    made: Callable[..., Any] = getattr(import_module(f"{__name__}.{chosen.module}"), chosen.function)
    return made
