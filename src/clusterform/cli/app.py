"""The command line: reads options, calls, prints, gives the exit status. Knows no rule and no cell."""

from __future__ import annotations

import os
import sys
from glob import glob
from pathlib import Path
from typing import Annotated, Any

import typer

from clusterform import __version__
from clusterform.cli.blanks import template
from clusterform.cli.checking import batch, check
from clusterform.cli.common import EXIT_INTERRUPTED, EXIT_WRONG_USE, fail, say
from clusterform.cli.looking import edition_app, extract, rules_app, schema
from clusterform.cli.making import fill
from clusterform.cli.values import key_of
from clusterform.errors import ClusterformError, refusal, refused

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="中小企业特色产业集群申报表、复核申报表的报送前检查。 Checks filled cluster forms before they are mailed.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
app.command("batch")(batch)
app.command()(template)
app.command()(fill)
app.command()(extract)
app.command()(schema)
app.add_typer(rules_app, name="rules")
app.add_typer(edition_app, name="edition")


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="版本号。 The version.")] = False) -> None:
    """Options that stand before a command."""
    if version:
        say(f"clusterform {__version__}", sys.stdout)
        raise typer.Exit


def run() -> None:
    """Runs a command; what typer has to say of a wrong option is said in Chinese first."""
    try:
        status = app(standalone_mode=False, default_map=_project_settings(sys.argv[1:]))
    except ClusterformError as error:
        fail(error)
    except typer.Abort:
        say("已中断。 Interrupted.", sys.stderr)
        raise SystemExit(EXIT_INTERRUPTED) from None
    except OSError as error:  # a name that the system refuses; the help of a command, to a disk that is full
        if error.filename is not None:
            fail(refused(error))
        say(f"无法写出：{refusal(error)}。\nThe output cannot be written: {error.strerror}.", sys.stderr)
        raise SystemExit(EXIT_WRONG_USE) from None
    except Exception as error:  # typer's own errors have no public class in common; any other goes on
        tell = getattr(error, "format_message", None)
        if tell is None:
            raise
        say(_wrong_use(error, tell()), sys.stderr)
        raise SystemExit(getattr(error, "exit_code", EXIT_WRONG_USE)) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _project_settings(arguments: list[str]) -> dict[str, dict[str, Any]]:
    """What the project file sets, found or named by --config, as the defaults of the command; empty for others."""
    command, *rest = arguments or [""]
    from clusterform.cli.project import of_use, project_file, settings_of  # noqa: PLC0415  (other commands do without)

    named = any(item.partition("=")[0] == "--config" for item in rest)
    if command not in {"check", "batch"} or not (named or project_file(())):
        return {}
    from typer.main import get_command  # noqa: PLC0415  (few runs have such a file)

    known: Any = get_command(app)
    context = known.commands[command].make_context(command, rest, resilient_parsing=True)
    paths = _filled_in(context.params.get("paths") or [])
    file = context.params.get("config") or project_file(paths)
    if file is None:
        return {}
    found = settings_of(file)
    useless = _of_no_use(context, found)
    folder = any(path.is_dir() for path in paths)
    return {command: {**of_use(found, folder=folder, useless=useless.__contains__), "config": str(file)}}


def _filled_in(paths: list[Path]) -> list[Path]:
    """On Windows names with * and ? are filled in by typer, later than here."""
    if os.name != "nt":
        return paths
    return [Path(name) for path in map(str, paths) for name in glob(path) or [path]]  # noqa: PTH207  (as typer does)


def _of_no_use(context: Any, found: dict[str, Any]) -> set[str]:
    """Settings that give way to the output's ending, and those that the report's format has no use for."""
    from clusterform.cli.endings import named_by  # noqa: PLC0415  (as above)
    from clusterform.reports import ENDINGS, FORMATS, without_use  # noqa: PLC0415  (as above)

    by_ending = named_by(context.params["output"], ENDINGS) if context.params.get("output") else None
    wanted = str(
        context.params.get("output_format") or by_ending or key_of(found.get("output_format", "rich"))
    )
    for_reports = {"quiet", "statistics", "check_list"} if wanted in FORMATS else set()
    useless = {name for name in for_reports if without_use(wanted, [name.replace("_", "-")])}
    return useless | ({"output_format"} if by_ending else set())


def _wrong_use(error: Exception, message: str) -> str:
    """Typer's own sentence, with what it means and where to look; a bare command gets its help as it is."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return message
    said = next((zh for name, zh in _SAID.items() if kind.startswith(name)), "命令写法有误。")
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "clusterform"
    return f"{said}用 {path} --help 查看用法。\n{message} See {path} --help."


_SAID = {
    "NoSuchOption": "没有这个选项。",
    "MissingParameter": "缺少文件名或参数。",
    "BadOptionUsage": "选项后面缺少内容。",
    "BadParameter": "选项的值不对。",
    "UsageError": "没有这个命令，或命令写法有误。",
}
