"""The help of a command: in the one language that is asked for, or that the system speaks, and laid out for a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from clusterform.messages import LANGUAGES, Text

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
    lines = [help_text("help.usage") + usage, "", *(f"  {line}" for line in _wrapped(what, _WIDTH - 2))]
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
    room = _LEFT - 2 - _columns(head)
    lines = list(_wrapped(words, _WIDTH - _LEFT - 2))
    if room < 0:
        yield f"  {head}"
        head, room = "", _LEFT - 2
    for line in lines:
        yield f"  {head}{' ' * room}  {line}".rstrip()
        head, room = "", _LEFT - 2


_CLOSING = frozenset("。，、；：）”》")
"""Signs that no line begins with."""


def _columns(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _wrapped(words: str, width: int) -> Iterator[str]:
    """Lines of that many columns: Chinese breaks anywhere and takes two columns a sign, English at a space."""
    line, room = "", width
    for piece in _pieces(words):
        size = _columns(piece)
        if size > room and line:
            yield line.rstrip()
            line, room = "", width
        line, room = line + piece, room - size
    yield line.rstrip()


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for sign, after in zip(words, f"{words[1:]} ", strict=True):
        piece += sign
        if (sign == " " or east_asian_width(sign) in "WF") and after not in _CLOSING:
            yield piece
            piece = ""
    if piece:
        yield piece
