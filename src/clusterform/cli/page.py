"""The command that makes the page: the whole program in one HTML file, for people who may install nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from clusterform.cli.common import guarded, say
from clusterform.cli.help_page import help_text
from clusterform.cli.typer_options import ForceOption, LangOption, RulesOption
from clusterform.errors import UsageError
from clusterform.messages import Text
from clusterform.output import refuse_existing

PageOption = Annotated[
    Path, typer.Option("-o", "--output", help=help_text("help.page.output"), readable=False)
]
RuntimeOption = Annotated[
    Path | None, typer.Option("--runtime", help=help_text("help.page.runtime"), readable=False)
]


@guarded
def page(
    output: PageOption,
    runtime: RuntimeOption = None,
    rules: RulesOption = None,
    force: ForceOption = False,
    lang: LangOption = "zh",
) -> None:
    """With a province's own rules in it, where there are any."""
    from clusterform.output import writable, write_text
    from clusterform.page.build import installed_runtime, page_of, runtime_of
    from clusterform.page.rules_digest import rules_digest

    files = [Path(file) for file in rules or ()]
    source = runtime or installed_runtime()
    if output.suffix.lower() not in {".html", ".htm"}:
        raise UsageError("app.ending", path=output)
    writable(output)
    refuse_existing(output, force=force)
    write_text(output, page_of(runtime_of(source), files), [*files, source])
    say(Text("output.written", path=output)[lang], sys.stderr)
    say(Text("app.digest", digest=rules_digest(files))[lang], sys.stderr)
