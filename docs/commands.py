"""The page of every command and option, made of the command line itself: docs/build.py writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from clusterform.cli import check
from clusterform.cli.app import app
from clusterform.cli.arguments import paths_of
from clusterform.cli.help_page import help_text
from clusterform.cli.options import OPTIONS, CommandOption, chinese_names, options_of
from clusterform.messages import Text, sentences

WORDS = {
    "zh": {
        "head": "# 命令和选项\n\n本页由程序生成，与 `clusterform 命令 --help` 显示的说明相同。"
        "`clusterform --install-completion` 装上之后，按 Tab 键补全命令、选项和取值；`--lang en` 显示英文的说明。",
        "list": "| 命令 | 做什么 |\n|---|---|",
        "table": "| 选项 | 说明 |\n|---|---|",
        "shared": "选项见[检查的选项](#检查的选项)。",
        "shared head": "## 检查的选项\n\n`check`、`batch`、`annotate`、`diff`、`letter` 共用；只用于其中几个的，写明在最后一栏。"
        "可以写进 `clusterform.toml` 的见[一个省的文件夹](folder.md)。",
        "shared table": "| 选项 | 说明 | 用于 |\n|---|---|---|",
        "all": "全部",
        "between": "、",
    },
    "en": {
        "head": "# Commands and options\n\nMade from the program: `clusterform COMMAND --help` says the same, in the system's language or that of `--lang`. "
        "After `clusterform --install-completion` the Tab key completes commands, options and values.",
        "list": "| Command | What it does |\n|---|---|",
        "table": "| Option | What it does |\n|---|---|",
        "shared": "Its options are [those of a check](#options-of-a-check).",
        "shared head": "## Options of a check\n\n`check`, `batch`, `annotate`, `diff` and `letter` share them; the last column "
        "says which take one that not all do. Those that `clusterform.toml` may hold are listed with [folders](folder.md).",
        "shared table": "| Option | What it does | For |\n|---|---|---|",
        "all": "all",
        "between": ", ",
    },
}


def page(language: str) -> str:
    """Every command with its arguments and options, in the order that the program lists them."""
    words = WORDS[language]
    named = dict(_commands())
    lines = [words["head"], "", words["list"]]
    lines += [f"| [`{name}`](#{_anchor(name)}) | {_said(c.help, language)} |" for name, c in named.items()]
    for name, command in named.items():
        lines += ["", f"## {name}", "", _said(command.help, language), ""]
        lines += _shared_usage(name, language) if name in check.COMMANDS else _own(name, command, language)
    lines += ["", words["shared head"], "", words["shared table"]]
    for option in OPTIONS:
        flag, text = of_table(option, language)
        takers = [
            name for name in check.COMMANDS if option.name in {taken.name for taken in options_of(name)}
        ]
        some = words["between"].join(f"`{name}`" for name in takers)
        lines.append(
            f"| `{flag}` | {text} | {words['all'] if len(takers) == len(check.COMMANDS) else some} |"
        )
    return "\n".join(lines) + "\n"


def of_table(option: CommandOption, language: str) -> tuple[str, str]:
    """An option as it is typed, and what it does with the values that it knows."""
    short = f"-{option.short}, " if option.short else ""
    named = chinese_names() if language == "zh" else {}
    known = " | ".join(f"{named[key][0]} {key}" if key in named else key for key in option.known)
    what = f"{Text(f'help.option.{option.name}')[language]} {known}".rstrip()
    return f"{short}{option.flag} {_to_type(option.takes.value[0], language)}".rstrip(), _cell(what)


def _to_type(name: str, language: str) -> str:
    """What stands for something to be typed, such as PATH."""
    word = Text(f"help.metavar.{name}")
    return word[language] if word.known else name


def _commands() -> Iterator[tuple[str, Any]]:
    group: Any = typer.main.get_command(app)
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        yield from [(name, command)] if inner is None else ((f"{name} {n}", c) for n, c in inner.items())


def _shared_usage(name: str, language: str) -> list[str]:
    options, paths = (_to_type(word, language) for word in ("[OPTIONS]", paths_of(name)))
    return [f"`clusterform {name} {options} {paths}`", "", WORDS[language]["shared"]]


def _own(name: str, command: Any, language: str) -> Iterator[str]:
    given = [_metavar(p, language) for p in command.params if p.param_type_name == "argument"]
    yield f"`{' '.join(['clusterform', name, *given, _to_type('[OPTIONS]', language)])}`"
    if command.params:
        yield from ("", WORDS[language]["table"])
    for parameter in command.params:
        yield f"| `{_flags(parameter, language)}` | {_said(getattr(parameter, 'help', None) or '', language)} |"


def _flags(parameter: Any, language: str) -> str:
    if parameter.param_type_name == "argument":
        return _metavar(parameter, language)
    kind = "PATH" if "Path" in str(parameter.type_descriptor.annotation) else "TEXT"
    takes = "" if parameter.is_flag else _to_type(kind, language)
    return f"{', '.join(sorted(parameter.opts, key=len))} {takes}".rstrip()


def _metavar(parameter: Any, language: str) -> str:
    return _to_type(str(parameter.metavar or parameter.name.upper()), language)


def _said(help_shown: str, language: str) -> str:
    """A sentence of help in one language; typer has been given that of this system."""
    for option in OPTIONS:
        if help_shown == option.help:
            return of_table(option, language)[1]
    return _cell(_keys()[" ".join(help_shown.split())][language])


def _keys() -> dict[str, Text]:
    return {" ".join(help_text(key).split()): Text(key) for key in sentences("zh") if key.startswith("help.")}


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
