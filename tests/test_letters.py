"""The letters that send forms back to their counties: to whom, with what, under which names, and from which templates."""

from __future__ import annotations

import importlib.util
import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import docx
import pytest

from clusterform.cli.options import OPTIONS, OptionUse
from clusterform.errors import UsageError
from clusterform.finding import FileReport, Status, Unjudged
from clusterform.forms.rule import load_rules
from clusterform.letters.contents import CorrectionNotice, CorrectionRow, _file_names, _reviewed
from clusterform.letters.template import LetterTemplate, templates
from clusterform.messages import LANGUAGES
from support.command import run
from support.folder import summary_bytes

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
SUMMARY = "审查意见汇总.docx"
LETTER = "退回修改通知-浙江省开化县精密量具产业集群.docx"
UNREAD = 3
"""The status of a check of the folder, in which one file cannot be read."""
ROW = CorrectionRow(1, "二、主导产业情况", "12.5", ("应当填写：12.50",), "填报说明第 2 条")
NOTICE = CorrectionNotice(
    "东海县", "东海县工业和信息化局", "东海县硅材料产业集群", "申报表", "申报表.docx", "关于复核工作的通知", "77号", "1 处必须修改", "7月10日", (ROW,), (), ("公章",)
)  # fmt: skip


@pytest.fixture
def province(tmp_path: Path) -> Path:
    """A clean county, a broken one, a summary that misses one of them, and a file that is none."""
    folder = tmp_path / "浙江省"
    folder.mkdir()
    shutil.copy(EXAMPLES / "review-clean.docx", folder / "炎陵县复核申报表.docx")
    shutil.copy(EXAMPLES / "application-broken-figures.docx", folder / "开化县申报表.docx")
    row = {"序号": "1", "集群名称": "东海县硅材料产业集群", "所属地区": "江苏省连云港市东海县"}
    (folder / "推荐汇总表.xlsx").write_bytes(summary_bytes("recommendation-summary", [row], "xlsx"))
    (folder / "某县申报表.docx").write_bytes(b"PK\x03\x04 torn")
    return folder


def written(data: Path | bytes) -> str:
    """All text of a Word file, a cell or paragraph a line."""
    document = docx.Document(str(data) if isinstance(data, Path) else io.BytesIO(data))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(W + "t")) for p in document.element.body.iter(W + "p")
    )


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def cells(path: Path, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in docx.Document(str(path)).tables[table].rows]


def test_the_county_that_must_mend_gets_a_letter_and_the_head_a_summary(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in province.iterdir()}
    target = tmp_path / "通知"
    assert run(monkeypatch, "letter", province, "-o", target, "--due", "2025-07-10", "--jobs", "1") == UNREAD
    assert sorted(path.name for path in target.iterdir()) == sorted([SUMMARY, LETTER])
    assert {path: path.read_bytes() for path in province.iterdir()} == before
    text = written(target / LETTER)
    assert "开化县经济和信息化局：" in text
    assert "“浙江省开化县精密量具产业集群”申报表（开化县申报表.docx）" in text
    assert "于2025年7月10日前" in text
    assert "按照《工业和信息化部办公厅关于组织开展2025年度" in text
    assert "（工信厅企业函〔2025〕77号）审查，有 6 处必须修改。" in text
    assert "县级行政区划中小企业主管部门（公章）" in text
    for of_province in ("推荐单位（公章）", "省级中小企业主管部门意见", "汇总表", "名额"):
        assert of_province not in text
    rows = cells(target / LETTER)
    assert rows[0] == ["序号", "位置", "填写的内容", "应改为、怎么改", "依据"]
    assert rows[1][0].startswith("必须修改（")
    numbers = [row[0] for row in rows if row[0].isdecimal()]
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
    assert all(row[3].strip() and row[4].strip() for row in rows if row[0].isdecimal())


