"""`clusterform fill` into Word: whatever the blank form looks like, the answers are read back as they were given."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from clusterform.answers import CountNames, FilledForm, TicksAnswer, ticks_of
from clusterform.errors import DataError, UsageError
from clusterform.fields import Field, Kind
from clusterform.filling.convert import convert
from clusterform.filling.extract import extracted
from clusterform.filling.pieces import Piece
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import Package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import blank, filled
from clusterform.writing.answers.given_form import given_form, read_answers
from support.answers import Filled
from support.dress import DRESSES, dressed, strict
from support.encodings import ENCODINGS, UNDECIDED
from support.forms import Ink, Layout, write
from support.metamorphic import FORMS, rewritten
from support.ooxml import docx, p
from support.reading import check_file
from support.resave import converted

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
LAYOUTS = get_args(Layout)
GROUPS = {Kind.CHOICE, Kind.CHOICES}


@cache
def answers(form: str) -> FilledForm:
    return read_answers(EXAMPLES / f"answers-{form}.yaml", "2025")


@cache
def own(form: str) -> bytes:
    return blank(form, "docx", "2025")


def empty(form: str, layout: Layout = "notice", ink: Ink | None = None) -> bytes:
    """A blank of another make."""
    return write(form, Filled(), layout=layout, ink=ink)


def read(data: bytes) -> FilledForm:
    return read_form(Package(data), Settings())


def fill(given: FilledForm, data: bytes) -> bytes:
    return filled(given, "docx", Package(data), "a.yaml")


def placeless(data: dict[str, Any]) -> Any:
    """What must be the same wherever an answer stands: of boxes their ticks, of 数量 and 名称 the two halves."""
    if isinstance(data, list):
        return [placeless(item) for item in data]
    if not isinstance(data, dict):
        return data
    kept = {key: placeless(value) for key, value in data.items() if key not in {"place", "number"}}
    if "undecided" in kept or (isinstance(kept.get("value"), dict) and "names" in kept["value"]):
        del kept["text"]
    return kept


def told(data: bytes) -> Any:
    return placeless(extracted(read(data)))


def again(data: bytes, into: bytes) -> bytes:
    """The answers of one form in another blank."""
    return fill(given_form(extracted(read(data)), "a.json", "2025"), into)


@pytest.mark.parametrize("form", FORMS)
def test_the_own_blank_filled_is_clean(form: str, tmp_path: Path) -> None:
    path = tmp_path / "申报 表.docx"
    path.write_bytes(fill(answers(form), own(form)))
    report = check_file(path)
    found = [(f.rule, f.field, f.message) for f in report.findings if f.severity in {"error", "warning"}]
    assert found == []
    assert told(path.read_bytes()) == told(write(form))


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", FORMS)
def test_extract_fill_extract_in_every_layout(form: str, layout: Layout) -> None:
    filled_form = write(form, layout=layout)
    want = told(filled_form)
    assert told(again(filled_form, own(form))) == want
    assert told(again(filled_form, empty(form, layout))) == want
    assert told(fill(answers(form), empty(form, layout))) == told(fill(answers(form), own(form)))


@pytest.mark.parametrize("name", ENCODINGS)
def test_a_box_is_ticked_as_the_blank_draws_it(name: str) -> None:
    ink = Ink(encodings=(ENCODINGS[name],))
    made = fill(answers("application"), empty("application", ink=ink))
    assert told(made) == told(write("application"))


LETTERS = st.sampled_from(
    "集群产业甲乙丙省县一二三0123456789aZ<>&\"'（）()，。；、%·—-+=@#~*/\\ 　\t“”《》㎡①é😀𠮷"
)
WORDS = st.builds("{}{}".format, st.sampled_from("某甲乙A"), st.text(LETTERS, max_size=30))
PROSE = st.lists(WORDS, min_size=1, max_size=4).map("\n".join)
FLAWED = st.sampled_from(
    ["无", "/", "—", "12.5%", "约12", "1,234.50", "１２．５", "12 .5", "3家", "0", "一百"]
)
AMOUNT = st.decimals(-999, 99999, places=2).map("{:.2f}".format) | FLAWED
COUNTED = st.builds("数量：{}个 名称：{}".format, st.integers(0, 20), WORDS) | st.sampled_from(["无", "/"])
DATES = st.dates(date(2020, 1, 1), date(2028, 1, 1)).map(lambda d: f"{d.year}年{d.month}月{d.day}日")
BY_KIND = {
    Kind.DECIMAL: AMOUNT,
    Kind.COUNT: st.integers(0, 99999).map(str) | FLAWED,
    Kind.TARGET: AMOUNT | WORDS,
    Kind.PROSE: PROSE,
    Kind.FORMULA: WORDS.map("能耗={}".format),
    Kind.DATE: DATES,
    Kind.COUNT_NAMES: COUNTED,
    Kind.CONTACT: st.sampled_from(["张三 0570-6018826", "0570-6018826", "张三"]),
    Kind.SEAL: st.just("某局"),
}


def one_answer(item: Field) -> st.SearchStrategy[Any]:
    """A valid answer of a field, or one of the mistakes people make; as the reader shows it."""
    if item.kind in GROUPS:
        return st.lists(st.sampled_from([o.key for o in item.options]), unique=True)
    row = load_form("2025", FORM_OF[item.path]).rows[item.path]
    return BY_KIND.get(item.kind, WORDS).map(lambda text: convert(item, row, [Piece(text)]).text)


FORM_OF = {path: form for form in FORMS for path in load_form("2025", form).fields}


@st.composite
def some_answers(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A form, and answers to some of its fields."""
    form = draw(st.sampled_from(FORMS))
    fields = load_form("2025", form).fields
    paths = draw(st.lists(st.sampled_from(sorted(fields)), min_size=5, max_size=30, unique=True))
    drawn: dict[str, Any] = {}
    for path in paths:
        columns = [c.key for c in fields[path].columns]
        value = one_answer(fields[path])
        drawn[path] = {c: draw(value) for c in columns[:6]} if columns else draw(value)
    return form, drawn


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(some_answers(), st.sampled_from(["own", *LAYOUTS]), st.sampled_from(sorted(ENCODINGS)))
def test_any_answers_are_read_back(drawn: tuple[str, dict[str, Any]], layout: Any, boxes: str) -> None:
    form, data = drawn
    ink = Ink(encodings=(ENCODINGS[boxes],))
    into = own(form) if layout == "own" else empty(form, layout, ink)
    wanted = given_form({"form": form, "answers": data}, "a.json", "2025")
    tried = {
        path
        for (path, _), answer in wanted.answers.items()
        if isinstance(answer, TicksAnswer) and len(answer.ticked) > 1 and not ENCODINGS[boxes].all_told
    }
    kept = {address: answer for address, answer in wanted.answers.items() if address[0] not in tried}
    made = read(fill(wanted.with_answers(kept), into))
    for path, value in data.items():
        item = made.fields[path]
        if item.kind in GROUPS:
            ticks = ticks_of(made.answer(path))
            assert ticks is not None
            assert path in tried or set(ticks.ticked) == set(value)
            continue
        for column, text in value.items() if isinstance(value, dict) else [(None, value)]:
            answer = made.answer(path, column)
            given_there = wanted.answer(path).value
            if item.kind is Kind.COUNT_NAMES and isinstance(given_there, CountNames):
                assert isinstance(answer.value, CountNames)
                assert (answer.value.count_text, answer.value.names) == (
                    given_there.count_text,
                    given_there.names,
                )
            else:
                assert answer.text == text


