"""The commands that show: schema, extract, rules and editions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from clusterform.cli.common import guarded, one_of, say, write
from clusterform.cli.endings import format_of
from clusterform.cli.options import EditionOption, JobsOption, LangOption, OutputOption, RulesOption
from clusterform.cli.values import key_of
from clusterform.errors import UsageError
from clusterform.messages import Text
from clusterform.settings import LANGUAGES, Settings

rules_app = typer.Typer(no_args_is_help=True, help="查看检查规则。 Look at the rules.", rich_markup_mode=None)
edition_app = typer.Typer(
    no_args_is_help=True, help="查看各年度通知。 Look at the editions.", rich_markup_mode=None
)


@guarded
def schema(
    kind: Annotated[str, typer.Argument(help="申报表 application | 复核申报表 review")],
    edition: EditionOption = None,
) -> None:
    """答案的 JSON Schema。 The JSON Schema of a form's answers."""
    import json  # noqa: PLC0415

    from clusterform.filling.schema import json_schema  # noqa: PLC0415
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.names import kind_named  # noqa: PLC0415

    edition = edition or newest_edition()
    say(json.dumps(json_schema(edition, kind_named(kind, edition)), ensure_ascii=False, indent=2), sys.stdout)


@guarded
def extract(
    path: Annotated[
        Path,
        typer.Argument(
            help="填好的表，或装有表的文件夹。 A filled form, or a folder of them.", readable=False
        ),
    ],
    output_format: Annotated[
        str,
        typer.Option(
            "--format",
            callback=key_of,
            help="json | yaml；文件夹：xlsx | csv | json。 Of a folder xlsx, csv or json.",
        ),
    ] = "",
    output: OutputOption = None,
    edition: EditionOption = None,
    jobs: JobsOption = None,
) -> None:
    """列出读到的每一项内容，不作判断。 Every answer as it was read, and nothing judged."""
    if path.is_dir():
        from clusterform.cli.harvesting import extract_folder  # noqa: PLC0415  (a form alone does without)

        extract_folder(path, output_format, output, edition, jobs)
        return
    from clusterform.filling.extract import extracted  # noqa: PLC0415
    from clusterform.parsers.container.opening import open_form  # noqa: PLC0415
    from clusterform.pipeline import read_form  # noqa: PLC0415

    if output_format:
        one_of("--format", output_format, tuple(_ENDINGS))
    output_format = format_of(output_format, output, _ENDINGS, "json")
    form = read_form(open_form(path), Settings(edition=edition))
    write(_dumped(extracted(form), output_format, sys.stdout if output is None else None), output, [path])


_ENDINGS = {"json": ("json",), "yaml": ("yaml", "yml")}


def _dumped(data: dict[str, Any], output_format: str, stream: Any) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    plain = encoding.lower().replace("-", "") != "utf8"
    if output_format == "json":
        import json  # noqa: PLC0415

        return json.dumps(data, ensure_ascii=plain, indent=2) + "\n"
    import yaml  # noqa: PLC0415

    return str(yaml.safe_dump(data, allow_unicode=not plain, sort_keys=False, width=120))


@rules_app.command("list")
@guarded
def rules_list(rules: RulesOption = None, edition: EditionOption = None, lang: LangOption = "zh") -> None:
    """全部规则，一行一条。 All rules, a line each."""
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.ruleset import load_ruleset  # noqa: PLC0415
    from clusterform.reports.rule_page import listing, page_of  # noqa: PLC0415

    one_of("--lang", lang, LANGUAGES)
    ruleset = load_ruleset(edition or newest_edition(), tuple(rules or ()))
    say(listing([page_of(rule, lang) for rule in ruleset.rules], lang), sys.stdout)


@rules_app.command("show")
@guarded
def rules_show(
    code: Annotated[str, typer.Argument(help="规则代码，如 CF201。 A rule's code.")],
    rules: RulesOption = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """一条规则：查什么、为什么、怎样算、正误示例。 One rule: what, why, how computed, a wrong and a right example."""
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.ruleset import load_ruleset  # noqa: PLC0415
    from clusterform.reports.rule_page import as_text, page_of  # noqa: PLC0415

    one_of("--lang", lang, LANGUAGES)
    found = [
        rule
        for rule in load_ruleset(edition or newest_edition(), tuple(rules or ())).rules
        if rule.code == code.upper()
    ]
    if not found:
        raise UsageError(
            f"没有规则 {code}。用 clusterform rules list 查看全部。",
            f"There is no rule {code}; see clusterform rules list.",
        )
    say(as_text(page_of(found[0], lang), lang), sys.stdout)


@rules_app.command("test")
@guarded
def rules_test(
    rules: Annotated[
        list[Path] | None,
        typer.Argument(
            help="规则文件；不写则试全部自带规则。 Rule files; without any, all shipped rules.",
            readable=False,
        ),
    ] = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """把规则的正误示例填入无误的表中试一遍。 Tries the rules' own examples on a form without faults."""
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.ruleset import load_ruleset  # noqa: PLC0415
    from clusterform.rule_examples import Trials  # noqa: PLC0415

    one_of("--lang", lang, LANGUAGES)
    edition = edition or newest_edition()
    ruleset = load_ruleset(edition, tuple(rules or ()))
    shipped = load_ruleset(edition, ()).rules if rules else ()
    tried = list(Trials(edition, ruleset).of(rule for rule in ruleset.rules if rule not in shipped))
    wrong = [trial for trial in tried if trial.fault is not None]
    for trial in wrong:
        which = Text(f"rule.{trial.which}")
        told = Text("example.fault", rule=trial.rule, which=which, form=trial.form, fault=trial.fault)
        say(told[lang] + "\n", sys.stdout)
    say(Text("example.tried", count=str(len(tried)), wrong=str(len(wrong)))[lang] + "\n", sys.stdout)
    if wrong:
        raise SystemExit(1)


@edition_app.command("list")
@guarded
def edition_list() -> None:
    """可用的年度。 The editions."""
    from clusterform.forms.edition import edition_names, load_edition  # noqa: PLC0415

    for name in edition_names():
        edition = load_edition(name)
        say(f"{name}  {edition.notice}  {edition.title}", sys.stdout)


@edition_app.command("show")
@guarded
def edition_show(name: Annotated[str, typer.Argument(help="年度，如 2025。 A year.")]) -> None:
    """一个年度的年份、名额和截止日期。 One edition's years, quota and deadline."""
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    import yaml  # noqa: PLC0415

    from clusterform.forms.edition import load_edition  # noqa: PLC0415

    data = json.loads(json.dumps(asdict(load_edition(name)), default=str))
    say(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), sys.stdout)
