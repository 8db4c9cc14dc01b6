"""What the command letter does beside a check of the folder: it writes the letters, or the templates to edit."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clusterform.batch.run import RunOutcome
from clusterform.cli.arguments import ParsedArguments
from clusterform.cli.common import tell
from clusterform.cli.options import BY_NAME, key_of
from clusterform.errors import UsageError
from clusterform.letters.contents import letter_files
from clusterform.letters.template import LetterTemplate, templates
from clusterform.messages import LANGUAGES, Text
from clusterform.output import write_bytes

_NAMED = 5
"""So many files that are there already are told by name."""


@dataclass(frozen=True, slots=True)
class LettersAsked:
    """Where the letters go, and what they are made with."""

    folder: Path
    due: date | None
    templates: Mapping[str, LetterTemplate]

    def write(self, outcome: RunOutcome, inputs: Sequence[Path]) -> None:
        """All of them, each told on stderr. UsageError, and nothing is written, where one of the files is there already."""
        language = outcome.report.language
        files = letter_files(outcome, self.templates, self.due)
        _write_all(self.folder, files, language, inputs)
        if len(files) == 1:
            tell(language, "letter.none")


def letters_asked(given: ParsedArguments) -> tuple[LettersAsked, ParsedArguments]:
    """What the line says of letters, with templates that open; and the line of the check, which tells its last line alone."""
    options = dict(given.options)
    output = options.pop("output", None)
    if output is None:
        raise UsageError("letter.needs-output")
    folder = Path(output[-1])
    _no_file(folder)
    meant = {name: BY_NAME[name].value(options[name]) for name in ("due", "template") if name in options}
    language = key_of(options.get("lang", ["zh"])[-1])
    language = language if language in LANGUAGES else "zh"
    found = templates(meant.get("template"), language)
    for template in found.values():
        if names := template.without_place():
            tell(language, "letter.template-places", name=template.name, names=names)
    asked = LettersAsked(folder, meant.get("due"), found)
    return asked, given._replace(options={"quiet": [""], **options})


def write_templates(output: Path | None, language: str, *, force: bool) -> None:
    """The shipped templates, to be edited in Word."""
    folder = output or Path()
    _no_file(folder)
    shipped = {template.name: template.data for template in templates(None, language).values()}
    _write_all(folder, shipped, language, force=force)


def _no_file(folder: Path) -> None:
    if folder.suffix.lower() == ".docx" or (folder.exists() and not folder.is_dir()):
        raise UsageError("letter.no-folder", path=folder)


def _write_all(
    folder: Path,
    files: Mapping[str, bytes],
    language: str,
    inputs: Sequence[Path] = (),
    *,
    force: bool = False,
) -> None:
    """Every file into the folder, or, where one of them is there already, none."""
    there = [] if force else [name for name in files if os.path.lexists(folder / name)]
    if there:
        names, more = tuple(there[:_NAMED]), len(there) - _NAMED
        told = Text("letter.exists-more", names=names, count=more) if more > 0 else names
        raise UsageError("letter.exists", folder=folder, names=told)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_bytes(folder / name, data, inputs)
        tell(language, "output.written", path=(folder / name).as_posix())
