"""What is ticked, what cannot be decided and why: in a group of which one is chosen, and in one of which several may be."""

from __future__ import annotations

import pytest

from clusterform.fields import Option
from clusterform.filling.boxes.read import read_group
from clusterform.finding import Location
from clusterform.parsers.raw import Mark

INDUSTRY = (Option("p", "第一产业"), Option("s", "第二产业"), Option("t", "第三产业"))
RING = "\u20dd"


def read(text: str, *marks: Mark, single: bool) -> tuple[str, str, str]:
    """The options ticked, those undecided, and why."""
    found = read_group(text, marks, INDUSTRY, Location(table=1, row=1, cell=1), single=single)
    reasons = sorted({reason for _, reason in found.conflicts})
    return "".join(found.ticks.ticked), "".join(found.ticks.undecided), " ".join(reasons)


@pytest.mark.parametrize(
    ("text", "one", "several"),
    [
        # One clear tick settles a choice of one, whatever is odd beside it.
        ("☑第一产业 □第二产业 第三产业", ("p", "", ""), ("p", "t", "box-missing")),
        ("☑第一产业 □第二产业 □第三产业\n√", ("p", "", ""), ("p", "st", "stray-tick")),
        ("☑其他 ☑第一产业 □第二产业", ("p", "", ""), ("p", "t", "extra-ticked")),
        ("☑其他 □第一产业 □第二产业 □第三产业", ("", "pst", "extra-ticked"), ("", "", "")),
        ("第一产业", ("p", "", ""), ("", "p", "no-box")),
        ("第一产业甲", ("p", "", ""), ("", "p", "no-box")),
        ("甲：第一产业", ("", "", ""), ("", "p", "no-box")),
        ("①第一产业 ②第二产业 ③第三产业", ("", "", ""), ("", "pst", "all-circled")),
        ("第一产业第二产业 √第三产业", ("", "pst", "stray-tick"), ("t", "", "")),
    ],
)
def test_one_is_chosen_or_several(text: str, one: tuple[str, ...], several: tuple[str, ...]) -> None:
    assert read(text, single=True) == one
    assert read(text, single=False) == several


@pytest.mark.parametrize(
    ("text", "ticked", "undecided", "reason"),
    [
        ("☑第一产业 ☑第二产业 第三产业", "ps", "t", "box-missing"),
        ("□第一产业 □第二产业 第三产业", "", "t", "box-missing"),
        ("□第一产业 □第二产业 □第三产业\n√", "", "pst", "stray-tick"),
        ("☑其他 □第一产业 □第二产业", "", "t", "extra-ticked"),
        ("第一产业☑第二产业", "", "ps", "side"),
        ("☑第二产业□", "s", "", ""),
        ("□第二产业☑", "", "s", "stray-box"),
        ("▨第一产业 □第二产业 □第三产业", "", "p", "box-unknown"),
        ("×第一产业 □第二产业 □第三产业", "", "p", "cross-only"),
        ("×第一产业 √第二产业 第三产业", "s", "", ""),
        ("☒第一产业 □第二产业 □第三产业", "p", "", ""),
        ("☒第一产业 ☑第二产业 □第三产业", "s", "p", "crossed-and-ticked"),
        ("●第一产业 ●第二产业 ●第三产业", "", "pst", "bullets"),
        ("●第一产业 ●第二产业", "", "ps", "bullets"),
        ("●第一产业 □第二产业 □第三产业", "p", "", ""),
        ("▨第一产业 □第二产业 □第三产业\n√", "", "pst", "box-unknown stray-tick"),
        # Brackets are in prose too: empty ones are no boxes, a tick in them is one.
        ("第二产业（√）", "s", "", ""),
        ("第一产业（ ） 第二产业（ ） 第三产业（ ）", "", "", ""),
        ("第一产业，甲（ ）乙", "p", "", ""),
        ("第一产业，甲（√）乙", "", "st", "extra-ticked"),
        # A circle round an option or its number.
        (f"第一产业{RING} □第二产业", "p", "", ""),
        (f"□第一产业{RING} □第二产业 □第三产业", "p", "", ""),
        (f"□第一产业{RING} ☑第二产业 □第三产业", "s", "p", "circled"),
        ("1第一产业 ②第二产业 3第三产业", "s", "", ""),
        ("（12）第一产业 ②第二产业", "s", "", ""),
        (f"1{RING}第一产业 2第二产业 3第三产业", "p", "", ""),
        (f"(1)第一产业 (2{RING})第二产业 (3)第三产业", "s", "", ""),
        (f"1.第一产业\n2{RING}.第二产业\n3.第三产业", "s", "", ""),
        (f"一、第一产业\n二{RING}、第二产业\n三、第三产业", "s", "", ""),
        ("1.第一产业 2.第二产业 3.第三产业", "", "", ""),
    ],
)
def test_what_is_ticked_and_what_is_undecided(text: str, ticked: str, undecided: str, reason: str) -> None:
    assert read(text, single=True) == (ticked, undecided, reason)


