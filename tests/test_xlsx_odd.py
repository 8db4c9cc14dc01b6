"""Workbooks that are odd, huge or broken: read all the same, or refused with a reason; never slowly."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import pytest

from clusterform.errors import UnreadableError
from clusterform.parsers.container.package import open_package
from clusterform.parsers.xlsx.cells import without_blank_rows
from clusterform.parsers.xlsx.read import read_xlsx
from support.book import Habit, pages
from support.book_files import by_hand, by_openpyxl, package, rewritten_book, worksheet
from support.dress import strict
from support.metamorphic import differences, plainly, seen
from test_xlsx_cells import cells

SHEET = re.compile(r"worksheets/sheet\d+\.xml$")
ROWS = 200_000
BLANKS = "".join(f'<c r="{chr(65 + n)}{{0}}" s="1"/>' for n in range(10))


@cache
def clean() -> bytes:
    return by_openpyxl(pages("application", Habit()))


def same(data: bytes) -> bool:
    return not differences(seen(data), plainly("application"))


def renamed(data: bytes, change: dict[str, str]) -> bytes:
    """The package with the names of its members changed, and not what the parts say of each other."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name)
            for before, after in change.items():
                info.filename = info.filename.replace(before, after)
            new.writestr(info, old.read(name))
    return held.getvalue()


@pytest.mark.parametrize(
    "change",
    [{"worksheets": "WorkSheets", "xl/": "XL/"}, {"/": "\\"}, {"sharedStrings": "SharedStrings"}],
    ids=str,
)
def test_names_of_parts(change: dict[str, str]) -> None:
    assert same(renamed(clean(), change))


def test_strict_namespaces() -> None:
    assert same(rewritten_book(clean(), lambda _, part: strict(part.decode()).encode()))


def test_a_wrong_dimension() -> None:
    def wrong(name: str, part: bytes) -> bytes:
        return (
            re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', part) if SHEET.search(name) else part
        )

    assert same(rewritten_book(clean(), wrong))


@pytest.mark.parametrize("gone", ["xl/styles.xml", "xl/theme/theme1.xml", "docProps/core.xml"])
def test_parts_that_are_missing(gone: str) -> None:
    plain = by_hand(pages("application", Habit(numbers="text")))
    assert same(rewritten_book(plain, lambda name, part: None if name == gone else part))


def test_without_styles_a_figure_is_what_it_is() -> None:
    data = rewritten_book(clean(), lambda name, part: None if name == "xl/styles.xml" else part)
    found = seen(data)
    assert found.answers["basic_info.area", None][1] == "18.6"


def test_a_far_cell_and_giant_merges() -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    merges = b'<mergeCells><mergeCell ref="A500:XFD3000"/><mergeCell ref="ZZ1:ZZ1048576"/><mergeCell ref="Q1:R1048576"/>'

    def change(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet2.xml"):
            return part
        return part.replace(b"</sheetData>", far).replace(b"<mergeCells>", merges)

    assert read_xlsx(open_package(rewritten_book(clean(), change)))


def with_blank_rows(row: str, count: int) -> bytes:
    blanks = "".join(row.format(n) for n in range(500, 500 + count)).encode()

    def change(name: str, part: bytes) -> bytes:
        return (
            part.replace(b"</sheetData>", blanks + b"</sheetData>") if name.endswith("sheet3.xml") else part
        )

    return rewritten_book(clean(), change)


@pytest.mark.parametrize(
    ("row", "count"),
    [
        (f'<row r="{{0}}" ht="20" customHeight="1">{BLANKS}</row>', ROWS),
        ('<row r="{0}" ht="20" customHeight="1"/>', 1_048_000),
    ],
    ids=["formatted rows", "a million rows"],
)
def test_blank_rows_change_nothing(row: str, count: int) -> None:
    """How long they take stands in the benchmarks."""
    assert seen(with_blank_rows(row, count)) == seen(clean())


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2" s="1"/></row>', 1),
        ('<row r="1"/><row r="2"><c r="A2"/><c r="B2"></c></row><row r="3"><c r="A3"><v>1</v></c></row>', 1),
        ('<row r="1"><c r="A1"><v>1</v></c></row><!-- <row r="2"/> -->', 1),
        ('<!-- <row r="1"/> --><row r="2"><c r="A2"><v>1</v></c></row>', 2),
        ('<row r="1"><c r="A1"><f>B1</f></c></row><row r="2"><c r="A2" t="b"><v>1</v></c></row>', 2),
    ],
)
def test_only_blank_rows_are_cut_out(rows: str, left: int) -> None:
    assert without_blank_rows(worksheet(rows).encode()).count(b"<row") == left


def test_text_that_looks_like_a_blank_row() -> None:
    rows = (
        '<row r="1"><c r="A1" t="str"><v><![CDATA[<row r="9"/>甲</row></sheetData>]]></v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row><row r="3"/>'
    )
    found = cells(read_xlsx(open_package(package({"表": worksheet(rows)}))))
    assert [c.text for c in found.values()] == ['<row r="9"/>甲</row></sheetData>', "2"]


def test_bad_xml_in_a_sheet_is_said() -> None:
    def broken(name: str, part: bytes) -> bytes:
        return part[:-40] if name.endswith("sheet3.xml") else part

    with pytest.raises(UnreadableError):
        read_xlsx(open_package(rewritten_book(clean(), broken)))


def test_prefixed_names_of_elements() -> None:
    plain = by_hand(pages("application", Habit(numbers="text")))

    def prefix(name: str, part: bytes) -> bytes:
        if not SHEET.search(name):
            return part
        text = re.sub(r"<(/?)(?!\?)", r"<\1x:", part.decode())
        return text.replace("xmlns=", "xmlns:x=").encode()

    assert same(rewritten_book(plain, prefix))


def test_a_sheet_that_is_lost_is_said() -> None:
    lost = rewritten_book(clean(), lambda name, part: None if name.endswith("sheet3.xml") else part)
    with pytest.raises(UnreadableError, match="does not hold its sheet"):
        read_xlsx(open_package(lost))
