"""From a text to the answer: what is printed there and no answer, what is put for 无, and the value of the rest."""

from __future__ import annotations

import pytest

from clusterform.answers import Answer, Contact, CountNames, State, figure_of
from clusterform.filling.convert import convert, is_no_answer, without_print
from clusterform.filling.pieces import Piece
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Mark

FORM = load_form("2025", "application")
NAME, COVER, AREA = "basic_info.operator", "cover.department", "basic_info.area"
CLUSTER, REGION, PATENTS, STAFF = (
    "basic_info.cluster_name",
    "cover.region",
    "innovation.patents",
    "innovation.employees",
)
CHAIN, OTHERS, CONTACT = "leading_industry.chain_text", "innovation.platforms_other", "cover.contact"
PATTERN = "（XX（省、市）XX（县、区）XX产业）"


def answer(path: str, *texts: str | Piece) -> Answer:
    """Of several texts each stands in a cell of its own."""
    pieces = [
        Piece(text, (), Location(cell=number)) if isinstance(text, str) else text
        for number, text in enumerate(texts, 1)
    ]
    return convert(FORM.fields[path], FORM.rows[path], pieces)


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        (NAME, "甲", "甲"),
        (NAME, " _甲：_ ", "甲"),
        (NAME, "甲（盖章）", "甲"),
        (NAME, "甲 （公章）", "甲"),
        (NAME, "（盖章）甲", "（盖章）甲"),
        (COVER, "甲（盖章）", "甲"),
        (CLUSTER, f"甲产业集群{PATTERN}", "甲产业集群"),
        (CLUSTER, f"{PATTERN}甲产业集群", "甲产业集群"),
        (CLUSTER, f"{PATTERN}\n甲产业集群", "甲产业集群"),
        (REGION, "浙江省杭州市", "浙江省杭州市"),
        (PATENTS, "5个", "5"),
        (PATENTS, "5 个（需提供清单及佐证材料）", "5"),
        (PATENTS, "5 个 （ 需提供清单及佐证材料 ）", "5"),
        (CHAIN, "甲（200 字以内）", "甲"),
        (CHAIN, "甲\n（200 字以内）\n乙", "甲\n乙"),
        (CHAIN, "甲\n——\n乙", "甲\n——\n乙"),
        ("green.co2_formula", "（注：单位产值二氧化碳排放量需提供计算公式）排放量/产值", "排放量/产值"),
    ],
)
def test_what_the_form_prints_is_no_part_of_the_answer(path: str, text: str, left: str) -> None:
    found = answer(path, text)
    assert (found.state, found.text) == (State.FILLED, left)


@pytest.mark.parametrize(
    ("path", "text", "state"),
    [
        (NAME, "", State.BLANK),
        (NAME, "（盖章）", State.BLANK),
        (NAME, "____", State.PLACEHOLDER),  # the form prints no line there
        (NAME, "XX", State.PLACEHOLDER),
        (NAME, "待补充", State.PLACEHOLDER),
        (COVER, "____", State.BLANK),
        (PATENTS, "____个", State.BLANK),
        (PATENTS, "（需提供清单及佐证材料）", State.BLANK),
        (CLUSTER, PATTERN, State.PLACEHOLDER),
        (REGION, "省（区、市）市（区）县（市、区）", State.BLANK),
        (CHAIN, "（200 字以内）", State.BLANK),
        ("cover.date", "　年　月", State.BLANK),
        ("cover.date", "年 月 日", State.BLANK),
        ("cover.date", "2025年6月", State.FILLED),
        (NAME, "年 月 日", State.FILLED),
        (NAME, "无", State.NONE),
        (NAME, "无无", State.NONE),
        (NAME, "无。", State.NONE),
        (NAME, "无人", State.FILLED),
        (AREA, "无", State.NONE),
        (OTHERS, "无", State.NONE),
        *(
            (NAME, text, State.STAND_IN)
            for text in ("/", "——", "---", "－", "N/A.", "暂无", "没有", "0家", "0 家")
        ),
        *((NAME, text, State.FILLED) for text in ("—甲", "零家", "10家", "暂无人")),
        (CHAIN, "0家", State.STAND_IN),
        (STAFF, "0家", State.FILLED),  # a figure is asked
        (AREA, "-", State.STAND_IN),
        (PATENTS, "/个", State.STAND_IN),
        (PATENTS, "—个", State.STAND_IN),
        (AREA, "十二", State.UNREADABLE),
        (AREA, "约12", State.UNREADABLE),
        ("plan.target_rd", "不低于12亿元", State.FILLED),
        ("plan.target_rd", "十二", State.UNREADABLE),
        ("declaration.county_seal", "（公章）", State.BLANK),
        ("declaration.county_seal", "甲局", State.FILLED),
    ],
)
def test_the_state_of_an_answer(path: str, text: str, state: State) -> None:
    assert answer(path, text).state is state


