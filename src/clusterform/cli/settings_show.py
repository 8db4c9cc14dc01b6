"""The command that shows what a check would go by, and where each of it comes from: the layer, the file and the line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from clusterform.cli.common import guarded, say
from clusterform.cli.help_page import help_text
from clusterform.cli.helped_typer import HelpedTyper
from clusterform.cli.options import BY_NAME, OPTIONS, one_of
from clusterform.cli.project import line_of, project_file, settings_of
from clusterform.cli.typer_options import EditionOption, LangOption, RulesOption
from clusterform.messages import InBoth, Pair, Text, in_language
from clusterform.settings import LANGUAGES

settings_app = HelpedTyper(help=help_text("help.settings"))
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help=help_text("help.option.config"), readable=False)
]
_Places = Mapping[tuple[str, str], InBoth]
"""Of the thresholds and rules that files change, by part and name, where that stands."""


@settings_app.command("show", help=help_text("help.settings-show"))
@guarded
def settings_show(
    config: ConfigOption = None,
    rules: RulesOption = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """As a check in this folder would have it."""
    from clusterform.forms.edition import newest_edition
    from clusterform.forms.ruleset import load_ruleset

    one_of("--lang", lang, LANGUAGES)
    file = config or project_file(())
    given = {} if file is None else settings_of(file)
    typed = {name: BY_NAME[name].value(texts) for name, texts in given.items()}
    files = tuple(rules or typed.get("rules", ()))
    year = edition or typed.get("edition") or newest_edition()
    ruleset, national = load_ruleset(year, files), load_ruleset(year, ())
    places: dict[tuple[str, str], InBoth] = {}
    for path in files:
        places |= _places(path)
    lines = [
        *_options(file, typed),
        Text("settings-show.layers", names=ruleset.names),
        *_limits(ruleset.limits, national.limits, places, national.names[0]),
        *_rules(ruleset, national, places),
    ]
    for line in lines:
        say(in_language(line, lang), sys.stdout)


def _options(file: Path | None, typed: Mapping[str, Any]) -> Iterator[InBoth]:
    """Every option that a project file may set."""
    yield Text("settings-show.file", file=file) if file is not None else Text("settings-show.no-file")
    for option in OPTIONS:
        if not option.in_file:
            continue
        value = typed.get(option.name, option.default)
        origin: InBoth = Text("settings-show.default")
        if file is not None and option.name in typed:
            origin = _at(file.name, line_of(file, option.name))
        yield Text("settings-show.option", name=option.name, value=_plain(value), origin=origin)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={getattr(level, 'value', level)}" for key, level in value.items()) or "-"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "-"
    return "-" if value in (None, "") else str(value).lower() if isinstance(value, bool) else str(value)


def _limits(
    limits: Mapping[str, Any], national: Mapping[str, Any], places: _Places, layer: str
) -> Iterator[InBoth]:
    for name, limit in limits.items():
        origin = places.get(("limits", name), Pair(layer, layer))
        before = national.get(name)
        key = "limit" if before is None or before.in_signs == limit.in_signs else "limit-changed"
        former = {"former": before.in_signs} if key == "limit-changed" and before is not None else {}
        yield Text(f"settings-show.{key}", name=name, value=limit.in_signs, origin=origin, **former)


def _rules(ruleset: Any, national: Any, places: _Places) -> Iterator[InBoth]:
    """The rules that a file changes, adds or takes away; how many stay as they are."""
    own = {rule.code: rule for rule in national.rules}
    now = {rule.code: rule for rule in ruleset.rules}
    same = sum(own.get(code) == rule for code, rule in now.items())
    yield Text("settings-show.same", count=str(same), layer=national.names[0])
    for code in sorted(own.keys() | now.keys()):
        if own.get(code) == now.get(code):
            continue
        part = "rules" if code not in own else "change" if code in now else "remove"
        severity = Text(f"severity.{now[code].severity}") if code in now else Text("settings-show.off")
        origin = places.get((part, code), Text("settings-show.default"))
        key = "settings-show.reasoned" if code in ruleset.reasons else "settings-show.rule"
        reason = {"reason": ruleset.reasons[code]} if code in ruleset.reasons else {}
        yield Text(key, code=code, severity=severity, origin=origin, **reason)


def _places(path: Path) -> dict[tuple[str, str], InBoth]:
    """Where a rule file names each threshold and rule."""
    from clusterform.yaml_file import read_marked

    file = read_marked(path)
    found: dict[tuple[str, str], InBoth] = {}
    for place, (line, _) in file.places.items():
        name = _named(file.data, place)
        if name is not None:
            found.setdefault((str(place[0]), name), _at(path.name, line))
    return found


def _named(data: Any, place: Sequence[str | int]) -> str | None:
    """The threshold or code that begins at a place of the file."""
    if len(place) != 2 or place[0] not in {"limits", "change", "remove", "rules"}:
        return None
    if isinstance(place[1], str):
        return place[1]
    item = data[place[0]][place[1]]
    return str(item.get("code")) if isinstance(item, dict) else str(item)


def _at(name: str, line: int | None) -> InBoth:
    return Pair(name, name) if line is None else Text("settings-show.at", file=name, line=str(line))
