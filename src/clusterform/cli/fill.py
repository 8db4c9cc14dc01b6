"""The command that fills a blank form with answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from clusterform.cli.common import guarded, say
from clusterform.cli.help_page import help_text
from clusterform.cli.options import one_of
from clusterform.cli.typer_options import EditionOption, ForceOption, LangOption
from clusterform.messages import Text
from clusterform.settings import LANGUAGES


@guarded
def fill(
    answers: Annotated[
        Path, typer.Argument(help=help_text("help.fill.answers"), metavar="ANSWERS", readable=False)
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help=help_text("help.fill.output"), readable=False),
    ],
    blank: Annotated[
        Path | None,
        typer.Option(
            "--blank",
            help=help_text("help.fill.blank"),
            readable=False,
        ),
    ] = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """With extracted or hand-written answers."""
    one_of("--lang", lang, LANGUAGES)
    from clusterform.api import fill as fill_form

    fill_form(answers, output, blank=blank, edition=edition, force=force)
    say(Text("output.written", path=output)[lang], sys.stderr)
