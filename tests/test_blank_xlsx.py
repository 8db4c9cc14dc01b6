"""The project's blank workbooks: what they print, lock and check, that they are read as blank, and as they are filled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.answers import Answer, FilledForm
from clusterform.fields import Kind
from clusterform.filling.read import fill_form
from clusterform.filling.recognise import recognise
from clusterform.finding import FileReport
from clusterform.forms.lists import load_list
from clusterform.forms.model import RowDef, load_form
from clusterform.parsers.container.package import open_package
from clusterform.parsers.xlsx.read import read_xlsx
from clusterform.writing import new_blank
from clusterform.writing.book.book_page import AnswerCell
from support.answers import clean
from support.books import EDITION, blank_book, cell_of, fill_by_name, opened, saved, without_names
from support.forms import write
from support.kinds import FORMS, KINDS, LISTS
from support.reading import checked
from support.resave import converted

TEMPLATES = Path(__file__).resolve().parents[1] / "templates" / EDITION
BLANK = {"CF101", "CF109", "CF115", "CF608", "CF611", "CF613", "CF615"}
"""What may be found in a blank form: an answer that is not there; signatures, seals and the opinion are left to a person."""
MANUAL = {"CF701", "CF702", "CF703", "CF704"}
RESULTS = {"一致", None, ""}


def read(data: bytes) -> FilledForm:
    document = read_xlsx(open_package(data))
    return fill_form(document, recognise(document, EDITION))


def report(data: bytes, folder: Path, ending: str = "xlsx") -> FileReport:
    file = folder / f"form.{ending}"
    file.write_bytes(data)
    return checked(file, {"ignore": ("CF013",)})


def found(of: FileReport) -> list[tuple[Any, ...]]:
    """The findings without where they stand."""
    return [
        (f.rule, f.severity, f.section, f.field, f.label, f.column, f.value, f.expected) for f in of.findings
    ]


def answers(form: FilledForm) -> dict[Any, tuple[Any, Any]]:
    """What was read, without where it stands."""

    def plain(answer: Answer) -> tuple[Any, Any]:
        value = answer.value
        ticks = getattr(value, "ticked", None)
        return answer.state, answer.text if value is None else ticks if ticks is not None else value

    return {(path, column): plain(answer) for path in form.fields for column, answer in form.places(path)}


@pytest.mark.parametrize("kind", KINDS)
def test_templates_are_what_the_writer_writes(kind: str) -> None:
    assert (TEMPLATES / f"{kind}.xlsx").read_bytes() == new_blank(kind, "xlsx", EDITION), "run make templates"


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_has_one_finding_that_stands_for_each_required_answer(form: str, tmp_path: Path) -> None:
    findings = report(blank_book(form), tmp_path).findings
    assert {f.rule for f in findings} <= BLANK | MANUAL
    (blank_finding,) = [f for f in findings if f.rule in BLANK]
    wanted = [
        item.label
        for item in load_form(EDITION, form).fields.values()
        if item.required and item.kind is not Kind.FORMULA  # asked for where its figures are given
        for _ in (item.columns or [None])
    ]
    assert list(blank_finding.covers) == wanted


@pytest.mark.parametrize("form", FORMS)
def test_a_blank_answer_is_found_in_its_own_cell(form: str) -> None:
    book, filled = opened(blank_book(form)), read(blank_book(form))
    definition = load_form(EDITION, form)
    for path, item in definition.fields.items():
        if item.options or item.kind is Kind.COUNT_NAMES or item.section > 7:
            continue  # boxes and halves have several; running text and seals are found at their labels
        for column, answer in filled.places(path):
            cell = cell_of(book, AnswerCell(path, column))
            assert (answer.place.sheet, answer.place.ref) == (cell.parent.title, cell.coordinate)


def words(rows: tuple[RowDef, ...]) -> list[str]:
    """All that the notice prints for these rows."""
    texts: list[str] = []
    for row in rows:
        texts += [row.label, *row.guidance, *row.notes, *row.heads, *(o.label + o.note for o in row.options)]
        if row.kind is not Kind.COUNT_NAMES:
            texts += row.prompts
        if row.matrix is not None:
            texts += [row.matrix.head, *row.matrix.measures.values(), *row.matrix.categories.values()]
        texts += words(row.rows)
    return texts


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_the_notice_stands_there(form: str) -> None:
    definition = load_form(EDITION, form)
    book = opened(blank_book(form))
    cells = ["".join(str(c.value).split()) for s in book for row in s.iter_rows() for c in row if c.value]
    shown = "\n".join(cells)
    printed = [definition.annex, definition.title, definition.guidance.heading, *definition.guidance.items]
    for section in definition.sections:
        printed += [section.heading, section.header, *section.notes, *words(section.rows)]
    assert not [text for text in printed if "".join(text.split()) not in shown]
    parts = [s.heading for s in definition.sections if s.heading]
    assert [s.title for s in book][2 : 2 + len(parts)] == parts
    assert [s["A1"].value for s in book][2 : 2 + len(parts)] == parts


@pytest.mark.parametrize("form", FORMS)
def test_labels_are_locked_answers_are_open_and_nothing_is_hidden(form: str) -> None:
    book = opened(blank_book(form))
    open_cells = {cell_of(book, s).coordinate + cell_of(book, s).parent.title for s in spots(form)}
    for sheet in book:
        assert sheet.sheet_state == "visible"
        assert not any(d.hidden for d in (*sheet.row_dimensions.values(), *sheet.column_dimensions.values()))
        assert sheet.protection.sheet
        assert not sheet.protection.password
        assert sheet.freeze_panes
        assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (9, True)
        assert sheet.print_title_rows
        for row in sheet.iter_rows():
            for cell in row:
                named = cell.coordinate + sheet.title in open_cells
                assert not (named and cell.protection.locked), cell
                assert (
                    cell.protection.locked
                    or cell.value in {None, "□", "年\u3000\u3000月\u3000\u3000日"}
                    or cell.column == 1
                )
                assert sheet.title == "自查" or cell.data_type != "f", "formulas stand in 自查 alone"


def spots(form: str) -> list[AnswerCell]:
    found_spots = []
    for path, item in load_form(EDITION, form).fields.items():
        if item.options:
            found_spots += [AnswerCell(path, None, option.key) for option in item.options]
        elif item.kind is Kind.COUNT_NAMES:
            found_spots += [AnswerCell(path, None, part) for part in ("count", "names")]
        else:
            found_spots += [AnswerCell(path, c.key) for c in item.columns] or [AnswerCell(path)]
    return found_spots


@pytest.mark.parametrize("form", FORMS)
def test_each_answer_has_its_rule_of_entry_and_format(form: str) -> None:
    book = opened(blank_book(form))
    rules = {
        (sheet.title, str(rule.sqref)): rule
        for sheet in book
        for rule in sheet.data_validations.dataValidation
    }
    for path, item in load_form(EDITION, form).fields.items():
        for spot in (s for s in spots(form) if s.path == path):
            cell = cell_of(book, spot)
            rule = rules[cell.parent.title, cell.coordinate]
            assert len(rule.prompt) <= 255 >= len(rule.error or "")
            if item.options:
                assert (rule.type, rule.formula1, cell.value) == ("list", '"☑,□"', "□")
            elif item.kind is Kind.COUNT or spot.part == "count":
                assert (rule.type, cell.number_format, rule.formula1) == ("whole", "0", "0")
            elif item.kind is Kind.DECIMAL:
                assert (rule.type, cell.number_format) == ("decimal", "0.00")
                assert item.maximum is None or (rule.formula1, rule.formula2) == ("0", "100")
            elif item.limit is not None:
                assert (rule.type, rule.formula1) == ("textLength", str(item.limit))
            else:
                assert cell.number_format == "@"


def test_an_input_message_quotes_the_notice() -> None:
    book = opened(blank_book("application"))
    cell = cell_of(book, AnswerCell("innovation.employees", "2024"))
    prompts = {str(r.sqref): r.prompt for r in cell.parent.data_validations.dataValidation}
    assert prompts[cell.coordinate].startswith("填报说明第 8 条：集群内中小企业从业人员数是指")


@pytest.mark.parametrize("kind", LISTS)
def test_a_plain_table_has_its_columns(kind: str) -> None:
    (sheet,) = opened(blank_book(kind))
    heads = [column.label for column in load_list(EDITION, kind).printed]
    assert heads in [[cell.value for cell in row] for row in sheet.iter_rows(max_row=8)]


@pytest.mark.parametrize("form", FORMS)
def test_filled_it_is_read_and_judged_as_the_word_form(form: str, tmp_path: Path) -> None:
    book = fill_by_name(form, clean(form))
    word = report(write(form), tmp_path, "docx")
    assert found(report(book, tmp_path)) == found(word)
    assert answers(read(without_names(book))) == answers(read(book))


@pytest.fixture(scope="module")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Blank, filled and wrongly filled workbooks as LibreOffice saves them, its sums computed."""
    folder = tmp_path_factory.mktemp("books")
    wrong = clean("application")
    wrong.texts["leading_industry.output_growth@2024"] = "16.27"
    wrong.ticks["basic_info.industry_type"] = ["primary", "secondary"]
    wrong.ticks["basic_info.provincial_recognition"] = ["yes", "no"]
    files = {f"{form}-filled": fill_by_name(form, clean(form)) for form in FORMS}
    files |= {f"{kind}-blank": blank_book(kind) for kind in KINDS}
    files["application-wrong"] = fill_by_name("application", wrong)
    doubtful = clean("application")
    doubtful.texts["leading_industry.average_growth"] = "15.01"  # half of the whole growth
    doubtful.texts |= {"plan.target_growth@baseline": "15.01", "plan.target_growth@target": "15.50"}
    doubtful.texts["digital.service_text"] = "Wi-Fi6 " * 40  # 240 characters, 40 of Word's 字数
    files["application-doubtful"] = fill_by_name("application", doubtful)
    for name, data in files.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    made = converted(folder.glob("*.xlsx"), "xlsx", folder / "made")
    return {path.stem: path.read_bytes() for path in made}


