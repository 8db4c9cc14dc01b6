"""The options of check and batch, one entry each: the command line, its help, the project file and the docs are made of them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple

from clusterform.cli.help_page import help_language, help_text
from clusterform.errors import UsageError
from clusterform.finding import Severity
from clusterform.forms.ruleset import layers
from clusterform.messages import Fact, Pair, Shortened
from clusterform.reports import COMPARISON_FORMATS, FORMATS
from clusterform.settings import LANGUAGES, REGIONS
from clusterform.text import fold
from clusterform.words import lists_of


def chinese_names() -> dict[str, tuple[str, ...]]:
    """The Chinese names of values by the key that options take; the first is the one that messages tell."""
    return lists_of("options")


def key_of(value: str) -> str:
    """The English key of a value that is given in Chinese; any other value as it is."""
    named = (key for key, names in chinese_names().items() if fold(value) in map(fold, names))
    return next(named, value)


def with_chinese(keys: Iterable[str]) -> tuple[Fact, ...]:
    """The keys, in Chinese with their Chinese names where they have any: auto（自动）."""
    named = chinese_names()
    return tuple(Pair(f"{key}（{named[key][0]}）", key) if key in named else key for key in keys)


FAIL_ON = ("error", "warning", "manual", "never")


class Takes(Enum):
    """What stands behind an option: how the help calls it, and the type of such a key in the project file."""

    NOTHING = "", bool
    TEXT = "TEXT", str
    PATH = "PATH", str
    RULES = "PATH...", list
    """Rule files, with those that they extend. May be given several times; of any other option but the next the last one counts."""
    LEVELS = "CODE=LEVEL...", dict
    NUMBER = "NUMBER", int
    DATE = "YYYY-MM-DD", str
    CODES = "CODES", list


class OptionUse(Enum):
    ANY = "any check"
    FOLDER = "a folder alone"
    REPORT = "a report whose format takes it"
    COPIES = "copies with comments"
    LETTER = "letters alone"
    SINCE = "a check that is compared with an earlier one"
    BASELINE = "a check of a folder of which only what is new counts"


class CommandOption(NamedTuple):
    """One option. Its name without the dashes is its key in the project file as well."""

    name: str
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

    @property
    def help(self) -> str:
        """What it is good for, and the values that it takes."""
        named = chinese_names() if help_language(sys.argv) == "zh" else {}
        shown = (f"{named[key][0]} {key}" if key in named else key for key in self.known)
        return f"{help_text(f'help.option.{self.name}')} {' | '.join(shown)}".rstrip()

    def value(self, given: Sequence[str]) -> Any:
        """What the texts behind the option mean; UsageError where they mean nothing."""
        if self.known:
            return one_of(self.flag, key_of(given[-1]), self.known)
        return _MEANT[self.takes](self, given)


def one_of(option: str, value: str, known: tuple[str, ...]) -> str:
    """The value; UsageError with those that are known where it is none of them."""
    if value not in known:
        shown = Shortened(value, _SHOWN)
        raise UsageError("option.value-unknown", option=option, value=shown, known=with_chinese(known))
    return value


_SHOWN = 60
"""Characters of a wrong value that are told."""


def _number(option: CommandOption, given: Sequence[str]) -> int:
    written = given[-1].strip()
    if not (written.isascii() and written.isdecimal() and len(written) <= _DIGITS and int(written)):
        raise UsageError("option.whole-number", option=option.flag, value=given[-1])
    return int(written)


_DIGITS = 7
"""No option has a use for a longer number."""


def _date(option: CommandOption, given: Sequence[str]) -> date:
    try:
        return date.fromisoformat(given[-1].strip())
    except ValueError:
        raise UsageError("option.date", option=option.flag, value=given[-1]) from None


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
    Takes.RULES: lambda _, given: layers(map(Path, given)),
    Takes.NUMBER: _number,
    Takes.DATE: _date,
    Takes.CODES: _codes,
    Takes.LEVELS: _levels,
}


OPTIONS = (
    CommandOption("format", known=tuple(FORMATS)),
    CommandOption("output", Takes.PATH, None, "o", in_file=False),
    CommandOption("annotate", Takes.PATH, None, in_file=False),
    CommandOption("fix", Takes.NOTHING, default=False, use=OptionUse.COPIES, in_file=False),
    CommandOption("legend", Takes.NOTHING, default=False, use=OptionUse.COPIES, in_file=False),
    CommandOption("force", Takes.NOTHING, default=False, use=OptionUse.COPIES, in_file=False),
    CommandOption("since", Takes.PATH, None, use=OptionUse.SINCE, in_file=False),
    CommandOption("rules", Takes.RULES, ()),
    CommandOption("select", Takes.CODES, ()),
    CommandOption("ignore", Takes.CODES, ()),
    CommandOption("severity", Takes.LEVELS, {}),
    CommandOption("edition", default=None),
    CommandOption("region", default="auto", known=REGIONS),
    CommandOption("reference", Takes.PATH, None),
    CommandOption("blank", Takes.PATH, None),
    CommandOption("evidence", Takes.PATH, None),
    CommandOption("confirmed", Takes.PATH, None),
    CommandOption("waivers", Takes.PATH, None),
    CommandOption("baseline", Takes.PATH, None, use=OptionUse.BASELINE, in_file=False),
    CommandOption("check-list", Takes.NOTHING, default=False, use=OptionUse.REPORT),
    CommandOption("lang", default="zh", known=LANGUAGES),
    CommandOption("fail-on", default="error", known=FAIL_ON),
    CommandOption("quiet", Takes.NOTHING, False, "q", use=OptionUse.REPORT),
    CommandOption("statistics", Takes.NOTHING, False, use=OptionUse.REPORT),
    CommandOption("jobs", Takes.NUMBER, None, use=OptionUse.FOLDER),
    CommandOption("timeout", Takes.NUMBER, None, use=OptionUse.FOLDER),
    CommandOption("progress", Takes.NOTHING, True, use=OptionUse.FOLDER, negative=True),
    CommandOption("cache", Takes.NOTHING, True, use=OptionUse.FOLDER, negative=True),
    CommandOption("province", default=None, use=OptionUse.FOLDER),
    CommandOption("mailing", Takes.NOTHING, False),
    CommandOption("config", Takes.PATH, None, in_file=False),
    CommandOption("due", Takes.DATE, None, use=OptionUse.LETTER, in_file=False),
    CommandOption("template", Takes.PATH, None, use=OptionUse.LETTER, in_file=False),
)
"""Their help stands in the catalogue, as help.option.NAME."""
LETTER = "letter"


def options_of(command: str) -> tuple[CommandOption, ...]:
    """The options that a command takes."""
    takes = {
        OptionUse.LETTER: command == LETTER,
        OptionUse.SINCE: command not in {LETTER, "diff"},
        OptionUse.BASELINE: command in {"check", "batch"},
    }
    taken = (o for o in OPTIONS if takes.get(o.use, True))
    if command != "diff":
        return tuple(taken)
    return tuple(o._replace(known=tuple(COMPARISON_FORMATS)) if o.name == "format" else o for o in taken)


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
            every = dict.fromkeys(f".{ending}" for known in endings.values() for ending in known)
            raise UsageError("output.ending-unknown", name=output.name, endings=tuple(every))
        return named
    if named is not None and given in endings and not any(_ends(output, ending) for ending in endings[given]):
        raise UsageError("output.ending-differs", name=output.name, ending=output.suffix, format=given)
    return given


def named_by(output: Path, endings: Endings) -> str | None:
    """The format that the output's ending names; None where it names none."""
    every = [(ending, name) for name, known in endings.items() for ending in known if _ends(output, ending)]
    return max(every, key=lambda item: len(item[0]))[1] if every else None


def _ends(output: Path, ending: str) -> bool:
    return output.name.lower().endswith(f".{ending}")
