"""What is done with one file of a run: it is checked, or said to be no form at all."""

from __future__ import annotations

import pickle
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from clusterform.answers import FilledForm, Observation
from clusterform.batch.digest import Digest, digest_of, is_blank, prose_of
from clusterform.batch.discover import Candidate, Left, NameConfidence
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import FileReport, Skipped, Status
from clusterform.forms.lists import short_name
from clusterform.forms.rule import load_rules
from clusterform.messages import Text
from clusterform.pipeline import UNKNOWN, Checker

_OWN = "own-output"
_UNOPENED = "cannot-open"


class JobResult(NamedTuple):
    """What became of a file, packed by the worker so that whoever collects thousands need not unpack them."""

    report: bytes
    digest: bytes
    prose: bytes
    keep: bool = True
    """Whether the same bytes give the same again: not where something broke or ran out."""


class NoForm(NamedTuple):
    title: str
    own: bool = False
    """It is a table of results that this program wrote: nobody looks for a form there."""
    blank: bool = False
    """It is a form in which nothing is filled in."""
    summary: bool = False
    """It is one of the province's summaries, which has no answers of its own; `title` is its kind."""
    edition: str = ""
    """Of a summary."""


def packed(value: Any) -> bytes:
    """A value for the way between processes and for a while on disk."""
    return zlib.compress(pickle.dumps(value, pickle.HIGHEST_PROTOCOL), 1)


def unpacked(data: bytes) -> Any:
    """The value again. Only for what this program has packed itself."""
    return pickle.loads(zlib.decompress(data))  # noqa: S301  (from our own worker, or the user's own private cache)


def _result(report: FileReport, form: FilledForm, checker: Checker, *, keep: bool = True) -> JobResult:
    together = checker.settings.batch
    return JobResult(
        packed(report),
        packed(digest_of(report, form) if together else Digest.alone(report)),
        packed(prose_of(form) if together else {}),
        keep and report.status is not Status.INCOMPLETE,
    )


def examined(checker: Checker, task: Candidate) -> JobResult | NoForm:
    """One file checked. Never raises for what is wrong with it; MemoryError goes on to whoever counts files."""
    try:
        report, form = checker.examine(task.path, task.name, task.evidence)
    except UsageError as error:  # gone since it was found
        return stopped_result(checker, task, UnreadableError(_UNOPENED, error.text))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  (one file must not end the run)
        return crashed_result(checker, task, f"{type(error).__name__}: {error}")
    nothing = _no_form(form)
    own = nothing is not None and nothing.what == _OWN
    if nothing is not None and task.called < (NameConfidence.ASKED_FOR if own else NameConfidence.FORM):
        return NoForm(nothing.value or "", own=own)
    if is_blank(form) and task.called < NameConfidence.OWN:
        return NoForm(form.form, blank=True)
    return _result(report, form, checker)


def crashed_result(checker: Checker, task: Candidate, reason: str, sha256: str | None = None) -> JobResult:
    """The result of a file whose check broke: incomplete, and neither a pass nor a finding."""
    edition = checker.rules_of().edition
    crashed = (Skipped(_rule_on_opening(edition), reason),)
    report = FileReport(task.name, sha256, UNKNOWN, Status.INCOMPLETE, None, crashed=crashed)
    nothing = FilledForm.model_construct(form=UNKNOWN, edition=edition)
    return _result(report, nothing, checker, keep=False)


def _rule_on_opening(edition: str) -> str:
    """The rule said to have broken where reading a file did: that it can be opened is what could not be found out."""
    checks = ((rule.code, check) for rule in load_rules(edition) for check in rule.checks)
    return next((code for code, check in checks if check.waits_for == _UNOPENED), "")


def stopped_result(
    checker: Checker, task: Candidate, error: UnreadableError, sha256: str | None = None
) -> JobResult:
    """The result of a file that took too much time or memory."""
    report, form = checker.unread(error, task.name)
    return _result(report._replace(sha256=sha256), form, checker, keep=False)


def renamed(result: JobResult, digest: Digest, name: str) -> tuple[JobResult, Digest]:
    """A result taken from the cache under the path it has now."""
    if digest.path == name:
        return result, digest
    report: FileReport = unpacked(result.report)._replace(path=name)
    return result._replace(report=packed(report)), digest._replace(path=name)


def left_out(path: Path, result: NoForm) -> list[Left]:
    """What is said of a document that is no form; nothing of a table that this program wrote."""
    if result.own:
        return []
    if result.summary:
        return [Left(path, Text("left.summary", form=short_name(result.title, result.edition)))]
    if result.blank:
        return [Left(path, Text("left.blank"))]
    if not result.title:
        return [Left(path, Text("left.no-text"))]
    return [Left(path, Text("left.begins", title=result.title))]


def _no_form(form: FilledForm) -> Observation | None:
    return next((o for o in form.observations if o.what in {"no-form", _OWN}), None)