@pytest.mark.parametrize(
    ("path", "texts", "figure", "flaws"),
    [
        (AREA, ["12.50"], "12.50", ()),
        (AREA, ["12.5平方公里"], "12.5", ("unit",)),
        (AREA, ["12.5", "平方公里"], "12.5", ()),  # the row's own unit in a cell of its own
        (AREA, ["平方公里", "12.5"], None, ()),
        (AREA, ["12.5", "公顷"], None, ("unit",)),
        (AREA, ["12.5", ""], "12.5", ()),
        (AREA, ["12.5", "——"], "12.5", ()),  # a sign that says nothing
        (AREA, ["12", "‰"], None, ("unit",)),
        (AREA, ["12", "13"], None, ()),
        (STAFF, ["5", "人"], "5", ()),
        (STAFF, ["5人"], "5", ("unit",)),
        (PATENTS, ["数量：5"], "5", ()),
        (PATENTS, ["5个（其中发明3个）"], "5", ()),
        (PATENTS, ["5（其中发明3）个"], "5", ()),
        (PATENTS, ["5（需提供清单及佐证材料"], "5", ()),  # its bracket is not closed
        (PATENTS, ["5（约）"], None, ()),  # the remark puts it in doubt
        (PATENTS, ["5件"], "5", ()),  # 个 is printed there
        (PATENTS, ["_5_个"], "5", ()),
        ("plan.target_rd", ["12亿元"], "12", ()),
    ],
)
def test_the_figure_of_an_answer(
    path: str, texts: list[str], figure: str | None, flaws: tuple[str, ...]
) -> None:
    found = answer(path, *texts)
    assert (None if found.decimal is None else f"{found.decimal}") == figure
    assert tuple(found.flaws) == flaws
    assert found.place == Location(cell=1)


def test_units_in_the_figure_s_own_cell_are_part_of_it() -> None:
    place = Location(cell=1)
    found = convert(
        FORM.fields[AREA], FORM.rows[AREA], [Piece("12.5", (), place), Piece("平方公里", (), place)]
    )
    assert (found.state, found.flaws) == (State.FILLED, ("unit",))


@pytest.mark.parametrize(
    ("text", "person", "phone"),
    [
        ("张三 13800000000", "张三", "13800000000"),
        ("张三、0570-6018826", "张三", "0570-6018826"),
        ("13800000000 张三", "张三", "13800000000"),
        ("13800000000", "", "13800000000"),
        ("张三", "张三", ""),
        ("张三 123", "张三 123", ""),
        ("张三 0570-6018826 转 12", "张三", "0570-6018826 转 12"),
        ("张三 0570-6018826、13800000000", "张三", "0570-6018826、13800000000"),
        ("联系人：张三 电话：0570-6018826", "张三", "0570-6018826"),
        ("张三（0570-6018826）", "张三", "0570-6018826"),
    ],
)
def test_a_person_and_a_telephone(text: str, person: str, phone: str) -> None:
    found = answer(CONTACT, text)
    assert (found.text, found.value) == (text, Contact.made(person=person, phone=phone))


@pytest.mark.parametrize(
    ("text", "count", "written", "names"),
    [
        ("数量：3 个 名称：甲、乙", 3, "3", "甲、乙"),
        ("3", 3, "3", ""),
        ("甲", None, "", "甲"),
        ("数量：三 个 名称：甲", None, "三", "甲"),
        ("数量：3 家 名称：甲", 3, "3 家", "甲"),
        ("数量：0 个 名称：无", 0, "0", "无"),
        ("数量：个 名称：甲", None, "", "甲"),
        ("共3家：甲", 3, "3", "甲"),
        ("数量：3% 名称：甲", None, "3%", "甲"),  # no count
        ("/", None, "", "/"),
    ],
)
def test_a_count_and_its_names(text: str, count: int | None, written: str, names: str) -> None:
    found = answer(OTHERS, text)
    assert found.state in (State.FILLED, State.STAND_IN)
    assert found.value == CountNames.made(count=count, count_text=written, names=names)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("数量： 个 名称：", State.BLANK),
        ("", State.BLANK),
        ("数量：无 名称：", State.NONE),
        ("数量：无 名称：无", State.NONE),
        ("数量：无 名称：甲", State.FILLED),
        ("数量：3 名称：无", State.FILLED),
        ("数量：若干 名称：", State.FILLED),
    ],
)
def test_a_count_with_nothing_in_it(text: str, state: State) -> None:
    assert answer(OTHERS, text).state is state


