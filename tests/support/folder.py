"""A province's folder written from a few lines of data: forms by cluster and region, summaries by their rows."""

from __future__ import annotations

import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl

from clusterform.batch.digest import Digest
from clusterform.batch.discover import Candidate, NameConfidence
from clusterform.batch.folder import judge_folder
from clusterform.batch.job import NoForm, examined, unpacked
from clusterform.engine import Outcome
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.forms import write

TITLES = {
    "recommendation-summary": "2025年度中小企业特色产业集群推荐汇总表",
    "review-summary": "2022年度中小企业特色产业集群复核情况汇总表",
}


def form_bytes(form: str, cluster: str, region: str, change: Mapping[str, Any] | None = None) -> bytes:
    """A clean form of that cluster. `change` as in tests/cases/README.md."""
    changes = dict(change or {})
    named = {"cover.cluster_name": cluster, "basic_info.cluster_name": cluster, "cover.region": region}
    changes["set"] = {**named, **changes.get("set", {})}
    return write(form, changes=changes)


def table_docx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A Word file with a title and one table."""
    document = docx.Document()
    document.add_paragraph(title)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for number, texts in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, texts, strict=True):
            cell.text = text
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def table_xlsx(title: str, rows: Sequence[Sequence[str]]) -> bytes:
    """A workbook with the title in a merged row above the table."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def summary_bytes(
    form: str, rows: Sequence[Mapping[str, str]], ending: str, title: str | None = None
) -> bytes:
    """A summary; its heads are the keys of its first row."""
    heads = list(rows[0])
    texts = [heads, *([row.get(head, "") for head in heads] for row in rows)]
    made = table_xlsx if ending == "xlsx" else table_docx
    return made(TITLES[form] if title is None else title, texts)


def write_folder(folder: Path, data: Mapping[str, Any]) -> None:
    """The files of a batch case, see tests/cases/README.md."""
    for number, item in enumerate(data.get("forms", ()), 1):
        target = folder / item.get("file", f"{number:02}.docx")
        target.parent.mkdir(parents=True, exist_ok=True)
        if "copy" in item:
            shutil.copy(folder / item["copy"], target)
        elif "text" in item:
            target.write_text(item["text"], encoding="utf-8")
        else:
            form = item.get("form", "application")
            target.write_bytes(form_bytes(form, item["cluster"], item["region"], item.get("change")))
    for item in data.get("summaries", ()):
        target = folder / item["file"]
        ending = target.suffix.removeprefix(".")
        target.write_bytes(summary_bytes(item["form"], item["rows"], ending, item.get("title")))


def judged(folder: Path, province: str | None = None) -> Outcome:
    """What the rules across forms say of a folder, every file checked in this process."""
    checker = Checker(Settings(batch=True))
    digests: list[Digest] = []
    texts: list[dict[str, str]] = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        result = examined(checker, Candidate(path, NameConfidence.OWN))
        assert not isinstance(result, NoForm)
        digests.append(unpacked(result.digest)._replace(path=path.relative_to(folder).as_posix()))
        texts.append(unpacked(result.prose))
    return judge_folder(digests, checker, texts.__getitem__, province)
