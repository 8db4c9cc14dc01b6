"""The command line: reads options, calls, prints, gives the exit status. Knows no rule and no cell."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, Never

import typer

from clusterform import __version__
from clusterform.errors import ClusterformError, UsageError
from clusterform.finding import Report, Severity
from clusterform.settings import DEFAULT_EDITION, LANGUAGES, REGIONS, Settings

FAIL_ON = ("error", "warning", "manual", "never")
EXIT_INTERRUPTED = 130
EXIT_BROKEN = 4

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="中小企业特色产业集群申报表、复核申报表的报送前检查。 Checks filled cluster forms before they are mailed.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
rules_app = typer.Typer(no_args_is_help=True, help="查看检查规则。 Look at the rules.", rich_markup_mode=None)
edition_app = typer.Typer(no_args_is_help=True, help="查看各年度通知。 Look at the editions.", rich_markup_mode=None)
app.add_typer(rules_app, name="rules")
app.add_typer(edition_app, name="edition")

EditionOption = Annotated[str, typer.Option("--edition", help="通知年度。 The notice's year.")]
LangOption = Annotated[str, typer.Option("--lang", help="报告语言 zh 或 en。 Language of the report.")]
RulesOption = Annotated[
    list[Path] | None, typer.Option("--rules", help="本省的规则文件，可重复。 A rule file of your own; repeatable.")
]
OutputOption = Annotated[Path | None, typer.Option("-o", "--output", help="写入文件而不是屏幕。 Write to a file.")]


def _fail(error: ClusterformError, language: str = "zh") -> Never:
    """A clear sentence on stderr, in both languages unless one was asked for, and the status."""
    _say(error.en if language == "en" else f"{error.zh}\n{error.en}", sys.stderr)
    raise typer.Exit(error.exit_code)


def _say(text: str, stream: Any) -> None:
    """Writes a text, whatever the console's encoding can hold."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding, "replace").rstrip("\n") + "\n")
    stream.flush()


def guarded(command: Callable[..., None]) -> Callable[..., None]:
    """No traceback reaches a user: every way a command can end early becomes a sentence and a status."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> None:
        try:
            command(*args, **options)
        except ClusterformError as error:
            _fail(error, options.get("lang", "zh"))
        except KeyboardInterrupt:
            _say("已中断。 Interrupted.", sys.stderr)
            raise typer.Exit(EXIT_INTERRUPTED) from None
        except BrokenPipeError:
            _leave_quietly()
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:  # noqa: BLE001  (a fault of ours is told as such, with what to report)
            detail = f"{type(error).__name__}: {error}"
            _say(f"程序内部出错，检查没有完成：{detail}\nAn internal error; the check is not complete: {detail}", sys.stderr)
            raise typer.Exit(EXIT_BROKEN) from None

    return run


def _leave_quietly() -> Never:
    """The reader of our output has gone away; what it took is all it wanted."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(0)


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="版本号。 The version.")] = False) -> None:
    """Options that stand before a command."""
    if version:
        _say(f"clusterform {__version__}", sys.stdout)
        raise typer.Exit


@app.command()
@guarded
def check(  # noqa: PLR0913  (the contract's options)
    paths: Annotated[list[Path], typer.Argument(help="填好的 .docx 文件。 Filled forms.", metavar="PATH...")],
    output_format: Annotated[str, typer.Option("--format", help="rich | plain | json | jsonl")] = "rich",
    output: OutputOption = None,
    rules: RulesOption = None,
    select: Annotated[str, typer.Option(help="只用这些规则，如 CF2,CF101。 Only these codes or prefixes.")] = "",
    ignore: Annotated[str, typer.Option(help="不用这些规则。 Not these codes or prefixes.")] = "",
    severity: Annotated[
        list[str] | None, typer.Option(help="改变级别，如 CF504=error，可重复。 Change a severity; repeatable.")
    ] = None,
    edition: EditionOption = DEFAULT_EDITION,
    region: Annotated[str, typer.Option(help="auto | west：西部地区认定标准改为人工确认。 Western region.")] = "auto",
    reference: Annotated[
        Path | None, typer.Option(help="行业平均值 YAML 文件。 A YAML file of industry averages.")
    ] = None,
    lang: LangOption = "zh",
    fail_on: Annotated[str, typer.Option(help="error | warning | manual | never")] = "error",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只显示最后一行。 Only the closing line.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="附各规则的发现数。 Add counts by rule.")] = False,
) -> None:
    """检查填好的申报表，列出每一处需要修改的地方。 Check filled forms and name every mistake."""
    from clusterform import reports  # noqa: PLC0415  (what a command does not need it does not load)
    from clusterform.reports.summary import exit_code  # noqa: PLC0415

    _one_of("--format", output_format, tuple(reports.FORMATS))
    _one_of("--fail-on", fail_on, FAIL_ON)
    asked = [name for name, given in (("quiet", quiet), ("statistics", statistics)) if given]
    _refuse_useless(output_format, reports.without_use(output_format, asked), lang)
    settings = Settings(
        edition=edition,
        language=_one_of("--lang", lang, LANGUAGES),
        region=_one_of("--region", region, REGIONS),
        rule_files=tuple(rules or ()),
        select=_codes(select),
        ignore=_codes(ignore),
        severities=_severities(severity or []),
        reference=reference,
    )
    report = _run(paths, settings)
    stream = None if output else sys.stdout
    _write(reports.render(output_format, report, lang, asked, stream), output, paths)
    raise typer.Exit(exit_code(report, fail_on))


