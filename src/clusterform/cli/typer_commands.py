"""Typer as this program uses it: commands with its help pages, completion of those that typer only lists, options of its table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from clusterform.cli.arguments import help_of
from clusterform.cli.common import guarded
from clusterform.cli.help_page import Entry, help_text, laid_out, metavar
from clusterform.cli.options import BY_NAME, Takes, key_of, options_of
from clusterform.forms.ruleset import layers

_COMPLETION = {"install_completion", "show_completion"}
"""Typer's own options, which it explains in English."""


class Completed(NamedTuple):
    """What a shell may put in place of what is typed, as typer's shells take it."""

    value: str
    help: str = ""
    type: str = "plain"


class ListedCommand(TyperCommand):
    """A command that reads its own line, by the table of options."""

    def get_help(self, _ctx: Any) -> str:
        return help_of(str(self.name))

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """The options, and behind one of known values those; all else are names of files, which the shell knows."""
        options = options_of(str(self.name))
        before = ctx.args[-1] if ctx.args else ""
        for option in options:
            if before == option.flag and option.known:
                return [Completed(key) for key in option.known if key.startswith(incomplete)]
        if not incomplete.startswith("-"):
            return []
        return [Completed(o.flag, o.help) for o in options if o.flag.startswith(incomplete)]


def _help_of(command: Any, ctx: Any) -> str:
    given = [p for p in command.params if p.param_type_name == "argument"]
    inner = getattr(command, "commands", {})
    usage = [ctx.command_path, metavar("[OPTIONS]"), *map(_argument, given)]
    if inner:
        usage.append(metavar("COMMAND [ARGS]..."))
    parts = (
        ("help.arguments", [(_argument(p), p.help or "") for p in given if p.help]),
        ("help.options", _options(command, ctx)),
        ("help.commands", [(name, one.help or "") for name, one in inner.items()]),
    )
    return laid_out(" ".join(usage), command.help or "", parts)


def _argument(parameter: Any) -> str:
    name = metavar(str(parameter.metavar or parameter.name.upper()))
    name = f"{name}..." if parameter.nargs != 1 else name
    return name if parameter.required else f"[{name}]"


def _options(command: Any, ctx: Any) -> Iterator[Entry]:
    for option in command.get_params(ctx):
        if option.param_type_name != "option":
            continue
        key = "help.help" if "--help" in option.opts else f"help.{option.name}"
        text = help_text(key) if key == "help.help" or option.name in _COMPLETION else option.help or ""
        names = ", ".join(sorted(option.opts, key=len))
        default = f" [{option.default}]" if option.default and isinstance(option.default, str) else ""
        takes = "" if option.is_flag or option.count else " " + metavar(_taken(option))
        yield names + takes, text + default


def _taken(option: Any) -> str:
    """What an option takes; typer calls its kind by one name or another."""
    kind = str(getattr(option, "type_descriptor", None) or getattr(option, "type", "")).lower()
    return option.metavar or next((name for word, name in _TAKEN.items() if word in kind), "TEXT")


_TAKEN = {"path": "PATH", "int": "NUMBER"}


class _Command(TyperCommand):
    get_help = _help_of


class _Group(TyperGroup):
    get_help = _help_of


class HelpedTyper(typer.Typer):
    """A group of commands, each with the pages of this program and with its guard."""

    def __init__(self, name: str | None = None, **given: Any) -> None:
        words = help_text(f"help.{name or 'program'}")
        super().__init__(
            name=name, help=words, cls=_Group, no_args_is_help=True, rich_markup_mode=None, **given
        )

    def command(self, name: str | None = None, **given: Any) -> Callable[..., Any]:
        """Its help is help.NAME, in a group help.GROUP-NAME."""
        key = f"help.{self.info.name}-{name}" if self.info.name else f"help.{name}"
        taken = super().command(name, **{"cls": _Command, "help": help_text(key), **given})
        return lambda function: taken(guarded(function))


def _of_table(name: str) -> Any:
    """`readable=False`: what a file closed to us means is told by whoever opens it, in Chinese first."""
    option = BY_NAME[name]
    flags = [option.flag, *([f"-{option.short}"] if option.short else [])]
    meant = key_of if option.known else _with_extended if option.takes is Takes.RULES else None
    values = (lambda: list(option.known)) if option.known else None
    return typer.Option(*flags, help=option.help, callback=meant, readable=False, autocompletion=values)


def _with_extended(files: list[Path] | None) -> list[Path]:
    """The rule files given, and those that they extend."""
    return list(layers(files or ()))


def argument(key: str, **given: Any) -> Any:
    """An argument with the sentence of its help."""
    return typer.Argument(help=help_text(key), readable=False, **given)


def option(key: str, *flags: str, **given: Any) -> Any:
    """An option of this command alone, with the sentence of its help."""
    return typer.Option(*flags, help=help_text(key), readable=False, **given)


ConfigOption = Annotated[Path | None, _of_table("config")]
EditionOption = Annotated[str | None, _of_table("edition")]
JobsOption = Annotated[int | None, _of_table("jobs")]
LangOption = Annotated[str, _of_table("lang")]
OutputOption = Annotated[Path | None, _of_table("output")]
RulesOption = Annotated[list[Path] | None, _of_table("rules")]
SelectOption = Annotated[str, _of_table("select")]
ForceOption = Annotated[bool, option("help.force", "--force")]
