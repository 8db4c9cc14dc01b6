"""无 and 0 where there must be something, rates that lack an input, and criteria that cannot be judged."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from clusterform.answers import FilledForm, State, figure_of
from clusterform.engine import Outcome, run_rules
from clusterform.filling.read import fill_form
from clusterform.finding import FileReport, Severity
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form
from clusterform.parsers.docx.read import read_docx
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.book import Habit, laid_out
from support.book_files import by_openpyxl
from support.by_hand import Ticks, Written, changed
from support.forms import change, clean, write
from support.reading import check_file

WRONG = Path(__file__).parent / "data" / "wrong"
NONE = Written("无", State.NONE)
YEARS = ("2022", "2023", "2024")

# From the text of the issue and the notice, not from the definitions.
COVER = [f"cover.{key}" for key in ("cluster_name", "region", "department", "operator", "date", "contact")]
OFFICES = [
    "department",
    "department_contact",
    "department_phone",
    "operator",
    "operator_contact",
    "operator_phone",
]
ONCE = [*COVER, "basic_info.cluster_name", *(f"basic_info.{key}" for key in OFFICES), "basic_info.area",
        "leading_industry.average_growth"]  # fmt: skip
YEARLY = [
    *(
        f"leading_industry.{key}"
        for key in ("total_output", "sme_share", "main_share", "enterprises", "smes")
    ),
    "innovation.rd_intensity",
    "innovation.rd_spending",
]
LATER = ["leading_industry.output_growth", "innovation.rd_growth"]
APPLICATION = ["leading_industry.county_share", "innovation.employees", "innovation.rd_staff"]
HEADINGS = ["overview", "general_idea", "stage_1", "stage_2", "stage_3", "tasks", "safeguards"]
TARGETS = ["growth", "good_smes", "rd", "patents", "internet", "co2", "energy", "openness", "governance"]
NOUGHT = ["leading_industry.total_output", "leading_industry.enterprises", "leading_industry.smes"]


def never(form: str) -> Iterator[tuple[str, str | None]]:
    """Every place where 无 is no answer."""
    yield from ((path, None) for path in ONCE)
    yearly = YEARLY + (APPLICATION if form == "application" else [])
    yield from ((path, year) for path in yearly for year in YEARS)
    yield from ((path, year) for path in LATER for year in YEARS[1:])
    own = ["achievements", "problems"] if form == "application" else ["cultivation"]
    yield from ((f"plan.{key}", None) for key in [*HEADINGS, *own])
    yield from ((f"plan.target_{key}", column) for key in TARGETS for column in ("baseline", "target"))
    if form == "review":
        yield from ((f"plan.done_{key}", c) for key in TARGETS for c in ("baseline", "target", "done"))


@cache
def clean_form(form: str) -> FilledForm:
    file = WRONG.parents[2] / "examples" / f"{form}-clean.docx"
    return fill_form(read_docx(open_form(file)), load_form("2025", form))


def judged(form: str, changes: dict[tuple[str, str | None], Written]) -> Outcome:
    filled = clean_form(form)
    checker = Checker(Settings())
    return run_rules(changed(filled, changes), checker.rules_of().rules, checker.rules_of().terms)


def errors(report: FileReport | Outcome) -> list[tuple[str, str | None, str | None]]:
    return [(f.rule, f.label, f.column) for f in report.findings if f.severity is Severity.ERROR]


def rows(report: FileReport) -> set[str | None]:
    return {label for _, label, _ in errors(report)}


def test_none_for_every_criterion() -> None:
    report = check_file(WRONG / "none-for-every-criterion.docx")
    assert rows(report) >= {
        "集群占地面积（平方公里）",
        "集群总产值（亿元）",
        "集群总产值占所在县级行政区划工业总产值比例（%）",
        "集群内中小企业产值占集群总产值比例（%）",
        "集群主导产业产值占集群总产值比例（%）",
        "集群主导产业产值增速（%）",
        "近三年集群主导产业产值年均增速（%）",
        "集群企业数量（年度当前值）",
        "其中：集群中小企业数量（年度当前值）",
    }
    assert [u.rule for u in report.unjudged] == ["CF504", "CF505", "CF506", "CF507", "CF508"]


def test_none_for_a_name_and_for_the_output() -> None:
    assert ("CF118", "集群名称", None) in errors(check_file(WRONG / "none-for-name.docx"))
    found = errors(check_file(WRONG / "none-for-output.docx"))
    assert {year for _, label, year in found if label == "集群总产值（亿元）"} == {
        f"{year} 年" for year in YEARS
    }


def test_none_in_the_middle_year() -> None:
    found = errors(check_file(WRONG / "none-in-the-middle-year.docx"))
    assert found == [
        ("CF118", "集群中小企业研发投入强度（%）", "2023 年"),
        ("CF118", "集群中小企业研发经费总额（亿元）", "2023 年"),
        ("CF118", "集群中小企业研发经费增速（%）", "2023 年"),
        ("CF118", "集群中小企业研发经费增速（%）", "2024 年"),
    ]


def test_a_banned_industry_in_the_west() -> None:
    found = errors(check_file(WRONG / "west-banned-industry.docx"))
    assert found == [("CF503", "集群主导产业是否属于国家规定的禁止、限制和淘汰类产业", None)]


@pytest.mark.parametrize("form", ["application", "review"])
def test_none_is_no_answer(form: str) -> None:
    """CF118 says it, and no other rule says it again, not even as a warning."""
    before = {(f.rule, f.field, f.column) for f in judged(form, {}).findings}
    said = {}
    for path, column in never(form):
        outcome = judged(form, {(path, column): NONE})
        found = {(f.rule, f.field, f.column) for f in outcome.findings} - before
        said[path, column] = (
            ("CF118", path) in {f[:2] for f in found},
            {f[0] for f in found},
            outcome.crashed == [],
        )
    assert {place: told for place, told in said.items() if told != (True, {"CF118"}, True)} == {}


@pytest.mark.parametrize("form", ["application", "review"])
def test_every_other_row_may_be_none(form: str) -> None:
    """Each alone: nothing is said of the row itself, unless it is a rate that its inputs give."""
    fixed = set(never(form))
    rates = {"fdi_growth", "exports_growth", "cloud_share", "platform_share", "patents_per_10k"}
    rates |= {"energy_reduction", "co2_reduction"}
    fields = clean_form(form).fields
    written = [
        p
        for p in clean_form(form).answers
        if p not in fixed and fields[p[0]].kind not in {"choice", "choices"}
    ]
    for place in written:
        if place[0].split(".")[1] in rates:
            continue
        said = [f for f in judged(form, {place: NONE}).findings if f.rule == "CF118" and f.field == place[0]]
        assert said == [], place


@pytest.mark.parametrize("path", [*NOUGHT, "innovation.employees"])
@pytest.mark.parametrize("year", YEARS)
def test_nought_is_no_answer(path: str, year: str) -> None:
    found = judged("application", {(path, year): zero("application", path)}).findings
    assert ("CF118", path) in {(f.rule, f.field) for f in found if f.severity is Severity.ERROR}


def zero(form: str, path: str) -> Written:
    """0 as it stands in a cell of that row."""
    figure = figure_of(clean_form(form).answer(path, YEARS[0]))
    assert figure is not None
    return Written("0.00", State.FILLED, figure._replace(value=figure.value * 0))


WAYS = ["无", "无。", " 无 ", "“无”", "（无）"]


@pytest.mark.parametrize("text", WAYS)
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize("form", ["application", "review"])
def test_none_as_people_write_it(form: str, kind: str, text: str, tmp_path: Path) -> None:
    changes = {
        "set": {
            "cover.cluster_name": text,
            "basic_info.operator_phone": text,
            "leading_industry.enterprises@2022": text,
            "plan.target_rd@target": text,
            "plan.tasks": text,
        }
    }
    filled = clean(form)
    change(filled, changes)
    file = tmp_path / f"form.{kind}"
    file.write_bytes(
        by_openpyxl(laid_out(form, Habit(), filled)) if kind == "xlsx" else write(form, changes=changes)
    )
    found = errors(check_file(file))
    labels = {"集群名称", "联系方式", "集群企业数量（年度当前值）", "研发经费投入", "（三）重点任务"}
    assert {label for _, label, _ in found} == labels
    assert len(found) == len(labels)
    assert {rule for rule, *_ in found} == {"CF118"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("没有", "CF102"),
        ("暂无", "CF102"),
        ("/", "CF102"),
        ("无相关情况", "CF102"),
        ("1. 无\n2. 无", "CF118"),
    ],
)
def test_a_heading_with_nothing_under_it_but_a_denial(text: str, code: str, tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", changes={"set": {"plan.problems": text}}))
    assert errors(check_file(file)) == [(code, "三、存在的问题", None)]


@pytest.mark.parametrize(
    ("text", "variant"), [("无 13757012468", "没有联系人"), ("徐立 无", "没有电话"), ("无 无", "“无 无”"), ("无，无", "“无，无”")]
)  # fmt: skip
def test_a_contact_that_cannot_be_called(text: str, variant: str, tmp_path: Path) -> None:
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", changes={"set": {"cover.contact": text}}))
    found = [f for f in check_file(file).findings if f.severity is Severity.ERROR]
    assert [f.label for f in found] == ["联系人及联系电话"]
    assert variant in found[0].message


def test_a_criterion_that_is_not_judged_is_no_clearance(tmp_path: Path) -> None:
    """Whatever the severity of the blank was lowered to."""
    file = tmp_path / "form.docx"
    file.write_bytes(write("application", changes={"set": {"basic_info.area": ""}}))
    lowered = {"CF1": Severity.INFO}
    report = check_file(file, Settings(severities=lowered))
    assert errors(report) == []
    assert [(u.rule, u.label) for u in report.unjudged] == [("CF504", "集群占地面积（平方公里）")]
    assert check_file(file, Settings(select=("CF1",))).unjudged == ()  # not looked at: the settings say so


SINGLE = [key for key, item in clean_form("review").fields.items() if item.kind == "choice"]


@pytest.mark.parametrize("path", SINGLE)
def test_none_in_place_of_one_box_of_two_is_no_choice(path: str) -> None:
    found = judged("review", {(path, None): Written("无", State.NONE, Ticks(()))}).findings
    assert ("CF109", path) in {(f.rule, f.field) for f in found if f.severity is Severity.ERROR}


def test_none_beside_boxes_of_which_any_number_may_be_ticked() -> None:
    path = "openness.exchange_work"
    found = judged("review", {(path, None): Written("无", State.NONE, Ticks(()))}).findings
    assert [f.rule for f in found if f.field == path] == []
