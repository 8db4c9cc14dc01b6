"""The command line: reads options, calls, prints, gives the exit status. Knows no rule and no cell."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from clusterform import __version__
from clusterform.cli import check
from clusterform.cli.common import EXIT_INTERRUPTED, EXIT_WRONG_USE, fail, in_both_languages, say
from clusterform.cli.edition import edition_app
from clusterform.cli.extract import extract
from clusterform.cli.fill import fill
from clusterform.cli.fix import fix
from clusterform.cli.help_page import help_text
from clusterform.cli.options import one_of
from clusterform.cli.page import page
from clusterform.cli.rules import rules_app
from clusterform.cli.schema import schema
from clusterform.cli.settings_show import settings_app
from clusterform.cli.template import template
from clusterform.cli.typer_commands import HelpedTyper, LangOption, ListedCommand
from clusterform.errors import ClusterformError, UsageError, refusal, refused
from clusterform.messages import LANGUAGES, Pair, Text
from clusterform.nearest import hint

_AS_IT_STANDS = {"ignore_unknown_options": True, "allow_extra_args": True}


def _checks(context: typer.Context) -> None:
    check.command(str(context.info_name), context.args)


app = HelpedTyper(
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name in check.COMMANDS:  # they read their own line: here they are only listed
    listed = app.command(_name, cls=ListedCommand, add_help_option=False, context_settings=_AS_IT_STANDS)
    listed(_checks)
for _command in (template, fill, fix, extract, schema, page):
    app.command(_command.__name__)(_command)
for _group in (rules_app, edition_app, settings_app):
    app.add_typer(_group)


@app.command("help", help=help_text("help.help-command"))
def help_command(
    context: typer.Context,
    command: Annotated[list[str] | None, typer.Argument(help=help_text("help.help-command.command"))] = None,
    lang: LangOption = "zh",
) -> None:
    """The help of the program, or of the command that is named, one word or two."""
    one_of("--lang", lang, LANGUAGES)
    found: Any = context.parent
    shown = found.command
    for name in command or ():
        known = getattr(shown, "commands", {})
        if name not in known:
            raise UsageError("usage.command-unknown", name=name, near=hint(name, known))
        shown = known[name]
        found = typer.Context(shown, info_name=name, parent=found)
    say(shown.get_help(found), sys.stdout)


@app.callback(invoke_without_command=True)
def root(
    lang: LangOption = "zh",  # noqa: ARG001  (help_text has looked for it)
    version: Annotated[bool, typer.Option("--version", help=help_text("help.version"))] = False,
) -> None:
    """Options that stand before a command."""
    if version:
        say(f"clusterform {__version__}", sys.stdout)
        raise typer.Exit


def run() -> None:
    """Runs a command; what typer has to say of a wrong option is said in Chinese first."""
    try:
        status = app(standalone_mode=False, prog_name="clusterform")
    except ClusterformError as error:
        fail(error)
    except typer.Abort:
        say(in_both_languages(Text("run.interrupted"), " "), sys.stderr)
        raise SystemExit(EXIT_INTERRUPTED) from None
    except OSError as error:  # a name that the system refuses; the help of a command, to a disk that is full
        if error.filename is not None:
            fail(refused(error))
        fail(UsageError("output.not-written", reason=refusal(error)))
    except Exception as error:  # typer's own errors have no public class in common; any other goes on
        tell = getattr(error, "format_message", None)
        if tell is None:
            raise
        say(_wrong_use(error, tell()), sys.stderr)
        raise SystemExit(getattr(error, "exit_code", EXIT_WRONG_USE)) from None
    raise SystemExit(status if isinstance(status, int) else 0)


def _wrong_use(error: Exception, message: str) -> str:
    """Typer's own sentence, with what it means and where to look; a bare command gets its help as it is."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return message
    meant = next((key for name, key in _MEANT.items() if kind.startswith(name)), "usage.wrong")
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "clusterform"
    return in_both_languages(Text("usage.see-help", what=Pair(Text(meant).zh, message), path=path))


_MEANT = {
    "NoSuchOption": "usage.no-option",
    "MissingParameter": "usage.parameter-missing",
    "BadOptionUsage": "usage.value-missing",
    "BadParameter": "usage.bad-value",
    "UsageError": "usage.no-command",
}
"""What typer's errors mean, by the beginning of their names; in English it says so itself, with the option's name."""
