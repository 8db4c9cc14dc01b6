"""What is done with one file of a run: it is checked, or said to be no form at all."""

from __future__ import annotations

import pickle
import zlib
from typing import Any, NamedTuple

from clusterform.answers import FilledForm
from clusterform.batch.digest import Digest, digest_of, is_blank, prose_of
from clusterform.batch.discover import Candidate, NameConfidence
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import FileReport, Skipped, Status
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
    """A document that is no form, or none to be looked at."""

    why: Text | None = None
    """What is said of it; nothing of a table of results that this program wrote, as nobody looks for a form there."""

    @classmethod
    def called(cls, title: str) -> NoForm:
        """One that begins with these words."""
        return cls(Text("left.begins", title=title) if title else Text("left.no-text"))


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
    noticed = {observation.what: observation.value or "" for observation in form.observations}
    if _OWN in noticed and task.called < NameConfidence.ASKED_FOR:
        return NoForm()
    if "no-form" in noticed and task.called < NameConfidence.FORM:
        return NoForm.called(noticed["no-form"])
    if is_blank(form) and task.called < NameConfidence.OWN:
        return NoForm(Text("left.blank"))
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
