"""Part nine line by line: what is a signature, a seal, a date, an opinion."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.answers import FilledForm, State
from clusterform.filling.read import fill_form
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import Cell, Table
from support.forms import write

COUNTY = """县级行政区划中小企业主管部门负责人（签字）：张建国
县级行政区划中小企业主管部门（公章）：
2025年6月18日"""
PROVINCE = "同意推荐。\n推荐单位（公章）：\n2025年7月8日"


def declared(folder: Path, county: str = COUNTY, province: str = PROVINCE, pictures: int = 0) -> FilledForm:
    """The form with other text in the two cells of part nine, and so many pictures in the first."""
    path = folder / "form.docx"
    path.write_bytes(write("application"))
    document = read_docx(open_form(path))

    def changed(cell: Cell) -> Cell:
        if "主管部门（公章）" in cell.text:
            return cell._replace(text=county, marks=(), images=pictures)
        return cell._replace(text=province, marks=()) if "推荐单位（公章）" in cell.text else cell

    blocks = (
        block._replace(rows=tuple(tuple(map(changed, row)) for row in block.rows))
        if isinstance(block, Table)
        else block
        for block in document.blocks
    )
    return fill_form(document._replace(blocks=tuple(blocks)), load_form("2025", "application"))


def texts(form: FilledForm, *keys: str) -> tuple[str, ...]:
    return tuple(form.answer(f"declaration.{key}").text for key in keys)


def test_an_opinion_may_have_several_paragraphs_and_a_signature_one_line(tmp_path: Path) -> None:
    form = declared(
        tmp_path,
        COUNTY.replace("张建国", "张建国\n中小企业局副局长"),
        PROVINCE.replace("同意推荐。", "材料齐全。\n同意推荐。"),
    )
    assert texts(form, "signature", "opinion") == ("张建国", "材料齐全。\n同意推荐。")


@pytest.mark.parametrize(("pictures", "state"), [(0, State.BLANK), (1, State.FILLED)])
def test_a_picture_below_the_words_is_the_seal(pictures: int, state: State, tmp_path: Path) -> None:
    form = declared(tmp_path, pictures=pictures)
    assert form.answer("declaration.county_seal").state is state
    assert form.answer("declaration.province_seal").state is State.BLANK
    assert texts(form, "signature", "county_date") == ("张建国", "2025年6月18日")


def test_a_date_behind_a_signature_is_the_date(tmp_path: Path) -> None:
    county = COUNTY.replace("张建国", "张建国 2025年6月17日").replace("\n2025年6月18日", "")
    form = declared(tmp_path, county, "2025年7月1日收到材料，同意推荐。\n推荐单位（公章）：\n2025年7月8日")
    assert texts(form, "signature", "county_date") == ("张建国", "2025年6月17日")
    assert texts(form, "opinion", "province_date") == ("2025年7月1日收到材料，同意推荐。", "2025年7月8日")
