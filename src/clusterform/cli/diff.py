"""What `diff`, and a check --since, have beside a check: the submission before, and what lies between the two."""

from __future__ import annotations

from pathlib import Path

from clusterform.batch.run import check_all
from clusterform.batch.submissions import Submission, refuse_unlike
from clusterform.cli.arguments import ParsedArguments
from clusterform.cli.common import shown_progress
from clusterform.cli.request import Request
from clusterform.errors import UsageError
from clusterform.pipeline import Checker


def as_check(given: ParsedArguments) -> ParsedArguments:
    """The line of `diff OLD NEW` as that of a check of NEW since OLD."""
    if len(given.paths) == 1 or given.paths[2:]:
        raise UsageError("compare.two-paths")
    old, new = given.paths
    return given._replace(paths=(new,), options={**given.options, "since": [old]})


def both_submissions(request: Request, checker: Checker) -> tuple[Submission, Submission]:
    """The one before and the one that is checked, gone through alike. UsageError where they are not alike."""
    if len(request.paths) != 1 or request.since is None:
        raise UsageError("compare.one-path")
    paths = (request.since, request.paths[0])
    refuse_unlike(*paths)
    old, new = (_submitted(path, request, checker) for path in paths)
    return old, new


def _submitted(path: Path, request: Request, checker: Checker) -> Submission:
    with shown_progress(checker.settings.language, wanted=request.progress) as progress:
        outcome = check_all([path], checker, request.how, progress)
    if outcome.report.unfinished:  # nothing is compared with the half of a folder
        raise KeyboardInterrupt
    return Submission(path, outcome)
