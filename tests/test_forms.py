"""Form definitions and editions as data: what they hold, and how a wrong one is answered."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from clusterform import data_files
from clusterform.errors import DataError, UsageError
from clusterform.fields import NUMERIC, Kind
from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.model import every_row, load_form, make_form
from clusterform.yaml_file import read_yaml

FORMS = ("application", "review")
RULES = Path(__file__).resolve().parents[1] / "rules"
BOX_GROUPS = (
    "leading_industry.chain_work",
    "leading_industry.sharing_work",
    "leading_industry.brand_work",
    "digital.service_work",
    "digital.pilot_work",
    "green.green_work",
    "openness.exchange_work",
    "governance.environment_work",
    "governance.public_services",
)
EVIDENCE_CODES = {
    "application": ["3.1", "3.2", "3.3", "5.3", "6.2", "7.1", "7.3"],
    "review": ["3.3", "5.3", "6.2", "7.1", "7.3"],
}


@pytest.mark.parametrize(("name", "count"), [("application", 123), ("review", 112)])
def test_every_field_is_there_and_knows_its_kind(name: str, count: int) -> None:
    form = load_form("2025", name)
    assert len(form.fields) == count
    assert all(row.kind is not None for _, _, row in form.leaf_rows())
    assert [s.number for s in form.sections] == list(range(10))


@pytest.mark.parametrize("name", FORMS)
def test_boxes_and_lists_ask_for_evidence(name: str) -> None:
    form = load_form("2025", name)
    groups = [p for p, f in form.fields.items() if f.options and all(o.evidence for o in f.options)]
    assert groups == list(BOX_GROUPS)
    monitoring = form.fields["green.carbon_monitoring"]
    assert [o.evidence for o in monitoring.options] == [True, False]
    assert monitoring.options[0].code == "5.1-①"
    assert form.fields["leading_industry.brand_work"].options[3].code == "2.3-④"
    codes = dict.fromkeys(f.evidence_code for f in form.fields.values() if f.evidence)
    assert list(codes) == EVIDENCE_CODES[name]
    pilots = form.fields["digital.pilots_national"]
    assert (pilots.evidence, pilots.evidence_names) == (False, ("试点示范项目",))


def test_a_code_means_the_same_in_both_forms() -> None:
    application, review = (
        {
            r.code: (s.key, r.key)
            for s in load_form("2025", name).sections
            for r in every_row(s.rows)
            if r.code
        }
        for name in FORMS
    )
    assert review.items() <= application.items()


@pytest.mark.parametrize("name", FORMS)
def test_ranges_follow_the_sort_of_figure(name: str) -> None:
    for path, field in load_form("2025", name).fields.items():
        if field.kind in {Kind.COUNT, Kind.COUNT_NAMES}:
            assert field.minimum == 0, path
        if field.kind in NUMERIC and re.search(r"增速|增长率|低率", field.label):
            assert (field.minimum, field.maximum) == (None, None), path
        elif field.unit == "%":
            assert (field.minimum, field.maximum) == (0, 100), path


@pytest.mark.parametrize("name", FORMS)
def test_only_open_rows_and_the_declaration_may_stay_blank(name: str) -> None:
    free = {path for path, field in load_form("2025", name).fields.items() if not field.required}
    declared = {"signature", "county_seal", "county_date", "opinion", "province_seal", "province_date"}
    others = {"application": {"target_other"}, "review": {"target_other", "done_other"}}[name]
    assert free == {f"declaration.{key}" for key in declared} | {f"plan.{key}" for key in others}


def test_columns_carry_the_edition_s_years() -> None:
    application, review = (load_form("2025", name).fields for name in FORMS)
    assert [c.label for c in application["green.co2"].columns] == ["2022 年", "2023 年", "2024 年"]
    assert [c.key for c in application["leading_industry.total_output"].columns] == ["2022", "2023", "2024"]
    assert application["innovation.standards"].columns[1].key == "2022/international/joined"
    assert application["innovation.standards"].columns[1].label == "2022 年 国际 参与数量"
    assert len(application["innovation.standards"].columns) == 24
    assert [c.label for c in review["plan.done_rd"].columns] == [
        "2022 年基准值",
        "2025 年目标值",
        "2025 年完成值",
    ]
    assert review["plan.target_openness"].group == "开放合作"
    assert review["plan.stage_1"].label == "（1）2025 年度"


def broken(change: Callable[[dict[str, Any]], object]) -> str:
    """What is said of the application form after a change to its data."""
    data = read_yaml(RULES / "editions" / "2025" / "forms" / "application.yaml")
    change(data)
    with pytest.raises(DataError) as caught:
        make_form(data, load_edition("2025"), "application.yaml")
    assert "application.yaml" in caught.value.zh
    assert re.search(r"有误：.*[\u4e00-\u9fff]", caught.value.zh), "the fault itself is told in Chinese"
    return str(caught.value)


def row(data: dict[str, Any], section: int, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(r for r in data["sections"][section]["rows"] if r["key"] == key)
    return found


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda d: row(d, 2, "smes").update(columns="reportd"),
            "unknown column set reportd; known: reported",
        ),
        (lambda d: row(d, 2, "smes").update(key="srdi"), "leading_industry: key srdi stands twice"),
        (lambda d: row(d, 1, "operator_phone").update(after="operater"), "after names operater"),
        (lambda d: row(d, 1, "department_phone").pop("kind"), "a row needs a kind"),
        (lambda d: row(d, 1, "area").update(kind="decimel"), "decimal"),
        (lambda d: row(d, 1, "area").update(lable="集群占地面积"), "lable: unknown key lable"),
        (lambda d: row(d, 1, "area").update(label="集群名称"), "label 集群名称 stands twice"),
        (lambda d: row(d, 2, "brand_work").update(code="2.2"), "code 2.2 stands twice"),
        (lambda d: row(d, 2, "brand_work").update(code=""), "asks for evidence needs a code"),
        (lambda d: row(d, 2, "brand_work").update(kind="text"), "options need the kind choice or choices"),
        (lambda d: row(d, 1, "industry_type").update(options=[]), "at least two options"),
        (
            lambda d: row(d, 1, "industry_type")["options"][1].update(key="primary"),
            "option primary stands twice",
        ),
        (lambda d: row(d, 3, "standards").pop("columns"), "a matrix needs columns"),
        (lambda d: d["sections"][1].update(number=2), "section 2 stands twice"),
        (lambda d: d["sections"][1].update(key="cover"), "section key cover stands twice"),
        (
            lambda d: d["column_sets"]["targets"][0].update(label="{base} 年基准值"),
            "{base}: the edition has no such",
        ),
        (
            lambda d: d["column_sets"]["targets"][0].update(label="{reported[3]} 年"),
            "{reported[3]}: the edition",
        ),
        (lambda d: d["figures"].update(years=["plan.smes"]), "figures names plan.smes, which is no row"),
        (
            lambda d: d["identity"].update(region=["cover.place"]),
            "identity names cover.place, which is no row",
        ),
    ],
)
def test_a_wrong_definition_is_named(change: Callable[[dict[str, Any]], object], said: str) -> None:
    assert said in broken(change)


def test_an_unknown_form_or_edition_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"Known: application、review\."):
        load_form("2025", "applicaton")
    with pytest.raises(UsageError, match=r"Known:.*2025"):
        load_form("1999", "application")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of rules/ in a temporary folder, which the program takes for its own."""
    shutil.copytree(RULES, tmp_path / "rules")
    caches = (edition_names, load_edition, load_form)
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    for loader in caches:
        loader.cache_clear()
    yield tmp_path / "rules"
    for loader in caches:
        loader.cache_clear()


