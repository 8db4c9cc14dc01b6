"""A crew of workers, one file in flight each. One that dies, hangs or runs out of memory costs that file alone."""

from __future__ import annotations

import os
import pickle
import time
from collections import deque
from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait
from typing import Any

from clusterform.batch.worker import DONE, READY, UNFIT, Bounds, Setup, Worker
from clusterform.errors import ClusterformError
from clusterform.messages import Text
from clusterform.record import record

_PATIENCE = 3
"""So many workers may fail to start before the run gives up."""


@record
class Loss:
    """Why a task has no result."""

    kind: str
    """time, memory or died."""
    detail: str = ""
    """Of one that died: the signal or status it ended with."""


def run_tasks(
    tasks: Iterable[Any], setup: Setup, jobs: int, bounds: Bounds | None = None
) -> Iterator[tuple[Any, Any]]:
    """Each task with its result or a Loss, as they finish. Workers end when the iterator does, however that is."""
    crew = _WorkerPool(deque(tasks), setup, jobs, bounds or Bounds())
    try:
        yield from crew.work()
    finally:
        crew.dismiss()


class _WorkerPool:
    """The workers of one run."""

    def __init__(self, waiting: deque[Any], setup: Setup, jobs: int, bounds: Bounds) -> None:
        self.waiting = waiting
        self.setup = setup
        self.jobs = jobs
        self.bounds = bounds
        self.workers: list[Worker] = []
        self.retired: list[Worker] = []
        self.stillborn = 0

    def work(self) -> Iterator[tuple[Any, Any]]:
        """Until nothing waits and nobody works."""
        while self.waiting or any(w.task is not None for w in self.workers):
            self._hire()
            soonest = min(w.deadline for w in self.workers)
            ready = wait([w.connection for w in self.workers], max(0, soonest - time.monotonic()))
            for worker in list(self.workers):
                if worker.connection in ready:
                    yield from self._hear(worker)
                elif time.monotonic() >= worker.deadline:
                    yield from self._lose(worker, Loss("time"))

    def _hire(self) -> None:
        """As many as there is work for, and no more than are allowed."""
        idle = sum(worker.task is None for worker in self.workers)
        while idle < len(self.waiting) and len(self.workers) < self.jobs:
            self.workers.append(Worker(self.setup, self.bounds))
            idle += 1

    def _hear(self, worker: Worker) -> Iterator[tuple[Any, Any]]:
        try:
            kind, value = worker.connection.recv()
        except (EOFError, OSError, pickle.UnpicklingError):
            yield from self._lose(worker, Loss("died", worker.how_it_ended()))
            return
        if kind == READY:
            worker.ready, self.stillborn = True, 0
        elif kind == DONE:
            task, worker.task = worker.task, None
            yield task, value
        else:
            loss = Loss("died", str(value)) if kind == UNFIT else Loss("memory")
            yield from self._lose(worker, loss)
            return
        self._next(worker)

    def _next(self, worker: Worker) -> None:
        """The next task, or home: a worker found dead only now was not killed by this task."""
        if not self.waiting:
            worker.dismiss()
            self.workers.remove(worker)
            self.retired.append(worker)
            return
        try:
            worker.give(self.waiting[0])
        except OSError:
            self._drop(worker)
        else:
            self.waiting.popleft()

    def _lose(self, worker: Worker, loss: Loss) -> Iterator[tuple[Any, Any]]:
        """The worker goes; its task, where it had one, is lost with it."""
        self._drop(worker)
        if worker.ready:
            if worker.task is not None:
                yield worker.task, loss
            return
        self.stillborn += 1
        if self.stillborn >= _PATIENCE:
            raise ClusterformError(
                "worker.no-start",
                reason=loss.detail or Text("worker.timeout"),
            )

    def _drop(self, worker: Worker) -> None:
        self.workers.remove(worker)
        worker.end()

    def dismiss(self) -> None:
        """Everybody at once, so that parting takes no longer than for one."""
        every = [*self.workers, *self.retired]
        for worker in every:
            worker.dismiss()
        for worker in self.workers:
            worker.process.terminate()
        for worker in every:
            worker.end()


def processors() -> int:
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