def test_the_summary_tells_of_every_file(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(monkeypatch, "letter", province, "-o", tmp_path / "out", "--jobs", "1")
    path = tmp_path / "out" / SUMMARY
    text = written(path)
    forms = cells(path)
    assert [row[1] for row in forms] == ["县（市、区）", "开化县", "炎陵县", "合计"]
    assert [row[-1] for row in forms[1:3]] == ["退回修改、有未判断", "无须退回"]
    assert int(forms[1][4]) > 0
    assert [row[4] for row in forms[1:]] == [forms[1][4], "0", forms[1][4]]
    assert cells(path, 1)[1][0] == "某县申报表.docx"
    across = cells(path, 2)
    assert any("推荐汇总表中没有这个集群" in row[1] and row[2] == "省级" for row in across)
    assert "推荐单位（公章）" in text
    assert "另有 1 份文件没有能够读取" in text


def test_the_day_is_left_for_a_pen(province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "letter", province, "-o", tmp_path / "out", "--jobs", "1")
    assert "于______年____月____日前" in written(tmp_path / "out" / LETTER)


def test_nothing_is_written_where_a_file_is_there(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / SUMMARY).write_text("mine", encoding="utf-8")
    assert run(monkeypatch, "letter", province, "-o", target, "--jobs", "1") == 2
    assert SUMMARY in capsys.readouterr().err
    assert [(p.name, p.read_text(encoding="utf-8")) for p in target.iterdir()] == [(SUMMARY, "mine")]


def test_clean_counties_get_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "省"
    folder.mkdir()
    shutil.copy(EXAMPLES / "application-clean.docx", folder)
    assert run(monkeypatch, "letter", folder, "-o", tmp_path / "out", "--jobs", "1") == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == [SUMMARY]
    assert "没有需要退回修改的表" in capsys.readouterr().err


def test_letters_in_the_folder_are_no_forms(province: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "letter", province, "-o", province / "一", "--jobs", "1") == UNREAD
    assert run(monkeypatch, "letter", province, "-o", province / "二", "--jobs", "1") == UNREAD
    first, second = (written(province / name / SUMMARY) for name in "一二")
    assert first == second


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "-o"),
        (("-o", "out", "--due", "10.7."), "2025-07-10"),
        (("-o", "out.docx"), "out.docx"),
        (("-o", "out", "--template", "nowhere"), "nowhere/退回修改通知.docx"),
    ],
)
def test_wrong_use_is_told(
    options: tuple[str, ...],
    told: str,
    province: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(province.parent)
    assert run(monkeypatch, "letter", province, *options) == 2
    assert told in capsys.readouterr().err
    assert not (province.parent / "out").exists()


def test_only_letters_take_their_options(
    province: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "check", province, "--due", "2025-07-10") == 2
    run(monkeypatch, "letter", "--help")
    shown = capsys.readouterr().out
    assert {o.use for o in OPTIONS if o.flag not in shown} == {OptionUse.SINCE, OptionUse.BASELINE}
    run(monkeypatch, "batch", "--help")
    shown = capsys.readouterr().out
    assert {o.name for o in OPTIONS if o.flag not in shown} == {
        o.name for o in OPTIONS if o.use is OptionUse.LETTER
    }


def test_the_templates_are_given_and_used_once_edited(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "模板"
    assert run(monkeypatch, "template", "letter", "-o", own) == 0
    assert run(monkeypatch, "template", "letter", "-o", own) == 2
    edited = docx.Document(str(own / "退回修改通知.docx"))
    edited.paragraphs[0].insert_paragraph_before("浙函〔2025〕1号 致{{ notice.county }}")
    edited.save(str(own / "退回修改通知.docx"))
    assert (
        run(monkeypatch, "letter", province, "-o", tmp_path / "out", "--template", own, "--jobs", "1")
        == UNREAD
    )
    assert written(tmp_path / "out" / LETTER).startswith("浙函〔2025〕1号 致开化县\n退回修改通知")


def test_in_english(province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, "letter", province, "-o", tmp_path / "out", "--jobs", "1", "--lang", "en")
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["Notice of corrections-浙江省开化县精密量具产业集群.docx", "Summary of the review.docx"]
    assert "To be corrected (" in written(tmp_path / "out" / names[0])


def with_line(line: str) -> LetterTemplate:
    """The notice's template with one more line."""
    shipped = templates(None, "zh")["notice"]
    document = docx.Document(io.BytesIO(shipped.data))
    document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    return replace(shipped, data=held.getvalue())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{{ notice.adressee }}", "adressee"),
        ("{{ addressee }}", "addressee"),
        ("{% for row in notice.errors %}", "附近"),
        ("{{ notice.__class__.__mro__ }}", "__class__"),
        ("{{ notice.errors.__class__ }}", "__class__"),
        ("{{ ''.__class__ }}", "__class__"),
        ("{{ cycler.__init__.__globals__ }}", "cycler"),
        ("{% include '/etc/passwd' %}", "退回修改通知.docx"),
        ("{%p endfor %}", "endfor"),
        ("{{ 1 / 0 }}", "得不出结果（division by zero"),
        ("{{ notice.county", "花括号不成对，或写成了全角：{{ notice.county"),
        ("{{ notice. }}", "附近：{{ notice. }}"),
        ("｛｛ notice.county ｝｝", "｛｛ notice.county"),
        ("致{{ notice.county }", "致{{ notice.county }"),
        ("{ notice.county }}", "{ notice.county }}"),
        ("{{ notice.county() }}", "得不出结果"),
        ("{{ 'a' * 1000000000 }}", "*"),
        ("{{ '%1000000000s' % notice.county }}", "%"),
        ("{{r notice.county }}", "（东海县），多半写了 {{r …}}"),
    ],
)
def test_a_mistake_in_a_template_is_told_with_its_name(line: str, told: str) -> None:
    template = with_line(line)
    with pytest.raises(UsageError) as caught:  # noqa: PT012  (as the command does it)
        template.without_place()
        template.filled(NOTICE)
    assert "退回修改通知.docx" in caught.value.zh
    assert told in caught.value.zh
    assert told in caught.value.en or not told.isascii() or "docx" in told