def test_next_year_s_edition_is_a_folder_and_no_code(elsewhere: Path) -> None:
    new = elsewhere / "editions" / "2026"
    shutil.copytree(elsewhere / "editions" / "2025", new)
    edition = new / "edition.yaml"
    later = re.sub(r"\b20[0-9]{2}\b", lambda y: str(int(y[0]) + 1), edition.read_text(encoding="utf-8"))
    edition.write_text(later, encoding="utf-8")
    application = new / "forms" / "application.yaml"
    text = application.read_text(encoding="utf-8")
    assert text.count("工业软件采购金额（万元）") == 1
    application.write_text(
        text.replace("工业软件采购金额（万元）", "工业软件投入金额（万元）"), encoding="utf-8"
    )

    assert set(edition_names()) == {*(e.name for e in (RULES / "editions").iterdir()), "2026"}
    form = load_form("2026", "application")
    assert form.edition.years.reported == (2023, 2024, 2025)
    assert form.fields["digital.software_spending"].label == "工业软件投入金额（万元）"
    assert [c.key for c in form.fields["digital.software_spending"].columns] == ["2023", "2024", "2025"]
    assert form.fields["plan.stage_3"].label == "（3）2028 年度"
    assert "请填写截止到 2025 年底的数据" in form.guidance.items[5]
    done = load_form("2026", "review").fields["plan.done_rd"].columns
    assert [c.label for c in done] == ["2023 年基准值", "2026 年目标值", "2026 年完成值"]
    assert (
        load_form("2025", "application").fields["digital.software_spending"].label
        == "工业软件采购金额（万元）"
    )
