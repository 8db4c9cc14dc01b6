"""The help of check and batch, written from the table of options."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from clusterform.cli.common import help_text
from clusterform.cli.options import OPTIONS, Takes

_WIDTH, _LEFT = 80, 26
"""Columns of a terminal, and how many of them the options have."""


def help_of(command: str) -> str:
    folders = command == "batch"
    paths = "FOLDER..." if folders else "PATH..."
    what = help_text(f"help.{command}")
    lines = [f"Usage: clusterform {command} [OPTIONS] {paths}", "", f"  {what}", "", "Arguments:"]
    lines += _entry(paths, help_text("help.folders" if folders else "help.paths"))
    lines += ["", "Options:"]
    for option in OPTIONS:
        short = f"-{option.short}, " if option.short else ""
        default = f" [{option.default}]" if option.takes is Takes.TEXT and option.default else ""
        lines += _entry(f"{short}{option.flag} {option.takes.value}".rstrip(), option.help + default)
    lines += _entry("-h, --help", help_text("help.help"))
    return "\n".join(lines)


def _entry(head: str, words: str) -> Iterator[str]:
    """One entry in two columns; what is longer goes on below."""
    lines = list(_wrapped(words, _WIDTH - _LEFT - 2))
    if len(head) > _LEFT - 2:
        yield f"  {head}"
        head = ""
    for line in lines:
        yield f"  {head:<{_LEFT - 2}}  {line}".rstrip()
        head = ""


def _wrapped(words: str, width: int) -> Iterator[str]:
    """Lines of that many columns: Chinese breaks anywhere and takes two columns a sign, English at a space."""
    line, room = "", width
    for piece in _pieces(words):
        size = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in piece)
        if size > room and line:
            yield line.rstrip()
            line, room = "", width
        line, room = line + piece, room - size
    yield line.rstrip()


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for sign in words:
        piece += sign
        if sign == " " or east_asian_width(sign) in "WF":
            yield piece
            piece = ""
    if piece:
        yield piece
