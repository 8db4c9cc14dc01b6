"""`annotate` and `fix` of workbooks: notes, colours and mended cells; every part that they do not need stays as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment as Note
from openpyxl.styles import Color, PatternFill
from openpyxl.worksheet.table import Table

from clusterform.copies.annotate import annotated
from clusterform.copies.fix import FixOptions, fixed
from clusterform.copies.styles_part import COLOURS
from clusterform.finding import FileReport, Severity
from clusterform.parsers.container.own_marks import LEGEND_SHEET, OWN_MARKS
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.answers import change, clean
from support.book import Habit, laid_out
from support.book_files import by_hand, by_openpyxl, by_xlsxwriter, rewritten_book
from support.books import fill_by_name, opened, saved

MENDED = ("leading_industry.total_output", "2023")
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BROKEN = EXAMPLES / "workbook-broken.xlsx"
CHECKER = Checker(Settings())
MAKERS = {"openpyxl": by_openpyxl, "XlsxWriter": by_xlsxwriter, "by hand": by_hand}


def annotated_copy(path: Path) -> bytes:
    file, _ = CHECKER.examine(path)
    return annotated(path, CHECKER.report((file,), {file.edition}), file)[1]


@cache
def marked() -> bytes:
    """The broken workbook, annotated."""
    return annotated_copy(BROKEN)


def found(file: FileReport) -> Counter[tuple[object, ...]]:
    told = (f for f in file.findings if f.variant != OWN_MARKS)
    return Counter((f.rule, f.severity, f.field, f.column, f.value, f.message) for f in told)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def require_same_elsewhere(before: bytes, after: bytes) -> None:
    """Only sheets, their notes and drawings of notes, styles and what lists the parts may differ.

    What the workbook links to differs where it had no styles.
    """
    old, new = parts(before), parts(after)
    changed = {name for name in old if new.get(name) != old[name]}
    kinds = (
        "worksheets/",
        "comments",
        "vmlDrawing",
        "styles.xml",
        "[Content_Types]",
        "_rels/.rels",
        "custom.xml",
        *(() if "xl/styles.xml" in old else ("workbook.xml.rels",)),
    )
    assert [name for name in changed if not any(kind in name for kind in kinds)] == []


def require_annotated(path: Path, folder: Path) -> None:
    before, (file, form) = path.read_bytes(), CHECKER.examine(path)
    copy = folder / "copy.xlsx"
    copy.write_bytes(annotated_copy(path))
    again, read = CHECKER.examine(copy)
    assert read.answers == form.answers
    assert found(again) == found(file)
    assert [(f.rule, f.severity) for f in again.findings if f.variant == OWN_MARKS] == [
        ("CF014", Severity.INFO)
    ]
    require_same_elsewhere(before, copy.read_bytes())
    assert annotated_copy(copy) == copy.read_bytes()
    assert path.read_bytes() == before


def filled_book(maker: str, folder: Path) -> Path:
    answers = clean("application")
    change(answers, {"set": {"leading_industry.total_output@2023": "77.2", "basic_info.area": "约18.60"}})
    path = folder / "form.xlsx"
    path.write_bytes(MAKERS[maker](laid_out("application", Habit(), answers)))
    return path


@pytest.mark.parametrize("maker", MAKERS)
def test_books_of_every_make_are_annotated(maker: str, tmp_path: Path) -> None:
    require_annotated(filled_book(maker, tmp_path), tmp_path)


def test_the_own_blank_is_annotated(tmp_path: Path) -> None:
    answers = clean("review")
    path = tmp_path / "form.xlsx"
    path.write_bytes(fill_by_name("review", answers))
    require_annotated(path, tmp_path)


def test_the_note_and_the_colour_are_at_the_cell(tmp_path: Path) -> None:
    book = opened(marked())
    cell = book["二、主导产业情况"]["D3"]
    assert cell.value == "77.2"
    assert cell.comment.author == "clusterform"
    assert cell.comment.text.splitlines()[:3] == [
        "【必须修改】集群总产值（亿元） 2023 年",
        "表中填写：77.2",
        "应当填写：77.20",
    ]
    assert cell.fill.fgColor.rgb == "FFFFC7CC"  # one lower than a blank cell's: it had a fill of its own
    plain = opened(BROKEN.read_bytes())["二、主导产业情况"]["D3"]
    looks = [(str(c.font), str(c.border), str(c.alignment), c.number_format) for c in (cell, plain)]
    assert looks[0] == looks[1]
    require_annotated(BROKEN, tmp_path)


def test_the_colour_goes_with_its_finding(tmp_path: Path) -> None:
    book = opened(marked())
    book["二、主导产业情况"]["D3"].value = "77.20"
    mended = tmp_path / "mended.xlsx"
    mended.write_bytes(saved(book))
    cell = opened(annotated_copy(mended))["二、主导产业情况"]["D3"]
    assert cell.comment is None
    assert cell.fill.fgColor.rgb not in COLOURS.values()


def shade(book: openpyxl.Workbook) -> None:
    """Every cell in one of three colours, by its row."""
    fills = [
        PatternFill("solid", fgColor="FFFFFFCC"),
        PatternFill("solid", fgColor=Color(theme=4, tint=0.6)),
        PatternFill("lightUp", fgColor="FF00B050"),
    ]
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                cell.fill = fills[cell.row % len(fills)]


def looks(data: bytes) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): f"{cell.fill}{cell.border}{cell.font}{cell.number_format}"
        for sheet in opened(data)
        for row in sheet.iter_rows()
        for cell in row
    }


def test_cells_with_colours_of_their_own_get_them_back(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    shade(book)
    path = tmp_path / "shaded.xlsx"
    path.write_bytes(saved(book))
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(saved(opened(annotated_copy(path))))  # another editor writes its styles anew
    assert looks(copy.read_bytes()) != looks(path.read_bytes())
    file, _ = CHECKER.examine(copy)
    report = CHECKER.report((file,), {file.edition})
    assert looks(annotated(copy, report, file._replace(findings=()))[1]) == looks(path.read_bytes())


def rewritten(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The broken workbook with parts changed."""
    path.write_bytes(rewritten_book(BROKEN.read_bytes(), change))


