"""The commands that judge: check and batch."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from pathlib import Path
from typing import Any

from clusterform.cli.common import guarded
from clusterform.cli.options import (
    BlankOption,
    CheckListOption,
    ConfigOption,
    EditionOption,
    EvidenceOption,
    FailOnOption,
    FolderArgument,
    FormsArgument,
    IgnoreOption,
    JobsOption,
    LangOption,
    MailingOption,
    NoCacheOption,
    NoProgressOption,
    OutputOption,
    ProvinceOption,
    QuietOption,
    ReferenceOption,
    RegionOption,
    ReportOption,
    RulesOption,
    SelectOption,
    SeverityOption,
    StatisticsOption,
    TimeoutOption,
)
from clusterform.cli.values import told
from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.settings import Settings


@guarded
def check(  # noqa: PLR0913, PLR0917  (the contract's options)
    paths: FormsArgument,
    output_format: ReportOption = "",
    output: OutputOption = None,
    rules: RulesOption = None,
    select: SelectOption = "",
    ignore: IgnoreOption = "",
    severity: SeverityOption = None,
    edition: EditionOption = None,
    region: RegionOption = "auto",
    reference: ReferenceOption = None,
    blank: BlankOption = None,
    evidence: EvidenceOption = None,
    check_list: CheckListOption = False,
    lang: LangOption = "zh",
    fail_on: FailOnOption = "error",
    quiet: QuietOption = False,
    statistics: StatisticsOption = False,
    jobs: JobsOption = None,
    timeout: TimeoutOption = None,
    no_progress: NoProgressOption = False,
    no_cache: NoCacheOption = False,
    province: ProvinceOption = None,
    mailing: MailingOption = False,
    config: ConfigOption = None,
) -> None:
    """检查填好的申报表，列出每一处需要修改的地方。 Check filled forms and name every mistake."""
    from clusterform.cli.judging import Running, Wanted, judge  # noqa: PLC0415  (what a command does not need is not loaded)

    options = _named(quiet=quiet, statistics=statistics, check_list=check_list)
    ruled = _of_rules(rules, select, ignore, severity)
    beside: dict[str, Any] = {"reference": reference, "blank": blank, "evidence": evidence}
    settings = Settings(
        config, edition, lang, region, **ruled, **beside, check_list=check_list, mailing=mailing
    )
    running = Running(jobs, timeout, progress=not no_progress, cache=not no_cache, province=province)
    judge(paths, settings, Wanted(output_format, output, fail_on, options), running, lang=lang)


def _batch(paths: list[Path], **options: Any) -> None:
    """检查整个文件夹：逐份检查，再作整批核对。 Check a province's folder: each form, then the forms together."""
    for path in paths:
        if path.exists() and not path.is_dir():
            raise UsageError(
                f"{path} 不是文件夹；单个文件请用 clusterform check。",
                f"{path} is no folder; a single file is checked with clusterform check.",
            )
    check(paths, **options)


def _with_options_of_check(command: Callable[..., None]) -> Callable[..., None]:
    """The command with every option of check, so that the two never differ."""
    own = signature(check, eval_str=True)
    first = next(iter(own.parameters.values())).replace(annotation=FolderArgument)
    rest = list(own.parameters.values())[1:]
    command.__signature__ = own.replace(parameters=[first, *rest])  # type: ignore[attr-defined]
    command.__annotations__ = {**check.__annotations__, "paths": FolderArgument}
    return command


batch = guarded(_with_options_of_check(_batch))


def _named(**given: bool) -> tuple[str, ...]:
    """The options of the report that are given, as they are written."""
    return tuple(name.replace("_", "-") for name, wanted in given.items() if wanted)


def _of_rules(
    files: list[Path] | None, select: str, ignore: str, severity: list[str] | None
) -> dict[str, Any]:
    """The settings that say which rules run and how much they weigh."""
    return {
        "rule_files": tuple(files or ()),
        "select": _codes(select),
        "ignore": _codes(ignore),
        "severities": _severities(severity or []),
    }


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
                f"--severity 应写成 CF504=错误 这样，级别可用：{told(tuple(levels))}；写的是“{item}”。",
                f"--severity is written like CF504=error with one of {', '.join(levels)}; this was “{item}”.",
            )
        found[code.strip().upper()] = Severity(level)
    return found
