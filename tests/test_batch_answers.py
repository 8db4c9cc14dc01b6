"""The sheets that a folder's answers are laid out on, and a run's reports and tasks while it lasts."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clusterform.batch import worker_pool
from clusterform.batch.answers_table import ExtractedForm, columns_of, one_sheet, readable, sheets
from clusterform.batch.discover import Candidate
from clusterform.batch.job import JobResult, crashed_result, packed, stopped_result, unpacked
from clusterform.batch.reports_on_disk import ReportsOnDisk
from clusterform.batch.worker_pool import Loss, processors, run_tasks
from clusterform.errors import UnreadableError
from clusterform.finding import FileReport, Finding, Severity, Status
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.reports import GROWTH

NAME, OUTPUT = ("basic_info.cluster_name", None), ("leading_industry.total_output", "2024")


def extracted(path: str, form: str = "application", **cells: Any) -> ExtractedForm:
    return ExtractedForm(
        path, "2025", form, {NAME: cells["name"], OUTPUT: cells["output"]} if cells else {}, {}
    )


def test_a_column_says_part_group_label_and_year() -> None:
    columns = columns_of("2025", "application")
    assert [columns[path, key] for path, key in (
        ("cover.cluster_name", None),
        OUTPUT,
        ("basic_info.department_contact", None),
        ("innovation.platforms_national", None),
        ("plan.target_rd", "baseline"),
        ("＋", None),
    )] == [
        "封面｜集群名称",
        "二、主导产业情况｜集群总产值（亿元）｜2024 年",
        "一、基本情况｜县级行政区划中小企业主管部门｜联系人",
        "三、创新能力情况｜创新平台建设情况｜国家制造业创新中心或国家级创新平台名称及数量",
        "八、未来三年中小企业特色产业集群发展规划｜创新｜研发经费投入｜2024 年基准值",
        "自行增加的考核指标",
    ]  # fmt: skip
    assert len(set(columns.values())) == len(columns)


def test_a_sheet_for_each_kind_of_form_or_one_for_all() -> None:
    forms = [
        extracted("a.docx", name="甲", output=Decimal(7)),
        extracted("b.docx", "review", name="乙", output=Decimal(8)),
        extracted("c.docx"),
    ]
    assert [(sheet.name, [row[0] for row in sheet.rows]) for sheet in sheets(forms)] == [
        ("申报表", ["a.docx", "c.docx"]),
        ("复核申报表", ["b.docx"]),
    ]
    assert [sheet.name for sheet in sheets(forms[1:2])] == ["复核申报表"]
    first = next(sheets(forms))
    assert (first.heads[0], len(first.heads)) == ("文件", len(first.rows[0]))
    at = first.heads.index("二、主导产业情况｜集群总产值（亿元）｜2024 年")
    assert [row[at] for row in first.rows] == [Decimal(7), ""]
    whole = one_sheet(forms)
    assert whole.heads[:2] == ("文件", "表格")
    assert [row[:2] for row in whole.rows] == [
        ("a.docx", "申报表"),
        ("b.docx", "复核申报表"),
        ("c.docx", "申报表"),
    ]
    names = whole.heads.index("一、基本情况｜集群名称")
    assert [row[names] for row in whole.rows] == ["甲", "乙", ""]
    for row in whole.rows[:2]:
        assert len(row) == len(whole.heads)
        assert sum(cell != "" for cell in row) == 4


def test_a_name_that_is_no_text_is_shown_by_its_bytes() -> None:
    assert readable("东海.docx") == "东海.docx"
    assert readable(os.fsdecode(b"\xb6\xab.docx")) == "\\udcb6\\udcab.docx"


def report(path: str, status: Status, *findings: Finding) -> FileReport:
    return FileReport(path, None, "application", status, None, findings)


def kept(one: FileReport, prose: dict[str, str]) -> JobResult:
    return JobResult(packed(one), b"", packed(prose))


def test_reports_come_back_by_number_with_what_was_found_across_forms() -> None:
    """A file that passed fails by an error or a warning across forms that it must change for; one that could not be read stays that."""
    held = ReportsOnDisk()
    files = [
        report("a", Status.PASS),
        report("b", Status.PASS, GROWTH),
        report("c", Status.UNREADABLE),
        report("d", Status.PASS),
        report("e", Status.PASS),
    ]
    for number in (2, 0, 1, 4, 3):
        held.add(number, kept(files[number], {"text": str(number)}))
    assert [held.report(n) for n in range(5)] == list(held) == files
    assert [held.prose(n) for n in range(5)] == [{"text": str(n)} for n in range(5)]
    held.leave_out(4)
    assert (len(held), files[0] in held, files[4] in held) == (4, True, False)
    across = GROWTH._replace(rule="CF802", section=None, field=None, label=None, column=None)
    told = across._replace(severity=Severity.MANUAL)
    held.count(
        [across._replace(changes=("b", "c")), told._replace(changes=("a",)), across._replace(changes=("z",))]
    )
    found = {file.path: file for file in held}
    assert {path: file.status for path, file in found.items()} == {
        "a": Status.PASS,
        "b": Status.FAIL,
        "c": Status.UNREADABLE,
        "d": Status.PASS,
    }
    assert [[finding.rule for finding in found[path].findings] for path in "abcd"] == [
        ["CF802"],
        ["CF802", GROWTH.rule],
        ["CF802"],
        [],
    ]


@pytest.mark.parametrize("together", [True, False])
def test_what_becomes_of_a_file_whose_check_broke_or_took_too_long(together: bool) -> None:
    checker, task = Checker(Settings(batch=together)), Candidate(Path("a.docx"))
    broken = crashed_result(checker, task, "ZeroDivisionError", "ab")
    stopped = stopped_result(checker, task, UnreadableError("cannot-open", "left.unread"), "ab")
    reports: list[FileReport] = [unpacked(each.report) for each in (broken, stopped)]
    assert [one.status for one in reports] == [Status.INCOMPLETE, Status.UNREADABLE]
    assert [(one.sha256, one.path) for one in reports] == [("ab", "a.docx")] * 2
    assert [(skipped.rule, skipped.reason) for skipped in reports[0].crashed] == [
        ("CF001", "ZeroDivisionError")
    ]
    assert (broken.keep, stopped.keep) == (False, False)


def test_without_workers_each_loss_costs_its_own_task(monkeypatch: pytest.MonkeyPatch) -> None:
    def setup() -> Any:
        def work(task: Any) -> Any:
            if task == "memory":
                raise MemoryError
            return 6 // task

        return work

    monkeypatch.setattr(worker_pool.processes, "can_start", lambda: False)
    assert list(run_tasks([1, 0, "memory", 3], setup, 2)) == [
        (1, 6),
        (0, Loss("died", "ZeroDivisionError: integer division or modulo by zero")),
        ("memory", Loss("memory")),
        (3, 2),
    ]


@pytest.mark.parametrize(
    ("affinity", "count", "used"), [({0, 1, 2}, 8, 3), (set(), 8, 1), (None, 8, 8), (None, None, 1)]
)
def test_how_many_processors_may_be_used(
    affinity: set[int] | None, count: int | None, used: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that the system lets this process have, where it tells; else all there are, and one at least."""
    if affinity is None:
        monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    else:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _: affinity, raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: count)
    assert processors() == used
