"""Codes of evidence in the ways people write them, and files by the names that lists give them."""

from __future__ import annotations

import pytest

from clusterform.claims.codes import codes_in, printed
from clusterform.evidence.names import FileNames, ending_of, stem_of
from clusterform.evidence.source import ListedFile


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2.3-④", ["2.3-④"]),
        ("2.3-4", ["2.3-④"]),
        ("2.3（4）", ["2.3-④"]),
        ("2.3(4)", ["2.3-④"]),
        ("2.3④", ["2.3-④"]),
        ("2.3⑷", ["2.3-④"]),
        ("2.3 ④ 商标注册证", ["2.3-④"]),
        ("２．３－４", ["2.3-④"]),
        ("2.3—④", ["2.3-④"]),
        ("2.3.4", ["2.3-④"]),
        ("2。3-④", ["2.3-④"]),
        ("02.3-04", ["2.3-④"]),
        ("（2.3-④）商标", ["2.3-④"]),
        ("【2.3-④】商标", ["2.3-④"]),
        ("编号2.3-④", ["2.3-④"]),
        ("商标注册证（2.3-④）", ["2.3-④"]),
        ("2.3-①、④", ["2.3-①", "2.3-④"]),
        ("2.3-①至③", ["2.3-①", "2.3-②", "2.3-③"]),
        ("2.3-①，2.1-②", ["2.3-①", "2.1-②"]),
        ("2.3-④_商标.pdf", ["2.3-④"]),
        ("01 2.3-④ 商标", ["2.3-④"]),
        ("1、2.3④商标", ["2.3-④"]),
        ("14 3.3 专利清单", ["3.3"]),
        ("14 3.3kV 变电站", []),
        ("3.2", ["3.2"]),
        ("3.2 平台清单", ["3.2"]),
        ("2.3-2024年质量材料", ["2.3"]),
        ("2024.12.3 合同", []),
        ("12", []),
        ("第三章 质量", []),
        ("2.345", []),
        ("增长（2.3倍）", []),
    ],
)
def test_codes(text: str, codes: list[str]) -> None:
    assert [printed(code) for code in codes_in(text).codes] == codes


def names(*files: str) -> FileNames:
    return FileNames([ListedFile(name, 1) for name in files], "佐证材料")


def found(held: FileNames, text: str) -> list[str]:
    return [e.name for f in held.find(text) for e in f.entries]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("商标.pdf", "甲/商标.PDF"),
        ("商标", "甲/商标.PDF"),
        ("甲/商标.pdf", "甲/商标.PDF"),
        ("佐证材料/甲/商标.pdf", "甲/商标.PDF"),
        (".\\甲\\商标.pdf", "甲/商标.PDF"),
        ("乙/../甲/商标.pdf", "甲/商标.PDF"),
        ("诊断报告(2024).pdf", "诊断 报告（２０２４）.pdf"),
        ("诊断报告 2024.pdf", "诊断 报告（２０２４）.pdf"),
        ("ABC x.JPG", "ａｂｃ  X.jpg"),
        ("2.3-④ 证书", "2.3-④ 证书.docx"),
    ],
)
def test_a_file_is_found(text: str, file: str) -> None:
    held = names("甲/商标.PDF", "诊断 报告（２０２４）.pdf", "ａｂｃ  X.jpg", "2.3-④ 证书.docx")
    assert found(held, text) == [file]


@pytest.mark.parametrize("text", ["a.pdf、b.pdf", "a.pdf\nb.pdf", "a.pdf；b.pdf", "a.pdf, b.pdf"])
def test_several_files_in_one_cell(text: str) -> None:
    assert found(names("a.pdf", "b.pdf"), text) == ["a.pdf", "b.pdf"]


def test_a_name_with_a_separator_in_it() -> None:
    assert found(names("合同、协议.pdf", "协议.pdf"), "合同、协议.pdf") == ["合同、协议.pdf"]
    assert [f.fault for f in names("x.pdf").find("说明（一、二）.pdf")] == ["missing"]


def test_a_folder_stands_for_what_it_holds() -> None:
    held = names("2.3/a.pdf", "2.3/深/b.pdf", "2.4/c.pdf")
    assert found(held, "2.3/") == ["2.3/a.pdf", "2.3/深/b.pdf"]


@pytest.mark.parametrize(
    ("text", "files"),
    [
        ("附件3", ["附件3-1.pdf", "附件3-2.pdf"]),
        ("附件 3：", ["附件3-1.pdf", "附件3-2.pdf"]),
        ("附件1", ["附件1 商标.pdf"]),
        ("4", ["04.专利.pdf"]),
        ("2", []),
        ("3", []),
    ],
)
def test_a_file_by_the_number_it_begins_with(text: str, files: list[str]) -> None:
    held = names(
        "附件1 商标.pdf", "附件10.pdf", "附件3-1.pdf", "附件3-2.pdf", "04.专利.pdf", "2.3-④ 商标.pdf"
    )
    assert found(held, text) == files


def test_a_number_counts_in_the_folder_before_it() -> None:
    assert found(names("甲/附件3-1.pdf", "乙/附件3-2.pdf"), "甲/附件3") == ["甲/附件3-1.pdf"]


def test_a_name_that_is_nearly_right() -> None:
    held = names("商标注册证（扫描）.pdf", "专利清单甲.xlsx", "专利清单乙.xlsx")
    assert held.near("商标注册证.pdf") == "商标注册证（扫描）.pdf"
    assert held.near("专利清单.xlsx") == ""
    assert held.near("甲.pdf") == ""


def test_two_files_of_one_name_are_never_guessed() -> None:
    (one,) = names("甲/商标.pdf", "乙/商标.pdf").find("商标.pdf")
    assert (one.fault, len(one.entries)) == ("several", 2)
    assert found(names("商标.pdf", "乙/商标.pdf"), "商标.pdf") == ["商标.pdf"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("../a.pdf", "outside"),
        ("甲/../../a.pdf", "outside"),
        ("..\\a.pdf", "outside"),
        ("．．／a.pdf", "outside"),
        ("/etc/passwd", "outside"),
        ("C:\\a.pdf", "outside"),
        ("Ｃ：a.pdf", "outside"),
        ("\\\\server\\share\\a.pdf", "outside"),
        ("file:///a.pdf", "outside"),
        ("http://example.org/a.pdf", "outside"),
        ("~/a.pdf", "outside"),
        ("CON", "device"),
        ("甲/nul.pdf", "device"),
        ("LPT1.txt", "device"),
        ("没有.pdf", "missing"),
    ],
)
def test_names_that_are_refused(text: str, fault: str) -> None:
    assert [f.fault for f in names("a.pdf").find(text)] == [fault]


def test_stems_and_endings() -> None:
    assert stem_of("甲/2.3-④ 商标.PDF") == "2.3-④ 商标"
    assert stem_of("2.3-④") == "2.3-④"
    assert (ending_of("a.ＰＤＦ"), ending_of("2.3-4"), ending_of("a.tar.gz")) == (".pdf", "", ".gz")
