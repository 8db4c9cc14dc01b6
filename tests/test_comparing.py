"""Two submissions compared: which findings are gone, remain or are new, which answers changed, which form is which."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import clusterform
from clusterform import reports
from clusterform.answers import ExtraTarget, FilledForm, NumberAnswer, SummaryRow
from clusterform.cli.check import command
from clusterform.comparing.answers import changed_answers
from clusterform.comparing.findings import changes_across, finding_changes
from clusterform.comparison import ChangedAnswer, Comparison, FindingChanges, FormComparison, Presence
from clusterform.errors import UsageError
from clusterform.finding import (
    Explained,
    FileReport,
    Location,
    RelatedAnswer,
    Severity,
    Status,
)
from clusterform.forms.model import load_form
from clusterform.parsers.container.own_marks import OWN_MARKS
from clusterform.reports import as_json
from clusterform.reports.comparison_words import before_and_after
from support.answers import change, clean
from support.forms import write
from support.reports import BLANK, CLUSTER, CONFIRMED, CONFIRMED_ONCE, GROWTH, HOSTILE, NASTY, SEAL, TITLES

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples"
FIGURES, CLEAN = EXAMPLES / "application-broken-figures.docx", EXAMPLES / "application-clean.docx"
SCHEMAS = [
    json.loads(files("clusterform.reports").joinpath(f"{name}.schema.json").read_text(encoding="utf-8"))
    for name in ("report", "comparison")
]
REGISTRY: Registry = Registry().with_resources(
    [(schema["$id"], Resource.from_contents(schema)) for schema in SCHEMAS]
)
WHOLE = Draft202012Validator(SCHEMAS[1], registry=REGISTRY)
Cli = Callable[..., object]


def counts(changes: FindingChanges) -> tuple[int, int, int, int]:
    return changes.before, len(changes.gone), len(changes.remaining), len(changes.added)


def test_a_finding_is_known_by_rule_and_place_whatever_its_words_value_and_location() -> None:
    moved = GROWTH._replace(
        message="其他的话", value="1.00", location=Location(table=9), severity=Severity.WARNING
    )
    assert finding_changes([GROWTH, SEAL], [moved, BLANK]) == FindingChanges(
        gone=(SEAL,), remaining=(moved,), added=(BLANK,), before=2
    )
    for other in ({"rule": "CF999"}, {"field": "green.energy"}, {"column": "2023 年"}):
        assert counts(finding_changes([GROWTH], [GROWTH._replace(**other)])) == (1, 1, 0, 1), other


def test_several_findings_of_one_place_are_told_apart_by_their_values() -> None:
    one, two, three = (GROWTH._replace(value=value) for value in ("1", "2", "3"))
    assert finding_changes([one, two, two], [three, two]) == FindingChanges((one, two), (two,), (three,), 3)
    assert counts(finding_changes([one, one], [one])) == (2, 1, 1, 0)


def test_a_finding_of_the_file_itself_is_told_apart_by_its_variant() -> None:
    comment = GROWTH._replace(
        rule="CF014", field=None, label=None, column=None, section=None, variant="comment"
    )
    hidden = comment._replace(variant="hidden")
    assert counts(finding_changes([comment], [hidden])) == (1, 1, 0, 1)
    assert counts(finding_changes([comment], [comment._replace(message="3 处批注")])) == (1, 0, 1, 0)


def test_own_marks_and_what_is_good_to_know_are_no_findings() -> None:
    marks = SEAL._replace(variant=OWN_MARKS)
    assert finding_changes([], [marks, GROWTH._replace(severity=Severity.INFO)]) == FindingChanges()


def test_what_a_person_confirmed_is_neither_mended_nor_left() -> None:
    asked = CONFIRMED_ONCE._replace(conclusion=None)
    open_seal = CONFIRMED._replace(conclusion=None)
    found = finding_changes([open_seal, asked], [CONFIRMED, CONFIRMED_ONCE])
    assert found == FindingChanges(remaining=(CONFIRMED_ONCE,), confirmed=(CONFIRMED,), before=2)
    assert finding_changes([], [CONFIRMED]) == FindingChanges(confirmed=(CONFIRMED,))
    assert finding_changes([CONFIRMED], [open_seal]) == FindingChanges(remaining=(open_seal,), before=1)


def test_what_a_cause_explains_or_a_part_stands_for_is_neither_new_nor_gone_by_itself() -> None:
    spot = RelatedAnswer("green.energy", "能耗", "2024 年")
    cause = GROWTH._replace(explains=(Explained("CF205", spot),))
    alone = GROWTH._replace(rule="CF205", field=spot.field, label=spot.label, column=spot.column)
    assert finding_changes([cause], [alone]) == FindingChanges((), (alone,), (), 1)
    assert finding_changes([alone], [cause]) == FindingChanges((), (cause,), (), 1)
    part = BLANK._replace(field=None, label=None, covers=(str(BLANK.label), "集群占地面积"))
    assert finding_changes([part], [BLANK]) == FindingChanges((), (BLANK,), (), 1)
    assert finding_changes([BLANK], [part]) == FindingChanges((), (part,), (), 1)


def test_a_finding_across_forms_is_known_by_its_forms_or_its_value() -> None:
    twice = GROWTH._replace(rule="CF802", field=None, label=None, column=None, value="甲", files=("1", "2"))
    form_of = {"1": 1, "甲.docx": 1}.get
    renamed, other = twice._replace(files=("甲.docx",), value="乙"), twice._replace(files=("8", "9"))
    assert counts(changes_across([twice], [renamed], lambda p: form_of(p, p), set())) == (1, 0, 1, 0)
    assert counts(changes_across([twice], [other], lambda p: p, set())) == (1, 0, 1, 0)
    assert counts(changes_across([twice], [other._replace(value="乙")], lambda p: p, set())) == (1, 1, 0, 1)
    assert counts(changes_across([twice], [], lambda p: p, {"2"})) == (0, 0, 0, 0)


def changed(old: Path, new: Path) -> list[tuple[str | None, str | None, str, str]]:
    (form,) = clusterform.diff(old, new).forms
    return [(answer.field, answer.column, answer.before, answer.after) for answer in form.answers]


def test_answers_are_compared_in_word_and_excel_alike() -> None:
    assert changed(CLEAN, EXAMPLES / "workbook-clean.xlsx") == []
    found = changed(FIGURES, CLEAN)
    assert ("digital.cloud_share", "2024 年", "71.44", "70.44") in found
    assert len(found) == len({answer[:2] for answer in found}) == 7


def test_of_boxes_the_labels_ticked_are_shown(tmp_path: Path) -> None:
    other = clean("application")
    change(other, {"tick": {"basic_info.industry_type": ["tertiary"]}, "set": {"basic_info.area": ""}})
    (tmp_path / "a.docx").write_bytes(write("application", other))
    area, ticked = changed(CLEAN, tmp_path / "a.docx")
    assert ticked[0] == "basic_info.industry_type"
    assert ticked[3].startswith(f"{ticked[2]}；")
    assert area == ("basic_info.area", None, "18.60", "")


def test_a_form_held_against_itself_has_no_changes() -> None:
    made = clusterform.diff(FIGURES, FIGURES)
    assert (made.before, made.gone, made.remaining, made.added, made.changed) == (12, 0, 12, 0, 0)


def test_a_marked_or_mended_copy_is_compared_as_the_form_that_it_is(tmp_path: Path) -> None:
    marked = clusterform.annotate(FIGURES, tmp_path / "批注.docx")
    made = clusterform.diff(FIGURES, marked)
    assert (made.gone, made.remaining, made.added, made.changed) == (0, 12, 0, 0)
    clusterform.fix(FIGURES, tmp_path / "改好.docx")
    made = clusterform.diff(marked, tmp_path / "改好.docx")
    assert (made.gone, made.added) == (1, 0)
    assert [(a.before, a.after) for a in made.forms[0].answers] == [("77.2", "77.20")]


def test_lines_of_a_summary_and_rows_that_the_county_added() -> None:
    cells = {"number": "1", "name": "甲集群", "region": "甲县", "phone": "1"}
    first, other = (
        SummaryRow("s", cells),
        SummaryRow("s", {**cells, "name": "乙集群", "region": "乙县", "phone": "2"}),
    )
    moved = SummaryRow("s", {**cells, "number": "2", "phone": "9"})
    third = SummaryRow("s", {"number": "1", "name": "丙集群"})
    old, new = (
        FilledForm.model_construct(form="s", edition="2025", summary=rows)
        for rows in ((first, other), (third, moved))
    )
    assert [(a.label, a.before, a.after) for a in changed_answers(old, new)] == [
        ("丙集群", "", "丙集群"),
        ("甲集群", "甲集群；甲县；1", "甲集群；甲县；9"),
        ("乙集群", "乙集群；乙县；2", ""),
    ]
    fields = load_form("2025", "application").fields

    def with_row(text: str) -> FilledForm:
        answer = NumberAnswer.made(text=text)
        row = ExtraTarget.made(table="t", direction="", indicator="专利", values={"target": answer})
        return FilledForm.model_construct(
            form="application", edition="2025", fields=fields, extra_targets=(row,)
        )

    (found,) = changed_answers(with_row("5"), with_row("6"))
    assert (found.field, found.label, found.column) == (None, "专利", "2027 年目标值")
    assert (found.section, found.before, found.after) == (8, "5", "6")


def test_lines_of_the_evidence_list() -> None:
    old, new = EXAMPLES / "application-broken-criteria.docx", CLEAN
    lines = [a for a in clusterform.diff(old, new).forms[0].answers if a.section == "evidence-list"]
    assert lines
    assert all(a.label and a.before != a.after for a in lines)


def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A province's folder and the next: a form renamed, one moved, one gone, one new, one broken."""
    old, new = tmp_path / "第一次", tmp_path / "第二次"
    shutil.copytree(EXAMPLES / "province", old)
    shutil.copytree(old, new)
    city = new / "青岛市"
    (city / "平度市" / "申报表.docx").rename(city / "平度市" / "改好的申报表.docx")
    (city / "莱西市" / "花生集群申报表.docx").rename(city / "花生申报表（第二次）.docx")
    (city / "复核" / "胶州市复核申报表.docx").unlink()
    shutil.copy(EXAMPLES / "review-clean.docx", city / "新复核申报表.docx")
    (city / "胶州市" / "申报表.docx").write_bytes(CLEAN.read_bytes()[:3000])
    return old, new