@pytest.mark.parametrize(
    ("text", "at", "length", "ticked"),
    [
        ("1.第一产业 2.第二产业 3.第三产业", 0, 1, "p"),
        ("1.第一产业 2.第二产业 3.第三产业", 7, 2, "s"),
        ("1.第一产业 2.第二产业 3.第三产业", 9, 4, "s"),
        ("第一产业 第二产业 第三产业", 4, 1, ""),
    ],
)
def test_a_circle_drawn_round_an_option_or_its_number(text: str, at: int, length: int, ticked: str) -> None:
    assert read(text, Mark(at, None, "circle", "", length), single=True) == (ticked, "", "")


@pytest.mark.parametrize(
    ("text", "ticked", "undecided", "reason"),
    [
        ("□第一产业 √ □第二产业 □第三产业", "", "ps", "tick-between"),
        ("□第一产业√ □第二产业 □第三产业", "p", "", ""),
        ("□第一产业 √□第二产业 □第三产业", "s", "", ""),
        ("√第一产业 □第二产业 □第三产业", "p", "", ""),
        ("第一产业 √ □第二产业 □第三产业", "p", "", ""),  # the other has its box
        ("第一产业 √ 第二产业 第三产业", "", "ps", "tick-between"),
        ("√第一产业 第二产业 √第三产业", "pt", "", ""),
        ("第一产业√ 第二产业 第三产业√", "pt", "", ""),
        ("□第一产业\n□第二产业\n√\n□第三产业", "t", "", ""),
        ("□第一产业(√) □第二产业( ) □第三产业( )", "p", "", ""),
        ("□☑□\n第一产业\n第二产业\n第三产业", "s", "", ""),  # words in text boxes are read behind their boxes
        ("☑\n第二产业", "s", "", ""),
    ],
)
@pytest.mark.parametrize("single", [True, False])
def test_a_tick_belongs_to_the_nearest_option(
    text: str, ticked: str, undecided: str, reason: str, single: bool
) -> None:
    assert read(text, single=single) == (ticked, undecided, reason)


@pytest.mark.parametrize(
    ("text", "extra", "remark"),
    [
        ("□第一产业 ☑第二产业 □第三产业 □其他行业", ("其他行业",), ""),
        ("第一产业□ 第二产业☑ 第三产业□ 其他行业□", ("其他行业",), ""),
        ("其他行业□ 第一产业□ 第二产业☑ 第三产业□", ("其他行业",), ""),
        ("□甲\n□第一产业\n☑第二产业乙\n□第三产业", ("甲",), "乙"),
        ("□第一产业 ☑第二产业 □第三产业 （ ）其他", (), "其他"),
        ("请选择：□第一产业 ☑第二产业 □第三产业", (), ""),
        ("请选择□第一产业 ☑第二产业 □第三产业", (), "请选择"),
        ("□1.第一产业 ☑2.第二产业 □3.第三产业", (), ""),
    ],
)
def test_what_else_stands_in_a_group(text: str, extra: tuple[str, ...], remark: str) -> None:
    found = read_group(text, (), INDUSTRY, Location(table=1, row=1, cell=1), single=True)
    assert (found.ticks.ticked, found.extra, found.ticks.remark) == (("s",), extra, remark)
