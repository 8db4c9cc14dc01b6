"""The command line: reads options, calls, prints, gives the exit status. Knows no rule and no cell."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from clusterform import __version__
from clusterform.cli.checking import check
from clusterform.cli.common import say
from clusterform.cli.looking import edition_app, extract, rules_app, schema

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="中小企业特色产业集群申报表、复核申报表的报送前检查。 Checks filled cluster forms before they are mailed.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(check)
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