@pytest.mark.parametrize("name", [*FORMS, "application-wrong"])
def test_libreoffice_saves_it_again_and_it_is_judged_alike(
    name: str, resaved: dict[str, bytes], tmp_path: Path
) -> None:
    form = name.removesuffix("-wrong")
    if name == form:
        assert found(report(resaved[f"{form}-blank"], tmp_path)) == found(report(blank_book(form), tmp_path))
        assert found(report(resaved[f"{form}-filled"], tmp_path)) == found(
            report(write(form), tmp_path, "docx")
        )
    else:
        codes = {f.rule for f in report(resaved[name], tmp_path).findings if f.severity == "error"}
        assert codes == {"CF201", "CF109"}


@pytest.mark.parametrize("kind", LISTS)
def test_a_plain_table_saved_again_is_judged_alike(
    kind: str, resaved: dict[str, bytes], tmp_path: Path
) -> None:
    before, after = (report(data, tmp_path) for data in (blank_book(kind), resaved[f"{kind}-blank"]))
    assert (found(after), after.form, after.status) == (found(before), before.form, before.status)


def results(data: bytes) -> list[tuple[Any, ...]]:
    """Label, year and result of each line of 自查."""
    rows = opened(data, data_only=True)["自查"].iter_rows(min_row=4, values_only=True)
    return [(row[0], row[1], row[6]) for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_the_sums_of_a_clean_form_agree(form: str, resaved: dict[str, bytes]) -> None:
    said = [result for _, _, result in results(resaved[f"{form}-filled"])]
    assert set(said) <= RESULTS
    assert said.count("一致") >= 30
    assert {result for _, _, result in results(resaved[f"{form}-blank"])} <= {None, ""}


def test_the_sums_name_what_is_wrong(resaved: dict[str, bytes]) -> None:
    wrong = [line for line in results(resaved["application-wrong"]) if line[2] not in RESULTS]
    assert wrong == [
        ("集群主导产业产值增速（%）", "2024 年", "不一致"),
        ("主导产业所属产业类型", None, "请核对"),
        ("是否已被认定为省级中小企业特色产业集群", None, "只能勾选一项"),
    ]


def test_the_sums_do_not_call_wrong_what_the_check_only_doubts(
    resaved: dict[str, bytes], tmp_path: Path
) -> None:
    doubted = [line for line in results(resaved["application-doubtful"]) if line[2] not in RESULTS]
    assert [(label, result) for label, _, result in doubted] == [
        ("近三年集群主导产业产值年均增速（%）", "请核对口径"),
        (load_form(EDITION, "application").fields["digital.service_text"].label, "请核对字数"),
    ]
    said = report(resaved["application-doubtful"], tmp_path).findings
    assert {f.rule: f.severity for f in said if f.rule in {"CF202", "CF108"}} == {
        "CF202": "warning",
        "CF108": "warning",
    }


def test_a_workbook_is_left_as_it_is_by_looking(tmp_path: Path) -> None:
    data = saved(opened(blank_book("review")))
    report(data, tmp_path)
    assert (tmp_path / "form.xlsx").read_bytes() == data
