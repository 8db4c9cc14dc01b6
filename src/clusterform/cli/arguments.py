"""The command line of check and batch, and its help, by the table of options. Typer, which reads the others, takes longer to load than a form to check."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clusterform.cli.help_page import help_text, laid_out, metavar
from clusterform.cli.options import LETTER, CommandOption, Takes, options_of
from clusterform.errors import UsageError
from clusterform.nearest import hint

HELP = frozenset({"-h", "--help"})


class HelpAskedError(Exception):
    """The help is wanted and nothing else."""


class ParsedArguments(NamedTuple):
    paths: tuple[str, ...]
    options: dict[str, list[str]]
    """By the option's name what is given behind it, each time that it stands there."""


def read(command: str, arguments: Sequence[str]) -> ParsedArguments:
    """The paths and options, in any order; behind -- there are paths alone. UsageError for what the table does not know."""
    paths: list[str] = []
    options: dict[str, list[str]] = {}
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            paths += waiting
        elif argument in HELP:
            raise HelpAskedError
        elif argument.startswith("-") and argument != "-":
            take = _long if argument.startswith("--") else _short
            for option, value in take(command, argument, waiting):
                if not value and option.takes in (Takes.PATH, Takes.RULES):
                    raise UsageError("usage.missing-value", command=command, option=option.flag)
                options.setdefault(option.name, []).append(value)
        else:
            paths.append(argument)
    if not all(paths) or not paths:  # an empty name is none: Path("") is the working directory
        raise UsageError("usage.missing-path", command=command)
    return ParsedArguments(tuple(paths), options)


def _long(command: str, argument: str, waiting: Iterator[str]) -> Iterator[tuple[CommandOption, str]]:
    """--name value, --name=value, --switch."""
    flag, sign, value = argument.partition("=")
    option = _by_flag(command).get(flag)
    if option is None:
        raise _unknown(command, flag)
    if option.takes is not Takes.NOTHING:
        yield option, value if sign else _next(command, flag, waiting)
    elif sign:
        raise UsageError("usage.no-value", command=command, option=flag)
    else:
        yield option, ""


def _short(command: str, argument: str, waiting: Iterator[str]) -> Iterator[tuple[CommandOption, str]]:
    """-o value, -ovalue, and switches together: -qo value."""
    by_letter = {option.short: option for option in options_of(command) if option.short}
    for place, letter in enumerate(argument[1:], 2):
        option = by_letter.get(letter)
        if option is None:
            raise _unknown(command, f"-{letter}")
        if option.takes is not Takes.NOTHING:
            yield option, argument[place:] or _next(command, f"-{letter}", waiting)
            return
        yield option, ""


def _next(command: str, flag: str, waiting: Iterator[str]) -> str:
    value = next(waiting, None)
    if value is None:
        raise UsageError("usage.missing-value", command=command, option=flag)
    return value


def _unknown(command: str, flag: str) -> UsageError:
    return UsageError(
        "usage.unknown-option", command=command, option=flag, near=hint(flag, _by_flag(command))
    )


def _by_flag(command: str) -> dict[str, CommandOption]:
    return {option.flag: option for option in options_of(command)}


def filled_in(arguments: Sequence[str]) -> list[str]:
    """What other systems' shells do before a program starts: *.docx, ~ and $NAME become names, where they name anything."""
    from glob import glob

    found: list[str] = []
    for argument in arguments:
        meant = os.path.expandvars(os.path.expanduser(argument))  # noqa: PTH111  (it may be no path)
        found += glob(meant, recursive=True) or [meant]  # noqa: PTH207  (as said)
    return found


_PATHS = {"batch": "help.folders", LETTER: "help.folders", "diff": "help.diff.paths"}


def paths_of(command: str) -> str:
    """What stands for the paths that a command takes."""
    return {"batch": "FOLDER...", LETTER: "FOLDER...", "diff": "OLD NEW"}.get(command, "PATH...")


def help_of(command: str) -> str:
    """The page of a command, by the table of options."""
    paths = paths_of(command)
    options = [
        *((_typed(option), _explained(option)) for option in options_of(command)),
        ("-h, --help", help_text("help.help")),
    ]
    return laid_out(
        f"clusterform {command} {metavar('[OPTIONS]')} {metavar(paths)}",
        help_text(f"help.{command}"),
        (
            ("help.arguments", [(metavar(paths), help_text(_PATHS.get(command, "help.paths")))]),
            ("help.options", options),
        ),
    )


def _typed(option: CommandOption) -> str:
    short = f"-{option.short}, " if option.short else ""
    return f"{short}{option.flag} {metavar(option.takes.value[0])}".rstrip()


def _explained(option: CommandOption) -> str:
    return option.help + (f" [{option.default}]" if option.takes is Takes.TEXT and option.default else "")
