"""What a command line of check or batch asks for, with what the project file sets beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from clusterform.batch.run import How
from clusterform.cli.arguments import ParsedArguments
from clusterform.cli.options import BY_NAME, OPTIONS, Endings, OptionUse, format_of, named_by, one_of
from clusterform.cli.project import is_material, project_file, settings_of
from clusterform.cli.report import Wanted
from clusterform.errors import UsageError
from clusterform.output import refuse_existing, writable
from clusterform.reports import COMPARISON_FORMATS, FORMATS, Formats, without_use
from clusterform.settings import Settings


class CopiesWanted(NamedTuple):
    """Copies with comments that are asked for."""

    target: Path
    """Where the copy of the one file goes, or, of several files or a folder, the folder of the copies."""
    mend: bool = False
    """What is safe is mended first."""
    legend: bool = False
    """In a workbook with a sheet that lists all findings."""
    force: bool = False
    """A copy that is there already is written over."""


class Request(NamedTuple):
    """Which files to check, how, and what report to give."""

    paths: tuple[Path, ...]
    settings: Settings
    how: How
    wanted: Wanted
    progress: bool
    copies: CopiesWanted | None = None
    """Where any are asked for."""
    since: Path | None = None
    """The submission before, to compare with."""


def request_of(given: ParsedArguments) -> Request:
    """UsageError for a value that an option does not take, and for an option that this run has no use for."""
    paths = tuple(map(Path, given.paths))
    folder = any(path.is_dir() for path in paths)
    typed = {name: BY_NAME[name].value(texts) for name, texts in given.options.items()}
    file = typed.get("config") or project_file(paths)
    output = typed.get("output")
    writable(output)
    formats = COMPARISON_FORMATS if "since" in typed else FORMATS
    if "format" in typed:
        one_of("--format", typed["format"], tuple(formats))
    values = {**_from_file(file, output, typed, formats, folder=folder), **typed}
    chosen = format_of(values.get("format", ""), output, _endings(formats), "rich")
    wanted = _wanted({**_DEFAULTS, **values, "format": chosen}, formats)
    _refuse_useless(typed, folder=folder)
    whole = {**_DEFAULTS, **values, "config": file, "batch": folder}
    _refuse_beside(whole["waivers"], [*paths, *filter(None, [whole["since"]])])
    how = How(whole["jobs"], whole["timeout"], cache=whole["cache"], province=whole["province"])
    settings = Settings(**{name: whole[key] for name, key in _KEYS.items()})
    return Request(paths, settings, how, wanted, whole["progress"], _copies(whole, paths), whole["since"])


def _refuse_useless(typed: Mapping[str, Any], *, folder: bool) -> None:
    """UsageError for an option of folders without one, and for a baseline where everything has to be told."""
    for name in ("province", "baseline"):
        if name in typed and not folder:
            raise UsageError("option.without-folder", option=BY_NAME[name].flag)
    whole = [BY_NAME[name].flag for name in ("since", "annotate") if name in typed]
    if "baseline" in typed and whole:
        raise UsageError("baseline.whole", option=whole[0])


def _refuse_beside(waivers: Path | None, checked: Iterable[Path]) -> None:
    """UsageError for waivers among what is checked: whoever filled in the forms does not explain them away."""
    if waivers is not None and is_material(waivers, checked):
        raise UsageError("waivers.beside", path=waivers)


def _endings(formats: Formats) -> Endings:
    return {name: made.endings for name, made in formats.items()}


_DEFAULTS = {option.name: option.default for option in OPTIONS}


def _from_file(
    file: Path | None, output: Path | None, typed: Mapping[str, Any], formats: Formats, *, folder: bool
) -> dict[str, Any]:
    """What the project file sets and this run has a use for: it serves a single form and a folder alike."""
    if file is None:
        return {}
    found = {name: BY_NAME[name].value(texts) for name, texts in settings_of(file).items()}
    named = named_by(output, _endings(formats)) if output is not None else None
    if named is not None or found.get("format") not in formats:  # this run's own say more, or know it not
        found.pop("format", None)
    chosen = typed.get("format") or named or found.get("format", "rich")
    of_use: dict[OptionUse, Callable[[str], bool]] = {
        OptionUse.ANY: lambda _: True,
        OptionUse.FOLDER: lambda _: folder,
        OptionUse.REPORT: lambda name: not without_use(chosen, [name], formats),
    }
    return {name: value for name, value in found.items() if of_use[BY_NAME[name].use](name)}


_KEYS = {
    **{name: name for name in Settings._fields},
    "file": "config",
    "language": "lang",
    "rule_files": "rules",
    "severities": "severity",
    "check_list": "check-list",
}
"""Of each setting the name of its option."""


def _copies(values: Mapping[str, Any], paths: tuple[Path, ...]) -> CopiesWanted | None:
    """UsageError where there is no place for them, and for an option that nothing but copies has a use for."""
    if values["annotate"] is None:
        useless = [o.flag for o in OPTIONS if o.use is OptionUse.COPIES and values[o.name]]
        if useless:
            raise UsageError("option.without-copies", options=", ".join(useless))
        return None
    wanted = CopiesWanted(
        values["annotate"], mend=values["fix"], legend=values["legend"], force=values["force"]
    )
    _refuse_wrong_place(wanted, paths)
    return wanted


def _refuse_wrong_place(wanted: CopiesWanted, paths: Sequence[Path]) -> None:
    """UsageError where the copies cannot go there, before any file is checked."""
    target = wanted.target
    if is_alone(paths):
        writable(target)
        refuse_existing(target, force=wanted.force)
        return
    if target.exists() and not target.is_dir():
        raise UsageError("copy.needs-folder", path=target)
    refuse_inside(target, paths)


def is_alone(paths: Sequence[Path]) -> bool:
    return len(paths) == 1 and not paths[0].is_dir()


def refuse_inside(target: Path, paths: Sequence[Path]) -> None:
    """UsageError for a copy in a folder that is checked: it would be checked with the others next time."""
    for folder in paths:
        if folder.is_dir() and target.resolve().is_relative_to(folder.resolve()):
            raise UsageError("copy.inside", path=target, folder=folder)


def _wanted(values: Mapping[str, Any], formats: Formats) -> Wanted:
    """UsageError for an option that the report has no use for, and for a workbook on the screen."""
    chosen, output = values["format"], values["output"]
    options = frozenset(o.name for o in OPTIONS if o.use is OptionUse.REPORT and values[o.name])
    useless = ", ".join(BY_NAME[name].flag for name in without_use(chosen, options, formats))
    if useless:
        raise UsageError("option.without-use", format=chosen, options=useless)
    if formats[chosen].binary and output is None:
        raise UsageError("option.needs-file", format=chosen)
    return Wanted(chosen, output, values["fail-on"], options)
