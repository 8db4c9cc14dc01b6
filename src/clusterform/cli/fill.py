"""The command that fills a blank form with answers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

from clusterform.cli.common import guarded, say
from clusterform.cli.typer_commands import EditionOption, ForceOption, LangOption, argument, option
from clusterform.messages import Text


@guarded
def fill(
    answers: Annotated[Path, argument("help.fill.answers", metavar="ANSWERS")],
    output: Annotated[Path, option("help.fill.output", "-o", "--output")],
    blank: Annotated[Path | None, option("help.fill.blank", "--blank")] = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """With extracted or hand-written answers."""
    from clusterform.api import fill as fill_form

    fill_form(answers, output, blank=blank, edition=edition, force=force)
    say(Text("output.written", path=output)[lang], sys.stderr)
