"""The commands that judge: check."""

from __future__ import annotations

from clusterform.cli.common import guarded
from clusterform.cli.options import (
    BlankOption,
    EditionOption,
    FailOnOption,
    FormsArgument,
    IgnoreOption,
    LangOption,
    OutputOption,
    QuietOption,
    ReferenceOption,
    RegionOption,
    ReportOption,
    RulesOption,
    SelectOption,
    SeverityOption,
    StatisticsOption,
)
from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.settings import DEFAULT_EDITION, Settings


@guarded
def check(  # noqa: PLR0913, PLR0917  (the contract's options)
    paths: FormsArgument,
    output_format: ReportOption = "rich",
    output: OutputOption = None,
    rules: RulesOption = None,
    select: SelectOption = "",
    ignore: IgnoreOption = "",
    severity: SeverityOption = None,
    edition: EditionOption = DEFAULT_EDITION,
    region: RegionOption = "auto",
    reference: ReferenceOption = None,
    blank: BlankOption = None,
    lang: LangOption = "zh",
    fail_on: FailOnOption = "error",
    quiet: QuietOption = False,
    statistics: StatisticsOption = False,
) -> None:
    """检查填好的申报表，列出每一处需要修改的地方。 Check filled forms and name every mistake."""
    from clusterform.cli.judging import Wanted, judge  # noqa: PLC0415  (what a command does not need is not loaded)

    options = tuple(name for name, given in (("quiet", quiet), ("statistics", statistics)) if given)
    settings = Settings(
        edition=edition,
        language=lang,
        region=region,
        rule_files=tuple(rules or ()),
        select=_codes(select),
        ignore=_codes(ignore),
        severities=_severities(severity or []),
        reference=reference,
        blank=blank,
    )
    judge(paths, settings, Wanted(output_format, output, fail_on, options), lang=lang)


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
