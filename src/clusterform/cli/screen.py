"""stdout and stderr, whoever reads them: nobody at all, somebody who leaves early, or a disk that is full.

Whoever leaves took what he wanted, and the work goes on unread: its exit status is still asked for.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from clusterform.errors import UsageError, refusal
from clusterform.messages import Text


def opened() -> None:
    """Where a stream is closed from the start, what is written to it goes nowhere, and no file is opened in its place."""
    for name, number in (("stdout", 1), ("stderr", 2)):
        if getattr(sys, name) is None:
            _to_nowhere(number)
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115  (for good)


def put(stream: Any, text: str, *, flush: bool = False) -> None:
    """Writes to stdout or stderr; UsageError where stdout cannot take it."""
    try:
        stream.write(text)
        if flush:
            stream.flush()
    except OSError as error:
        with suppress(OSError):  # a stream that is no file of the system has no number
            _to_nowhere(stream.fileno())
        if stream is sys.stdout and not _reader_left(error):
            raise UsageError("output.not-written", reason=refusal(error)) from error


def _reader_left(error: OSError) -> bool:
    """Windows has another word for it."""
    return isinstance(error, BrokenPipeError) or (os.name == "nt" and error.errno == errno.EINVAL)


def _to_nowhere(number: int) -> None:
    """What the stream still holds, and all that is to come."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, number)
    if nowhere != number:
        os.close(nowhere)


@contextmanager
def shown_progress(language: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many files of how many are done; it shows nothing where nobody looks."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415  (only a terminal needs it)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("folder.progress")[language], total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
