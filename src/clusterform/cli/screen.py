"""stdout and stderr, whoever reads them: nobody at all, somebody who leaves early, or a disk that is full.

Whoever leaves took what he wanted, and the work goes on unread: its exit status is still asked for.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import Any

from clusterform.errors import UsageError, refusal


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
