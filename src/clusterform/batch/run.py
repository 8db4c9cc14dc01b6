"""A run from its paths to its report: files found, each checked here or by a worker, a folder's judged together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from clusterform import time_limit
from clusterform.batch.digest import Digest, copies_beside_originals
from clusterform.batch.discover import (
    Candidate,
    Left,
    NameConfidence,
    discover,
    inside,
    nothing_left,
    state_of,
)
from clusterform.batch.job import (
    JobResult,
    NoForm,
    crashed_result,
    examined,
    packed,
    renamed,
    stopped_result,
    unpacked,
)
from clusterform.batch.reports_on_disk import ReportsOnDisk
from clusterform.conclusions.owners import Owners, owner
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import FileReport, Finding, Report, Skipped
from clusterform.messages import Text
from clusterform.parsers.container.package import file_bytes
from clusterform.parsers.container.refusals import too_long, too_much_memory
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from clusterform.snapshot import between_runs

if TYPE_CHECKING:
    from clusterform.batch.store import Store

Progress = Callable[[int, int], None]
"""Called with how many files are done, of how many."""
Each = Callable[[FileReport], None]
"""Called with each file's report, in their order: as soon as it and all before it are finished."""
_FEW = 20
"""So many files named one by one are checked in this process; for more it is worth while to start workers."""


class How(NamedTuple):
    """How files are gone through; none of it changes what is said of one of them."""

    jobs: int | None = None
    """Workers; None: one for every processor that may be used, and none for a few files."""
    seconds: int | None = None
    """For one file; None: what time_limit says."""
    cache: bool = True
    """Whether a folder's results are taken from, and kept for, other runs."""
    across: bool = True
    """Whether a folder's forms are judged together too."""
    province: str | None = None
    """Whose folder it is; None: where most of its forms come from."""


class RunOutcome(NamedTuple):
    report: Report
    candidates: tuple[Candidate, ...] = ()
    """The files reported on."""
    left: tuple[Left, ...] = ()
    """Documents that are no forms, and copies made here of forms that are reported on."""
    digests: tuple[Digest, ...] = ()

    @property
    def checked(self) -> tuple[Path, ...]:
        """The files reported on, which no output may be written over."""
        return tuple(candidate.path for candidate in self.candidates)


def check_all(
    paths: Sequence[Path],
    checker: Checker,
    how: How,
    progress: Progress = lambda _done, _total: None,
    each: Each | None = None,
) -> RunOutcome:
    """Checks every file named and every form below a folder. UsageError where there is nothing to check."""
    _refuse_wrong(checker.settings, how)
    found = discover(paths)
    with between_runs():
        checker.made_ready()  # what is wrong with the options is told before any file
        one = _Run(checker, how, _with_evidence(found.candidates, checker.settings), progress, each)
        digests = one.digests()
        if not digests:
            if one.unfinished:
                raise KeyboardInterrupt
            raise nothing_left([*found.left, *one.left])
        findings, crashed = one.together(digests)
        if checker.conclusions is not None:
            owners = {digest.path: owner(digest.form, digest.name, digest.sha256) for digest in digests}
            findings = checker.conclusions.tied(findings, Owners(None, owners))
    one.reports.count(findings)
    left = sorted([*found.left, *one.left], key=lambda item: item.path)
    report = checker.report(
        one.reports,
        {digest.edition for digest in digests if digest.edition},
        batch=findings,
        crashed=crashed,
        together=(checker.settings.batch and how.across) or len(digests) == 1,
        unfinished=one.unfinished,
        unopened=sum(item.form for item in left),
    )
    return RunOutcome(report, one.checked, tuple(left), digests)


def _refuse_wrong(settings: Settings, how: How) -> None:
    """UsageError for a province or evidence that is none, before any file is looked for."""
    if how.province is not None:
        from clusterform.batch.recommending_unit import unit_named

        unit_named(how.province)
    if settings.evidence is not None:
        from clusterform.evidence.source import refuse_unusable

        refuse_unusable(settings.evidence)


def _with_evidence(candidates: Sequence[Candidate], settings: Settings) -> tuple[Candidate, ...]:
    """With the user's own folder of evidence: all of it for a form alone, else what in it is called after each form.

    Of files named one by one each has the whole where nothing is called after it.
    """
    evidence = settings.evidence
    if evidence is None:
        return tuple(candidates)
    if len(candidates) == 1 and candidates[0].called is NameConfidence.ASKED_FOR:
        return (candidates[0]._replace(evidence=evidence),)
    whole = None if settings.batch and len(candidates) > 1 else evidence
    return tuple(c._replace(evidence=inside(c.path, evidence) or whole) for c in candidates)


