"""Which form of which edition a file is: told by all its years, over every edition shipped."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from clusterform import data_files
from clusterform.errors import UnreadableError
from clusterform.filling.labels import label_index
from clusterform.filling.recognise import recognise
from clusterform.finding import Severity
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.limits import load_limits
from clusterform.forms.lists import load_summaries
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from clusterform.forms.ruleset import _ruleset
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from support.answers import change, clean
from support.forms import write
from support.typed import typed

RULES = Path(__file__).resolve().parents[1] / "rules"
BODY = "word/document.xml"
KINDS = ("application", "review")
TITLE, REVIEW = "中小企业特色产业集群申报表", "中小企业特色产业集群复核申报表"


def moved(text: str, years: int) -> str:
    """Every year of a text moved, those in a document's number aside."""
    return re.sub(r"(?<![0-9〔])20[12][0-9](?![0-9])", lambda y: str(int(y[0]) + years), text)


def of_another_year(form: str, years: int, **changes: str) -> bytes:
    """A form in which nothing is wrong but that all its years are others."""
    given, made = BytesIO(write(form, changes=dict(changes))), BytesIO()
    with ZipFile(given) as old, ZipFile(made, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, moved(data.decode(), years).encode() if item.filename == BODY else data)
    return made.getvalue()


def found(tmp_path: Path, data: bytes, settings: Settings | None = None) -> tuple[str, list[str]]:
    """The edition of the form, and the rules that report a mistake."""
    path = tmp_path / "表.docx"
    path.write_bytes(data)
    report = Checker(settings or Settings()).check(path)
    return report.edition, [f.rule for f in report.findings if f.severity is Severity.ERROR]


@pytest.mark.parametrize("years", [-3, -2, -1, 1, 2, 3])
@pytest.mark.parametrize("form", KINDS)
def test_the_form_of_a_year_not_shipped_is_one_finding(tmp_path: Path, form: str, years: int) -> None:
    assert found(tmp_path, of_another_year(form, years)) == ("", ["CF006"])


@pytest.mark.parametrize("form", KINDS)
def test_one_wrong_head_is_no_other_year(tmp_path: Path, form: str) -> None:
    head = {"replace_label": {"2023 年": "2021 年"}}
    edition, errors = found(tmp_path, write(form, changes=head))
    assert edition == "2025"
    assert "CF006" not in errors


