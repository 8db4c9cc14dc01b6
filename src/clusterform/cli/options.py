"""The options of check and batch, one entry each: the command line, its help, the project file and the docs are made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.messages import Fact, Pair
from clusterform.record import record
from clusterform.reports import FORMATS
from clusterform.settings import LANGUAGES, REGIONS
from clusterform.text import fold

CHINESE: dict[str, tuple[str, ...]] = {
    "error": ("错误", "必须修改"),
    "warning": ("警告", "建议核对"),
    "manual": ("人工确认", "需人工确认", "人工"),
    "info": ("提示",),
    "never": ("从不", "不"),
    "auto": ("自动",),
    "west": ("西部", "西部地区"),
    "zh": ("中文", "汉语"),
    "en": ("英文", "英语"),
    "rich": ("屏幕",),
    "plain": ("纯文本", "文本"),
    "html": ("网页",),
    "xlsx": ("表格", "电子表格", "Excel"),
    "docx": ("文档", "Word"),
}
"""By the key that options take; the first is the one that messages tell."""
_KEYS = {fold(name): key for key, names in CHINESE.items() for name in names}


def key_of(value: str) -> str:
    """The English key of a value that is given in Chinese; any other value as it is."""
    return _KEYS.get(fold(value), value)


def with_chinese(keys: Iterable[str]) -> tuple[Fact, ...]:
    """The keys, in Chinese with their Chinese names where they have any: auto（自动）."""
    return tuple(Pair(f"{key}（{CHINESE[key][0]}）", key) if key in CHINESE else key for key in keys)


FAIL_ON = ("error", "warning", "manual", "never")


class Takes(Enum):
    NOTHING = ""
    TEXT = "TEXT"
    PATH = "PATH"
    PATHS = "PATH..."
    """May be given several times; of any other option but the next the last one counts."""
    LEVELS = "CODE=LEVEL..."
    NUMBER = "NUMBER"
    CODES = "CODES"


class OptionUse(Enum):
    ANY = "any check"
    FOLDER = "a folder alone"
    REPORT = "a report whose format takes it"


@record
class CommandOption:
    """One option. Its name without the dashes is its key in the project file as well."""

    name: str
    help: str
    takes: Takes = Takes.TEXT
    default: Any = ""
    short: str = ""
    known: tuple[str, ...] = ()
    """The only values that it takes, which may be given in Chinese."""
    use: OptionUse = OptionUse.ANY
    negative: bool = False
    """Switched off on the command line by --no-NAME; the project file says `NAME = false`."""
    in_file: bool = True

    @property
    def flag(self) -> str:
        return f"--no-{self.name}" if self.negative else f"--{self.name}"

    def value(self, given: Sequence[str]) -> Any:
        """What the texts behind the option mean; UsageError where they mean nothing."""
        if self.known:
            return one_of(self.flag, key_of(given[-1]), self.known)
        return _MEANT[self.takes](self, given)


def one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    """The value; UsageError with those that are known where it is none of them."""
    if value not in known:
        raise UsageError("option.value-unknown", option=option, value=value, known=with_chinese(known))
    return value


def _number(option: CommandOption, given: Sequence[str]) -> int:
    written = given[-1].strip()
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS and int(written)):
        raise UsageError("option.whole-number", option=option.flag, value=given[-1])
    return int(written)


_DIGITS = 7
"""No option has a use for a longer number."""


def _codes(_: CommandOption, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in given[-1].replace("，", ",").split(",") if code.strip())


def _levels(_option: CommandOption, given: Sequence[str]) -> Mapping[str, Severity]:
    levels = [s.value for s in Severity]
    found: dict[str, Severity] = {}
    for item in given:
        code, sign, level = item.replace("＝", "=").partition("=")
        key = key_of(level.strip())
        if key not in levels or not code:
            raise UsageError("option.severity", levels=with_chinese(levels), value=f"{code}{sign}{key}")
        found[code.strip().upper()] = Severity(key)
    return found


_MEANT: Mapping[Takes, Callable[[CommandOption, Sequence[str]], Any]] = {
    Takes.NOTHING: lambda option, _: not option.default,
    Takes.TEXT: lambda _, given: given[-1],
    Takes.PATH: lambda _, given: Path(given[-1]),
    Takes.PATHS: lambda _, given: tuple(map(Path, given)),
    Takes.NUMBER: _number,
    Takes.CODES: _codes,
    Takes.LEVELS: _levels,
}


def _named(keys: tuple[str, ...]) -> str:
    """The values an option takes, for its help."""
    return " | ".join(f"{CHINESE[key][0]} {key}" if key in CHINESE else key for key in keys)


_FORMATS = tuple(FORMATS)
OPTIONS = (
    CommandOption("format", _named(_FORMATS), known=_FORMATS),
    CommandOption(
        "output",
        "写入文件，结尾说明格式。 Write to a file; its ending names the format.",
        Takes.PATH,
        None,
        "o",
        in_file=False,
    ),
    CommandOption("rules", "本省的规则文件，可重复。 A rule file of your own; repeatable.", Takes.PATHS, ()),
    CommandOption("select", "只用这些规则，如 CF2,CF101。 Only these codes or prefixes.", Takes.CODES, ()),
    CommandOption("ignore", "不用这些规则。 Not these codes or prefixes.", Takes.CODES, ()),
    CommandOption(
        "severity",
        "改变级别，如 CF504=错误（error），可重复。 Change a severity; repeatable.",
        Takes.LEVELS,
        {},
    ),
    CommandOption(
        "edition",
        "通知年度，默认按表识别，没有表的按最新通知。 The notice's year; else as the form tells, or the newest.",
        default=None,
    ),
    CommandOption(
        "region",
        f"{_named(REGIONS)}：西部地区认定标准改为人工确认。 Western region.",
        default="auto",
        known=REGIONS,
    ),
    CommandOption("reference", "行业平均值 YAML 文件。 A YAML file of industry averages.", Takes.PATH, None),
    CommandOption(
        "blank",
        "空白表文件，用 LibreOffice 比对串页。 The blank form, to compare pages with.",
        Takes.PATH,
        None,
    ),
    CommandOption(
        "evidence",
        "佐证材料文件夹或 .zip，与清单逐项核对。 A folder or .zip of evidence to pair.",
        Takes.PATH,
        None,
    ),
    CommandOption(
        "check-list",
        "附佐证材料核对清单，逐项列出。 Add the check-list of evidence, item by item.",
        Takes.NOTHING,
        default=False,
        use=OptionUse.REPORT,
    ),
    CommandOption(
        "lang", "报告语言：中文 zh，英文 en。 Language of the report.", default="zh", known=LANGUAGES
    ),
    CommandOption(
        "fail-on",
        f"有哪一级问题时退出码为 1：{_named(FAIL_ON)}。 Which findings end with 1.",
        default="error",
        known=FAIL_ON,
    ),
    CommandOption(
        "quiet", "只显示最后一行。 Only the closing line.", Takes.NOTHING, False, "q", use=OptionUse.REPORT
    ),
    CommandOption(
        "statistics", "附各规则的发现数。 Add counts by rule.", Takes.NOTHING, False, use=OptionUse.REPORT
    ),
    CommandOption(
        "jobs",
        "同时检查的份数，默认按处理器数。 Workers; as many as processors unless given.",
        Takes.NUMBER,
        None,
        use=OptionUse.FOLDER,
    ),
    CommandOption(
        "timeout", "每份文件的时限（秒）。 Seconds for one file.", Takes.NUMBER, None, use=OptionUse.FOLDER
    ),
    CommandOption(
        "progress", "不显示进度。 No progress bar.", Takes.NOTHING, True, use=OptionUse.FOLDER, negative=True
    ),
    CommandOption(
        "cache",
        "全部重新检查。 Check every file anew, whatever was checked before.",
        Takes.NOTHING,
        True,
        use=OptionUse.FOLDER,
        negative=True,
    ),
    CommandOption(
        "province",
        "文件夹属于哪个省（市、兵团）。 Whose folder it is, such as 江苏省.",
        default=None,
        use=OptionUse.FOLDER,
    ),
    CommandOption(
        "mailing", "即将报送：省级意见空白按错误处理。 The folder is about to go out.", Takes.NOTHING, False
    ),
    CommandOption(
        "config",
        "设置文件，默认从当前文件夹向上找 clusterform.toml。 The project file to obey.",
        Takes.PATH,
        None,
        in_file=False,
    ),
)
BY_NAME = {option.name: option for option in OPTIONS}


Endings = Mapping[str, tuple[str, ...]]
"""Of each format the endings of its files, without the leading dot. The longest ending counts, then the first format."""


def format_of(given: str, output: Path | None, endings: Endings, default: str) -> str:
    """The format asked for, as --format names it or the output's ending does; `default` where there is no output.

    UsageError where the two disagree, and where an ending names no format and nothing else does. Whether `given` is a
    format at all its caller asks.
    """
    if output is None:
        return given or default
    named = named_by(output, endings)
    if not given:
        if named is None:
            raise _unknown(output, endings)
        return named
    if named is not None and given in endings and not any(_ends(output, ending) for ending in endings[given]):
        raise UsageError("output.ending-differs", name=output.name, ending=output.suffix, format=given)
    return given


def named_by(output: Path, endings: Endings) -> str | None:
    """The format that the output's ending names; None where it names none."""
    every = [
        (len(ending), name) for name, known in endings.items() for ending in known if _ends(output, ending)
    ]
    longest = max((length for length, _ in every), default=0)
    return next((name for length, name in every if length == longest), None)


def _ends(output: Path, ending: str) -> bool:
    return output.name.lower().endswith(f".{ending}")


def _unknown(output: Path, endings: Endings) -> UsageError:
    every = list(dict.fromkeys(f".{ending}" for known in endings.values() for ending in known))
    return UsageError("output.ending-unknown", name=output.name, endings=tuple(every))
