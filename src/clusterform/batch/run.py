"""A folder from its paths to its report: found, taken from the cache or given to workers, judged across forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from clusterform.batch.beside import inside, state_of
from clusterform.batch.counted import counted
from clusterform.batch.crew import Loss, processors, run_tasks
from clusterform.batch.digest import Digest
from clusterform.batch.discover import Candidate, Left, discover, nothing_left
from clusterform.batch.job import Examiner, NoForm, Result, Task, broken, left_out, renamed, stopped, unpacked
from clusterform.batch.judge import Verdict, judge_folder
from clusterform.batch.origin import unit_named
from clusterform.batch.spill import Spill
from clusterform.batch.store import Store
from clusterform.batch.worker import Bounds
from clusterform.errors import UnreadableError, UsageError
from clusterform.finding import FileReport, Report
from clusterform.parsers.container.file_bytes import file_bytes
from clusterform.parsers.container.refusals import too_long, too_much_memory
from clusterform.pipeline import Checker
from clusterform.record import record
from clusterform.settings import Settings
from clusterform.snapshot import between_runs

Progress = Callable[[int, int], None]
"""Called with how many files are done, of how many."""
Each = Callable[[FileReport], None]
"""Called with each file's report, in their order: as soon as it and all before it are finished."""


@record
class How:
    """How a folder is gone through; none of it changes what is said of one file."""

    jobs: int | None = None
    """Workers; None: one for every processor that may be used."""
    bounds: Bounds = Bounds()
    cache: bool = True
    """Whether results are taken from, and kept for, other runs."""
    evidence: Path | None = None
    """A folder with each form's evidence under the form's name; None: what lies beside each form."""
    across: bool = True
    """Whether the forms are judged together too."""
    province: str | None = None
    """Whose folder it is; None: where most of its forms come from."""


@record
class Outcome:
    """What came of a folder."""

    report: Report
    checked: tuple[Path, ...] = ()
    """The files reported on, which no output may be written over."""
    left: tuple[Left, ...] = ()
    """Documents that are no forms."""
    digests: tuple[Digest, ...] = ()


def check_folder(
    paths: Sequence[Path],
    checker: Checker,
    how: How,
    progress: Progress = lambda _done, _total: None,
    each: Each | None = None,
) -> Outcome:
    """Checks every form below the paths, then the rules across forms. UsageError where there is nothing to check."""
    if how.province is not None:
        unit_named(how.province)
    found = discover(paths)
    with between_runs():
        checker.made_ready()  # what is wrong with the options is told before anything starts
    run = _Run(checker, how, _paired(found.candidates, how.evidence), progress, each)
    digests = run.digests()
    if not digests and not run.unfinished:
        raise nothing_left([*found.left, *run.left])
    verdict = Verdict()
    if how.across and not run.unfinished:
        verdict = judge_folder(digests, checker, run.prose, how.province)
    left = sorted([*found.left, *run.left], key=lambda item: item.path)
    report = checker.report(
        counted(run.spill, verdict.findings),
        {digest.edition for digest in digests if digest.edition},
        batch=verdict.findings,
        crashed=verdict.crashed,
        together=how.across or len(digests) <= 1,
        unfinished=run.unfinished,
        unopened=sum(item.form for item in left),
    )
    return Outcome(report, run.checked, tuple(left), digests)


def _paired(candidates: Sequence[Candidate], evidence: Path | None) -> tuple[Candidate, ...]:
    """With the user's own folder of evidence: what in it is called after each form; all of it for a form alone."""
    if evidence is None:
        return tuple(candidates)
    whole = evidence if len(candidates) == 1 else None
    return tuple(replace(c, evidence=inside(c.path, evidence) or whole) for c in candidates)


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
        self.progress = progress
        self.each = each
        self.spill = Spill()
        self.left: list[Left] = []
        self.unfinished = 0
        self._digests: dict[int, Digest] = {}
        self._store = Store(checker.settings) if how.cache else None
        self._keys: dict[int, tuple[bytes, str]] = {}
        self._finished: set[int] = set()
        self._told = 0

    def digests(self) -> tuple[Digest, ...]:
        """The digests of all files, in their order. Ctrl-C ends it at once with those that are finished."""
        done = 0
        try:
            self.progress(done, len(self.candidates))
            for number, result in self._results():
                self._keep(number, result)
                self._tell(number)
                done += 1
                self.progress(done, len(self.candidates))
        except KeyboardInterrupt:
            self.unfinished = len(self.candidates) - done
        finally:
            if self._store is not None:
                self._store.close()
        return tuple(self._digests[number] for number in sorted(self._digests))

    @property
    def checked(self) -> tuple[Path, ...]:
        """The files that are reported on."""
        return tuple(self.candidates[number].path for number in sorted(self._digests))

    def prose(self, place: int) -> dict[str, str]:
        """The texts of the digest at that place among `digests`."""
        return self.spill.prose(sorted(self._digests)[place])

    def _results(self) -> Iterator[tuple[int, Result | NoForm]]:
        """Of every candidate: from the cache first, the others from the workers."""
        tasks = []
        for number, candidate in enumerate(self.candidates):
            kept = self._kept(number, candidate)
            if kept is not None:
                yield number, kept
            else:
                path = candidate.path
                tasks.append(
                    (number, Task(path, path.as_posix(), candidate.named, candidate.evidence, candidate.own))
                )
        setup = partial(_numbered, self.checker.settings)
        for (number, task), result in run_tasks(tasks, setup, self.how.jobs or processors(), self.how.bounds):
            yield number, self._lost(task, result) if isinstance(result, Loss) else result

    def _kept(self, number: int, candidate: Candidate) -> Result | None:
        if self._store is None or not self._store.active:
            return None
        path = candidate.path
        digest = _digest(path)
        if digest is None:
            return None
        key = self._store.key(
            digest, f"{path.name} {candidate.named} {candidate.own}", state_of(path, candidate.evidence)
        )
        self._keys[number] = (key, digest)
        return self._store.get(key)

    def _keep(self, number: int, result: Result | NoForm) -> None:
        path = self.candidates[number].path
        if isinstance(result, NoForm):
            self.left += left_out(path, result)
            return
        digest: Digest = unpacked(result.digest)
        key = self._keys.pop(number, None)
        if self._store is not None and key is not None and result.keep and digest.sha256 == key[1]:
            self._store.put(key[0], result)
        result, digest = renamed(result, digest, path.as_posix())
        self.spill.add(number, result)
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
                self.each(self.spill.report(self._told - 1))

    def _lost(self, task: Task, loss: Loss) -> Result:
        """What is said of a file whose worker was lost."""
        digest = _digest(task.path)
        if loss.kind == "died":
            zh, en = "检查该文件的进程意外结束", "the process that checked the file ended"
            words = (
                f"{zh}（{loss.detail}）"
                if self.checker.settings.language == "zh"
                else f"{en} ({loss.detail})"
            )
            return broken(self.checker, task, words, digest)
        error = too_long(self.how.bounds.seconds) if loss.kind == "time" else too_much_memory()
        return stopped(self.checker, task, error, digest)


def _numbered(settings: Settings) -> Callable[[tuple[int, Task]], Result | NoForm]:
    """The worker's function: tasks go with their numbers."""
    examine = Examiner(settings)
    return lambda numbered: examine(numbered[1])


def _digest(path: Path) -> str | None:
    """None where the file cannot be read, which its check then tells."""
    try:
        return sha256(file_bytes(path)).hexdigest()
    except (UnreadableError, UsageError):
        return None