def test_forms_of_two_folders_are_paired_by_cluster_and_place_then_by_name(tmp_path: Path) -> None:
    old, new = folders(tmp_path)
    made = clusterform.diff(old, new, jobs=1)
    former = {
        Path(form.file.path).relative_to(new if form.presence is not Presence.OLD else old).as_posix(): (
            form.presence.value,
            None if form.old is None else Path(form.old.path).relative_to(old).as_posix(),
        )
        for form in made.forms
    }
    assert former["青岛市/平度市/改好的申报表.docx"] == ("both", "青岛市/平度市/申报表.docx")
    assert former["青岛市/花生申报表（第二次）.docx"] == ("both", "青岛市/莱西市/花生集群申报表.docx")
    for name in ("石墨集群申报表.docx", "石墨集群申报表（修改稿）.docx"):
        assert former[f"青岛市/莱西市/{name}"] == ("both", f"青岛市/莱西市/{name}")
    assert former["青岛市/胶州市/申报表.docx"] == ("both", "青岛市/胶州市/申报表.docx")
    assert former["青岛市/新复核申报表.docx"] == ("new", None)
    assert former["青岛市/复核/胶州市复核申报表.docx"] == ("old", None)
    assert [Path(file.path).name for file in made.unread] == ["申报表.docx"]
    broken = next(form for form in made.forms if form.unread)
    assert (broken.findings.before, broken.findings.gone) == (0, ())