def test_a_formula_without_a_value_and_a_picture() -> None:
    none = Mark(0, None, "formula", "#DIV/0!", 0)
    assert answer(AREA, Piece("", (none,))).state is State.NO_VALUE
    drawn = Piece("", (), Location(cell=1), images=1)
    for path, state in (
        ("declaration.county_seal", State.FILLED),
        ("declaration.signature", State.FILLED),
        ("green.co2_formula", State.FILLED),
        (NAME, State.BLANK),
    ):
        assert answer(path, drawn).state is state, path
    shape = Piece("", (Mark(0, None, "drawing", "", 0),))
    assert [answer(p, shape).state for p in ("green.co2_formula", "declaration.county_seal")] == [
        State.FILLED,
        State.BLANK,
    ]


def test_what_a_number_s_format_writes_is_shown_and_not_read() -> None:
    number = Mark(0, None, "number", "1234.50", 8)
    found = answer(AREA, Piece("1,234.50平方公里", (number, Mark(8, None, "literal", "平方公里", 4))))
    assert (found.text, found.flaws, f"{found.decimal}") == ("1,234.50平方公里", (), "1234.50")
    rounded = Mark(0, None, "rounded", "12.3456", 5)
    found = answer(AREA, Piece("12.35", (Mark(0, None, "number", "12.35", 5), rounded)))
    assert f"{found.decimal}" == "12.35"
    about = (
        Mark(0, None, "literal", "约", 1),
        number._replace(offset=1),
        Mark(9, None, "literal", "平方公里", 4),
    )
    found = answer(AREA, Piece("约1,234.50平方公里", about))
    assert (found.text, found.flaws) == ("约1,234.50平方公里", ("approximate",))
    found = answer(AREA, Piece("007", (Mark(0, None, "number", "007", 3),)))
    assert (found.text, found.flaws) == ("007", ())
    other = answer(AREA, Piece("12.50公顷", (Mark(5, None, "literal", "公顷", 2),)))
    assert (other.decimal, other.flaws) == (None, ("unit",))


@pytest.mark.parametrize(
    "text", ["无", "无。", "/", "——", "暂无", "待补充", "N/A", "/" * 201, "无无无", "-—/\\–―"]
)
def test_a_text_that_names_nothing(text: str) -> None:
    assert is_no_answer(text)


@pytest.mark.parametrize("text", ["", "甲", "-甲", "见附件", "0家", "无人", "/甲"])
def test_a_text_that_names_something(text: str) -> None:
    assert not is_no_answer(text)


def test_texts_in_several_cells() -> None:
    assert answer(NAME, "甲", "——").text == "甲\n——"
    assert answer(NAME, "123").value == "123"
    found = answer(OTHERS, "3", "家")
    assert (found.text, found.value) == ("3\n家", CountNames.made(count=3, count_text="3"))


def test_a_count_is_a_whole_number() -> None:
    figures = [figure_of(answer(path, "5")) for path in (STAFF, AREA)]
    assert [figure is not None and figure.counted for figure in figures] == [True, False]


def test_a_figure_above_the_line_is_a_note_s_where_figures_are_asked() -> None:
    raised = (Mark(4, None, "raised", "superscript"),)
    found = answer(AREA, Piece("12.51", raised))
    assert (found.text, f"{found.decimal}", found.flaws) == ("12.5¹", "12.5", ("note_mark",))
    assert answer(NAME, Piece("甲乙丙丁1", raised)).text == "甲乙丙丁1"


def test_print_alone_leaves_its_gaps_and_strokes() -> None:
    row = FORM.rows[PATENTS]
    texts = ("个", "/个", "—— 个", "————个")
    assert [without_print(text, row) for text in texts] == ["", "/", "——", ""]
    assert without_print("甲", FORM.rows[NAME]) == "甲"
