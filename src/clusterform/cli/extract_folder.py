"""What extract does with a folder: every form's answers in one table."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clusterform.batch.answers_table import ExtractedForm, FolderAnswers, FormColumns, columns_of, extract_all
from clusterform.cli.common import in_both_languages, left_out_line, say, shown_progress, write
from clusterform.cli.options import format_of, one_of
from clusterform.errors import UsageError
from clusterform.fields import Address
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import short_name
from clusterform.messages import Text
from clusterform.output import replacing, writable
from clusterform.reports.encoding import fit_json
from clusterform.reports.summary import EXIT_UNREADABLE
from clusterform.settings import Settings
from clusterform.writing.table import ListTable, as_csv, save_xlsx

ENDINGS = {name: (name,) for name in ("xlsx", "csv", "json")}
_TOLD = 20


def extract_folder(
    folder: Path, output_format: str, output: Path | None, edition: str | None, jobs: int | None
) -> None:
    """Writes the table; SystemExit with 3 where some form could not be read."""
    writable(output)
    if output_format:
        one_of("--format", output_format, tuple(ENDINGS))
    chosen = format_of(output_format, output, ENDINGS, "json")
    if chosen == "xlsx" and output is None:
        raise UsageError("output.no-screen")
    if edition is not None:
        load_edition(edition)
    with shown_progress("zh", wanted=True) as progress:
        found = extract_all([folder], Settings(edition=edition), jobs, progress, whole=chosen == "json")
    if not found.forms and not found.unread:
        _tell(found)
        raise UsageError("left.none-to-read", path=folder)
    _write(found, chosen, output)
    _tell(found)
    if found.unread:
        raise SystemExit(EXIT_UNREADABLE)


def _write(found: FolderAnswers, chosen: str, output: Path | None) -> None:
    if chosen == "json":
        data = [{"path": harvest.path, **harvest.whole} for harvest in found.forms]
        encoding = "utf-8" if output is not None else sys.stdout.encoding or "utf-8"
        text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
        write([fit_json(_whole(text), encoding)], output, found.checked)
        return
    editions = sorted({harvest.edition for harvest in found.forms})
    heads = [columns_of(edition, form) for edition in editions for form in load_edition(edition).forms]
    if chosen == "csv":
        write([as_csv(_one_sheet(found, heads))], output, found.checked)
    elif output is not None:
        sheets = [_sheet(head, _of_kind(found, head), dated=len(editions) > 1) for head in heads]
        with replacing(output, found.checked) as beside:
            save_xlsx([sheet for sheet in sheets if sheet.rows], beside)


def _whole(text: str) -> str:
    """A file's name that is no text, as old Linux servers have them, by its bytes' escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _of_kind(found: FolderAnswers, heads: FormColumns) -> list[ExtractedForm]:
    return [h for h in found.forms if (h.edition, h.form) == (heads.edition, heads.form)]


def _sheet(heads: FormColumns, forms: list[ExtractedForm], *, dated: bool) -> ListTable:
    """The forms of one kind, each answer under its own head; `dated`: with the edition in the sheet's name."""
    name = short_name(heads.form, heads.edition).zh + (f" {heads.edition}" if dated else "")
    rows = tuple((_whole(h.path), *(h.cells.get(key, "") for key, _ in heads.columns)) for h in forms)
    return ListTable(name, ("文件", *(label for _, label in heads.columns)), rows)


def _one_sheet(found: FolderAnswers, heads: list[FormColumns]) -> ListTable:
    """All forms in one table: what both kinds ask for under one head, then what one of them asks for alone."""
    columns: dict[tuple[Address, str], None] = {}
    for head in heads:
        columns.update(dict.fromkeys(head.columns))
    labels = {(head.edition, head.form): dict(head.columns) for head in heads}
    rows = tuple(
        (
            _whole(harvest.path),
            short_name(harvest.form, harvest.edition).zh,
            *(
                harvest.cells.get(key, "") if labels[harvest.edition, harvest.form].get(key) == label else ""
                for key, label in columns
            ),
        )
        for harvest in found.forms
    )
    return ListTable("", ("文件", "表格", *(label for _, label in columns)), rows)


def _tell(found: FolderAnswers) -> None:
    """What has no row, and why."""
    left = [*found.unread, *found.left]
    for item in left[:_TOLD]:
        say(left_out_line(item.path.as_posix(), item.why), sys.stderr)
    if len(left) > _TOLD:
        say(in_both_languages(Text("left.more", count=len(left) - _TOLD), " "), sys.stderr)
