"""Workbooks that LibreOffice saved again, and old and foreign ones that it converts: the same answers and findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.parsers.container.package import open_form
from support.book import Habit, pages
from support.book_files import by_openpyxl
from support.metamorphic import FORMS, differences, plainly, seen
from support.office import saved_as
from support.reading import check_file

HABIT = Habit(options="rows", beside=True)
SPREADSHEET_2003 = """<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Styles><Style ss:ID="s1"><NumberFormat ss:Format="Fixed"/></Style></Styles><Worksheet ss:Name="二、主导产业情况"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">中小企业特色产业集群申报表</Data></Cell></Row>
<Row>{heads}</Row>
<Row><Cell><Data ss:Type="String">集群总产值（亿元）</Data></Cell>{figures}</Row>
</Table></Worksheet></Workbook>"""


@pytest.fixture(scope="module")
def books(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Each form as LibreOffice saves it: form and ending -> file."""
    made = {}
    for form, ending in ((FORMS[0], "xls"), (FORMS[0], "ods"), (FORMS[1], "xlsx"), (FORMS[1], "xls")):
        folder = tmp_path_factory.mktemp("book")
        source = folder / "source" / "form.xlsx"
        source.parent.mkdir()
        source.write_bytes(by_openpyxl(pages(form, HABIT)))
        made[form, ending] = saved_as(soffice, source, ending, folder)
    return made


def test_saved_again(books: dict[tuple[str, str], Path]) -> None:
    assert not differences(seen(books["review", "xlsx"]), plainly("review"))


@pytest.mark.parametrize(
    ("form", "ending"), [("application", "xls"), ("application", "ods"), ("review", "xls")]
)
def test_converted(books: dict[tuple[str, str], Path], form: str, ending: str) -> None:
    file = books[form, ending]
    before = file.read_bytes()
    assert not differences(seen(open_form(file).data), plainly(form))
    report = check_file(file)
    (told,) = [f for f in report.findings if f.rule == "CF017"]
    assert "LibreOffice 转换成 .xlsx" in told.message
    assert file.read_bytes() == before


def test_kingsofts_ending(books: dict[tuple[str, str], Path], tmp_path: Path) -> None:
    file = tmp_path / "申报表 终稿.et"
    file.write_bytes(books["review", "xls"].read_bytes())
    assert check_file(file).form == "review"


def test_a_workbook_of_2003_in_xml(soffice: str, tmp_path: Path) -> None:
    assert soffice
    heads = "".join(
        f'<Cell><Data ss:Type="String">{t}</Data></Cell>' for t in ("年度", "2022 年", "2023 年", "2024 年")
    )
    figures = "".join(
        f'<Cell ss:StyleID="s1"><Data ss:Type="Number">{n}</Data></Cell>' for n in (68.4, 77.2, 87.5)
    )
    file = tmp_path / "form.xml"
    file.write_text(SPREADSHEET_2003.format(heads=heads, figures=figures), encoding="utf-8")
    answers = seen(open_form(file).data).answers
    assert [answers["leading_industry.total_output", y][1] for y in ("2022", "2023", "2024")] == [
        "68.40",
        "77.20",
        "87.50",
    ]
