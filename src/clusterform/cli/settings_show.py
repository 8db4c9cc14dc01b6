"""The command that shows what a check would go by, and where each of it comes from: the layer, the file and the line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.cli.common import say
from clusterform.cli.options import BY_NAME, OPTIONS
from clusterform.cli.project import line_of, project_file, settings_of
from clusterform.cli.typer_commands import ConfigOption, EditionOption, HelpedTyper, LangOption, RulesOption
from clusterform.data_files import rules_file
from clusterform.forms.edition import files_in, load_edition, newest_edition
from clusterform.forms.ruleset import layers, load_ruleset
from clusterform.messages import InBoth, Pair, Text, in_language
from clusterform.yaml_file import read_marked

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

settings_app = HelpedTyper("settings")
_Places = Mapping[tuple[str, str], InBoth]
"""Of thresholds and rules, by part and name, where a file says so."""


@settings_app.command("show")
def settings_show(
    config: ConfigOption = None,
    rules: RulesOption = None,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """As a check in this folder would have it."""
    file = config or project_file(())
    given = {} if file is None else settings_of(file)
    typed = {name: BY_NAME[name].value(texts) for name, texts in given.items()}
    files = tuple(rules or typed.get("rules", ()))
    year = edition or typed.get("edition") or newest_edition()
    ruleset, national = load_ruleset(year, files), load_ruleset(year, ())
    places = _shipped(year, national.names[0])
    for path in layers(files):
        places |= _places(path)
    lines = [
        *_options(file, typed),
        Text("settings-show.layers", names=ruleset.names),
        *_limits(ruleset.limits, national.limits, places),
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


def _limits(limits: Mapping[str, Any], national: Mapping[str, Any], places: _Places) -> Iterator[InBoth]:
    for name, limit in limits.items():
        facts = {"name": name, "value": limit.in_signs, "origin": places["limits", name]}
        former = national.get(name, limit).in_signs
        key = "limit" if former == limit.in_signs else "limit-changed"
        yield Text(f"settings-show.{key}", **facts, former=former)


def _rules(ruleset: Any, national: Any, places: _Places) -> Iterator[InBoth]:
    """Every rule with its severity, those that a file takes away too."""
    own = {rule.code for rule in national.rules}
    now = {rule.code: rule for rule in ruleset.rules}
    for code in sorted(own | now.keys()):
        changed = ("change" if code in now else "remove", code)
        severity = Text(f"severity.{now[code].severity}") if code in now else Text("settings-show.off")
        origin = places.get(changed, places.get(("rules", code), Text("settings-show.default")))
        reason = ruleset.reasons.get(code)
        key = "settings-show.rule" if reason is None else "settings-show.reasoned"
        yield Text(key, code=code, severity=severity, origin=origin, reason=reason)


def _shipped(edition: str, layer: str) -> dict[tuple[str, str], InBoth]:
    """Where the shipped files name each threshold and rule of the edition."""
    from clusterform.forms.limits import limit_names

    found: dict[tuple[str, str], InBoth] = {}
    for limits in (*limit_names(), load_edition(edition).limits):  # its own, last, may extend another
        found |= _places(rules_file("limits", f"{limits}.yaml"), layer)
    for name, file in files_in(edition, "rules"):
        found |= _places(rules_file("editions", name, "rules", file), layer)
    return found


def _places(path: Traversable, layer: str = "") -> dict[tuple[str, str], InBoth]:
    """Where a rule file names each threshold and rule; a shipped one is told with its layer."""
    file = read_marked(path)
    found: dict[tuple[str, str], InBoth] = {}
    for place, (line, _) in file.places.items():
        named = _named(file.data, place)
        if named is not None:
            found.setdefault(named, _at(f"{layer} {path.name}".lstrip(), line))
    return found


def _named(data: Any, place: Sequence[str | int]) -> tuple[str, str] | None:
    """Part and name of the threshold or rule that stands at a place of the file; rules of groups by their code."""
    if place[-1:] == ("code",):
        for step in place:
            data = data[step]
        return "rules", str(data)
    if len(place) != 2 or place[0] not in {"limits", "change", "remove", "rules"}:
        return None
    name = place[1] if isinstance(place[1], str) else data[place[0]][place[1]]
    return (str(place[0]), name) if isinstance(name, str) else None


def _at(name: str, line: int | None) -> InBoth:
    return Pair(name, name) if line is None else Text("settings-show.at", file=name, line=str(line))
