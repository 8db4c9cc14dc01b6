"""Numbers and dates as their cells show them, held against what LibreOffice shows for the same cells."""

from __future__ import annotations

import csv
import subprocess
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterform.parsers.xlsx.number_format import built_in, sections
from clusterform.parsers.xlsx.number_shown import number_shown, stored_number, text_shown
from support.book_files import package, worksheet

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,1"
"""LibreOffice's export with cells as they are shown."""
NUMBERS = (
    "0",
    "12.5",
    "-12.5",
    "0.125",
    "12.345",
    "2.675",
    "1234567.891",
    "12.300000000000001",
    "0.004",
    "-0.004",
)
FORMATS = (
    *(
        "General",
        "0",
        "0.0",
        "0.00",
        "0.000",
        "#,##0",
        "#,##0.00",
        "0.00%",
        "0%",
        '0.00"%"',
        '0.00"亿元"',
        "0.00_ ",
    ),
    *(
        "[$-804]0.00",
        "0.00_);[Red]\\(0.00\\)",
        "#.##",
        "0.##",
        "00000",
        "0.00,",
        "0.0,,",
        '"约"0.00',
        "\\¥0.00",
        "[$¥-804]#,##0.00",
    ),
    *(
        "0.00;-0.00;;@",
        ";;;",
        "0.00;[Red]0.00",
        '0.00;"负"0.00;"零"',
        "[>=100]0;[<0]\\-0.0;0.000",
        "0.00E+00",
        "#,##0.00;-#,##0.00",
    ),
    *(
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        "0.00_);(0.00)",
        '0.00 "个"',
        "[Blue]0.00",
        '"a;b"0.0;0.00',
        "?0.0?",
    ),
)
DATES = ("45292", "45292.5", "45657.999988426", "60", "1", "366.25", "44197.0416666667")
DATE_FORMATS = (
    *(
        "yyyy/m/d",
        "yyyy-mm-dd",
        'yyyy"年"m"月"d"日"',
        "yyyy年m月d日",
        "yy.m.d",
        "m/d",
        "h:mm",
        "hh:mm:ss",
        "yyyy/m/d h:mm",
    ),
    *(
        "[h]:mm",
        "[mm]:ss",
        "mm:ss",
        "h:mm AM/PM",
        "mmm",
        "d-mmm-yy",
        "mmmm",
        "yyyy.mm",
        '[DBNum1][$-804]yyyy"年"m"月"d"日"',
    ),
)
WITHOUT_DAYS = (*FORMATS, "h:mm", "hh:mm:ss", "[h]:mm", "[mm]:ss", "mm:ss", "h:mm AM/PM")
BEFORE_MARCH_1900 = ("1", "60")
"""Serial numbers that Excel counts with a 1900-02-29 and LibreOffice without."""
BARE_POINT = ("#.##", "0.##")
"""Where no decimal is left Excel keeps the point, LibreOffice does not."""


def shown(source: str, code: str) -> str:
    number = stored_number(source)
    assert number is not None
    return number_shown(number, code).text