@pytest.fixture
def with_2027(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A copy of rules/ with an edition more, whose years are two later."""
    shutil.copytree(RULES, tmp_path / "rules")
    new = tmp_path / "rules" / "editions" / "2027"
    shutil.copytree(RULES / "editions" / "2025", new)
    edition = new / "edition.yaml"
    edition.write_text(moved(edition.read_text(encoding="utf-8"), 2), encoding="utf-8")
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    kept = (
        edition_names,
        load_edition,
        load_form,
        load_limits,
        load_rules,
        load_summaries,
        label_index,
        _ruleset,
    )
    for loader in kept:
        loader.cache_clear()
    yield
    for loader in kept:
        loader.cache_clear()


@pytest.mark.usefixtures("with_2027")
@pytest.mark.parametrize("form", KINDS)
def test_each_form_is_known_by_its_own_years(tmp_path: Path, form: str) -> None:
    assert found(tmp_path, write(form))[0] == "2025"
    assert found(tmp_path, of_another_year(form, 2))[0] == "2027"
    assert found(tmp_path, of_another_year(form, 1)) == ("", ["CF006"])


@pytest.mark.usefixtures("with_2027")
def test_an_edition_that_is_named_is_the_only_one(tmp_path: Path) -> None:
    assert found(tmp_path, write("application"), Settings(edition="2025"))[0] == "2025"
    assert found(tmp_path, write("application"), Settings(edition="2027")) == ("", ["CF006"])


@pytest.mark.usefixtures("with_2027")
def test_a_form_without_heads_of_years_is_known_by_its_other_years(tmp_path: Path) -> None:
    heads = {"replace_label": {f"{year} 年": "数值" for year in (2022, 2023, 2024)}}
    assert found(tmp_path, write("application", changes=heads))[0] == "2025"


@pytest.mark.usefixtures("with_2027")
def test_where_all_heads_are_those_of_two_editions_other_labels_tell_or_else_the_newest_is_meant() -> None:
    heads = ["年度|2022年|2023年|2024年|2025年|2026年"]
    told = {
        label: recognise(typed(TITLE, heads, label)).edition.edition
        for label in ("2027 年目标值", "2029 年目标值", "")
    }
    assert told == {"2027 年目标值": "2025", "2029 年目标值": "2027", "": "2027"}


def test_figures_that_look_like_years_are_no_heads(tmp_path: Path) -> None:
    """2,027 people: a row with its official label holds answers, whatever they look like."""
    answers = clean("application")
    years = {"2022": "2027", "2023": "2060", "2024": "2069"}
    change(answers, {"set": {f"innovation.rd_staff@{year}": count for year, count in years.items()}})
    path = tmp_path / "form.docx"
    path.write_bytes(write("application", answers))
    form = read_form(open_package(path), Settings())
    assert [form.answer("innovation.rd_staff", year).text for year in years] == list(years.values())
    assert "heads-of-other-years" not in {o.what for o in form.observations}


SHARED = [
    "集群占地面积（平方公里）",
    "集群总产值（亿元）",
    "集群主导产业产值增速（%）",
    "集群中小企业研发投入强度（%）",
    "集群上云中小企业数量",
    "集群发展环境情况",
    "集群内中小企业有效发明专利拥有量",
]
"""Those of both forms."""


def taken_for(*blocks: str | list[str], sheet: str | None = None) -> str:
    """The form that a document is, or why it is none and what it is called."""
    try:
        return recognise(typed(*blocks, sheet=sheet)).form
    except UnreadableError as error:
        return f"{error.what} {error.title}".strip()


@pytest.mark.parametrize(
    ("heads", "others"),
    [
        (["年度|2022 年|2023年|2024年度"], ""),
        (["年度|2024年|2023年|2022年"], ""),  # the newest first
        (["年度|2022年|2020年|2024年"], ""),  # one head is wrong
        (["年度|2022年|2021年|2023年"], "2022、2021、2023"),  # two are
        (["年度|2023年|2024年|2022年"], "2023、2024、2022"),  # each stands elsewhere
        (["年度|2022年|2023年|2025年"], "2022、2023、2025"),  # the last one, of which the form is, is gone
        (["年度|2020年|2021年|2022年|2023年|2024年"], ""),  # five years, ours among them
        (["年度|2019年|2020年|2021年|2022年|2023年"], "2019、2020、2021、2022、2023"),
        (["年度|2024年|2025年|2026年|2027年|2028年"], "2024、2025、2026、2027、2028"),
        (["年度|2018年|2019年"], ""),  # two heads are not the form's
        (["年度|2018年|2019年", "年度|2022年|2023年|2024年"], ""),
        (["2019年|2020年|2021年"], ""),  # nothing says that these are heads
        (["-|-", "-|-", "年度|2019年|2020年|2021年"], "2019、2020、2021"),
        (["-|-", "-|-", "-|-", "年度|2019年|2020年|2021年"], ""),  # so far down they are answers
        (["年度|2022年|2023年|2024年", "年度|2019年|2020年|2021年"], ""),  # one table's against another's
        (["年度|2018年|2019年|2020年", "年度|2019年|2020年|2021年"], "2018、2019、2020"),
        (["年度|2024年"], ""),
    ],
)
def test_the_heads_of_years_tell_the_edition(heads: list[str], others: str) -> None:
    told = f"other-edition {TITLE}（{others} 年）" if others else "application"
    assert taken_for(TITLE, heads) == told


@pytest.mark.parametrize(
    ("labels", "is_other"),
    [
        (["方向|指标|2024 年基准值|2027 年目标值"], False),
        (["方向|指标|2023 年基准值|2026 年目标值"], True),
        (["方向|指标|2024 年基准值|2026 年目标值"], False),  # as many for as against
        (["2024 年基准值", "2027年目标", "2029年目标值"], False),
        (["2024 年基准值", "2029年目标", "2029年目标值"], True),  # two against one
        (["2024 年基准值", "2029年目标值", "2029 年目标值"], False),  # one and the same
        (["2024 年基准值", "2026年目标"], False),  # a stage's own
        (["2019年度"], False),  # a bare year may be any
        (["2023 年基准值", "年度|2022年|2023年|2024年"], False),  # the heads go before
        (["2023 年基准值", "年度|2022年|2023年"], False),
        (["2023 年基准值", "年度|2022年"], True),  # one is no row of heads
    ],
)
def test_without_heads_other_labels_with_years_tell_the_edition(labels: list[str], is_other: bool) -> None:
    assert taken_for(TITLE, labels) == (f"other-edition {TITLE}" if is_other else "application")


@pytest.mark.parametrize(
    ("blocks", "form"),
    [
        ([TITLE], "application"),
        ([REVIEW], "review"),
        (["中小企业特色", "产业集群", "", "复核申报表"], "review"),  # broken over lines
        (["中小企业特色", "产业集群", "表", "复核申报表"], "no-form 中小企业特色"),
        ([f"{'附' * 47}{TITLE}"], "application"),  # a line of 60 letters
        ([f"{'附' * 48}{TITLE}"], f"no-form {'附' * 48}{TITLE[:12]}"),
        ([f"{TITLE}填报说明"], f"no-form {TITLE}填报说明"),  # it goes on: no title
        (["", "\u3000 关于报送材料的函 ", "县局："], "no-form 关于报送材料的函"),
        ([TITLE, REVIEW, [*SHARED, "工业用水重复利用率（%）"]], "application"),  # a letter names both
        ([TITLE, REVIEW, [*SHARED, "是否发生变化"]], "review"),
        ([TITLE, REVIEW, ["年度|2022年|2023年|2024年"], ["类别|团体|2022年基准值"]], "application"),
        # The title is gone, eight labels are there.
        (["某表", [*SHARED, "工业用水重复利用率（%）"]], "application"),
        (["某表", [*SHARED, "是否发生变化"]], "review"),
        (["某表", [*SHARED, "工业用水重复利用率（%）", "类别"]], "application"),
        (["某表", SHARED], "unknown-form 某表"),
        (["某表", SHARED[:4]], "unknown-form 某表"),
        (["某表", SHARED[:3]], "no-form 某表"),
    ],
)
def test_a_form_is_known_by_its_title_or_else_by_its_labels(blocks: list[str | list[str]], form: str) -> None:
    assert taken_for(*blocks) == form


def test_a_sheet_s_name_is_not_what_a_file_that_is_no_form_is_called() -> None:
    assert taken_for("花名册", ["姓名|电话"], sheet="Sheet1") == "no-form 花名册"