def test_a_drawing_of_notes_that_is_not_there_is_made(tmp_path: Path) -> None:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held = f'<legacyDrawing xmlns:r="{office}" r:id="rIdGone"/><tableParts count="0"/></worksheet>'.encode()
    path = tmp_path / "lost.xlsx"
    rewritten(
        path, lambda name, data: data.replace(b"</worksheet>", held) if "worksheets/sheet" in name else data
    )
    copy = parts(annotated_copy(path))["xl/worksheets/sheet3.xml"]
    assert copy.count(b"<legacyDrawing ") == 1
    assert b"rIdGone" not in copy
    assert copy.endswith(b'<tableParts count="0"/></worksheet>')


def test_a_long_note_has_room_for_its_text_where_columns_are_narrow(tmp_path: Path) -> None:
    sizes = b'<cols><col min="1" max="9" width="2"/><col min="20" max="16384" hidden="1"/></cols><sheetData>'
    path = tmp_path / "narrow.xlsx"
    rewritten(
        path,
        lambda name, data: (
            re.sub(rb"<cols>.*</cols>", b"", data).replace(b"<sheetData>", sizes)
            if "worksheets/sheet" in name
            else data
        ),
    )
    drawings = [data.decode() for name, data in parts(annotated_copy(path)).items() if name.endswith(".vml")]
    anchors = [found.split(", ") for text in drawings for found in re.findall("<x:Anchor>(.*?)<", text)]
    assert anchors
    for left, into, top, _, right, end, bottom, rest in anchors:
        widths = [19 if 0 <= column < 9 else 64 for column in range(int(left), int(right))]
        assert int(end) + sum(widths) - int(into) >= 300
        assert int(bottom) > int(top) or int(rest) >= 28


