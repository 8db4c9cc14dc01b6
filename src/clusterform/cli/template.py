"""The command that writes blank forms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from clusterform.batch.run import How, check_all
from clusterform.cli.common import shown_progress, tell, tell_left_out
from clusterform.cli.options import format_of, key_of, one_of
from clusterform.cli.typer_commands import EditionOption, ForceOption, LangOption, argument, option
from clusterform.data_files import templates_file
from clusterform.errors import UsageError
from clusterform.finding import EVIDENCE_LIST
from clusterform.forms.edition import newest_edition
from clusterform.forms.lists import list_kinds, load_list
from clusterform.messages import Text
from clusterform.output import refuse_existing, write_bytes
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from clusterform.words import words
from clusterform.writing import ENDINGS, blank, filled_list, known_kind, official_name

if TYPE_CHECKING:
    from clusterform.forms.lists import SummaryDef


def template(
    kind: Annotated[str, argument("help.template.kind", metavar="KIND")],
    file_format: Annotated[str, option("help.template.format", "--format", callback=key_of)] = "",
    output: Annotated[Path | None, option("help.template.output", "-o", "--output")] = None,
    source: Annotated[Path | None, option("help.template.from", "--from")] = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """A form, a summary or the list of evidence."""
    for called, write, made_as in (
        ("subjects.letter", _letters, "docx"),
        ("subjects.reference", _reference, "yaml"),
    ):
        if kind in words(called):
            one_of("--format", file_format or made_as, (made_as,))
            if source is not None:
                raise UsageError("option.from")
            write(output, lang, force=force)
            return
    year = edition or newest_edition()
    kind = known_kind(kind, year)
    named = None if output is None or output.is_dir() or not output.suffix else output
    chosen = format_of(file_format, named, ENDINGS, "docx")
    made = blank(kind, chosen, year)
    target = _target(output, f"{official_name(kind, year)}.{chosen}")
    refuse_existing(target, force=force)
    read: list[Path] = []
    if source is not None:
        made, read = _prefilled(kind, chosen, year, source, edition)
    write_bytes(target, made, read)
    tell(lang, "output.written", path=target)


def _letters(output: Path | None, lang: str, *, force: bool) -> None:
    """The templates of letters: Word files both, with nothing to fill in yet."""
    from clusterform.cli.letter import write_templates

    write_templates(output, lang, force=force)


def _reference(output: Path | None, lang: str, *, force: bool) -> None:
    """The file of industry averages that --reference takes, with figures to be replaced."""
    target = _target(output, Text("reference.file")[lang])
    refuse_existing(target, force=force)
    write_bytes(target, templates_file("rules", f"reference.{lang}.yaml").read_bytes())
    tell(lang, "output.written", path=target)


def _prefilled(
    kind: str, file_format: str, edition: str, source: Path, read_as: str | None
) -> tuple[bytes, list[Path]]:
    """The list of evidence that a form needs, or a summary of a folder's forms: of the edition `read_as`, or as each tells.

    With the files that were read for it.
    """
    from clusterform.evidence.needs import rows_needed
    from clusterform.forms.lists import SummaryDef

    if kind not in list_kinds(edition) or (kind == EVIDENCE_LIST) == source.is_dir():
        raise UsageError("option.from")
    settings, listed = Settings(edition=read_as, batch=source.is_dir()), load_list(edition, kind)
    if isinstance(listed, SummaryDef):
        rows, read = _summary_lines(listed, settings, source)
    else:
        form = read_form(open_form(source), settings, source.stem)
        rows, read = rows_needed(form, listed), [source]
    return filled_list(kind, file_format, edition, rows), read


def _summary_lines(
    summary: SummaryDef, settings: Settings, source: Path
) -> tuple[list[tuple[str, ...]], list[Path]]:
    """A line for each cluster of the folder, and the files that were read; what could not be is told."""
    from clusterform.batch.summary_rows import not_listed, summary_rows

    with shown_progress("zh", wanted=True) as progress:
        outcome = check_all([source], Checker(settings), How(across=False), progress)
    if outcome.report.unfinished:
        raise KeyboardInterrupt
    rows = summary_rows(summary, outcome.digests)
    if not rows:
        raise UsageError("summary.none-to-list", path=source)
    for path, why in not_listed(summary, outcome.digests):
        tell_left_out(path, why)
    for item in outcome.left:
        tell_left_out(item.path.as_posix(), item.why)
    return rows, [source, *outcome.checked, *(item.path for item in outcome.left)]


def _target(output: Path | None, name: str) -> Path:
    """The file to write: under its official name unless another was given, and never without an ending."""
    if output is None or output.is_dir():
        return (output or Path()) / name
    return output if output.suffix else output.with_name(output.name + Path(name).suffix)
