"""The commands for those who write rules of their own: a file to begin with, whether one is right, and its schema."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

from clusterform.cli import project
from clusterform.cli.common import guarded, say
from clusterform.cli.help_page import help_text
from clusterform.cli.options import one_of
from clusterform.cli.rules import rules_app
from clusterform.cli.typer_options import (
    EditionOption,
    ForceOption,
    LangOption,
    RulesOption,
    argument,
    option,
)
from clusterform.errors import UsageError
from clusterform.forms.edition import load_edition, newest_edition
from clusterform.forms.ruleset import layers, load_ruleset
from clusterform.messages import Text
from clusterform.output import refuse_existing, replacing, write_text
from clusterform.pipeline import Checker
from clusterform.reports.summary import differences
from clusterform.settings import Settings

__all__ = ["rules_app"]


@rules_app.command("new", help=help_text("help.rules-new"))
@guarded
def rules_new(
    output: Annotated[Path | None, option("help.rules-new.output", "-o", "--output")] = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """To the screen where no file is named."""
    from clusterform.forms.starter import starter

    text = starter(edition or newest_edition(), lang)
    if output is None:
        say(text, sys.stdout)
        return
    refuse_existing(output, force=force)
    write_text(output, text)
    say(Text("output.written", path=output)[lang], sys.stderr)


@rules_app.command("validate", help=help_text("help.rules-validate"))
@guarded
def rules_validate(
    files: Annotated[list[Path], argument("help.rules-validate.files", metavar="FILE")],
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """Every mistake of the files, with its line; else what they change, as a report says it."""
    year = edition or newest_edition()
    settings = Settings(edition=year, language=lang, rule_files=layers(files))
    report = Checker(settings).report((), {year})
    for line in differences(report, lang):
        say(line, sys.stdout)
    for code, reason in load_ruleset(year, files).reasons.items():
        say(Text("rules.because", code=code, reason=reason)[lang], sys.stdout)
    if report.settings.loosened:
        say(Text("rules.loosened", names=report.settings.loosened)[lang], sys.stdout)
    say(Text("rules.valid", edition=year)[lang], sys.stdout)


@rules_app.command("schema", help=help_text("help.rules-schema"))
@guarded
def rules_schema(
    kind: Annotated[str, argument("help.rules-schema.kind", metavar="KIND")] = "rules",
    edition: EditionOption = None,
) -> None:
    """Of a rule file, the project file, or the averages of --reference."""
    from clusterform.forms.rule_schema import reference_schema, rule_file_schema

    one_of("KIND", kind, ("rules", "settings", "reference"))
    if kind == "settings":
        made = project.json_schema()
    elif kind == "reference":
        made = reference_schema()
    else:
        made = rule_file_schema(edition or newest_edition())
    say(json.dumps(made, ensure_ascii=False, indent=2), sys.stdout)


@rules_app.command("export", help=help_text("help.rules-export"))
@guarded
def rules_export(
    output: Annotated[Path, option("help.rules-export.output", "-o", "--output")],
    rules: RulesOption = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """With what rule files have changed."""
    from clusterform.forms.rule_sheet import limit_rows, rule_rows
    from clusterform.writing.rule_book import save_rule_book

    if output.suffix.lower() != ".xlsx":
        raise UsageError("copy.ending", name=output.name, ending=".xlsx")
    refuse_existing(output, force=force)
    files, year = rules or [], edition or newest_edition()
    national, found = load_ruleset(year, ()), load_ruleset(year, files)
    with replacing(output, files) as beside:
        save_rule_book(rule_rows(national, found), limit_rows(national, found), lang, beside)
    say(Text("output.written", path=output)[lang], sys.stderr)


@rules_app.command("import", help=help_text("help.rules-import"))
@guarded
def rules_import(
    book: Annotated[Path, argument("help.rules-import.book", metavar="FILE")],
    output: Annotated[Path, option("help.rules-import.output", "-o", "--output")],
    rules: RulesOption = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """A rule file with what differs from the national rules, or from the rule files given, which is then read as any other."""
    from clusterform.forms.rule_sheet import rule_file_of

    refuse_existing(output, force=force)
    files, year = rules or [], edition or newest_edition()
    extends = (
        Path(os.path.relpath(files[-1], output.parent)).as_posix() if files else load_edition(year).limits
    )
    national, found = load_ruleset(year, ()), load_ruleset(year, files)
    text = rule_file_of(book, national, found, extends=extends, name=output.stem)
    write_text(output, text, [book, *files])
    say(Text("output.written", path=output)[lang], sys.stderr)
    rules_validate([*files, output], edition, lang)
