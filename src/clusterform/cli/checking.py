"""The commands that judge: check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from clusterform.cli.common import (
    EditionOption,
    LangOption,
    OutputOption,
    RulesOption,
    fail,
    guarded,
    one_of,
    write,
)
from clusterform.errors import UsageError
from clusterform.finding import Report, Severity
from clusterform.settings import DEFAULT_EDITION, LANGUAGES, REGIONS, Settings

FAIL_ON = ("error", "warning", "manual", "never")


@guarded
def check(  # noqa: PLR0913, PLR0917  (the contract's options)
    paths: Annotated[list[Path], typer.Argument(help="填好的 .docx 文件。 Filled forms.", metavar="PATH...")],
    output_format: Annotated[str, typer.Option("--format", help="rich | plain | json | jsonl")] = "rich",
    output: OutputOption = None,
    rules: RulesOption = None,
    select: Annotated[
        str, typer.Option(help="只用这些规则，如 CF2,CF101。 Only these codes or prefixes.")
    ] = "",
    ignore: Annotated[str, typer.Option(help="不用这些规则。 Not these codes or prefixes.")] = "",
    severity: Annotated[
        list[str] | None,
        typer.Option(help="改变级别，如 CF504=error，可重复。 Change a severity; repeatable."),
    ] = None,
    edition: EditionOption = DEFAULT_EDITION,
    region: Annotated[
        str, typer.Option(help="auto | west：西部地区认定标准改为人工确认。 Western region.")
    ] = "auto",
    reference: Annotated[
        Path | None, typer.Option(help="行业平均值 YAML 文件。 A YAML file of industry averages.")
    ] = None,
    lang: LangOption = "zh",
    fail_on: Annotated[str, typer.Option(help="error | warning | manual | never")] = "error",
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="只显示最后一行。 Only the closing line.")
    ] = False,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="附各规则的发现数。 Add counts by rule.")
    ] = False,
) -> None:
    """检查填好的申报表，列出每一处需要修改的地方。 Check filled forms and name every mistake."""
    from clusterform import reports  # noqa: PLC0415  (what a command does not need it does not load)
    from clusterform.reports.summary import exit_code  # noqa: PLC0415

    one_of("--format", output_format, tuple(reports.FORMATS))
    one_of("--fail-on", fail_on, FAIL_ON)
    asked = [name for name, given in (("quiet", quiet), ("statistics", statistics)) if given]
    _refuse_useless(output_format, reports.without_use(output_format, asked), lang)
    settings = Settings(
        edition=edition,
        language=one_of("--lang", lang, LANGUAGES),
        region=one_of("--region", region, REGIONS),
        rule_files=tuple(rules or ()),
        select=_codes(select),
        ignore=_codes(ignore),
        severities=_severities(severity or []),
        reference=reference,
    )
    report = _run(paths, settings)
    stream = None if output else sys.stdout
    write(reports.render(output_format, report, lang, asked, stream), output, paths)
    raise typer.Exit(exit_code(report, fail_on))


def _run(paths: list[Path], settings: Settings) -> Report:
    from clusterform.collect import forms_in  # noqa: PLC0415
    from clusterform.pipeline import Checker  # noqa: PLC0415

    checker = Checker(settings)
    names = checker.ruleset.names
    files = tuple(checker.check(path) for path in forms_in(paths))
    return Report(settings.edition, names, files, settings.language)


def _refuse_useless(output_format: str, useless: list[str], lang: str) -> None:
    """An option that a report has no use for is an error, not silence."""
    if useless:
        from clusterform.messages import text  # noqa: PLC0415

        options = ", ".join(f"--{name}" for name in useless)
        zh, en = (
            text("option.without-use", language, format=output_format, options=options)
            for language in LANGUAGES
        )
        fail(UsageError(zh, en), lang)


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.replace("，", ",").split(",") if code.strip())


def _severities(given: list[str]) -> dict[str, Severity]:
    """CODE=LEVEL pairs."""
    levels = [s.value for s in Severity]
    found: dict[str, Severity] = {}
    for item in given:
        code, _, level = item.partition("=")
        if level not in levels or not code:
            raise UsageError(
                f"--severity 应写成 CF504=error 这样，级别可用：{'、'.join(levels)}；写的是“{item}”。",
                f"--severity is written like CF504=error with one of {', '.join(levels)}; this was “{item}”.",
            )
        found[code.strip().upper()] = Severity(level)
    return found
