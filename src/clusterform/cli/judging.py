"""What check does once its options are read. Free of typer, which takes longer to load than a form to check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from clusterform import reports
from clusterform.cli.common import guarded, one_of, write
from clusterform.collect import forms_in
from clusterform.errors import UsageError
from clusterform.finding import Report
from clusterform.messages import text
from clusterform.pipeline import Checker
from clusterform.record import record
from clusterform.reports.summary import exit_code
from clusterform.settings import LANGUAGES, REGIONS, Settings
from clusterform.snapshot import between_runs

FAIL_ON = ("error", "warning", "manual", "never")


@record
class Wanted:
    """The report that is asked for, and when the exit status tells of a mistake."""

    format: str = "rich"
    output: Path | None = None
    fail_on: str = "error"
    options: tuple[str, ...] = ()
    """quiet, statistics."""


@guarded
def judge(paths: Sequence[Path], settings: Settings, wanted: Wanted, *, lang: str = "zh") -> None:
    """Checks files and folders, writes the report and exits with the status of the contract."""
    one_of("--format", wanted.format, tuple(reports.FORMATS))
    one_of("--fail-on", wanted.fail_on, FAIL_ON)
    _refuse_useless(wanted.format, reports.without_use(wanted.format, wanted.options))
    one_of("--lang", lang, LANGUAGES)
    one_of("--region", settings.region, REGIONS)
    checker = Checker(settings)
    with between_runs():
        names = checker.ruleset.names
        files = tuple(checker.check(path) for path in forms_in(paths))
    report = Report(settings.edition, names, files, lang)
    stream = None if wanted.output else sys.stdout
    rendered = reports.render(wanted.format, report, lang, wanted.options, stream)
    write(rendered, wanted.output, paths)
    raise SystemExit(exit_code(report, wanted.fail_on))


def _refuse_useless(output_format: str, useless: Sequence[str]) -> None:
    """An option that a report has no use for is an error, not silence."""
    if useless:
        options = ", ".join(f"--{name}" for name in useless)
        zh, en = (
            text("option.without-use", language, format=output_format, options=options)
            for language in LANGUAGES
        )
        raise UsageError(zh, en)
