"""What check and batch do with a folder, or with many files: workers, progress, what is told beside the report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from clusterform.batch.discover import Left
from clusterform.batch.run import How, Outcome, check_folder
from clusterform.batch.worker import Bounds
from clusterform.cli.common import EXIT_INTERRUPTED, say
from clusterform.cli.judging import Running, Wanted, lines_of, write_report
from clusterform.cli.progress import shown_progress
from clusterform.errors import UsageError
from clusterform.messages import Text
from clusterform.pipeline import Checker
from clusterform.reports.summary import exit_code
from clusterform.settings import Settings

_TOLD = 20
"""So many documents that are no forms are told by name."""


def check_many(
    paths: Sequence[Path], settings: Settings, wanted: Wanted, running: Running, *, folder: bool
) -> int:
    """Checks, writes the report, tells on stderr what is no part of it; the exit status."""
    checker = Checker(replace(settings, batch=folder, evidence=None))
    how = _how(running, settings.evidence, folder=folder)
    lines = lines_of(wanted, across=folder)
    seen = lines is not None and lines.on_terminal
    with shown_progress(settings.language, wanted=running.progress and not seen) as progress:
        outcome = check_folder(paths, checker, how, progress, None if lines is None else lines.tell)
    if not outcome.digests and not outcome.report.unfinished:
        _tell(outcome, settings.language, quiet="quiet" in wanted.options)
        names = "、".join(path.as_posix() for path in paths)
        raise UsageError(f"没有找到可检查的申报表：{names}", f"No form to check was found in {names}")
    given = [*paths, *outcome.checked, *(item.path for item in outcome.left)]
    write_report(outcome.report, wanted, checker, given, lines)
    _tell(outcome, settings.language, quiet="quiet" in wanted.options)
    return EXIT_INTERRUPTED if outcome.report.unfinished else exit_code(outcome.report, wanted.fail_on)


def _how(running: Running, evidence: Path | None, *, folder: bool) -> How:
    for option, value in (("--jobs", running.jobs), ("--timeout", running.timeout)):
        if value is not None and value < 1:
            raise UsageError("option.whole-number", option=option, value=value)
    if running.province is not None and not folder:
        raise UsageError("option.without-folder", option="--province")
    if evidence is not None and not evidence.exists():
        raise UsageError(f"找不到佐证材料：{evidence}", f"No such evidence: {evidence}")
    return How(
        jobs=running.jobs,
        bounds=Bounds() if running.timeout is None else Bounds(seconds=running.timeout),
        cache=running.cache,
        evidence=evidence,
        across=folder,
        province=running.province,
    )


def _tell(outcome: Outcome, language: str, *, quiet: bool) -> None:
    """What is left out, what broke, what was not finished."""
    if outcome.left:
        say(Text("folder.left", count=len(outcome.left))[language], sys.stderr)
        for item in () if quiet else outcome.left[:_TOLD]:
            say(f"  {item.path.as_posix()}  {_reason(item, language)}", sys.stderr)
        if len(outcome.left) > _TOLD and not quiet:
            say(f"  {Text('folder.left-more', count=len(outcome.left) - _TOLD)[language]}", sys.stderr)
    for broken in outcome.report.crashed:
        say(Text("folder.crashed", rule=broken.rule, reason=broken.reason)[language], sys.stderr)
    if outcome.report.unfinished:
        say(Text("folder.interrupted", count=outcome.report.unfinished)[language], sys.stderr)


def _reason(item: Left, language: str) -> str:
    return item.zh if language == "zh" else item.en