def test_a_county_that_sends_the_marked_copy_has_sent_its_form(tmp_path: Path) -> None:
    for folder in ("旧", "新"):
        (tmp_path / folder).mkdir()
    shutil.copy(FIGURES, tmp_path / "旧" / "申报表.docx")
    clusterform.annotate(FIGURES, tmp_path / "新" / "申报表.批注.docx")
    made = clusterform.diff(tmp_path / "旧", tmp_path / "新", jobs=1)
    assert [form.presence for form in made.forms] == [Presence.BOTH]
    assert (made.gone, made.added, made.changed) == (0, 0, 0)


def test_forms_of_two_counties_are_no_pair_though_files_are_called_alike(tmp_path: Path) -> None:
    for folder, county in (("旧", "甲县"), ("新", "乙县")):
        (tmp_path / folder / county).mkdir(parents=True)
    shutil.copy(CLEAN, tmp_path / "旧" / "甲县" / "申报表.docx")
    other = clean("application")
    names = dict.fromkeys(("cover.cluster_name", "basic_info.cluster_name"), CLUSTER)
    change(other, {"set": {"cover.region": "江苏省常熟市", **names}})
    (tmp_path / "新" / "乙县" / "申报表.docx").write_bytes(write("application", other))
    made = clusterform.diff(tmp_path / "旧", tmp_path / "新", jobs=1)
    assert [form.presence for form in made.forms] == [Presence.NEW, Presence.OLD]
    assert [form.findings.before for form in made.forms] == [0, 0]