def test_what_was_added_to_a_persons_note_goes_however_it_was_divided(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    book["二、主导产业情况"]["D3"].comment = Note("请核对", "县局")
    path, copy = tmp_path / "noted.xlsx", tmp_path / "copy.xlsx"
    path.write_bytes(saved(book))
    first = annotated_copy(path)
    copy.write_bytes(
        rewritten_book(
            first, lambda _, data: data.replace("———— cl".encode(), "———— </t></r><r><t>cl".encode())
        )
    )
    again = opened(annotated_copy(copy))["二、主导产业情况"]["D3"].comment.text
    assert again == opened(first)["二、主导产业情况"]["D3"].comment.text
    path.write_bytes(saved(opened(first)))  # as one text without runs
    assert opened(annotated_copy(path))["二、主导产业情况"]["D3"].comment.text == again


@pytest.mark.parametrize("author", ["clusterform", " "], ids=["in Excel", "in LibreOffice"])
def test_what_a_person_answers_in_our_note_stays(author: str, tmp_path: Path) -> None:
    book = opened(marked())
    cell = book["二、主导产业情况"]["D3"]
    cell.comment = Note(f"{cell.comment.text}\n已核对，请复核", author)
    path, copy = tmp_path / "answered.xlsx", tmp_path / "copy.xlsx"
    path.write_bytes(saved(book))
    copy.write_bytes(annotated_copy(path))
    note = opened(copy.read_bytes())["二、主导产业情况"]["D3"].comment
    assert note.text.startswith("已核对，请复核\n———— clusterform ————\n【必须修改】")
    assert note.text.count("【必须修改】") == 1
    assert note.author != "clusterform"
    assert annotated_copy(copy) == copy.read_bytes()


def test_a_note_of_a_person_stays_above_ours(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    book["二、主导产业情况"]["D3"].comment = Note("请核对", "县局")
    path = tmp_path / "noted.xlsx"
    path.write_bytes(saved(book))
    first = annotated_copy(path)
    note = opened(first)["二、主导产业情况"]["D3"].comment
    assert note.author == "县局"
    assert note.text.startswith("请核对")
    assert "应当填写：77.20" in note.text
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(first)
    assert annotated_copy(copy) == first


@pytest.mark.parametrize("maker", MAKERS)
def test_books_of_every_make_are_fixed(maker: str, tmp_path: Path) -> None:
    path = filled_book(maker, tmp_path)
    before, (file, form) = path.read_bytes(), CHECKER.examine(path)
    made = fixed(CHECKER, path, FixOptions())
    by_address = {r.address: r.after for r in made.made}
    assert by_address[MENDED] == "77.20"
    assert maker == "by hand" or len(by_address) == 1  # without styles every figure is shown as 68.4
    copy = tmp_path / "fixed.xlsx"
    copy.write_bytes(made.data)
    again, read = CHECKER.examine(copy)
    assert {k: read.answer(*k).text for k in by_address} == by_address
    assert {k: a for k, a in read.answers.items() if k not in by_address} == {
        k: a for k, a in form.answers.items() if k not in by_address
    }
    assert not found(again) - found(file)
    assert fixed(CHECKER, copy, FixOptions()).made == ()
    require_same_elsewhere(before, made.data)
    notes = "".join(text.decode() for name, text in parts(made.data).items() if "comments" in name)
    assert "【已自动修正】原填写：77.2，改为：77.20（CF103）" in notes


def test_a_figure_gets_the_format_that_shows_it(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    cell = book["二、主导产业情况"]["D3"]
    cell.value, cell.number_format = 77.2, "General"
    path = tmp_path / "figure.xlsx"
    path.write_bytes(saved(book))
    mended = openpyxl.load_workbook(io.BytesIO(fixed(CHECKER, path, FixOptions()).data))["二、主导产业情况"][
        "D3"
    ]
    assert (mended.value, mended.number_format) == (77.2, "0.00")


def mended_cell(
    tmp_path: Path, place: str, put: Callable[[Any], None], rich: bool = False
) -> tuple[Any, Any]:
    """The cell as it was and is, its part two filled in otherwise."""
    book = opened(base_book(tmp_path))
    put(book["二、主导产业情况"][place])
    path, copy = tmp_path / "form.xlsx", tmp_path / "mended.xlsx"
    path.write_bytes(saved(book))
    made = fixed(CHECKER, path, FixOptions())
    copy.write_bytes(made.data)
    assert fixed(CHECKER, copy, FixOptions()).made == ()
    cells = (opened(file.read_bytes(), rich_text=rich)["二、主导产业情况"][place] for file in (path, copy))
    before, after = cells
    return before, after


def base_book(tmp_path: Path) -> bytes:
    return filled_book("openpyxl", tmp_path).read_bytes()


def type_rich(cell: Any) -> None:
    cell.value = CellRichText(TextBlock(InlineFont(b=True), "77."), TextBlock(InlineFont(i=True), "2亿元"))


def type_share(cell: Any) -> None:
    cell.value, cell.number_format = 0.826, "0.0%"


def test_words_in_several_formats_are_mended(tmp_path: Path) -> None:
    _, after = mended_cell(tmp_path, "C3", type_rich, rich=True)
    assert isinstance(after.value, CellRichText)
    assert str(after.value) == "77.20"
    assert after.value[0].font.b


def test_a_percentage_is_shown_with_two_decimals(tmp_path: Path) -> None:
    before, after = mended_cell(tmp_path, "C5", type_share)
    assert (after.value, after.number_format) == (before.value, "0.00%")


def test_the_head_of_a_tables_column_stays(tmp_path: Path) -> None:
    book = opened(base_book(tmp_path))
    sheet = book["二、主导产业情况"]
    sheet["B3"].value = sheet["D3"].value = "68.40"
    sheet.add_table(Table(displayName="T", ref="A3:D5"))
    path = tmp_path / "table.xlsx"
    path.write_bytes(saved(book))
    made = fixed(CHECKER, path, FixOptions())
    assert MENDED not in {r.address for r in made.made}
    assert MENDED in {r.address for r in made.left}


def test_what_was_mended_is_told_in_a_copy_annotated_later(tmp_path: Path) -> None:
    path = tmp_path / "fixed.xlsx"
    path.write_bytes(fixed(CHECKER, BROKEN, FixOptions()).data)
    copy = annotated_copy(path)
    note = opened(copy)["二、主导产业情况"]["D3"].comment.text
    assert note.startswith("【已自动修正】原填写：77.2，改为：77.20（CF103）")
    path.write_bytes(copy)
    assert annotated_copy(path) == copy


def test_a_list_of_all_findings_only_if_asked(tmp_path: Path) -> None:
    path, copy = tmp_path / "form.xlsx", tmp_path / "copy.xlsx"
    path.write_bytes(BROKEN.read_bytes())
    assert LEGEND_SHEET not in opened(annotated_copy(path)).sheetnames
    file, form = CHECKER.examine(path)
    report = CHECKER.report((file,), {file.edition})
    copy.write_bytes(annotated(path, report, file, legend=True)[1])
    again, read = CHECKER.examine(copy)
    assert (found(again), read.answers) == (found(file), form.answers)
    [marks] = (f.message for f in again.findings if f.variant == OWN_MARKS)
    assert "工作表“clusterform”一页" in marks
    book = opened(copy.read_bytes())
    assert book.sheetnames[-1] == LEGEND_SHEET
    rows = {(row[3].value or "").partition("\n")[0]: row for row in book[LEGEND_SHEET].iter_rows()}
    where = rows["表中填写：77.2"][1]
    assert (where.value, where.hyperlink.location) == ("二、主导产业情况 D3", "'二、主导产业情况'!D3")
    assert book[LEGEND_SHEET].max_row == len(file.findings) + 5
    assert annotated_copy(copy) == copy.read_bytes()
    other = tmp_path / "saved.xlsx"
    other.write_bytes(saved(book))
    assert opened(annotated_copy(other)).sheetnames == book.sheetnames


def test_a_workbook_without_styles_is_coloured(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    gone = re.compile(rb"<(?:Relationship|Override) [^>]*styles[^>]*/>|(?<=\") s=\"[0-9]+\"")
    path.write_bytes(
        rewritten_book(
            base_book(tmp_path), lambda name, data: None if name == "xl/styles.xml" else gone.sub(b"", data)
        )
    )
    cell = opened(annotated_copy(path))["二、主导产业情况"]["C3"]
    assert (cell.value, cell.fill.fgColor.rgb) == ("77.2", COLOURS[Severity.ERROR])


def test_protection_stays(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    book["二、主导产业情况"].protection.enable()
    path = tmp_path / "protected.xlsx"
    path.write_bytes(saved(book))
    assert opened(annotated_copy(path))["二、主导产业情况"].protection.sheet


def test_our_notes_go_although_their_author_was_lost(tmp_path: Path) -> None:
    once = marked()
    book = opened(once)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    cell.comment = Note(cell.comment.text, " ")
    path = tmp_path / "anonymous.xlsx"
    path.write_bytes(saved(book))
    file, _ = CHECKER.examine(path)
    assert [f.variant for f in file.findings if f.rule == "CF014"] == ["own-marks"]
    again, first = opened(annotated_copy(path)), opened(once)
    cell = ("二、主导产业情况", "D3")
    assert again[cell[0]][cell[1]].comment.text == first[cell[0]][cell[1]].comment.text


def test_what_a_conversation_would_lose_stands_beside_it(tmp_path: Path) -> None:
    book = opened(BROKEN.read_bytes())
    sheet = book["二、主导产业情况"]
    sheet["D3"].comment = Note("[Threaded comment]", "tc={0A0B0C0D-0000-0000-0000-000000000001}")
    path = tmp_path / "threaded.xlsx"
    path.write_bytes(saved(book))
    first = annotated_copy(path)
    sheet = opened(first)["二、主导产业情况"]
    assert sheet["D3"].comment.text == "[Threaded comment]"
    assert "应当填写：77.20" in sheet["E3"].comment.text
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(first)
    assert annotated_copy(copy) == first


def test_pictures_of_the_header_are_no_drawing_of_notes(tmp_path: Path) -> None:
    picture = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape id="CH"/></xml>'
    path, made = tmp_path / "header.xlsx", io.BytesIO()
    held = parts(BROKEN.read_bytes())
    sheet = next(name for name in held if name.endswith("sheet3.xml"))
    folder, _, base = sheet.rpartition("/")
    links = f"{folder}/_rels/{base}.rels"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    held[sheet] = held[sheet].replace(
        b"</worksheet>", f'<legacyDrawingHF xmlns:r="{office}" r:id="rIdHF"/></worksheet>'.encode()
    )
    link = f'<Relationship Id="rIdHF" Type="{office}/vmlDrawing" Target="../drawings/hf.vml"/>'
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    held[links] = held.get(links, empty).replace(b"</Relationships>", f"{link}</Relationships>".encode())
    held["xl/drawings/hf.vml"] = picture
    with zipfile.ZipFile(made, "w") as package:
        for name, data in held.items():
            package.writestr(name, data)
    path.write_bytes(made.getvalue())
    copy = parts(annotated_copy(path))
    assert copy["xl/drawings/hf.vml"] == picture
    assert b"<legacyDrawing " in copy[sheet]
    assert copy[sheet].index(b"<legacyDrawing ") < copy[sheet].index(b"<legacyDrawingHF")


def test_the_mark_goes_where_the_properties_are(tmp_path: Path) -> None:
    held = parts(marked())
    path, made = tmp_path / "moved.xlsx", io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, data in held.items():
            package.writestr(
                name.replace("docProps/custom", "props/own"), data.replace(b"docProps/custom", b"props/own")
            )
    path.write_bytes(made.getvalue())
    copy = parts(annotated_copy(path))
    assert b"ClusterformCopy" in copy["props/own.xml"]
    assert "docProps/custom.xml" not in copy
