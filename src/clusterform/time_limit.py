"""A limit on the time that one piece of work takes in this process, where no worker stands between it and the user.

On POSIX a timer of the system rings, and stops an expression that is being matched as well; elsewhere a thread does that
sleeps till then, between two steps of Python. What ends in good time pays nothing for it.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 180
"""For one file; LibreOffice may take a minute for one that it has to convert."""
_AGAIN = 1
"""Seconds until it rings once more: an exception may be lost where Python can tell nobody of it."""


class OverTimeError(BaseException):
    """The time is over. No Exception, so that nothing on the way takes it for a rule that broke."""


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """OverTimeError once the work inside has taken longer. Without effect outside the main thread, and in a browser."""
    start = _by_timer if hasattr(signal, "setitimer") else _by_thread
    try:
        stop = start(seconds)
    except (ValueError, RuntimeError):  # signals are the main thread's; a browser's Python has no threads
        yield
        return
    try:
        yield
    finally:
        stop()


def _over(*_: object) -> None:
    raise OverTimeError


def _by_timer(seconds: int) -> Callable[[], None]:
    before = signal.signal(signal.SIGALRM, _over)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)

    def stop() -> None:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

    return stop


def _by_thread(seconds: int) -> Callable[[], None]:
    from _thread import interrupt_main
    from threading import Event, Thread

    before = signal.getsignal(signal.SIGINT)
    done, rung = Event(), Event()

    def ring() -> None:
        wait = seconds
        while not done.wait(wait):
            rung.set()
            interrupt_main(signal.SIGINT)
            wait = _AGAIN

    def interrupted(number: int, frame: FrameType | None) -> None:
        if rung.is_set():
            raise OverTimeError
        if callable(before):
            before(number, frame)

    Thread(target=ring, daemon=True).start()
    signal.signal(signal.SIGINT, interrupted)

    def stop() -> None:
        done.set()
        signal.signal(signal.SIGINT, before)

    return stop