def test_wrong_use(tmp_path: Path) -> None:
    for old, new, key in (
        (CLEAN, EXAMPLES / "review-clean.docx", "compare.other-form"),
        (CLEAN, tmp_path, "compare.file-and-folder"),
        (tmp_path / "nichts.docx", CLEAN, "path.no-file"),
    ):
        with pytest.raises(UsageError) as error:
            clusterform.diff(old, new)
        assert getattr(error.value.text, "key", None) == key


OLD = FileReport(
    "旧/申报表.docx", "0" * 64, "application", Status.FAIL, CLUSTER, (GROWTH, SEAL), section_titles=TITLES
)
NEW = OLD._replace(
    path="新/改好的申报表.docx",
    findings=(CONFIRMED, CONFIRMED_ONCE, SEAL, BLANK),
    form_names={"zh": "申报表", "en": "Application"},
)
MADE = Comparison(
    old="旧",
    new="新",
    forms=(
        FormComparison(
            NEW,
            old=OLD,
            answers=(
                ChangedAnswer(
                    2, GROWTH.field, str(GROWTH.label), "2024 年", "16.57", "14.57", GROWTH.location
                ),
                ChangedAnswer(1, BLANK.field, str(BLANK.label), None, HOSTILE, "", BLANK.location),
            ),
            findings=finding_changes(OLD.findings, NEW.findings),
        ),
        FormComparison(
            NEW._replace(path="新/坏的.docx", status=Status.UNREADABLE),
            old=OLD._replace(path="旧/坏的.docx"),
            findings=finding_changes((), (NASTY,)),
        ),
        FormComparison(OLD._replace(path="旧/撤回.docx"), Presence.OLD),
        FormComparison(
            NEW._replace(path="新/新来.docx"), Presence.NEW, findings=finding_changes((), (SEAL,))
        ),
    ),
    together=FindingChanges(
        gone=(GROWTH._replace(rule="CF802", label=None, files=("旧/申报表.docx",)),), before=1
    ),
)
LEFT = replace(MADE, left_only=True)


@pytest.fixture(autouse=True)
def _same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(as_json, "__version__", "0.0.0")
    monkeypatch.setattr("clusterform.reports.html.__version__", "0.0.0")


def rendered(kind: str, made: Comparison, language: str) -> str:
    request = reports.ReportRequest(language)
    return "".join(reports.pieces(kind, made, request, reports.COMPARISON_FORMATS))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("name", "made"), [("comparison", MADE), ("comparison-left", LEFT)])
def test_golden_for_people(
    golden: Callable[[str, str], None], name: str, made: Comparison, language: str
) -> None:
    golden(f"{name}.{language}.rich.txt", rendered("rich", made, language))
    golden(f"{name}.{language}.html", rendered("html", made, language))
    golden(f"{name}.{language}.plain.txt", rendered("plain", made, language))


