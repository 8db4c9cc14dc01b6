"""The command that makes the page: the whole program in one HTML file, for people who may install nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from clusterform.cli.common import tell
from clusterform.cli.typer_commands import ForceOption, LangOption, RulesOption, option
from clusterform.errors import UsageError
from clusterform.output import refuse_existing, writable, write_text


def page(
    output: Annotated[Path, option("help.page.output", "-o", "--output")],
    runtime: Annotated[Path | None, option("help.page.runtime", "--runtime")] = None,
    rules: RulesOption = None,
    force: ForceOption = False,
    lang: LangOption = "zh",
) -> None:
    """With a province's own rules in it, where there are any."""
    from clusterform.page.build import installed_runtime, page_of, runtime_of
    from clusterform.page.rules_digest import rules_digest

    files = [Path(file) for file in rules or ()]
    source = runtime or installed_runtime()
    if output.suffix.lower() not in {".html", ".htm"}:
        raise UsageError("app.ending", path=output)
    writable(output)
    refuse_existing(output, force=force)
    write_text(output, page_of(runtime_of(source), files), [*files, source])
    tell(lang, "output.written", path=output)
    tell(lang, "app.digest", digest=rules_digest(files))
