"""The commands that show the rules, and those for who writes rules of his own: a file to begin with, whether one is right, its schema."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from clusterform.cli import project
from clusterform.cli.common import say, tell, write
from clusterform.cli.options import format_of, key_of, one_of
from clusterform.cli.typer_commands import (
    EditionOption,
    ForceOption,
    HelpedTyper,
    LangOption,
    OutputOption,
    RulesOption,
    argument,
    option,
)
from clusterform.errors import UsageError
from clusterform.forms.edition import load_edition, newest_edition
from clusterform.forms.lists import form_names, short_name
from clusterform.forms.ruleset import layers, load_ruleset
from clusterform.messages import Text, in_language
from clusterform.nearest import hint
from clusterform.output import refuse_existing, replacing, write_text
from clusterform.pipeline import Checker
from clusterform.reports.summary import differences
from clusterform.settings import Settings

if TYPE_CHECKING:
    from clusterform.finding import RulePage
    from clusterform.forms.ruleset import RuleSet

_ENDINGS = {"plain": ("txt",), "markdown": ("md",), "json": ("json",), "xlsx": ("xlsx",)}
"""The formats of the list, each with the endings of its files."""
rules_app = HelpedTyper("rules")


@rules_app.command("list")
def rules_list(
    rules: RulesOption = None,
    edition: EditionOption = None,
    list_format: Annotated[str, option("help.rules-list.format", "--format", callback=key_of)] = "",
    output: OutputOption = None,
    lang: LangOption = "zh",
) -> None:
    """A line each, or all that their pages say."""
    from clusterform.reports.rule_page import as_document, as_json, listing

    formats = {"plain": listing, "markdown": as_document, "json": as_json}
    if list_format:
        one_of("--format", list_format, tuple(_ENDINGS))
    chosen, files = format_of(list_format, output, _ENDINGS, "plain"), rules or []
    ruleset = load_ruleset(edition or newest_edition(), files)
    pages = [rule.page(lang, ruleset.limits_of(rule)) for rule in ruleset.rules]
    if chosen in formats:
        write(formats[chosen](pages, lang), output, files)
    elif output is None:
        raise UsageError("option.needs-file", format=chosen)
    else:
        _write_book(pages, ruleset, edition or newest_edition(), lang, output, files)


def _write_book(
    pages: list[RulePage], ruleset: RuleSet, edition: str, lang: str, output: Path, files: list[Path]
) -> None:
    """The list as a sheet to print, with the forms that each rule is for."""
    from clusterform.writing.table import save_rule_list

    known = form_names(edition)

    def shown(form: str) -> str:
        return (
            in_language(short_name(form, edition), lang)
            if form in known
            else Text(f"rule-sheet.form.{form}")[lang]
        )

    forms = [Text("join.list")[lang].join(map(shown, rule.forms)) for rule in ruleset.rules]
    with replacing(output, files) as beside:
        save_rule_list(zip(pages, forms, strict=True), lang, beside)


@rules_app.command("show")
def rules_show(
    code: Annotated[str, argument("help.rules-show.code")],
    rules: RulesOption = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """One rule as its own page."""
    from clusterform.reports.rule_page import as_text

    ruleset = load_ruleset(edition or newest_edition(), tuple(rules or ()))
    names = {name: rule for rule in ruleset.rules for name in (rule.code, rule.name)}
    found = {name.casefold(): rule for name, rule in names.items()}.get(code.casefold())
    if found is None:
        raise UsageError("rule.unknown", code=code, near=hint(code, names))
    say(as_text(found.page(lang, ruleset.limits_of(found)), lang), sys.stdout)


@rules_app.command("test")
def rules_test(
    rules: Annotated[list[Path] | None, argument("help.rules-test.rules")] = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """Tries the rules' own examples on forms without faults."""
    from clusterform.rule_examples import Trials

    edition = edition or newest_edition()
    ruleset = load_ruleset(edition, tuple(rules or ()))
    shipped = load_ruleset(edition, ()).rules if rules else ()
    trials = Trials(edition, ruleset, lang)
    tried = [*trials.of(rule for rule in ruleset.rules if rule not in shipped), *trials.of_cases()]
    wrong = [trial for trial in tried if trial.fault is not None]
    for trial in wrong:
        facts = {"which": Text(f"example.{trial.which}"), "form": short_name(trial.form, edition)}
        line = Text("example.fault", rule=trial.rule, answers=trial.answers, fault=trial.fault, **facts)
        say(line[lang] + "\n", sys.stdout)
    say(Text("example.tried", count=str(len(tried)), wrong=str(len(wrong)))[lang] + "\n", sys.stdout)
    if wrong:
        raise SystemExit(1)


@rules_app.command("new")
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
    tell(lang, "output.written", path=output)


@rules_app.command("validate")
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


@rules_app.command("schema")
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


@rules_app.command("export")
def rules_export(
    output: Annotated[Path, option("help.rules-export.output", "-o", "--output")],
    rules: RulesOption = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """With what rule files have changed."""
    from clusterform.forms.rule_sheet import limit_rows, rule_rows
    from clusterform.writing.table import save_rule_book

    if output.suffix.lower() != ".xlsx":
        raise UsageError("copy.ending", name=output.name, ending=".xlsx")
    refuse_existing(output, force=force)
    files, year = rules or [], edition or newest_edition()
    national, found = load_ruleset(year, ()), load_ruleset(year, files)
    with replacing(output, files) as beside:
        save_rule_book(rule_rows(national, found), limit_rows(national, found), lang, beside)
    tell(lang, "output.written", path=output)


@rules_app.command("import")
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
    tell(lang, "output.written", path=output)
    rules_validate([*files, output], edition, lang)