@pytest.fixture(scope="module")
def oracle(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], str]:
    """What LibreOffice shows: format and number -> text."""
    folder = tmp_path_factory.mktemp("formats")
    pairs = [(f, v) for f in FORMATS for v in NUMBERS] + [(f, v) for f in DATE_FORMATS for v in DATES]
    codes = list(dict.fromkeys(f for f, _ in pairs))
    escaped = [c.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;") for c in codes]
    formats = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{c}"/>' for n, c in enumerate(escaped))
    looks = "".join(f'<xf numFmtId="{200 + n}" applyNumberFormat="1"/>' for n in range(len(codes)))
    styles = (
        f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>'
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="{codes.index(f)}"><v>{v}</v></c></row>'
        for n, (f, v) in enumerate(pairs, 1)
    )
    types = "".join(
        f'<Override PartName="/xl/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in (
            ("workbook.xml", "sheet.main"),
            ("worksheets/sheet1.xml", "worksheet"),
            ("styles.xml", "styles"),
        )
    )
    head = "http://schemas.openxmlformats.org/package/2006/content-types"
    book = package(
        {"a": worksheet(rows)},
        {
            "xl/styles.xml": styles,
            "[Content_Types].xml": f'<Types xmlns="{head}"><Default Extension="rels" ContentType="application/'
            f'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        },
    )
    (folder / "f.xlsx").write_bytes(book)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        AS_SHOWN,
        "--outdir",
        str(folder),
        str(folder / "f.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    (made,) = folder.glob("*.csv")
    with made.open(encoding="utf-8", newline="") as file:
        texts = [row[0] if row else "" for row in csv.reader(file)]
    return dict(zip(pairs, texts, strict=True))


@pytest.mark.parametrize("code", [*FORMATS, *DATE_FORMATS])
def test_as_libreoffice_shows_it(oracle: dict[tuple[str, str], str], code: str) -> None:
    wanted = {v: text.strip() for (f, v), text in oracle.items() if f == code}
    if code not in WITHOUT_DAYS:
        wanted = {v: text for v, text in wanted.items() if v not in BEFORE_MARCH_1900}
    found = {v: shown(v, code).strip() for v in wanted}
    if code in BARE_POINT:
        found = {v: text.rstrip(".") for v, text in found.items()}
    assert found == wanted


@pytest.mark.parametrize(
    ("source", "code", "text"),
    [
        ("60", "yyyy/m/d", "1900/2/29"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("45292", built_in(57), "2024年1月"),
        ("45292", built_in(31), "2024年1月1日"),
        ("45292", built_in(58), "1月1日"),
        ("45292.5", built_in(55), "下午12时00分"),
        ("45292", built_in(14), "2024/1/1"),
        ("0.14285714285714285", "General", "0.142857143"),
        ("2.6749999999999998", "0.00", "2.68"),
        ("12.300000000000001", "General", "12.3"),
        ("13757012468", "General", "13757012468"),
        ("1E-10", "General", "1E-10"),
        ("123456789012345678901234", "General", "1.23457E+23"),
        ("12.5", "[DBNum2]0.00", "壹拾贰.伍零"),
        ("10203", "[DBNum1]0", "一万〇二百〇三"),
        ("-5", "yyyy/m/d", "-5"),
        ("5", "[<0]0", "########"),
    ],
)
def test_as_excel_shows_it(source: str, code: str, text: str) -> None:
    assert shown(source, code) == text


def test_days_since_1904() -> None:
    number = stored_number("43830")
    assert number is not None
    assert number_shown(number, "yyyy/m/d", from_1904=True).text == "2024/1/1"


@pytest.mark.parametrize(
    ("source", "code", "number", "rounded"),
    [
        ("1850", "#,##0.00", "1850.00", ""),
        ("0.125", "0.00%", "12.50", ""),
        ("12.345", "0.00", "12.35", "12.345"),
        ("-12.5", "0.00_);[Red](0.00)", "-12.50", ""),
        ("12.5", '"约"0.00"亿元"', "12.50", ""),
        ("5", ";;;", "", ""),
        ("45292", "yyyy/m/d", "", ""),
    ],
)
def test_the_figure_in_it(source: str, code: str, number: str, rounded: str) -> None:
    stored = stored_number(source)
    assert stored is not None
    found = number_shown(stored, code)
    assert (found.number, found.rounded) == (number, rounded)
    assert found.text[found.at : found.at + found.length].replace(",", "") == number.lstrip("-")


@pytest.mark.parametrize(
    ("text", "code", "wanted"),
    [
        ("无", "0.00", "无"),
        ("无", "@", "无"),
        ("无", "0;-0;0;@_ ", "无 "),
        ("无", ";;;", ""),
        ("甲", '"名："@', "名：甲"),
    ],
)
def test_texts_under_a_format(text: str, code: str, wanted: str) -> None:
    assert text_shown(text, code) == wanted


@pytest.mark.parametrize("source", ["", "12,5", "NaN", "Infinity", "1_000", "abc"])
def test_what_is_no_number(source: str) -> None:
    assert stored_number(source) is None


@given(
    st.text(max_size=30),
    st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12),
)
def test_whatever_the_format(code: str, number: Decimal) -> None:
    assert sections(code)
    assert isinstance(number_shown(number, code).text, str)
