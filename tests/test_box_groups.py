"""Groups of boxes as people fill them in: what is ticked, what is left to a person and why, and what else stands there."""

from __future__ import annotations

import pytest

from clusterform.fields import Option
from clusterform.filling.boxes.read import read_group
from clusterform.finding import NOWHERE
from clusterform.parsers.raw import Mark

YES_NO = (Option("y", "是", explain=True), Option("n", "否"))
INDUSTRY = (Option("1", "第一产业"), Option("2", "第二产业"), Option("3", "第三产业"))
BENCHMARK = (Option("y", "是"), Option("n", "否"), Option("x", "非高耗能行业，不适用"))
SHARING = (
    Option("a", "开展通用生产设备共享"),
    Option("b", "开展物流、仓储、设计等服务资源共享"),
    Option("c", "开展人力资源共享"),
)
A, B, C = (option.label for option in SHARING)


def read(text: str, options: tuple[Option, ...], *marks: Mark, single: bool = True) -> str:
    """The keys ticked; ? those undecided and why; - missing; ~ reworded; * texts with a box of their own; # the remark."""
    group = read_group(text, marks, options, NOWHERE, single=single)
    parts = ["".join(group.ticks.ticked)]
    parts += [f"?{key}:{reason}" for key, reason in group.conflicts]
    parts += [f"-{option.key}" for option in group.missing]
    parts += [f"~{option.key}={words}" for option, words in group.reworded]
    parts += [f"*{words}" for words in group.extra]
    parts += [f"#{group.ticks.remark}"] if group.ticks.remark else []
    return " ".join(filter(None, parts))


