"""Files that the page gives: marked and mended copies, reports, blank forms, the list of evidence, answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from clusterform import reports
from clusterform.errors import UsageError
from clusterform.finding import EVIDENCE_LIST
from clusterform.messages import Text
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings

if TYPE_CHECKING:
    from clusterform.answers import FilledForm
    from clusterform.page.session import Checked

Made = tuple[str, bytes]
"""The name that the file is kept under, and its bytes."""


def make(what: str, number: int, language: str, checked: Checked | None, checker: Checker) -> Made:
    """The same bytes as the command line gives. UsageError where there is none such, or nothing has been checked.

    `what`: a key of the tables below, or `blank:KIND.docx`; `number`: of the file in the report, from 0.
    """
    kind, _, name = what.partition(":")
    if kind == "blank":
        return _blank(name, checker)
    if checked is None:
        raise UsageError("app.nothing-checked")
    if kind == "report":
        return _report(name, checked)
    if kind == "answers-table":
        return _answers_table(checked, language)
    making = _OF_A_FILE.get(kind)
    if making is None or not 0 <= number < len(checked.files):
        raise UsageError("app.no-download", name=what)
    ending, data = making(checked, number, language)
    stem = checked.outcome.candidates[number].path.stem
    return f"{stem}.{Text(f'app.name.{kind}')[language]}{ending}", data


def _blank(name: str, checker: Checker) -> Made:
    from clusterform.forms.edition import newest_edition
    from clusterform.writing import blank, official_name

    kind, _, ending = name.rpartition(".")
    edition = checker.settings.edition or newest_edition()
    return f"{official_name(kind, edition)}.{ending}", blank(kind, ending, edition)


def _report(name: str, checked: Checked) -> Made:
    report = checked.outcome.report
    request = checked.request
    title = Text("report.title")[report.language]
    if not reports.FORMATS[name].binary:
        return f"{title}.{name}", "".join(reports.pieces(name, report, request)).encode()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "report"
        reports.save(name, report, request, path)
        return f"{title}.{name}", path.read_bytes()


def _annotated(checked: Checked, number: int, _language: str) -> Made:
    from clusterform.copies.annotate import annotated

    path = checked.outcome.candidates[number].path
    return annotated(path, checked.outcome.report, checked.files[number])


def _fixed(checked: Checked, number: int, language: str) -> Made:
    from clusterform.copies.fix import FixOptions, fixed

    candidate = checked.outcome.candidates[number]
    made = fixed(checked.checker, candidate.path, FixOptions(language=language), candidate.evidence)
    if not made.made:
        raise UsageError("app.nothing-to-fix")
    return made.ending, made.data


def _answers(checked: Checked, number: int, _language: str) -> Made:
    from clusterform.filling.extract import extracted

    data = json.dumps(extracted(_read(checked, number)), ensure_ascii=False, indent=2) + "\n"
    return ".json", data.encode()


def _evidence_list(checked: Checked, number: int, _language: str) -> Made:
    from clusterform.evidence.needs import rows_needed
    from clusterform.forms.lists import load_list
    from clusterform.writing import filled_list

    form = _read(checked, number)
    rows = rows_needed(form, load_list(form.edition, EVIDENCE_LIST))
    return ".docx", filled_list(EVIDENCE_LIST, "docx", form.edition, rows)


_OF_A_FILE: dict[str, Callable[[Checked, int, str], Made]] = {
    "annotated": _annotated,
    "fixed": _fixed,
    "answers": _answers,
    "evidence-list": _evidence_list,
}
"""What is made of one file: the ending of its name, behind a word for what it is, and its bytes."""


def _answers_table(checked: Checked, language: str) -> Made:
    from clusterform.batch.answers_table import extract_all, sheets
    from clusterform.writing.table import save_xlsx

    found = extract_all([checked.path], Settings(), 1, lambda _done, _total: None)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answers"
        save_xlsx(sheets(found.forms), path)
        return f"{Text('app.name.answers')[language]}.xlsx", path.read_bytes()


def _read(checked: Checked, number: int) -> FilledForm:
    path = checked.outcome.candidates[number].path
    return read_form(open_form(path), Settings(), path.stem)
