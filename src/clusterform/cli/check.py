"""The commands check, batch, annotate, diff and letter: they read options, run, print, and give the exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clusterform.batch.run import RunOutcome, check_all
from clusterform.cli.arguments import HelpAskedError, ParsedArguments, filled_in, help_of, read
from clusterform.cli.common import EXIT_INTERRUPTED, fail, guarded, say, shown_progress, tell
from clusterform.cli.options import LETTER, key_of
from clusterform.cli.project import passed_over
from clusterform.cli.report import lines_of, write_report
from clusterform.cli.request import Request, request_of
from clusterform.conclusion import PERSONAL
from clusterform.errors import ClusterformError, UsageError
from clusterform.forms.ruleset import unused
from clusterform.messages import Text
from clusterform.pipeline import Checker
from clusterform.reports.summary import EXIT_UNREADABLE, exit_code
from clusterform.settings import Settings

if TYPE_CHECKING:
    from clusterform.cli.letter import LettersAsked

COMMANDS = ("check", "batch", "annotate", "diff", LETTER)
_TOLD = 20
"""So many documents that are no forms are told by name."""


def command(name: str, arguments: Sequence[str]) -> None:
    """Runs one of them, and exits with the status of the contract."""
    try:
        given = read(name, filled_in(arguments) if os.name == "nt" else arguments)
    except HelpAskedError:
        guarded(lambda: say(help_of(name), sys.stdout))()
        raise SystemExit(0) from None
    except ClusterformError as error:
        fail(error)
    _command(name, given, lang=key_of(given.options.get("lang", ["zh"])[-1]))


@guarded
def _command(name: str, given: ParsedArguments, *, lang: str) -> None:  # noqa: ARG001  (the guard speaks in it)
    letters = None
    if name == LETTER:
        from clusterform.cli.letter import letters_asked

        letters, given = letters_asked(given)
    elif name == "annotate":
        given = _copy_asked(given)
    elif name == "diff":
        from clusterform.cli.diff import as_check

        given = as_check(given)
    request = request_of(given)
    for path in request.paths if name in {"batch", LETTER} else ():
        if path.exists() and not path.is_dir():
            raise UsageError("usage.no-folder", path=path)
    if request.since is not None:
        raise SystemExit(_compared(request, whole=name == "diff"))
    raise SystemExit(_checked(request, letters))


def _copy_asked(given: ParsedArguments) -> ParsedArguments:
    """The line of `annotate` as that of a check which also writes the copy, and says in one line what it found."""
    options = dict(given.options)
    output = options.pop("output", None)
    if output is None:
        raise UsageError("annotate.needs-output")
    return given._replace(options={"quiet": [""], **options, "annotate": output})


def _checked(request: Request, letters: LettersAsked | None) -> int:
    """Checks, writes letters, report and copies, tells on stderr what is no part of it; the exit status."""
    settings, wanted = request.settings, request.wanted
    checker = _checker(request)
    lines = lines_of(wanted, across=settings.batch)
    seen = lines is not None and lines.on_terminal
    with shown_progress(settings.language, wanted=request.progress and not seen) as progress:
        outcome = check_all(
            request.paths, checker, request.how, progress, None if lines is None else lines.tell
        )
    given = _looked_at(request, outcome)
    if letters is not None and not outcome.report.unfinished:
        letters.write(outcome, given)
    write_report(outcome.report, wanted, checker, given, lines)
    return _ended(request, checker, outcome)


def _compared(request: Request, *, whole: bool) -> int:
    """The same of two submissions. `whole`: all that lies between them, and the status tells only whether both were read."""
    from clusterform.batch.submissions import compare_submissions
    from clusterform.cli.diff import both_submissions

    checker = _checker(request)
    old, new = both_submissions(request, checker)
    comparison = compare_submissions(old, new, request.settings, left_only=not whole)
    inputs = [*_looked_at(request, new.outcome), old.path, *old.outcome.checked]
    write_report(comparison, request.wanted, checker, inputs)
    if whole:
        _tell(old.outcome, comparison.language, quiet="quiet" in request.wanted.options)
    status = _ended(request, checker, new.outcome)
    if not whole:
        return status
    return EXIT_UNREADABLE if comparison.unread else 0


def _checker(request: Request) -> Checker:
    for file in passed_over(request.paths, request.settings.file):
        tell(request.settings.language, "settings.passed-over", file=file.as_posix())
    return Checker(request.settings)


def _looked_at(request: Request, outcome: RunOutcome) -> list[Path]:
    """The files over which no output may be written; whatever lies in a folder of evidence was read as such."""
    named, output = request.settings.named_files, request.wanted.output
    folders = [c.evidence.resolve() for c in outcome.candidates if c.evidence is not None]
    there = [] if output is None or not output.exists() else [output]
    inside = (path for path in there if any(folder in path.resolve().parents for folder in folders))
    return [*request.paths, *named, *outcome.checked, *(item.path for item in outcome.left), *inside]


def _ended(request: Request, checker: Checker, outcome: RunOutcome) -> int:
    """Writes the copies asked for, tells what is no part of the report; the exit status of a check."""
    settings, wanted = request.settings, request.wanted
    _tell_unused(outcome, settings)
    _tell_unconfirmed(outcome, checker)
    if request.copies is not None:
        from clusterform.cli.copies import write_copies

        write_copies(request.copies, request.paths, checker, outcome, _looked_at(request, outcome))
    _tell(outcome, settings.language, quiet="quiet" in wanted.options)
    return EXIT_INTERRUPTED if outcome.report.unfinished else exit_code(outcome.report, wanted.fail_on)


def _tell_unused(outcome: RunOutcome, settings: Settings) -> None:
    """A rule file for another edition than any form's changed nothing, though it was asked for."""
    editions = sorted({file.edition for file in outcome.report.files if file.edition})
    for file in unused(editions, settings.rule_files) if editions and not settings.edition else ():
        tell(settings.language, "rule-file.other-year", file=file.as_posix(), editions="、".join(editions))


def _tell_unconfirmed(outcome: RunOutcome, checker: Checker) -> None:
    """A sheet of confirmations of which nothing fits, such as that of another year's forms."""
    settings, report = checker.settings, outcome.report
    known = checker.conclusions
    if known is None or known.confirmations is None or not any(known.confirmations.by_place.values()):
        return
    found = (
        finding for part in (report.batch, *(file.findings for file in report.files)) for finding in part
    )
    if not any(f.conclusion is not None and f.conclusion.verdict in PERSONAL for f in found):
        tell(settings.language, "confirmed.none-fits", path=settings.confirmed)


def _tell(outcome: RunOutcome, language: str, *, quiet: bool) -> None:
    """What is left out, what broke, what was not finished."""
    if outcome.left:
        tell(language, "folder.left", count=len(outcome.left))
        for item in () if quiet else outcome.left[:_TOLD]:
            say(f"  {item.path.as_posix()}  {item.why[language]}", sys.stderr)
        if len(outcome.left) > _TOLD and not quiet:
            say(f"  {Text('folder.left-more', count=len(outcome.left) - _TOLD)[language]}", sys.stderr)
    for broken in outcome.report.crashed:
        tell(language, "folder.crashed", rule=broken.rule, reason=broken.reason)
    if outcome.report.unfinished:
        tell(language, "folder.interrupted", count=outcome.report.unfinished)