def test_long_texts_are_shown_from_where_they_part() -> None:
    text = "集群发展环境情况" * 30
    long = ChangedAnswer(7, None, "环境", None, text + "甲", text + "乙")
    before, after = before_and_after(long, "zh")
    assert (before[0], before[-1], after[-1]) == ("…", "甲", "乙")
    assert len(before) < 30
    assert before_and_after(replace(long, before="", after="a"), "en") == ("(blank)", "a")


def test_golden_json_keeps_its_schema(golden: Callable[[str, str], None]) -> None:
    Draft202012Validator.check_schema(SCHEMAS[1])
    found = rendered("json", MADE, "zh")
    golden("comparison.json", found)
    WHOLE.validate(json.loads(found))
    left = json.loads(rendered("json", LEFT, "en"))
    WHOLE.validate(left)
    assert "gone" not in left["together"]
    assert not WHOLE.is_valid({**left, "time": "12:00"})


@pytest.mark.parametrize("made", [MADE, LEFT])
def test_workbook(made: Comparison, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    path = tmp_path / "比较.xlsx"
    request = reports.ReportRequest("zh", target=path)
    reports.save("xlsx", made, request, path, reports.COMPARISON_FORMATS)
    book = openpyxl.load_workbook(path)
    rows = [
        "\t".join(str("" if cell is None else cell).replace("\n", "⏎") for cell in row)
        for sheet in book
        for row in ([f"# {sheet.title}"], *sheet.iter_rows(values_only=True))
    ]
    golden(f"comparison{'-left' if made.left_only else ''}.zh.xlsx.txt", "\n".join(rows) + "\n")
    assert book.properties.category == "clusterform-output"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            command(str(arguments[0]), [str(argument) for argument in arguments[1:]])
        out, err = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, out, err

    status, out, _ = run("diff", FIGURES, CLEAN)
    assert (status, "上次 12 处，已改 6 处，新增 0 处。" in out) == (0, True)
    status, out, _ = run("check", FIGURES, "--since", CLEAN)
    assert (status, "已改（" in out, "新增（6 处）" in out, "内容改动（" in out) == (1, False, True, False)
    status, out, _ = run("check", CLEAN, "--since", FIGURES, "-q")
    assert (status, out.splitlines()[0]) == (0, "上次 12 处，已改 6 处，新增 0 处。")
    broken = tmp_path / "坏.docx"
    broken.write_bytes(CLEAN.read_bytes()[:3000])
    status, out, _ = run("diff", FIGURES, broken)
    assert (status, "不能比较" in out, "已改 0 处" in out) == (3, True, True)
    assert run("check", broken, "--since", CLEAN)[0] == 3
    for ending in ("json", "html", "xlsx", "txt"):
        made = tmp_path / f"比较.{ending}"
        assert run("diff", FIGURES, CLEAN, "-o", made) == (0, "", "")
        assert made.stat().st_size
    for wrong, said in (
        (("diff", FIGURES), "请给出两份表"),
        (("diff", FIGURES, CLEAN, CLEAN), "请给出两份表"),
        (("diff", FIGURES, CLEAN, "--since", CLEAN), "--since"),
        (("diff", CLEAN, EXAMPLES / "review-clean.docx"), "不是同一种"),
        (("diff", CLEAN, EXAMPLES), "不能比较"),
        (("diff", FIGURES, CLEAN, "--format", "sarif"), "sarif"),
        (("diff", FIGURES, CLEAN, "--format", "xlsx"), "-o"),
        (("diff", FIGURES, CLEAN, "--statistics"), "--statistics"),
        (("check", CLEAN, FIGURES, "--since", CLEAN), "--since"),
        (("diff", FIGURES, tmp_path / "没有.docx"), "找不到"),
    ):
        status, out, err = run(*wrong)
        assert (status, out, said in err) == (2, "", True), wrong


def test_an_output_is_never_written_over_either_submission(tmp_path: Path) -> None:
    old = tmp_path / "旧.docx"
    shutil.copy(CLEAN, old)
    link = tmp_path / "旧.json"
    link.symlink_to(old)
    with pytest.raises(SystemExit) as ended:
        command("diff", [str(old), str(FIGURES), "-o", str(link)])
    assert ended.value.code == 2
    assert old.read_bytes() == CLEAN.read_bytes()
