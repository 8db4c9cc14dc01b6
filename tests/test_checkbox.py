"""Boxes in every encoding, and groups of them: no ticked box is read as blank and no blank one as ticked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support import ooxml as x

from clusterform.fields import Option
from clusterform.filling.boxes.read import GroupReading, read_as_printed, read_group, read_laid_out
from clusterform.finding import Location
from clusterform.parsers.checkbox import TokenKind, tokens
from clusterform.parsers.container.package import open_package
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import Cell, Mark, Table
from clusterform.parsers.symbols import symbols

PLACE = Location(table=1, row=1, cell=1)
YES_NO = (Option("yes", "是", explain=True), Option("no", "否"))
INDUSTRY = (Option("p", "第一产业"), Option("s", "第二产业"), Option("t", "第三产业"))
BENCHMARK = (Option("yes", "是"), Option("no", "否"), Option("na", "非高耗能行业，不适用"))
SHARING = tuple(
    Option(str(number), label)
    for number, label in enumerate(
        (
            "开展通用生产设备共享",
            "开展物流、仓储、设计等服务资源共享",
            "开展人力资源共享",
            "开展同类设备和产品的集中采销",
            "建立共享车间、共享工厂",
        )
    )
)
PILOTS = (
    Option("national", "建有国家智能制造、工业互联网以及其它国家新模式新业态试点示范项目"),
    Option("provincial", "建有省级智能制造、工业互联网以及其它国家新模式新业态试点示范项目"),
    Option("innovation", "开展了智能制造、工业互联网等新模式新业态创新应用推广"),
)


def read(text: str, options: tuple[Option, ...] = YES_NO, *, single: bool = True) -> GroupReading:
    return read_group(text, (), options, PLACE, single=single)


def cell_of(inline: str) -> Cell:
    document = read_docx(open_package(x.docx(x.tbl(x.tr(x.tc(x.p(inline)))))))
    table = document.blocks[0]
    assert isinstance(table, Table)
    return table.rows[0][0]


def group_of(inline: str, options: tuple[Option, ...] = INDUSTRY) -> GroupReading:
    cell = cell_of(inline)
    return read_group(cell.text, cell.marks, options, cell.location, single=True)


@pytest.mark.parametrize("encoding", list(x.BOXES))
def test_every_encoding_in_every_wrapper(encoding: str) -> None:
    on, off = x.BOXES[encoding]
    for name, wrapper in x.WRAPPERS.items():
        for ticked in (*INDUSTRY, None):
            boxes = [wrapper.format(on if option is ticked else off) for option in INDUSTRY]
            inline = "".join(box + x.run(f"{o.label}  ") for box, o in zip(boxes, INDUSTRY, strict=True))
            reading = group_of(inline)
            assert (name, *reading.ticks.ticked) == (name, *((ticked.key,) if ticked else ()))
            assert (name, reading.ticks.undecided, reading.ticks.remark) == (name, (), "")
            assert (name, reading.missing, reading.reworded, reading.extra) == (name, (), (), ())


@pytest.mark.parametrize("encoding", [e for e in x.BOXES if "place" not in e])
def test_boxes_behind_their_options(encoding: str) -> None:
    on, off = x.BOXES[encoding]
    inline = "".join(x.run(o.label) + (on if o.key == "s" else off) + x.run("  ") for o in INDUSTRY)
    reading = group_of(inline)
    assert (reading.ticks.ticked, reading.ticks.undecided) == (("s",), ())


@pytest.mark.parametrize("encoding", list(x.BOXES))
def test_all_ticked_and_more_than_one(encoding: str) -> None:
    on, off = x.BOXES[encoding]
    inline = x.run("").join((on + x.run("第一产业 "), on + x.run("第二产业 "), off + x.run("第三产业")))
    assert group_of(inline).ticks.ticked == ("p", "s")


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("□是 □否", ()),
        ("☑是 □否", ("yes",)),
        ("□是(需附情况说明) ☑否", ("no",)),
        ("√是 □否", ("yes",)),
        ("□√是 □否", ("yes",)),
        ("√□是 □否", ("yes",)),
        ("是√ □否", ("yes",)),
        ("□是√ □否", ("yes",)),
        ("□是 √□否", ("no",)),
        ("□ 是 √ 否", ("no",)),
        ("是√ 否", ("yes",)),
        ("是 √否", ("no",)),
        ("√ 是 否", ("yes",)),
        ("是 否 √", ("no",)),
        ("是☑ 否□", ("yes",)),
        ("是□ 否□", ()),
        ("□ 是□ 否", ()),
        ("□ 是□ 否☑", ("no",)),
        ("□是(√) □否", ("yes",)),
        ("是（√） 否（）", ("yes",)),
        ("( )是 (√)否", ("no",)),
        ("［ ］是 ［√］否", ("no",)),
        ("[ ] 是 [ ] 否", ()),
        ("□是（ ） □否（ ）", ()),
        ("口是 口否", ()),
        ("口是口否", ()),
        ("口是 ☑否", ("no",)),
        ("☒是 □否", ("yes",)),
        ("×是 √否", ("no",)),
        ("✔️是 □否", ("yes",)),
        ("☑ 是\n□ 否", ("yes",)),
        ("□是\n□否√", ("no",)),
        ("是否发生：□是 ☑否", ("no",)),
        ("□是 ☑否（如涉及，需提供佐证材料）", ("no",)),
        ("☑是 ☑否", ("yes", "no")),
        ("是 否", ()),
        ("是\n否", ()),
        ("是/否", ()),
        ("", ()),
        ("　", ()),
        ("无", ()),
        ("否", ("no",)),
        (" 否。", ("no",)),
        ("是，2023年发生一起事故，已整改", ("yes",)),
        ("本区域是否涉及", ()),
        ("☑①是 □②否", ("yes",)),
        ("①☑是 ②□否", ("yes",)),
        ("1.是 ②否", ("no",)),
        ("①是2.否", ("yes",)),
        ("①是 ②否", ()),
        ("是\u20dd 否", ("yes",)),
        ("□是 □否\u20dd", ("no",)),
    ],
)
def test_yes_and_no(text: str, ticked: tuple[str, ...]) -> None:
    reading = read(text)
    assert (reading.ticks.ticked, reading.ticks.undecided) == (ticked, ())


@pytest.mark.parametrize(
    ("text", "undecided", "reason"),
    [
        ("□是√□否", ("yes", "no"), "tick-between"),
        ("□ 是 √ □ 否", ("yes", "no"), "tick-between"),
        ("是 √ 否", ("yes", "no"), "tick-between"),
        ("是√否", ("yes", "no"), "tick-between"),
        ("是 ☑ 否", ("yes", "no"), "side"),
        ("□是 □否 ☑", ("yes", "no"), "stray-box"),
        ("□是 □否\n经核实√", ("yes", "no"), "stray-tick"),
        ("☐\u0338是 □否", ("yes",), "box-unknown"),
        ("×是 否", ("yes",), "cross-only"),
        ("□是 否", ("no",), "box-missing"),
        ("□是 □否 ☑部分", ("yes", "no"), "extra-ticked"),
        ("√是否", ("yes", "no"), "stray-tick"),
        ("●是 ●否", ("yes", "no"), "bullets"),
    ],
)
def test_what_is_not_plain_is_undecided(text: str, undecided: tuple[str, ...], reason: str) -> None:
    reading = read(text)
    assert (reading.ticks.ticked, reading.ticks.undecided) == ((), undecided)
    assert reading.conflicts == tuple((key, reason) for key in undecided)


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("√ 开展甲  √ 开展乙  □ 开展丙", ("a", "b")),
        ("□ 开展甲 ✔ 开展乙 √ 开展丙", ("b", "c")),
        ("√ 开展甲  □ 开展乙  √ 开展丙", ("a", "c")),
        ("开展甲 √  开展乙 √  开展丙 □", ("a", "b")),
        ("开展甲 □  开展乙 √  开展丙 √", ("b", "c")),
    ],
)
def test_ticks_typed_over_the_boxes_of_one_line(text: str, ticked: tuple[str, ...]) -> None:
    options = tuple(Option(key, f"开展{name}") for key, name in zip("abc", "甲乙丙", strict=True))
    found = read(text, options)
    assert (found.ticks.ticked, found.ticks.undecided) == (ticked, ())


def test_a_cross_beside_a_tick_is_undecided() -> None:
    reading = read("☒是 ☑否")
    assert (reading.ticks.ticked, reading.ticks.undecided) == (("no",), ("yes",))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("☑是（2023年5月发生一般事故，已整改） □否", "2023年5月发生一般事故，已整改"),
        ("☑是(需附情况说明：2023年发生一般事故) □否", "2023年发生一般事故"),
        ("☑是2023年发生一起事故 □否", "2023年发生一起事故"),
        ("☑是(需附情况说明) □否\n情况说明：由甲公司变更为乙公司。", "情况说明：由甲公司变更为乙公司"),
        ("☑是(需附情况说明)____ □否", ""),
        ("☑是(需附情况说明) □否\n情况说明：", ""),
        ("是否发生变化：☑是 □否", ""),
    ],
)
def test_what_is_written_beside_is_the_remark(text: str, remark: str) -> None:
    reading = read(text)
    assert (reading.ticks.ticked, reading.ticks.remark) == (("yes",), remark)


def test_short_words_inside_longer_ones() -> None:
    assert read("□是 □否 ☑非高耗能行业，不适用", BENCHMARK).ticks.ticked == ("na",)
    assert read("非高耗能行业，不适用", BENCHMARK).ticks.ticked == ("na",)
    assert read("□是\n☑否\n□非高耗能行业,不适用", BENCHMARK).ticks.ticked == ("no",)


def test_a_text_left_standing_counts_for_a_single_choice_only() -> None:
    alone = read("第二产业", INDUSTRY)
    assert (alone.ticks.ticked, alone.missing) == (("s",), ())
    several = read("第二产业 第三产业", INDUSTRY)
    assert (several.ticks.ticked, [o.key for o in several.missing]) == ((), ["p"])
    many = read("开展人力资源共享", SHARING, single=False)
    assert (many.ticks.ticked, many.ticks.undecided) == ((), ("2",))


def test_options_on_lines_with_notes_and_a_lead_in() -> None:
    lines = [("☑" if number in (1, 4) else "□") + option.label for number, option in enumerate(SHARING)]
    text = "集群已开展的产业链资源协同协作工作：\n" + "\n".join(lines) + "\n（注：勾选需提供佐证材料）"
    reading = read(text, SHARING, single=False)
    assert reading.ticks.ticked == ("1", "4")
    assert (reading.ticks.undecided, reading.ticks.remark, reading.missing, reading.extra) == ((), "", (), ())
    assert reading.ticks.boxes == {option.key: PLACE for option in SHARING}


def test_numbered_options() -> None:
    for text in (
        "①□第一产业 ②☑第二产业 ③□第三产业",
        "□1.第一产业 ☑2.第二产业 □3.第三产业",
        "□（1）第一产业\n☑（2）第二产业\n□（3）第三产业",
    ):
        reading = read(text, INDUSTRY)
        assert (reading.ticks.ticked, reading.ticks.remark) == (("s",), "")


def test_reworded_options_are_found_and_said() -> None:
    text = "☑开展通用生产设备的共享\n□开展物流仓储设计等服务资源共享\n□开展人力资源共享\n□开展同类设备和产品集中采购\n☑建立共享车间、共享工厂"
    reading = read(text, SHARING, single=False)
    assert reading.ticks.ticked == ("0", "4")
    assert [(o.key, found) for o, found in reading.reworded] == [
        ("0", "开展通用生产设备的共享"),
        ("3", "开展同类设备和产品集中采购"),
    ]
    assert not reading.missing


def test_a_reworded_option_may_go_on() -> None:
    text = "☑开展通用生产设备的共享，含三坐标测量机十二台和加工中心六台\n□开展人力资源共享"
    assert read(text, SHARING, single=False).ticks.ticked == ("0",)


def test_a_spelling_is_not_reworded() -> None:
    options = (*BENCHMARK[:2], Option("na", "非高耗能行业，不适用", spellings=("不适用",)))
    reading = read("□是 □否 ☑不适用", options)
    assert (reading.ticks.ticked, reading.reworded) == (("na",), ())


def test_options_alike_are_told_apart() -> None:
    text = "\n".join(
        ("□" if o.key == "national" else "☑") + o.label.replace("以及其它", "及其他") for o in PILOTS
    )
    reading = read(text, PILOTS, single=False)
    assert (reading.ticks.ticked, [o.key for o, _ in reading.reworded]) == (
        ("provincial", "innovation"),
        ["national", "provincial"],
    )
    vague = read("□第1产业 ☑第2产业 □第3产业", INDUSTRY)
    assert (vague.ticks.ticked, vague.ticks.undecided) == ((), ("p", "s", "t"))


def test_missing_and_extra_options() -> None:
    reading = read("□第一产业 ☑第二产业 □其他：____", INDUSTRY)
    assert reading.ticks.ticked == ("s",)
    assert [o.key for o in reading.missing] == ["t"]
    assert reading.extra == ("其他",)
    assert read("其他□ 第一产业☑ 第二产业□ 第三产业□", INDUSTRY).extra == ("其他",)


def test_control_and_glyph_that_disagree_are_undecided() -> None:
    inline = (
        x.sdt(x.run("☑"), x.w14("0"))
        + x.run("第一产业 ")
        + x.sdt(x.run("☐"), x.w14("0"))
        + x.run("第二产业 ")
        + x.run("□第三产业")
    )
    reading = group_of(inline)
    assert (reading.ticks.ticked, reading.ticks.undecided) == ((), ("p",))


def test_struck_options_and_pictures_need_a_person() -> None:
    strike = "<w:strike/>"
    struck = group_of(x.run("□") + x.run("第一产业", strike) + x.run(" □第二产业 □第三产业"))
    assert (struck.ticks.ticked, struck.ticks.undecided) == ((), ("p",))
    decided = group_of(x.run("□") + x.run("第一产业", strike) + x.run(" ☑第二产业 □第三产业"))
    assert (decided.ticks.ticked, decided.ticks.undecided) == (("s",), ())
    typed = group_of(x.run("第一产业", strike) + x.run("、第二产业、第三产业"))
    assert (typed.ticks.ticked, typed.ticks.undecided) == ((), ("p", "s", "t"))
    pictured = group_of(
        x.run("□第一产业 □第二产业 □第三产业") + "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    )
    assert (pictured.ticks.ticked, pictured.ticks.undecided) == ((), ("p", "s", "t"))
    control = '<w:r><w:object><w:control r:id="rId9"/></w:object></w:r>'
    active = group_of("".join(control + x.run(o.label + " ") for o in INDUSTRY))
    assert (active.ticks.ticked, active.ticks.undecided) == ((), ("p", "s", "t"))


def test_a_circle_beside_another_tick_is_undecided() -> None:
    reading = read("☑是 □否\u20dd")
    assert (reading.ticks.ticked, reading.ticks.undecided) == (("yes",), ("no",))
    ticked_too = read("☑第一产业\u20dd ☑第二产业 □第三产业", INDUSTRY, single=False)
    assert (ticked_too.ticks.ticked, ticked_too.ticks.undecided) == (("p", "s"), ())
    numbers = read("①第一产业 ②第二产业 ③第三产业", INDUSTRY, single=False)
    assert (numbers.ticks.ticked, numbers.ticks.undecided) == ((), ("p", "s", "t"))
    assert read("1.第一产业 ②第二产业 ③第三产业", INDUSTRY, single=False).ticks.ticked == ("s", "t")
    run_together = group_of(x.field(r"eq \o\ac(○,第一产业)") + x.run("第二产业第三产业"))
    assert run_together.ticks.ticked == ("p",)


def test_a_circle_round_no_option_is_undecided_where_an_option_is_not_there() -> None:
    typed = read("是 （\u20dd）")
    drawn = group_of(x.field(r"eq \o\ac(○,其他)") + x.run("第二产业第三产业"))
    assert (typed.ticks.undecided, drawn.ticks.undecided) == (("yes", "no"), ("p", "s", "t"))
    elsewhere = read("□是 □否 其他\u20dd")
    assert (elsewhere.ticks.ticked, elsewhere.ticks.undecided) == ((), ())
    chosen = read("☑是 其他\u20dd")
    numbered = read("1\u20dd第一产业 2第二产业", INDUSTRY, single=False)
    assert (chosen.ticks.ticked, chosen.ticks.undecided) == (("yes",), ())
    assert (numbered.ticks.ticked, numbered.ticks.undecided) == (("p",), ())


def test_mouth_is_a_letter_elsewhere() -> None:
    found = tokens("出口额与口岸：口是 口否", (), ("是", "否"))
    assert [t.start for t in found if t.kind is TokenKind.BOX] == [7, 10]
    assert not [t for t in tokens("口岸建设 口 出口", ()) if t.kind is TokenKind.BOX]


def test_tokens_keep_states_and_offsets() -> None:
    found = tokens("a☑b √ ▨", (Mark(1, ticked=True, origin="EQ", shown="☒"), Mark(6, None, "ActiveX", "")))
    assert [(t.kind, t.start, t.end, t.ticked, t.crossed) for t in found] == [
        (TokenKind.TEXT, 0, 1, None, False),
        (TokenKind.BOX, 1, 2, True, True),
        (TokenKind.TEXT, 2, 4, None, False),
        (TokenKind.TICK, 4, 5, True, False),
        (TokenKind.BOX, 6, 7, None, False),
    ]


SPACES = st.text(alphabet=" \t\u3000\xa0", max_size=3)
WIDE = str.maketrans("(),:", "（），：")


@given(
    state=st.lists(st.booleans(), min_size=5, max_size=5),
    spaces=st.lists(SPACES, min_size=10, max_size=10),
    ends=st.sampled_from(["\n", " ", "\u3000\u3000", "；\n", "\t"]),
    signs=st.sampled_from(
        [("☑", "□"), ("☒", "☐"), ("■", "□"), ("[√]", "[ ]"), ("（√）", "（ ）"), ("□√", "□"), ("√□", "□")]
    ),
    wide=st.booleans(),
)
def test_boxes_before_options_whatever_the_spaces(
    state: list[bool], spaces: list[str], ends: str, signs: tuple[str, str], wide: bool
) -> None:
    pieces = [
        signs[0 if on else 1]
        + spaces[2 * n]
        + (o.label.translate(WIDE) if wide else o.label)
        + spaces[2 * n + 1]
        + ends
        for n, (on, o) in enumerate(zip(state, SHARING, strict=True))
    ]
    reading = read("".join(pieces), SHARING, single=False)
    expected = tuple(o.key for on, o in zip(state, SHARING, strict=True) if on)
    assert set(reading.ticks.ticked) <= set(expected)
    assert set(expected) <= {*reading.ticks.ticked, *reading.ticks.undecided}
    assert not reading.missing
    if signs[0] != "√□":  # between two options a tick may stand for either
        assert reading.ticks.undecided == ()


def test_the_short_way_says_what_the_whole_reader_says() -> None:
    signs = [
        *symbols().glyphs,
        *"\u20dd\u20de\u20e0\u20e5\u0338\uf0fe\uf052①②xv口〇",
        "[]",
        "(√)",
        "（x）",
        "",
        " ",
    ]
    shapes = ("□{}是 □否", "□是{} □否", "{}□是 ☑否", "□是 □{}否", "☑是 □否{}", "☒是 {}☐否", "☐是\n{}☐否")
    short = 0
    for text in (shape.format(sign) for sign in signs for shape in shapes):
        ticks = read_as_printed(text, (), YES_NO, PLACE)
        short += ticks is not None
        assert ticks is None or ticks == read_laid_out(text, (), YES_NO, PLACE, single=True).ticks
    assert short >= len(shapes)


@given(st.data())
def test_text_split_over_runs_reads_the_same(data: st.DataObject) -> None:
    text = data.draw(
        st.sampled_from(
            [
                "□第一产业 ☑第二产业 □第三产业",
                "√第一产业 □第二产业 □第三产业",
                "第一产业（ ） 第二产业（√） 第三产业（ ）",
            ]
        )
    )
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1))))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    split = cell_of("".join(map(x.run, pieces)))
    assert split.text == text
    whole = read(text, INDUSTRY)
    assert len(whole.ticks.ticked) == 1
    assert read_group(split.text, split.marks, INDUSTRY, PLACE, single=True) == whole


@given(st.text(alphabet="□☑√×是否口( )（）[]\n，第一二三产业x▨不适用非高耗能行：", max_size=40))
def test_nothing_breaks_and_nothing_is_both(text: str) -> None:
    for options in (YES_NO, INDUSTRY, BENCHMARK):
        for single in (True, False):
            reading = read(text, options, single=single)
            keys = [o.key for o in options]
            assert not set(reading.ticks.ticked) & set(reading.ticks.undecided)
            assert [k for k in keys if k in reading.ticks.ticked] == list(reading.ticks.ticked)
            yes = any(sign in text for sign in "☑√×x▨")
            if not single and not yes:
                assert reading.ticks.ticked == ()


_STRIKE, _FRAME = "<w:strike/>", '<w:bdr w:val="single"/>'


@pytest.mark.parametrize(
    ("inline", "ticked", "doubted"),
    [
        ("□第一产业 □" + x.run("√", _STRIKE) + x.run("第二产业 □第三产业"), (), ("s",)),
        (x.run("☑", _STRIKE) + x.run("第一产业 ☑第二产业 □第三产业"), ("s",), ("p",)),
        (x.run("□", _STRIKE) + x.run("第一产业 ☑第二产业 □第三产业"), ("s",), ()),  # an empty box is none
        ("第一产业 " + x.run("第二产业", _FRAME) + x.run(" 第三产业"), ("s",), ()),
        (
            x.run("□第一产业 ☑第二产业 □第三产业", _FRAME),
            ("s",),
            (),
        ),  # a frame round all of them chooses none
    ],
)
def test_ticks_struck_out_and_words_in_a_frame(
    inline: str, ticked: tuple[str, ...], doubted: tuple[str, ...]
) -> None:
    cut = inline.find("<")
    found = group_of((x.run(inline[:cut]) if cut else "") + inline[cut:])
    assert (found.ticks.ticked, found.ticks.undecided) == (ticked, doubted)


@pytest.mark.parametrize(("held", "doubted"), [("√", {"p", "s", "t"}), ("第二产业√", set())])
def test_a_tick_in_a_text_box_of_its_own_lies_over_the_form(held: str, doubted: set[str]) -> None:
    box = f"<w:r><w:drawing><wps:txbx><w:txbxContent>{x.p(held)}</w:txbxContent></wps:txbx></w:drawing></w:r>"
    printed = "□第一产业 □第二产业 □第三产业" if len(held) == 1 else "□第一产业 □第三产业"
    assert set(group_of(x.run(printed) + box).ticks.undecided) == doubted
