"""One worker process and the pipe to it: what it takes, what it may take, how it ends.

Processes are spawned on every system, never forked: what works here works on Windows, and a worker shares nothing with
the program but its pipe.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from clusterform.record import record
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


@record
class Bounds:
    """What a worker may take."""

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
        """Tells it that there is nothing more to do."""
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
    from multiprocessing import resource_tracker  # noqa: PLC0415  (not on Windows)

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
        except Exception as error:  # noqa: BLE001  (told to the program, which tells the user)
            connection.send((UNFIT, f"{type(error).__name__}: {error}"))
            return
        _limit(memory)
        connection.send((READY, None))
        while True:
            try:
                task = connection.recv()
            except EOFError:
                return
            try:
                answer = (DONE, work(task))
            except MemoryError:
                connection.send((NO_MEMORY, None))
                return
            except Exception as error:  # noqa: BLE001  (as above)
                connection.send((UNFIT, f"{type(error).__name__}: {error}"))
                return
            connection.send(answer)


def _limit(memory: int) -> None:
    """Holds this process to so much address space; a system that cannot leaves it to the time limit."""
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        ceiling = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, hard))
