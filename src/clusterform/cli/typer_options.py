"""The options of the table that other commands take as well, as typer takes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from clusterform.cli.help_page import help_text
from clusterform.cli.options import BY_NAME, Takes, key_of
from clusterform.forms.ruleset import layers


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