def test_mistakes_are_restored_as_they_were() -> None:
    changes = {
        "set": {
            "leading_industry.total_output": {"2022": "约68.4", "2023": "77，2", "2024": ""},
            "leading_industry.average_growth": "14.03%",
            "governance.alliances": {"count": "2家", "names": "甲、乙、丙"},
            "basic_info.accidents@remark": "二〇二三年发生一起火灾",
            "openness.overseas_branches": "3家",
            "cover.contact": "方晓雯",
        },
        "tick": {"basic_info.accidents": ["yes"], "basic_info.industry_type": ["primary"]},
        "untick": {"governance.public_services": ["information", "startups", "training", "finance"]},
        "add_row": {"plan.target_patents": ["海外发明专利", "12件", "30件"]},
    }
    wrong = write("application", changes=changes)
    for into in (own("application"), empty("application"), empty("application", "stacked")):
        made = again(wrong, into)
        assert told(made) == told(wrong)


def test_rows_and_lines_of_the_countys_own() -> None:
    data = {
        "form": "application",
        "added_targets": [
            {"table": "targets", "direction": "创新", "indicator": indicator, "values": {"target": figure}}
            for indicator, figure in (("海外发明专利", "30件"), ("研发机构", "12家"))
        ]
        + [{"table": "targets", "indicator": "党建", "values": {"baseline": "1个", "target": "3个"}}],
        "evidence": [
            {"code": "2.1-①", "title": "图谱", "kind": "申报主体自我声明", "file": "图谱.pdf", "pages": "1"}
        ],
    }
    wanted = given_form(data, "a.json", "2025")
    for into in (own("application"), empty("application"), empty("application", "stacked")):
        made = read(fill(wanted, into))
        rows = [
            (t.direction, t.indicator, {k: a.text for k, a in t.values.items() if a.text})
            for t in made.extra_targets
        ]
        assert ("plan.innovation_targets", "海外发明专利", {"target": "30件"}) in rows
        assert ("plan.innovation_targets", "研发机构", {"target": "12家"}) in rows
        assert ("", "党建", {"baseline": "1个", "target": "3个"}) in rows
        assert ("2.1-①", "图谱", "图谱.pdf") in [(e.code, e.title, e.file) for e in made.evidence or ()]