def test_a_tag_may_be_split_by_word() -> None:
    """Word parts a text at every change of spelling or style that it makes of itself."""
    shipped = templates(None, "zh")["notice"]
    document = docx.Document(io.BytesIO(shipped.data))
    paragraph = document.add_paragraph()
    for piece in ("致{", "{ noti", "ce.cou", "nty }", "}"):
        paragraph.add_run(piece).bold = piece == "ce.cou"
    held = io.BytesIO()
    document.save(held)
    split = replace(shipped, data=held.getvalue())
    assert split.without_place() == ()
    assert written(split.filled(NOTICE)).endswith("致东海县")


def test_what_a_template_has_no_place_for_is_told(
    province: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "模板"
    run(monkeypatch, "template", "letter", "-o", own)
    path = own / "退回修改通知.docx"
    edited = docx.Document(str(path))
    edited.paragraphs[1].text = "某县："
    edited.save(str(path))
    run(monkeypatch, "letter", province, "-o", tmp_path / "out", "--template", own, "--jobs", "1")
    assert "没有写到：notice.addressee。" in capsys.readouterr().err
    assert "某县：" in written(tmp_path / "out" / LETTER)


HOSTILE = (
    "</w:t></w:r></w:p><w:p/>",
    "{{ 7 * 7 }}",
    "{% for x in notice %}",
    "{%p if 1 %}",
    "a\x00b\x07c\x0bd\ue000\ufffe\uffff",
    "&lt;&#65;]]>",
    "\u202e倒\u200b",
    "<w:br/>\t\n",
    "{_{ x }_}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_form_says_never_becomes_markup_or_a_tag(text: str) -> None:
    row = CorrectionRow(1, text, text, (text, text), text)
    notice = replace(
        NOTICE, addressee=text, cluster=text, file=text, errors=(row,), warnings=(row,), confirm=(text,)
    )
    made = templates(None, "zh")["notice"].filled(notice)
    plain = templates(None, "zh")["notice"].filled(
        replace(NOTICE, errors=(replace(ROW, remedy=("a", "b")),), warnings=(ROW,))
    )
    assert tags(made)["p"] == tags(plain)["p"] + 1  # `plain` has one line of remedy less
    assert {k: v for k, v in tags(made).items() if k in {"br", "tab", "tr", "tc"}} == {
        k: v for k, v in tags(plain).items() if k in {"br", "tab", "tr", "tc"}
    }
    assert "49" not in written(made)


def tags(data: bytes) -> dict[str, int]:
    counted: dict[str, int] = {}
    for element in docx.Document(io.BytesIO(data)).element.body.iter():
        name = str(element.tag).removeprefix(W)
        counted[name] = counted.get(name, 0) + 1
    return counted


def test_the_summary_clears_no_form_that_was_not_wholly_judged() -> None:
    clean = replace(NOTICE, errors=())
    whole = FileReport("a.docx", None, "application", Status.PASS, "A")
    open_ends = {
        "无须退回": whole,
        "无须退回、未检查完": whole._replace(status=Status.INCOMPLETE),
        "无须退回、有未判断": whole._replace(unjudged=(Unjudged("CF501", "a.b"),)),
    }
    assert [_reviewed(1, file, clean, "zh").ended for file in open_ends.values()] == list(open_ends)


def test_names_are_fit_for_every_system_and_each_is_one() -> None:
    clusters = ('A<b>:"c/d\\e|f?*', "a_B__c_d_e_f__", "硅" * 300, "CON.", "", "..\u200b/..")
    notices = tuple(replace(NOTICE, county="", cluster=cluster) for cluster in clusters)
    names = list(_file_names(notices, "zh"))
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert re.fullmatch(r'退回修改通知-[^<>:"/\\|?*\x00-\x1f]+\.docx', name), name
        assert len(name.encode()) < 255
    twice = list(_file_names((NOTICE, NOTICE, replace(NOTICE, county="赣榆区")), "zh"))
    stem = "退回修改通知-东海县硅材料产业集群"
    assert twice == [f"{stem}.docx", f"{stem}-2.docx", "退回修改通知-赣榆区东海县硅材料产业集群.docx"]


def writer() -> ModuleType:
    found = importlib.util.spec_from_file_location("letters", ROOT / "docs" / "letters.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_templates_are_those_of_the_catalogue(language: str) -> None:
    """`python docs/letters.py` writes them anew."""
    made = writer()
    for kind, template in templates(None, language).items():
        fresh = made.package(getattr(made, kind)(language), template.name.removesuffix(".docx"))
        assert parts(fresh) == parts(template.data)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_what_falls_to_the_province_is_said_by_the_rules() -> None:
    found = {rule.code for rule in load_rules("2025") for c in rule.checks if c.falls_to == "province"}
    assert found == {"CF702", "CF703", "CF704", "CF801", "CF804", "CF805", "CF806", "CF807", "CF809"}
