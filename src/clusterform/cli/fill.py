"""The command that fills a blank form with answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clusterform.cli.common import tell
from clusterform.cli.typer_commands import EditionOption, ForceOption, LangOption, argument, option


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
    tell(lang, "output.written", path=output)
