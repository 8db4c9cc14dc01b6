"""The reports: `finding.Report` -> text. Each format is a module, loaded when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from importlib import import_module
from typing import IO

from clusterform.finding import Report
from clusterform.record import record
from clusterform.reports.encoding import fit, fit_json


@record
class Format:
    """One format: a function `(report, language, *, statistics, quiet) -> str`, and what it has a use for."""

    module: str
    function: str = "render"
    options: frozenset[str] = frozenset()
    """The report's options that it has a use for."""
    json: bool = False
    """Its text is JSON, so what an output cannot hold is written as a JSON escape."""
    console: bool = False
    """It looks at the stream it is for, given as `stream`: width, colours, encoding."""


_FOR_PEOPLE = frozenset({"statistics", "quiet"})
FORMATS = {
    "rich": Format("terminal", options=_FOR_PEOPLE, console=True),
    "plain": Format("plain", options=_FOR_PEOPLE),
    "json": Format("as_json", json=True),
    "jsonl": Format("as_json", "render_lines", json=True),
}
"""By the name that --format takes."""


def without_use(name: str, given: Collection[str]) -> list[str]:
    """The options among `given` that this format has no use for, in order. KeyError for an unknown format."""
    return sorted(set(given) - FORMATS[name].options)


def render(
    name: str, report: Report, language: str, options: Collection[str] = (), stream: IO[str] | None = None
) -> str:
    """The report in that format, fit to be written to `stream` (None: a UTF-8 file) whatever its encoding.

    `options` holds statistics, quiet or both. KeyError for an unknown format.
    """
    chosen = FORMATS[name]
    make: Callable[..., str] = getattr(import_module(f"{__name__}.{chosen.module}"), chosen.function)
    if chosen.console:
        make = partial(make, stream=stream)
    data = make(report, language, statistics="statistics" in options, quiet="quiet" in options)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return fit_json(data, encoding) if chosen.json else fit(data, encoding)