def both(reason: str) -> str:
    return f"?y:{reason} ?n:{reason}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("□是☑否", "n"),
        ("□ 是  ☑ 否", "n"),
        ("是□ 否☑", "n"),
        ("是 □　否 ☑", "n"),
        ("□是□否", ""),
        ("☑是☑否", "yn"),
        ("√是 否", "y"),
        ("是√ 否", "y"),
        ("是 否 √", "n"),
        ("√ 是 否", "y"),
        ("√是 □否", "y"),
        ("□是√ □否", "y"),
        ("□√是 □否", "y"),
        ("√□是 □否", "y"),
        ("□是√否", "n"),  # √ stands in the place of the second box
        ("□是 √ □否", both("tick-between")),
        ("是√否", both("tick-between")),
        ("√是否", both("stray-tick")),
        ("是否√", both("stray-tick")),
        ("☑是否 □", both("stray-tick")),
        ("□是，□否√", "n"),
        ("是（√） 否（ ）", "y"),
        ("是( ) 否(√)", "n"),
        ("□是(√) □否", "y"),
        ("□是 □否（√）", "n"),
        ("（√）是（）否", "y"),
        ("[√]是 [ ]否", "y"),
        ("×是 √否", "n"),
        ("☒是 □否", "y"),
        ("☒是 ☑否", "n ?y:crossed-and-ticked"),
        ("☑是 ×否", "y"),
        ("□是 ×否", "?n:cross-only"),
        ("×是 □否", "?y:cross-only"),
        ("是", "y"),  # the other one was taken out
        ("否", "n"),
        ("是否", ""),
        ("是：否", ""),
        ("是\n否", ""),
        ("1.是 2.否", ""),
        ("①是 ②否", ""),
        ("√①是 ②否", "y"),
        ("①√是 ②否", "y"),
        ("1、□是 2、☑否", "n"),
        ("☑是（2023年）□否", "y #2023年"),
        ("☑是2023年发生事故 □否", "y #2023年发生事故"),
        ("☑是，说明见附件\n□否", "y #说明见附件"),
        ("□是☑否☑其他", f"{both('extra-ticked')} *其他"),
        ("□是 ☑否 □其他", "n *其他"),
        ("□是☑否□其他", "?y:side ?n:side *其他"),
        ("□是 □否 备注：甲", "#备注：甲"),
        ("情况：☑是 □否", "y"),
        ("填写情况：\n☑是 □否", "y"),
        ("是否属实：☑是 □否", "y"),
        ("●是 ○否", "y"),
        ("●是 ●否", both("bullets")),
        ("▨是 □否", "?y:box-unknown"),
        ("V是 □否", "?y:box-unknown"),
        ("☑是□", "y -n"),
        ("□\n是\n☑\n否", "n"),
        ("☑ □\n是\n否", "y"),  # all boxes in a line, the words below it
        ("☑ □\n是 否", both("stray-box")),
    ],
)
def test_yes_and_no(text: str, said: str) -> None:
    assert read(text, YES_NO) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("□第一产业 ☑第二产业 □第三产业", "2"),
        ("第二产业", "2"),
        ("第一产业 第二产业 第三产业", ""),
        ("第二产业、第三产业", "-1"),
        ("√第一产业 √第二产业 □第三产业", "12"),
        ("第一产业√ 第二产业 第三产业", "1"),
        ("第一产业□第二产业☑第三产业□", "2"),
        ("第一产业 □ 第二产业 ☑ 第三产业", "?1:side ?2:side ?3:side"),
        ("□第一产业□第二产业□第三产业☑", "?1:stray-box ?2:stray-box ?3:stray-box"),
        ("☑□第一产业□第二产业□第三产业", "?1:stray-box ?2:stray-box ?3:stray-box"),
        ("□第一产业 √\n□第二产业\n□第三产业", "1"),
        ("□第一产业\n√\n□第二产业\n□第三产业", "2"),
        ("□第一产业 ☑第三产业 □第二产业", "3"),
        ("□第一产业 ☑第二产业加工 □第三产业", "2 #加工"),
        ("☑第二产业", "2 -1 -3"),
        ("□第一产业 □第二产业", "-3"),
        ("☑第一产业 ☑第二产业 第三产业", "12 ?3:box-missing"),
        ("☑第一产业 □第二产业 第三产业", "1"),  # the one choice is made
        ("第二产业。附件（ ）", "2 #附件"),  # brackets in the text are no box
        ("□第一产业 ☑第二产业 □第三产业 □第四产业", "2 *第四产业"),
        ("□第一产业 ☑第二产业 □第四产业", "2 ~3=第四产业"),
        (
            "□第1产业 ☑第2产业 □第3产业",
            "?1:extra-ticked ?2:extra-ticked ?3:extra-ticked -1 -2 -3 *第1产业 *第2产业 *第3产业",
        ),
        ("□一产 ☑第二产业 □第三产业", "2 -1 *一产"),
        ("1.第一产业 2.第二产业 3.第三产业", ""),
        ("①第一产业 ②第二产业 ③第三产业", ""),
        ("1第一产业 2\u20dd第二产业 3第三产业", "2 #2\u20dd"),
        ("（1）第一产业 ②第二产业 （3）第三产业", "2"),
        ("第二\u20dd产业 第一产业 第三产业", "2"),
    ],
)
def test_one_of_three(text: str, said: str) -> None:
    assert read(text, INDUSTRY) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("☑是 □否 □非高耗能行业，不适用", "y"),
        ("□是 □否 ☑不适用", "?x:extra-ticked -x *不适用"),
        ("□是 □否 ☑非高耗能行业", "x ~x=非高耗能行业"),
        ("非高耗能行业，不适用", "x"),
        ("是 否 √非高耗能行业，不适用", "x"),
        ("□是□否☑非高耗能行业不适用", "x"),
    ],
)
def test_a_word_within_a_longer_option(text: str, said: str) -> None:
    assert read(text, BENCHMARK) == said


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ((f"☑{A}", f"□{B}", f"☑{C}"), "ac"),
        ((f"√{A}", B, f"√{C}"), "ac"),
        ((A, B, C), ""),
        ((A, C), "?a:no-box ?c:no-box -b"),  # those left standing may be the choice, or not
        ((f"☑{A}（注：勾选需提供佐证材料）", f"□{B}", f"□{C}"), "a"),
        ((f"☑{A}（需提供佐证材料：见附件3）", f"□{B}", f"□{C}"), "a #见附件3"),
        (("（注：勾选需提供佐证材料）", f"☑{A}", f"□{B}", f"□{C}"), "a"),
        ((f"☑1.{A}", f"□2.{B}", f"□3.{C}"), "a"),
        ((f"①{A}", f"❷{B}", f"③{C}"), "?a:all-circled ?b:all-circled ?c:all-circled #❷"),
        ((f"1.{A}", f"②{B}", f"3.{C}"), "b"),
        ((f"☑{A}", "☑其他：甲", f"□{C}"), "a ?b:extra-ticked -b *其他：甲"),
        ((f"☑{A}", "□其他", f"□{B}", f"□{C}"), "a *其他"),
        ((f"☑{C}，已签协议", f"□{A}", f"□{B}"), "c #已签协议"),
        ((f"●{A}", f"●{B}", f"●{C}"), "?a:bullets ?b:bullets ?c:bullets"),
        ((f"●{A}", f"○{B}", f"●{C}"), "ac"),
        (("√", A, B, C), "a"),
        ((A, B, C, "√"), "?a:stray-tick ?b:stray-tick ?c:stray-tick"),
        (("无",), "-a -b -c #无"),
        (("以下共三项：", f"□{A}", f"☑{B}", f"□{C}"), "b"),
        ((f"×{A}", f"×{B}", f"□{C}"), "?a:cross-only ?b:cross-only"),
        ((f"☑{A}", f"×{B}", C), "a ?c:box-missing"),
        ((f"☑{A}", B, f"□{C}"), "a ?b:box-missing"),
        ((f"☑{A}", B, f"√{C}"), "ac ?b:box-missing"),
        (
            ("☑开展通用的生产设备共享", "□开展物流、仓储等服务资源共享", f"□{C}"),
            "a ~a=开展通用的生产设备共享 ~b=开展物流、仓储等服务资源共享",
        ),
    ],
)
def test_several_of_three(lines: tuple[str, ...], said: str) -> None:
    assert read("\n".join(lines), SHARING, single=False) == said