def _run(paths: list[Path], settings: Settings) -> Report:
    from clusterform.collect import forms_in  # noqa: PLC0415
    from clusterform.pipeline import Checker  # noqa: PLC0415

    checker = Checker(settings)
    names = checker.ruleset.names
    files = tuple(checker.check(path) for path in forms_in(paths))
    return Report(settings.edition, names, files, settings.language)


def _write(text: str, output: Path | None, inputs: list[Path]) -> None:
    """To stdout, or beside the file of that name and then in its place; never over an input."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    from clusterform.output import write_text  # noqa: PLC0415

    write_text(output, text, inputs)


def _one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        names = "、".join(known)
        raise UsageError(f"{option} 不能是“{value}”，可用：{names}。", f"{option} cannot be “{value}”; it is one of {', '.join(known)}.")
    return value


def _refuse_useless(output_format: str, useless: list[str], lang: str) -> None:
    """An option that a report has no use for is an error, not silence."""
    if useless:
        from clusterform.messages import text  # noqa: PLC0415

        options = ", ".join(f"--{name}" for name in useless)
        zh, en = (text("option.without-use", language, format=output_format, options=options) for language in LANGUAGES)
        _fail(UsageError(zh, en), lang)


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


@app.command()
@guarded
def schema(kind: Annotated[str, typer.Argument(help="application | review")], edition: EditionOption = DEFAULT_EDITION) -> None:
    """答案的 JSON Schema。 The JSON Schema of a form's answers."""
    import json  # noqa: PLC0415

    from clusterform.filling.schema import json_schema  # noqa: PLC0415

    _say(json.dumps(json_schema(edition, kind), ensure_ascii=False, indent=2), sys.stdout)


@app.command()
@guarded
def extract(
    path: Annotated[Path, typer.Argument(help="填好的 .docx 文件。 A filled form.")],
    output_format: Annotated[str, typer.Option("--format", help="json | yaml")] = "json",
    output: OutputOption = None,
    edition: EditionOption = DEFAULT_EDITION,
) -> None:
    """列出读到的每一项内容，不作判断。 Every answer as it was read, and nothing judged."""
    from clusterform.filling.extract import extracted  # noqa: PLC0415
    from clusterform.parsers.package import open_package  # noqa: PLC0415
    from clusterform.pipeline import read_form  # noqa: PLC0415

    _one_of("--format", output_format, ("json", "yaml"))
    form = read_form(open_package(path), Settings(edition=edition))
    _write(_dumped(extracted(form), output_format, sys.stdout if output is None else None), output, [path])


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
def rules_list(rules: RulesOption = None, edition: EditionOption = DEFAULT_EDITION, lang: LangOption = "zh") -> None:
    """全部规则，一行一条。 All rules, a line each."""
    from clusterform.forms.ruleset import load_ruleset  # noqa: PLC0415
    from clusterform.reports.rule_page import listing, page_of  # noqa: PLC0415

    _one_of("--lang", lang, LANGUAGES)
    ruleset = load_ruleset(edition, tuple(rules or ()))
    _say(listing([page_of(rule, lang) for rule in ruleset.rules]), sys.stdout)


@rules_app.command("show")
@guarded
def rules_show(
    code: Annotated[str, typer.Argument(help="规则代码，如 CF201。 A rule's code.")],
    rules: RulesOption = None,
    edition: EditionOption = DEFAULT_EDITION,
    lang: LangOption = "zh",
) -> None:
    """一条规则：查什么、为什么、怎样算、正误示例。 One rule: what, why, how computed, a wrong and a right example."""
    from clusterform.forms.ruleset import load_ruleset  # noqa: PLC0415
    from clusterform.reports.rule_page import as_text, page_of  # noqa: PLC0415

    _one_of("--lang", lang, LANGUAGES)
    found = [rule for rule in load_ruleset(edition, tuple(rules or ())).rules if rule.code == code.upper()]
    if not found:
        raise UsageError(f"没有规则 {code}。用 clusterform rules list 查看全部。", f"There is no rule {code}; see clusterform rules list.")
    _say(as_text(page_of(found[0], lang), lang), sys.stdout)


@edition_app.command("list")
@guarded
def edition_list() -> None:
    """可用的年度。 The editions."""
    from clusterform.forms.edition import edition_names, load_edition  # noqa: PLC0415

    for name in edition_names():
        edition = load_edition(name)
        _say(f"{name}  {edition.notice}  {edition.title}", sys.stdout)


@edition_app.command("show")
@guarded
def edition_show(name: Annotated[str, typer.Argument(help="年度，如 2025。 A year.")]) -> None:
    """一个年度的年份、名额和截止日期。 One edition's years, quota and deadline."""
    from clusterform.forms.edition import load_edition  # noqa: PLC0415

    import yaml  # noqa: PLC0415

    data = load_edition(name).model_dump(mode="json")
    _say(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), sys.stdout)