@pytest.mark.parametrize("dress", [*DRESSES, "strict"])
def test_the_blank_may_wear_any_dress(dress: str) -> None:
    """Content controls, text boxes, tracked changes, hidden rows … round the places to write in."""
    plain = empty("application")
    if dress == "strict":
        into = rewritten(plain, strict, every_part=True)
    else:
        into = rewritten(plain, lambda xml: dressed(xml, dress))
    assert told(fill(answers("application"), into)) == told(write("application"))


def test_nothing_else_in_the_file_changes() -> None:
    into = own("application")
    data = {
        "form": "application",
        "answers": {"basic_info.area": "18.60", "basic_info.industry_type": ["primary"]},
    }
    made = fill(given_form(data, "a.json", "2025"), into)
    before, after = (zipfile.ZipFile(io.BytesIO(x)) for x in (into, made))
    for old, new in zip(before.infolist(), after.infolist(), strict=True):
        assert (old.filename, old.date_time, old.compress_type, old.external_attr) == (
            *(new.filename, new.date_time, new.compress_type, new.external_attr),
        )
        assert old.filename == "word/document.xml" or before.read(old) == after.read(new)
    paragraphs = [
        [etree.tostring(p, method="c14n") for p in etree.fromstring(z.read("word/document.xml")).iter("{*}p")]
        for z in (before, after)
    ]
    assert len(paragraphs[0]) == len(paragraphs[1])
    changed = [new.decode() for old, new in zip(*paragraphs, strict=True) if old != new]
    assert len(changed) == 2
    assert "18.60" in changed[0]
    assert "☑" in changed[1]
    assert changed[1].count('w14:val="1"') == 1
    assert made == fill(given_form(data, "a.json", "2025"), into)


def test_text_takes_the_format_of_its_place() -> None:
    data = {
        "form": "application",
        "answers": {"cover.operator": " 甲 & <乙>  丙 ", "plan.overview": "某一\n某二"},
    }
    made = fill(given_form(data, "a.json", "2025"), own("application"))
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml"))
    (text,) = [t for t in root.iter("{*}t") if t.text == " 甲 & <乙>  丙 "]
    assert text.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
    assert not [e for e in text.iterancestors("{*}sdt") for _ in e.iter("{*}showingPlcHdr")]
    lines = [t.getparent().getparent() for t in root.iter("{*}t") if t.text in {"某一", "某二"}]
    styles = [p.find("{*}pPr/{*}pStyle").get(p.find("{*}pPr/{*}pStyle").keys()[0]) for p in lines]
    assert styles == ["Prose", "Prose"]


def refused(data: dict[str, Any], into: bytes) -> str:
    with pytest.raises(DataError) as why:
        fill(given_form({"form": "application", **data}, "a.json", "2025"), into)
    return why.value.zh


def test_an_answer_without_a_place_is_told() -> None:
    gone = write("application", Filled(), changes={"drop_row": ["basic_info.area"]})
    told_why = refused({"answers": {"basic_info.area": "18.60", "basic_info.operator": "甲"}}, gone)
    assert "basic_info.area（集群占地面积（平方公里））：空白表里找不到这一栏的位置" in told_why
    assert "operator" not in told_why
    lost = write("application", Filled(), changes={"drop_option": {"basic_info.industry_type": ["primary"]}})
    assert "没有选项“第一产业”" in refused({"answers": {"basic_info.industry_type": ["primary"]}}, lost)


def test_what_cannot_be_read_back_is_not_written() -> None:
    told_why = refused({"answers": {"plan.overview": "甲\n二、发展成效\n乙"}}, own("application"))
    assert "plan.overview" in told_why
    assert "会读成“甲”" in told_why