def mark(offset: int, length: int, origin: str = "strike") -> Mark:
    return Mark(offset, None, origin, "", length)


@pytest.mark.parametrize(
    ("text", "marks", "said"),
    [
        # A line through an option may be how the other one is chosen.
        ("□是 □否", [mark(4, 2)], "?n:struck"),
        ("□是 □否", [mark(4, 1), mark(5, 1)], "?n:struck"),
        ("□是 □否", [mark(2, 1)], ""),  # through a space
        ("是 否", [mark(2, 1)], both("struck")),
        ("是 否", [mark(1, 1)], ""),
        ("☑是 □否", [mark(0, 2)], "?y:struck"),
        ("☑是 □否", [mark(0, 1)], "?y:struck"),
        ("☑是 □否", [mark(3, 2)], "y"),
        ("☑是 ☑否", [mark(0, 2)], "n ?y:struck"),
        ("□是√ □否", [mark(2, 1)], "?y:struck"),
        ("□是√ □否", [mark(4, 2)], "y"),
        # A circle round the words, or round the number before them.
        ("是 否", [mark(0, 1, "circle")], "y"),
        ("是 否", [mark(1, 1, "circle")], ""),
        ("是 否", [mark(1, 2, "circle")], "n"),
        ("□是 □否", [mark(1, 1, "circle")], "y"),
        ("☑是 □否", [mark(4, 1, "circle")], "y ?n:circled"),
        ("☑是 □否", [mark(1, 1, "circle")], "y"),
        ("1是 2否", [mark(0, 1, "circle")], "y"),
        ("1是 2否", [mark(0, 1, "circle"), mark(3, 1, "circle")], ""),
        ("其他 否", [mark(0, 2, "circle")], "?n:stray-tick ?y:stray-tick -y #其他"),
        # A picture may be a tick.
        ("□是 □否", [mark(2, 0, "drawing")], both("picture")),
        ("是 否", [mark(1, 0, "drawing")], both("picture")),
        ("☑是 □否", [mark(2, 0, "drawing")], "y"),
    ],
)
def test_lines_circles_and_pictures(text: str, marks: list[Mark], said: str) -> None:
    assert read(text, YES_NO, *marks) == said


def test_an_option_that_is_gone_may_have_been_circled() -> None:
    for origin, said in (
        ("circle", "?1:stray-tick ?2:stray-tick ?3:stray-tick -3"),
        ("stressed", "-3"),
        ("raised", "-3"),
    ):
        assert read("□第一产业 □第二产业 丙", INDUSTRY, mark(12, 1, origin)).removesuffix(" #丙") == said


@pytest.mark.parametrize(
    ("text", "marks", "stressed"),
    [
        ("□是 □否", [mark(1, 1, "stressed")], ("y",)),
        ("□是 □否", [mark(0, 1, "stressed")], ("y",)),  # its box
        ("□是 □否", [mark(1, 4, "stressed")], ()),  # both
        ("□是 □否", [mark(2, 1, "stressed")], ()),
        ("□是 □否", [mark(2, 3, "stressed")], ("n",)),
        ("☑是 □否", [mark(4, 1, "stressed")], ()),  # there is a tick
    ],
)
def test_an_option_that_stands_out_by_its_look(
    text: str, marks: list[Mark], stressed: tuple[str, ...]
) -> None:
    assert read_group(text, marks, YES_NO, NOWHERE, single=True).ticks.stressed == stressed
