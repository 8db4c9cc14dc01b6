"""The help of a command: in the one language that is asked for, or that the system speaks, and laid out for a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from clusterform.messages import LANGUAGES, Text
from clusterform.patterns import pattern

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NEUTRAL = frozenset({"C", "POSIX"})
_CHINESE_UI = 0x04
"""The primary language of Windows' language numbers."""

Entry = tuple[str, str]
"""What is typed, and what it is good for."""


def help_language(arguments: Sequence[str] = ()) -> str:
    """The language that a command line names by --lang, else the system's: Chinese, or English on any other.

    A system that says nothing of its language gets the reports' own, Chinese.
    """
    for flag, value in zip(arguments, [*arguments[1:], ""], strict=False):
        given = flag.removeprefix("--lang=") if flag.startswith("--lang=") else value
        if flag.partition("=")[0] == "--lang" and given in LANGUAGES:
            return given
    named = next((os.environ[name] for name in _LOCALE if os.environ.get(name)), "")
    if named.partition(".")[0] not in _NEUTRAL | {""}:
        return "zh" if named.lower().startswith("zh") else "en"
    return "zh" if named or _speaks_chinese() else "en"


def _speaks_chinese() -> bool:
    """What Windows shows its windows in; other systems tell by their environment."""
    if sys.platform != "win32":
        return True
    import ctypes

    number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
    return bool(number & 0x3FF == _CHINESE_UI)


def help_text(key: str) -> str:
    """A sentence of help in the language of this command line."""
    return Text(key)[help_language(sys.argv)]


def laid_out(usage: str, what: str, parts: Iterable[tuple[str, Iterable[Entry]]]) -> str:
    """How a command is called, what it does, and under the key of each heading what it takes."""
    lines = [help_text("help.usage") + usage, "", *(f"  {line}" for line in _lines(what, _WIDTH - 2))]
    for heading, entries in parts:
        inside = [line for entry in entries for line in _entry(*entry)]
        lines += ["", help_text(heading), *inside] if inside else []
    return "\n".join(lines)


def metavar(name: str) -> str:
    """What stands for something to be typed, such as PATH, in the help's language."""
    word = Text(f"help.metavar.{name}")
    return word[help_language(sys.argv)] if word.known else name


_WIDTH, _LEFT = 80, 26
"""Columns of a terminal, and how many of them the options have."""


def _entry(head: str, words: str) -> Iterator[str]:
    """One entry in two columns; what is longer goes on below."""
    from rich.cells import cell_len

    room = _LEFT - 2 - cell_len(head)
    lines = _lines(words, _WIDTH - _LEFT - 2)
    if room < 0:
        yield f"  {head}"
        head, room = "", _LEFT - 2
    for line in lines:
        yield f"  {head}{' ' * room}  {line}".rstrip()
        head, room = "", _LEFT - 2


_WORDS = pattern(r"(?:[^ \u2e80-\uffff]++[ \u2e80-\uffff]?+|[ \u2e80-\uffff])[。，、；：）”》]*+")
"""What is not broken: a word with the space behind it, a Chinese sign with those that no line begins with."""


def _lines(words: str, width: int) -> list[str]:
    """As the lines of a report."""
    from clusterform.reports.terminal import wrapped

    return wrapped(words, width, _WORDS)
