"""What check does once its options are read. Free of typer, which takes longer to load than a form to check."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from clusterform import reports, time_limit
from clusterform.cli.common import guarded, one_of, say, write
from clusterform.cli.endings import format_of
from clusterform.cli.project import passed_over
from clusterform.errors import UsageError
from clusterform.finding import FileReport, Report
from clusterform.messages import Text
from clusterform.output import replacing, writable
from clusterform.parsers.container.refusals import too_long
from clusterform.pipeline import Checker
from clusterform.record import record
from clusterform.reports.asked import Asked
from clusterform.reports.summary import exit_code
from clusterform.settings import LANGUAGES, REGIONS, Settings
from clusterform.snapshot import between_runs

if TYPE_CHECKING:
    from clusterform.cli.lines import Lines
    from clusterform.reports.rule_page import RulePage

FAIL_ON = ("error", "warning", "manual", "never")


@record
class Wanted:
    """The report that is asked for, and when the exit status tells of a mistake."""

    format: str = ""
    """Empty: what the output's ending says, or rich on the screen."""
    output: Path | None = None
    fail_on: str = "error"
    options: tuple[str, ...] = ()
    """quiet, statistics, check-list."""


@record
class Running:
    """How many files are gone through."""

    jobs: int | None = None
    timeout: int | None = None
    """Seconds for one file; None: the default."""
    progress: bool = True
    cache: bool = True
    province: str | None = None
    """Whose folder it is, where the user says so."""


_ALONE = 20
"""So many files named one by one are checked here; for more it is worth while to start workers."""


@guarded
def judge(
    paths: Sequence[Path],
    settings: Settings,
    wanted: Wanted,
    running: Running | None = None,
    *,
    lang: str = "zh",
) -> None:
    """Checks files and folders, writes the report and exits with the status of the contract."""
    wanted = _with_format(wanted)
    one_of("--fail-on", wanted.fail_on, FAIL_ON)
    refuse_useless(wanted)
    one_of("--lang", lang, LANGUAGES)
    one_of("--region", settings.region, REGIONS)
    running = running or Running()
    for file in passed_over(paths, settings.file):
        say(Text("settings.passed-over", file=file.as_posix())[lang], sys.stderr)
    folder = any(path.is_dir() for path in paths)
    asked = running.jobs is not None or running.timeout is not None
    if folder or asked or len(paths) > _ALONE:
        from clusterform.cli.foldering import check_many  # noqa: PLC0415  (a form alone does without)

        raise SystemExit(check_many(paths, settings, wanted, running, folder=folder))
    if running.province is not None:
        raise UsageError("option.without-folder", option="--province")
    checker = Checker(settings)
    with between_runs():
        checker.made_ready()
        lines = lines_of(wanted)
        files = tuple(_told(_checked(checker, path), lines) for path in _each_once(paths))
        report = checker.report(files, _editions(files), together=len(files) == 1)
    write_report(report, wanted, checker, paths, lines)
    raise SystemExit(exit_code(report, wanted.fail_on))


def _editions(files: Sequence[FileReport]) -> set[str]:
    return {file.edition for file in files if file.edition}


def _checked(checker: Checker, path: Path) -> FileReport:
    """The report of one file, which takes no longer here than it may in a worker."""
    try:
        with time_limit.within(time_limit.SECONDS):
            return checker.check(path)
    except time_limit.OverTimeError:
        return checker.unread(too_long(time_limit.SECONDS), path.as_posix())[0]


def _with_format(wanted: Wanted) -> Wanted:
    """With the format that the output's ending names, where --format says none; what cannot be written is told first."""
    writable(wanted.output)
    if wanted.format:
        one_of("--format", wanted.format, tuple(reports.FORMATS))
    return replace(wanted, format=format_of(wanted.format, wanted.output, reports.ENDINGS, "rich"))


def _each_once(paths: Sequence[Path]) -> list[Path]:
    """The files, each once; UsageError where one is missing."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"找不到文件：{path}", f"No such file: {path}")
    return list({path.resolve(): path for path in reversed(paths)}.values())[::-1]


def _told(file: FileReport, lines: Lines | None) -> FileReport:
    if lines is not None:
        lines.tell(file)
    return file


def lines_of(wanted: Wanted, *, across: bool = False) -> Lines | None:
    """What writes each file's line as it finishes; None for a report that is written at the end.

    The rules across forms may change what is said of a file, so that a folder's lines wait for them.
    """
    if wanted.format != "jsonl" or wanted.output is not None or across:
        return None
    from clusterform.cli.lines import Lines  # noqa: PLC0415  (few reports come line by line)

    return Lines(sys.stdout)


def write_report(
    report: Report, wanted: Wanted, checker: Checker, inputs: Sequence[Path], lines: Lines | None = None
) -> None:
    """To stdout or to the file, in the format that is asked for; what `lines` has written not again."""
    settings = checker.settings
    named = (settings.file, *settings.rule_files, settings.reference, settings.blank, settings.evidence)
    inputs = [*inputs, *(path for path in named if path is not None)]
    asked = Asked(
        report.language,
        statistics="statistics" in wanted.options,
        quiet="quiet" in wanted.options,
        stream=None if wanted.output else sys.stdout,
        target=wanted.output,
        begun=0 if lines is None else lines.begun,
        rules=lambda: _pages(checker, report),
    )
    if wanted.output is not None and reports.FORMATS[wanted.format].binary:
        with replacing(wanted.output, inputs) as beside:
            reports.save(wanted.format, report, asked, beside)
        return
    write(reports.pieces(wanted.format, report, asked), wanted.output, inputs)


def _pages(checker: Checker, report: Report) -> tuple[RulePage, ...]:
    from clusterform.reports.rule_page import page_of  # noqa: PLC0415  (few reports explain the rules)

    editions = report.edition.split("、")
    rules = {rule.code: rule for edition in editions for rule in checker.rules_of(edition).rules}
    return tuple(page_of(rule, report.language) for _, rule in sorted(rules.items()))


def refuse_useless(wanted: Wanted) -> None:
    """An option that a report has no use for is an error, not silence; so is a workbook for the screen."""
    useless = reports.without_use(wanted.format, wanted.options)
    if useless:
        options = ", ".join(f"--{name}" for name in useless)
        raise UsageError("option.without-use", format=wanted.format, options=options)
    if reports.FORMATS[wanted.format].binary and wanted.output is None:
        raise UsageError("option.needs-file", format=wanted.format)
