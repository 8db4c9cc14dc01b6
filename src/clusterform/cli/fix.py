"""The command that mends what is safe to mend, in a copy."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from clusterform.cli.common import say, tell
from clusterform.cli.options import BY_NAME
from clusterform.cli.typer_commands import (
    EditionOption,
    ForceOption,
    LangOption,
    RulesOption,
    SelectOption,
    argument,
    option,
)
from clusterform.copies.fix import Fixed
from clusterform.copies.repairs import Repair
from clusterform.errors import UsageError
from clusterform.messages import Text
from clusterform.reports.finding_text import first_sentence, location, place, visible


def fix(
    file: Annotated[Path, argument("help.fix.file", metavar="FILE")],
    output: Annotated[Path | None, option("help.fix.output", "-o", "--output")] = None,
    accept: Annotated[bool, option("help.fix.accept", "--accept")] = False,
    rounding: Annotated[bool, option("help.fix.round", "--round")] = False,
    difference: Annotated[bool, option("help.fix.diff", "--diff")] = False,
    dry_run: Annotated[bool, option("help.fix.dry-run", "--dry-run")] = False,
    select: SelectOption = "",
    rules: RulesOption = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """Without a computed value, and nothing rounded unless asked for."""
    from clusterform.api import fix as fix_form

    if output is None and not (difference or dry_run):
        raise UsageError("fix.needs-output")
    target = None if dry_run else output
    made = fix_form(
        file,
        target,
        accept=accept,
        rounding=rounding,
        select=BY_NAME["select"].value([select]),
        rules=rules or (),
        edition=edition,
        force=force,
        lang="en" if lang == "en" else "zh",
    )
    _tell(made, lang, difference=difference)
    key = "fix.nothing" if not made.made else "fix.could" if target is None else "fix.made"
    tell(lang, key, count=len(made.made))
    if target is not None and made.made:
        key = "output.written" if target.suffix.lower() == file.suffix.lower() else "copy.other-ending"
        tell(lang, key, path=target, original=file, ending=target.suffix)


def _tell(made: Fixed, language: str, *, difference: bool) -> None:
    """Each repair, and each that was not made."""
    for repair in made.made:
        for line in _difference(repair) if difference else _listed(repair, language):
            say(line, sys.stdout)
    for repair in made.left:
        say(_left(repair, language), sys.stderr)


def _left(repair: Repair, language: str) -> str:
    """Why a repair was not made."""
    facts = {"place": visible(_place(repair)), "text": visible(repair.after)}
    if not repair.brings:
        return Text("fix.left", **facts)[language]
    brought = repair.brings[0]
    told = {"where": place(brought, language), "message": first_sentence(brought, language)}
    return Text("fix.left-brings", **facts, **told, rule=brought.rule)[language]


def _place(repair: Repair) -> str:
    return " ".join(part for part in (repair.finding.label, repair.finding.column) if part)


def _listed(repair: Repair, language: str) -> Iterator[str]:
    facts = {"before": visible(repair.before), "after": visible(repair.after), "rule": repair.finding.rule}
    where = location(repair.finding.location, language)
    yield Text("fix.line", place=visible(_place(repair)), where=where, **facts)[language]


def _difference(repair: Repair) -> Iterator[str]:
    yield f"@@ {visible(_place(repair))} @@ {repair.finding.rule}"
    yield f"-{visible(repair.before)}"
    yield f"+{visible(repair.after)}"
