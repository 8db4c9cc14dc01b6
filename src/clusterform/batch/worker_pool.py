"""A crew of workers, one file in flight each. One that dies, hangs or runs out of memory costs that file alone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from clusterform import processes
from clusterform.errors import ClusterformError
from clusterform.messages import Text
from clusterform.time_limit import SECONDS

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

MEMORY = 4 << 30
"""Bytes of address space for a worker, where the system can hold it to that."""
STARTING = 120
"""Seconds until a worker must have loaded the rules."""
_PARTING = 2
"""Seconds that a worker gets to end what it has started itself, such as LibreOffice."""
READY, DONE, NO_MEMORY, UNFIT = "ready", "done", "memory", "unfit"

Setup = Callable[[], Callable[[Any], Any]]
"""Makes the function that does the work; called once in every worker, so it must be picklable."""


@dataclass(frozen=True, slots=True)
class Bounds:
    seconds: int = SECONDS
    memory: int = MEMORY


class Worker:
    """One process with its pipe, and the task it is at."""

    def __init__(self, setup: Setup, bounds: Bounds) -> None:
        context = get_context("spawn")
        self.connection, far = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=_serve, args=(far, setup, bounds.memory), daemon=True
        )
        with _no_interrupt():
            self.process.start()
        far.close()
        self.bounds = bounds
        self.ready = False
        self.task: Any = None
        self.deadline = time.monotonic() + STARTING

    def give(self, task: Any) -> None:
        """Sends the task; OSError where the worker has gone."""
        self.connection.send(task)
        self.task = task
        self.deadline = time.monotonic() + self.bounds.seconds

    def dismiss(self) -> None:
        with suppress(OSError):
            self.connection.close()

    def end(self) -> None:
        """Ends the process, first politely, so that what it has started itself ends with it."""
        self.dismiss()
        if self.process.is_alive():
            self.process.terminate()
            self.process.join(_PARTING)
        if self.process.is_alive():
            self.process.kill()
        self.process.join()

    def how_it_ended(self) -> str:
        """The status of a process that is gone, in words that need no translation."""
        self.process.join(_PARTING)
        code = self.process.exitcode
        if code is None:
            return "?"
        return f"signal {-code}" if code < 0 else f"status {code}"


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C is for this process: one that starts now must not print its own traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # python's own helper, which would lift the block below while it starts
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(connection: Connection, setup: Setup, memory: int) -> None:
    """A worker's life. A signal that comes while Python ends the process must raise nothing there."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    try:
        _work(connection, setup, memory)
    finally:
        signal.signal(signal.SIGTERM, _go_on)


def _leave(*_: object) -> None:
    """Ends with what the worker has started itself; asked twice, what it does to that end goes on undisturbed."""
    signal.signal(signal.SIGTERM, _go_on)
    sys.exit(1)


def _go_on(*_: object) -> None:
    """The worker is ending already. A function and not SIG_IGN: Python prints a traceback where one was pending."""


def _work(connection: Connection, setup: Setup, memory: int) -> None:
    """A task in, its result out, until the pipe closes."""
    with suppress(OSError):
        try:
            work = setup()
            _limit(memory)
            connection.send((READY, None))
            for task in _tasks(connection):
                connection.send((DONE, work(task)))
        except MemoryError:
            connection.send((NO_MEMORY, None))
        except Exception as error:  # noqa: BLE001  (told to the program, which tells the user)
            connection.send((UNFIT, f"{type(error).__name__}: {error}"))


def _tasks(connection: Connection) -> Iterator[Any]:
    with suppress(EOFError):
        while True:
            yield connection.recv()


def _limit(memory: int) -> None:
    """Holds this process to so much address space; a system that cannot leaves it to the time limit."""
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))


_PATIENCE = 3
"""So many workers may fail to start before the run gives up."""


@dataclass(frozen=True, slots=True)
class Loss:
    kind: str
    """time, memory or died."""
    detail: str = ""
    """Of one that died: the signal or status it ended with."""


def run_tasks(
    tasks: Iterable[Any], setup: Setup, jobs: int, bounds: Bounds | None = None
) -> Iterator[tuple[Any, Any]]:
    """Each task with its result or a Loss, as they finish. Workers end when the iterator does, however that is."""
    if not processes.can_start():
        yield from _done_here(tasks, setup)
        return
    crew = _WorkerPool(deque(tasks), setup, jobs, bounds or Bounds())
    try:
        yield from crew.work()
    finally:
        crew.dismiss()


def _done_here(tasks: Iterable[Any], setup: Setup) -> Iterator[tuple[Any, Any]]:
    """One after the other. What takes too long is ended from outside: a page ends all of it, and starts again."""
    work = setup()
    for task in tasks:
        try:
            result = work(task)
        except MemoryError:
            result = Loss("memory")
        except Exception as error:  # noqa: BLE001  (told to the program, which tells the user)
            result = Loss("died", f"{type(error).__name__}: {error}")
        yield task, result


class _WorkerPool:
    def __init__(self, waiting: deque[Any], setup: Setup, jobs: int, bounds: Bounds) -> None:
        self.waiting = waiting
        self.setup = setup
        self.jobs = jobs
        self.bounds = bounds
        self.workers: list[Worker] = []
        self.retired: list[Worker] = []
        self.stillborn = 0

    def work(self) -> Iterator[tuple[Any, Any]]:
        while self.waiting or any(w.task is not None for w in self.workers):
            self._hire()
            soonest = min(w.deadline for w in self.workers)
            ready = wait([w.connection for w in self.workers], soonest - time.monotonic())
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
            raise ClusterformError("worker.no-start", reason=loss.detail or Text("worker.timeout"))

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
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
