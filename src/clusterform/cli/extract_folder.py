"""What extract does with a folder: every form's answers in one table."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from clusterform.batch.answers_table import FolderAnswers, extract_all, one_sheet, readable, sheets
from clusterform.cli.common import in_both_languages, say, shown_progress, tell_left_out, write
from clusterform.cli.options import format_of, one_of
from clusterform.errors import UsageError
from clusterform.forms.edition import load_edition
from clusterform.messages import Text
from clusterform.output import replacing, writable
from clusterform.reports.encoding import fit_json
from clusterform.reports.summary import EXIT_UNREADABLE
from clusterform.settings import Settings
from clusterform.writing.table import as_csv, save_xlsx

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
        write([fit_json(readable(text), encoding)], output, found.checked)
        return
    if chosen == "csv":
        write([as_csv(one_sheet(found.forms))], output, found.checked)
    elif output is not None:
        with replacing(output, found.checked) as beside:
            save_xlsx(sheets(found.forms), beside)


def _tell(found: FolderAnswers) -> None:
    """What has no row, and why."""
    left = [*found.unread, *found.left]
    for item in left[:_TOLD]:
        tell_left_out(item.path.as_posix(), item.why)
    if len(left) > _TOLD:
        say(in_both_languages(Text("left.more", count=len(left) - _TOLD), " "), sys.stderr)