class _Run:
    """One pass over the candidates; results may come in any order and are kept by the candidate's number."""

    def __init__(
        self,
        checker: Checker,
        how: How,
        candidates: Sequence[Candidate],
        progress: Progress,
        each: Each | None,
    ) -> None:
        self.checker = checker
        self.how = how
        self.candidates = candidates
        self.each = each
        self.reports = ReportsOnDisk()
        self.left: list[Left] = []
        self.unfinished = 0
        self._here = (
            not checker.settings.batch
            and how.jobs is None
            and how.seconds is None
            and len(candidates) <= _FEW
        )
        self._progressed: Progress = (lambda _done, _total: None) if self._here else progress
        self._store: Store | None = None
        if how.cache and not self._here:
            from clusterform.batch.store import Store

            self._store = Store(checker.settings)
        self._seconds = how.seconds or time_limit.SECONDS
        self._digests: dict[int, Digest] = {}
        self._keys: dict[int, tuple[bytes, str]] = {}
        self._finished: set[int] = set()
        self._told = 0

    def digests(self) -> tuple[Digest, ...]:
        """The digests of all files, in their order. Ctrl-C ends it at once with those that are finished."""
        done = 0
        try:
            self._progressed(done, len(self.candidates))
            for number, result in self._results():
                self._keep(number, result)
                self._tell(number)
                done += 1
                self._progressed(done, len(self.candidates))
        except KeyboardInterrupt:
            self.unfinished = len(self.candidates) - done
        finally:
            if self._store is not None:
                self._store.close()
        for number, why in copies_beside_originals(self._digests).items():
            self.left.append(Left(self.candidates[number].path, why))
            self.reports.leave_out(number)
            del self._digests[number]
        return tuple(self._digests[number] for number in sorted(self._digests))

    @property
    def checked(self) -> tuple[Candidate, ...]:
        return tuple(self.candidates[number] for number in sorted(self._digests))

    def together(self, digests: Sequence[Digest]) -> tuple[tuple[Finding, ...], tuple[Skipped, ...]]:
        if not self.checker.settings.batch or not self.how.across or self.unfinished:
            return (), ()
        from clusterform.batch.folder import judge_folder

        numbers = sorted(self._digests)
        found = judge_folder(
            digests, self.checker, lambda place: self.reports.prose(numbers[place]), self.how.province
        )
        return tuple(found.findings), tuple(found.crashed)

    def _results(self) -> Iterator[tuple[int, JobResult | NoForm]]:
        """Of every candidate: from the cache first, the others are checked."""
        tasks = []
        for number, candidate in enumerate(self.candidates):
            kept = self._kept(number, candidate)
            if kept is not None:
                yield number, kept
            else:
                tasks.append((number, candidate))
        yield from self._checked_here(tasks) if self._here else self._checked_by_workers(tasks)

    def _checked_here(
        self, tasks: Sequence[tuple[int, Candidate]]
    ) -> Iterator[tuple[int, JobResult | NoForm]]:
        """One after the other, none for longer than it may take in a worker."""
        for number, task in tasks:
            try:
                with time_limit.within(self._seconds):
                    result = examined(self.checker, task)
            except time_limit.OverTimeError:
                result = self._stopped(task, too_long(self._seconds))
            except MemoryError:
                result = self._stopped(task, too_much_memory())
            yield number, result

    def _checked_by_workers(
        self, tasks: Sequence[tuple[int, Candidate]]
    ) -> Iterator[tuple[int, JobResult | NoForm]]:
        from clusterform.batch.worker_pool import Bounds, Loss, processors, run_tasks

        setup = partial(_numbered, self.checker.settings)
        jobs, bounds = self.how.jobs or processors(), Bounds(seconds=self._seconds)
        for (number, task), result in run_tasks(tasks, setup, jobs, bounds):
            if not isinstance(result, Loss):
                yield number, result
            elif result.kind == "died":
                why = Text("worker.died", detail=result.detail)[self.checker.settings.language]
                yield number, crashed_result(self.checker, task, why, _digest(task.path))
            else:
                error = too_long(self._seconds) if result.kind == "time" else too_much_memory()
                yield number, self._stopped(task, error)

    def _stopped(self, task: Candidate, error: UnreadableError) -> JobResult:
        return stopped_result(self.checker, task, error, _digest(task.path))

    def _kept(self, number: int, candidate: Candidate) -> JobResult | None:
        if self._store is None or not self._store.active:
            return None
        path = candidate.path
        digest = _digest(path)
        if digest is None:
            return None
        state = state_of(path, candidate.evidence)
        key = self._store.key(digest, f"{path.name} {candidate.called}", state)
        self._keys[number] = (key, digest)
        return self._store.get(key)

    def _keep(self, number: int, result: JobResult | NoForm) -> None:
        path = self.candidates[number].path
        if isinstance(result, NoForm):
            self.left += [Left(path, result.why)] if result.why is not None else []
            return
        digest: Digest = unpacked(result.digest)
        key = self._keys.pop(number, None)
        if self._store is not None and key is not None and result.keep and digest.sha256 == key[1]:
            self._store.put(key[0], result)
        result, digest = renamed(result, digest, path.as_posix())
        if self.checker.conclusions is not None:  # behind what is kept, for they may be others next time
            result = result._replace(report=packed(self.checker.concluded(unpacked(result.report))))
        self.reports.add(number, result)
        self._digests[number] = digest

    def _tell(self, number: int) -> None:
        """Tells of the files up to the first that is not finished."""
        if self.each is None:
            return
        self._finished.add(number)
        while self._told in self._finished:
            self._finished.remove(self._told)
            self._told += 1
            if self._told - 1 in self._digests:
                self.each(self.reports.report(self._told - 1))


def _numbered(settings: Settings) -> Callable[[tuple[int, Candidate]], JobResult | NoForm]:
    """The worker's function: tasks go with their numbers."""
    checker = Checker(settings)
    with between_runs():
        checker.rules_of().rules  # noqa: B018  (loaded now, so that the first file does not wait for it)
    return lambda numbered: examined(checker, numbered[1])


def _digest(path: Path) -> str | None:
    """None where the file cannot be read, which its check then tells."""
    try:
        return sha256(file_bytes(path)).hexdigest()
    except (UnreadableError, UsageError):
        return None
