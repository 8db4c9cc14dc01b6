"""The options that commands take, each with its words of help."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clusterform.cli.values import key_of, levels_of

# `readable=False`: what a file closed to us means is told by whoever opens it, in Chinese first and with its own status.

FormsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="填好的 .docx、.xlsx 文件或文件夹。 Filled forms, or folders of them.",
        metavar="PATH...",
        readable=False,
    ),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        help="设置文件，默认从当前文件夹向上找 clusterform.toml。 The project file to obey.",
        readable=False,
    ),
]
MailingOption = Annotated[
    bool,
    typer.Option("--mailing", help="即将报送：省级意见空白按错误处理。 The folder is about to go out."),
]
EditionOption = Annotated[
    str | None,
    typer.Option(
        "--edition",
        help="通知年度，默认按表识别，没有表的按最新通知。 The notice's year; else as the form tells, or the newest.",
    ),
]
LangOption = Annotated[
    str, typer.Option("--lang", callback=key_of, help="报告语言：中文 zh，英文 en。 Language of the report.")
]
RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules", help="本省的规则文件，可重复。 A rule file of your own; repeatable.", readable=False
    ),
]
OutputOption = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        help="写入文件，结尾说明格式。 Write to a file; its ending names the format.",
        readable=False,
    ),
]
ReportOption = Annotated[
    str,
    typer.Option(
        "--format",
        callback=key_of,
        help="屏幕 rich | 纯文本 plain | 网页 html | 表格 xlsx | json | jsonl | sarif | junit | github",
    ),
]
SelectOption = Annotated[
    str, typer.Option("--select", help="只用这些规则，如 CF2,CF101。 Only these codes or prefixes.")
]
IgnoreOption = Annotated[str, typer.Option("--ignore", help="不用这些规则。 Not these codes or prefixes.")]
SeverityOption = Annotated[
    list[str] | None,
    typer.Option(
        "--severity",
        callback=levels_of,
        help="改变级别，如 CF504=错误（error），可重复。 Change a severity; repeatable.",
    ),
]
RegionOption = Annotated[
    str,
    typer.Option(
        "--region",
        callback=key_of,
        help="自动 auto | 西部 west：西部地区认定标准改为人工确认。 Western region.",
    ),
]
ReferenceOption = Annotated[
    Path | None,
    typer.Option(
        "--reference", help="行业平均值 YAML 文件。 A YAML file of industry averages.", readable=False
    ),
]
BlankOption = Annotated[
    Path | None,
    typer.Option(
        "--blank",
        help="空白表文件，用 LibreOffice 比对串页。 The blank form, to compare pages with.",
        readable=False,
    ),
]
EvidenceOption = Annotated[
    Path | None,
    typer.Option(
        "--evidence",
        help="佐证材料文件夹或 .zip，与清单逐项核对。 A folder or .zip of evidence to pair.",
        readable=False,
    ),
]
CheckListOption = Annotated[
    bool,
    typer.Option(
        "--check-list", help="附佐证材料核对清单，逐项列出。 Add the check-list of evidence, item by item."
    ),
]
FailOnOption = Annotated[
    str,
    typer.Option(
        "--fail-on",
        callback=key_of,
        help="有哪一级问题时退出码为 1：错误 error | 警告 warning | 人工确认 manual | 从不 never。",
    ),
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="只显示最后一行。 Only the closing line.")]
StatisticsOption = Annotated[
    bool, typer.Option("--statistics", help="附各规则的发现数。 Add counts by rule.")
]
FolderArgument = Annotated[
    list[Path],
    typer.Argument(
        help="装有各县申报表的文件夹。 A folder of forms, searched with all below it.",
        metavar="FOLDER...",
        readable=False,
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs", help="同时检查的份数，默认按处理器数。 Workers; as many as processors unless given."
    ),
]
TimeoutOption = Annotated[
    int | None, typer.Option("--timeout", help="每份文件的时限（秒）。 Seconds for one file.")
]
NoProgressOption = Annotated[bool, typer.Option("--no-progress", help="不显示进度。 No progress bar.")]
NoCacheOption = Annotated[
    bool,
    typer.Option("--no-cache", help="全部重新检查。 Check every file anew, whatever was checked before."),
]
ProvinceOption = Annotated[
    str | None,
    typer.Option("--province", help="文件夹属于哪个省（市、兵团）。 Whose folder it is, such as 江苏省."),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="覆盖已有的文件。 Write over a file that is there.")
]
