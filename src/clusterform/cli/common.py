"""What the commands share: a guard around each, writing and its errors."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, Never

from clusterform.cli.screen import put
from clusterform.errors import ClusterformError, refused
from clusterform.messages import Bilingual, Text

if TYPE_CHECKING:
    from pathlib import Path

EXIT_INTERRUPTED = 130
EXIT_WRONG_USE = 2
EXIT_BROKEN = 4


def in_both_languages(text: Bilingual, between: str = "\n") -> str:
    return f"{text.zh}{between}{text.en}"


def help_text(key: str) -> str:
    """A sentence of help: Chinese, then English, once where they are alike."""
    text = Text(key)
    return text.zh if text.zh == text.en else in_both_languages(text, " ")


def left_out_line(path: str, why: Text) -> str:
    """A file that is left out, in both languages on one line."""
    head = Text("left.not-listed")
    return f"{head.zh}{path}  {why.zh} {head.en} {why.en}"


def fail(error: ClusterformError, language: str = "") -> Never:
    """A clear sentence on stderr, in both languages where it is not known which is wanted, and the status."""
    say(error.text[language] if language else in_both_languages(error.text), sys.stderr)
    raise SystemExit(error.exit_code)


def say(text: str, stream: Any) -> None:
    """Writes a text, whatever the console's encoding can hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    line = text.encode(encoding, "replace").decode(encoding, "replace").rstrip("\n") + "\n"
    put(stream, line, flush=True)


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """No traceback reaches a user: every way a command can end early becomes a sentence and a status."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
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
    from clusterform.output import write_text  # noqa: PLC0415

    write_text(output, text, inputs)
