"""The answers of a folder's forms, read and not judged: one row a form, one column an answer, on a sheet for each kind of form or on one for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from clusterform.answers import FilledForm, shown_answer
from clusterform.batch.digest import answers_hash, copies_beside_originals, is_blank
from clusterform.batch.discover import Candidate, Left, NameConfidence, discover
from clusterform.batch.job import NoForm
from clusterform.batch.worker_pool import Loss, processors, run_tasks
from clusterform.errors import ClusterformError, UnreadableError
from clusterform.fields import Address
from clusterform.forms.edition import editions_meant, load_edition
from clusterform.forms.lists import short_name
from clusterform.forms.model import load_form
from clusterform.messages import Text
from clusterform.parsers.container.own_marks import copy_mark
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.snapshot import between_runs
from clusterform.text import fold
from clusterform.writing.table import ListTable

CellValue = str | Decimal
_OWN = "＋"
"""The key of the last column: the indicators that the county added."""


@dataclass(frozen=True, slots=True)
class ExtractedForm:
    """One form's answers: texts as shown, figures as numbers, ticks as the options' labels."""

    path: str
    edition: str
    form: str
    cells: dict[Address, CellValue]
    whole: dict[str, Any]
    """As `extract` gives them, where that is asked for."""
    copy: str = ""
    """What kind of copy made here it is; empty where it is none."""
    answers: bytes = b""
    """The same of two files with the same answers."""


@dataclass(frozen=True, slots=True)
class FolderAnswers:
    forms: tuple[ExtractedForm, ...]
    unread: tuple[Left, ...] = ()
    left: tuple[Left, ...] = ()
    checked: tuple[Path, ...] = ()
    """The files looked at, which no output may be written over."""


def extract_all(
    paths: Sequence[Path],
    settings: Settings,
    jobs: int | None,
    progress: Callable[[int, int], None],
    *,
    whole: bool = False,
) -> FolderAnswers:
    """The answers of every form below the paths, in their order. UsageError where there is nothing to read."""
    found = discover(paths)
    tasks = list(enumerate(found.candidates))
    results: dict[int, Any] = {}
    progress(0, len(tasks))
    for (number, _), result in run_tasks(tasks, partial(_reader, settings, whole), jobs or processors()):
        results[number] = result
        progress(len(results), len(tasks))
    forms, unread, left = [], [], list(found.left)
    copies = copies_beside_originals({n: r for n, r in results.items() if isinstance(r, ExtractedForm)})
    for number, candidate in enumerate(found.candidates):
        result = results[number]
        if number in copies:
            left.append(Left(candidate.path, copies[number]))
        elif isinstance(result, ExtractedForm):
            forms.append(result)
        elif isinstance(result, NoForm):
            left += [Left(candidate.path, result.why)] if result.why is not None else []
        else:
            broke = isinstance(result, Loss)
            why = Text("left.broke", kind=result.kind, detail=result.detail) if broke else result
            unread.append(Left(candidate.path, why))
    # What this program wrote itself may be written anew.
    others = (number for number, result in results.items() if result != NoForm())
    looked_at = tuple(found.candidates[number].path for number in sorted(others))
    return FolderAnswers(tuple(forms), tuple(unread), tuple(left), looked_at)


def columns_of(edition: str, form: str) -> dict[Address, str]:
    """Every answer that the form asks for, each with part, group, label and year."""
    definition = load_form(edition, form)
    parts = {section.key: section.heading or Text("section.cover").zh for section in definition.sections}
    beside = {
        path: definition.fields[above].label
        for path, row in definition.rows.items()
        if (above := f"{path.partition('.')[0]}.{row.after}") in definition.fields
    }
    columns: dict[Address, str] = {}
    for path, field in definition.fields.items():
        part = parts[path.partition(".")[0]]
        group = field.group if fold(field.group) != fold(field.label) else ""
        for place in field.places:
            texts = (part, group or beside.get(path, ""), field.label, field.column_label(place[1]) or "")
            columns[place] = "｜".join(text for text in texts if text)
    return columns | {(_OWN, None): Text("extract.own-targets").zh}


def _reader(
    settings: Settings, whole: bool
) -> Callable[[tuple[int, Candidate]], ExtractedForm | NoForm | ClusterformError]:
    with between_runs():
        for edition in editions_meant(settings.edition):
            for form in load_edition(edition).forms:
                load_form(edition, form)
    return lambda numbered: _read(numbered[1], settings, whole=whole)


def _read(task: Candidate, settings: Settings, *, whole: bool) -> Any:
    try:
        package = open_form(task.path)
        form = read_form(package, settings, task.path.stem)
    except UnreadableError as error:
        if error.what == "own-output" or (error.what == "no-form" and not task.called):
            return NoForm() if error.what == "own-output" else NoForm.called(error.title or error.zh)
        return error.text
    except ClusterformError as error:
        return error.text
    if not form.fields:
        return NoForm(Text("left.summary", form=short_name(form.form, form.edition)))
    if is_blank(form) and task.called < NameConfidence.OWN:
        return NoForm(Text("left.blank"))
    full: dict[str, Any] = {}
    if whole:
        from clusterform.filling.extract import extracted

        full = extracted(form)
    cells, copy = dict(_cells(form)), copy_mark(package)
    return ExtractedForm(task.name, form.edition, form.form, cells, full, copy, answers_hash(form))


def _cells(form: FilledForm) -> Iterator[tuple[Address, CellValue]]:
    for path, field in form.fields.items():
        for column, answer in form.places(path):
            plain = answer.decimal is not None and not answer.flaws
            value = answer.decimal if plain else shown_answer(field, answer)
            if value is not None and value != "":
                yield (path, column), value
    added = [
        f"{target.indicator}：{'、'.join(a.text for a in target.values.values() if a.text)}"
        for target in form.extra_targets
    ]
    if added:
        yield (_OWN, None), "；".join(added)


def sheets(forms: Sequence[ExtractedForm]) -> Iterator[ListTable]:
    """One of each kind of form that is there; of several editions with the year in its name."""
    dated = len({form.edition for form in forms}) > 1
    for (edition, kind), columns in _columns(forms).items():
        rows = tuple(
            (readable(form.path), *(form.cells.get(key, "") for key in columns))
            for form in forms
            if (form.edition, form.form) == (edition, kind)
        )
        name = short_name(kind, edition).zh + (f" {edition}" if dated else "")
        if rows:
            yield ListTable(name, (Text("head.file").zh, *columns.values()), rows)


def one_sheet(forms: Sequence[ExtractedForm]) -> ListTable:
    """All forms in one table: what both kinds ask for under one head, then what one of them asks for alone."""
    labels = _columns(forms)
    columns = dict.fromkeys(item for own in labels.values() for item in own.items())
    rows = tuple(
        (
            readable(form.path),
            short_name(form.form, form.edition).zh,
            *(
                form.cells.get(key, "") if labels[form.edition, form.form].get(key) == label else ""
                for key, label in columns
            ),
        )
        for form in forms
    )
    return ListTable("", (Text("head.file").zh, Text("head.form").zh, *(label for _, label in columns)), rows)


def readable(path: str) -> str:
    """A file's name that is no text, as old Linux servers have them, by its bytes' escapes."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _columns(forms: Sequence[ExtractedForm]) -> dict[tuple[str, str], dict[Address, str]]:
    """By edition and form, of all forms of the editions that there are."""
    editions = sorted({form.edition for form in forms})
    return {(year, form): columns_of(year, form) for year in editions for form in load_edition(year).forms}
