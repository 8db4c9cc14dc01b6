"""What the commands share: a guard around each, stdout and stderr, writing and its errors.

Whoever reads may leave early, or the disk be full. Who leaves took what he wanted, and the work goes on unread: its
exit status is still asked for.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, Never

from clusterform.errors import ClusterformError, UsageError, refusal, refused
from clusterform.messages import Bilingual, Text

if TYPE_CHECKING:
    from pathlib import Path


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
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("folder.progress")[language], total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


EXIT_INTERRUPTED = 130
EXIT_WRONG_USE = 2
EXIT_BROKEN = 4


def in_both_languages(text: Bilingual, between: str = "\n") -> str:
    return f"{text.zh}{between}{text.en}"


def tell_left_out(path: str, why: Text) -> None:
    """A file that is left out, in both languages on one line."""
    head = Text("left.not-listed")
    say(f"{head.zh}{path}  {why.zh} {head.en} {why.en}", sys.stderr)


def fail(error: ClusterformError, language: str = "") -> Never:
    """A clear sentence on stderr, in both languages where it is not known which is wanted, and the status."""
    say(error.text[language] if language else in_both_languages(error.text), sys.stderr)
    raise SystemExit(error.exit_code)


def say(text: str, stream: Any) -> None:
    """Writes a text, whatever the console's encoding can hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    line = text.encode(encoding, "replace").decode(encoding, "replace").rstrip("\n") + "\n"
    put(stream, line, flush=True)


def tell(language: str, key: str, /, **facts: object) -> None:
    """A sentence on stderr, of what is no part of what was asked for."""
    say(Text(key, **facts)[language], sys.stderr)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """No traceback reaches a user: every way a command can end early becomes a sentence and a status.

    The language that a command speaks in is looked at first.
    """

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            if "lang" in options:
                from clusterform.cli.options import BY_NAME, one_of

                one_of("--lang", options["lang"], BY_NAME["lang"].known)
            command(*args, **options)
        except ClusterformError as error:
            fail(error, "en" if options.get("lang") == "en" else "zh")
        except KeyboardInterrupt:
            say(in_both_languages(Text("run.interrupted"), " "), sys.stderr)
            raise SystemExit(EXIT_INTERRUPTED) from None
        except Exception as error:  # noqa: BLE001  (a fault of ours is told as such, with what to report)
            if isinstance(error, OSError) and error.filename is not None:  # of a file that the user named
                fail(refused(error), "en" if options.get("lang") == "en" else "zh")
            detail = f"{type(error).__name__}: {error}"
            say(in_both_languages(Text("run.internal", detail=detail)), sys.stderr)
            raise SystemExit(EXIT_BROKEN) from None

    return run


def write(text: str | Iterable[str], output: Path | None, inputs: Sequence[Path]) -> None:
    """To stdout, or beside the file of that name and then in its place; never over an input."""
    if output is None:
        for piece in [text] if isinstance(text, str) else text:
            put(sys.stdout, piece)
        put(sys.stdout, "", flush=True)
        return
    from clusterform.output import write_text

    write_text(output, text, inputs)
