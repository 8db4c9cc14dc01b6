"""Writes docs/commands.md of the command line itself: python docs/commands.py. A test compares it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from clusterform.cli import check
from clusterform.cli.app import app
from clusterform.cli.arguments import help_of
from clusterform.cli.options import options_of

PAGE = Path(__file__).parent / "commands.md"
HEAD = """\
# 命令和选项 Commands and options

每个命令都可以加 `--help` 查看同样的说明。Each command says the same with `--help`. This page is made from the program.
"""


def page() -> str:
    """Every command with its arguments and options, in the order that the program lists them."""
    group: Any = typer.main.get_command(app)
    parts = [HEAD]
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        named = {name: command} if inner is None else {f"{name} {n}": c for n, c in inner.items()}
        parts += [_section(full, each) for full, each in named.items()]
    return "\n".join(parts)


def _section(name: str, command: Any) -> str:
    if name in check.COMMANDS:
        usage, what = help_of(name).splitlines()[0].removeprefix("Usage: "), command.help
        rows = [(f"{o.flag} {o.takes.value}".strip(), o.help) for o in options_of(name)]
    else:
        usage, what = f"clusterform {name} {_arguments(command)}".strip(), command.help
        rows = list(_rows(command))
    lines = [f"## {name}", "", _cell(what), "", f"`{usage}`", ""]
    if rows:
        lines += ["| 选项 option | 说明 what it does |", "|---|---|"]
        lines += [f"| `{flag}` | {_cell(text)} |" for flag, text in rows]
    return "\n".join(lines) + "\n"


def _arguments(command: Any) -> str:
    given = [p for p in command.params if p.param_type_name == "argument"]
    return " ".join([*(_metavar(p) for p in given), "[OPTIONS]"])


def _rows(command: Any) -> Iterator[tuple[str, str]]:
    for parameter in command.params:
        text = getattr(parameter, "help", None) or ""
        if parameter.param_type_name == "argument":
            yield _metavar(parameter), text
        else:
            takes = "" if parameter.is_flag else " PATH" if _is_path(parameter) else " TEXT"
            yield f"{', '.join(parameter.opts)}{takes}", text


def _is_path(parameter: Any) -> bool:
    return "Path" in str(parameter.type_descriptor.annotation)


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