def test_a_blank_that_holds_other_answers() -> None:
    other = write("application", changes={"set": {"cover.operator": "别处"}})
    assert "已填有“别处”" in refused({"answers": {"cover.operator": "甲"}}, other)
    assert "已填有“第二产业”" in refused({"answers": {"basic_info.industry_type": ["primary"]}}, other)
    same = write("application")
    assert told(fill(answers("application"), same)) == told(same)


def test_a_box_no_program_can_tick() -> None:
    into = empty("application", ink=Ink(encodings=(UNDECIDED["ActiveX"],)))
    said = refused({"answers": {"basic_info.industry_type": ["primary"]}}, into)
    assert "basic_info.industry_type" in said


def test_another_form_or_none_is_no_blank() -> None:
    with pytest.raises(UsageError, match="kind review"):
        fill(answers("application"), own("review"))
    with pytest.raises(UsageError, match="no form of edition 2025"):
        fill(answers("application"), docx(p("会议通知")))


def command(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clusterform", *map(str, arguments)],
        check=False,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1"},
    )


def test_the_command(tmp_path: Path) -> None:
    answers_file = EXAMPLES / "answers-application.yaml"
    into, made = tmp_path / "空 白.docx", tmp_path / "申报 表.docx"
    into.write_bytes(empty("application"))
    done = command("fill", answers_file, "-o", made, "--blank", into)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"已写入：{made}\n")
    assert told(made.read_bytes()) == told(write("application"))
    assert into.read_bytes() == empty("application")
    old = tmp_path / "旧表.doc"
    old.write_bytes(b"{\\rtf1 }")
    odd = tmp_path / "a.yaml"
    odd.write_text("form: application\nanswers: {basic_info.aera: 1}\n", encoding="utf-8")
    refusals: dict[tuple[object, ...], tuple[int, str]] = {
        (answers_file, "-o", made): (2, "--force"),
        (answers_file, "-o", into, "--blank", into, "--force"): (2, "不能是输入的文件"),
        (answers_file, "-o", tmp_path / "b.pdf"): (2, ".docx 或 .xlsx"),
        (answers_file, "-o", tmp_path / "b.xlsx", "--blank", into): (2, "应当相同"),
        (answers_file, "-o", tmp_path / "b.docx", "--blank", old): (2, "另存为 .docx"),
        (answers_file, "-o", tmp_path / "b.docx", "--blank", odd): (3, "a.yaml：内容是纯文本"),
        (odd, "-o", tmp_path / "b.docx"): (2, "basic_info.area"),
    }
    for arguments, (status, said) in refusals.items():
        done = command("fill", *arguments)
        assert (done.returncode, done.stdout) == (status, ""), arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "a.yaml",
        "旧表.doc",
        "申报 表.docx",
        "空 白.docx",
    ]


def test_libreoffice_opens_what_was_filled(tmp_path: Path) -> None:
    files = {
        f"{form} {kind}": fill(answers(form), into) for form in FORMS for kind, into in (("own", own(form)),)
    }
    files["notice"] = fill(answers("application"), empty("application"))
    back = converted(write_all(files, tmp_path), "docx:MS Word 2007 XML", tmp_path / "back")
    for path in back:
        assert told(path.read_bytes()) == told(files[path.stem])


def write_all(files: dict[str, bytes], folder: Path) -> list[Path]:
    for name, data in files.items():
        (folder / f"{name}.docx").write_bytes(data)
    return [folder / f"{name}.docx" for name in files]


@pytest.mark.parametrize("layout", ["own", *LAYOUTS])
def test_the_declaration(layout: Any) -> None:
    """An opinion of several paragraphs, a date that begins as a column's head does, a seal's name before a date."""
    texts = {
        "declaration.county_date": "2024年9月10日",
        "declaration.province_date": "2027年1月2日",
        "declaration.county_seal": "某县局",
        "declaration.signature": "/",
        "declaration.opinion": "材料齐全。\n符合标准。\n同意推荐。",
        "cover.operator": "/",
    }
    into = own("application") if layout == "own" else empty("application", layout)
    made = read(fill(given_form({"form": "application", "answers": texts}, "a.json", "2025"), into))
    assert {path: made.answer(path).text for path in texts} == texts


@pytest.mark.parametrize("form", FORMS)
def test_a_filled_workbook_into_word(form: str) -> None:
    book = filled(answers(form), "xlsx", None, "a.yaml")
    for into in (own(form), empty(form, "split")):
        assert told(again(book, into)) == told(write(form))
