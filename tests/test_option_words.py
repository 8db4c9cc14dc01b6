"""Where the official options stand in a group's text: whole words, beside their boxes, as printed or nearly so."""

from __future__ import annotations

import pytest

from clusterform.fields import Option
from clusterform.filling.boxes.layout import Layout

YES_NO = (Option("yes", "是", explain=True), Option("no", "否"))
INDUSTRY = (Option("p", "第一产业"), Option("s", "第二产业"), Option("t", "第三产业"))


def found(text: str, options: tuple[Option, ...]) -> dict[str, tuple[int, str]]:
    """Of each option found: where it stands and the text there; one found by likeness alone has ~ before it."""
    return {
        p.option.key: (p.start, "~" * p.reworded + text[p.start : p.end])
        for p in Layout.of(text, (), options).places
    }


@pytest.mark.parametrize(
    ("text", "yes", "no"),
    [
        ("☑是 □否", 1, 4),
        ("是否", 0, 1),
        ("√是否", 1, 2),
        ("☑否，但是以后会", None, 1),
        ("□确是 ☑否", None, 5),
        ("☑是的 □否决", 1, None),
        ("是否发生 ☑否", None, 6),
        ("是 的 ☑否", 0, 5),
        ("是，是 ☑否", 2, 5),
        ("是的□是 ☑否", 3, 6),
        ("☑2是 □3否", 2, 6),
        ("②是③否", 1, 3),
        ("①是2.否", 1, 4),
        ("是2）否", 0, 3),
        ("是2年 否", None, 4),
        ("☑是2023年发生一起事故 □否", 1, 15),
        ("☑是否发生以说明为准 □否", None, 12),
        ("☑是（需附情况说明） □否", 1, 12),
    ],
)
def test_short_options_are_words_of_their_own(text: str, yes: int | None, no: int | None) -> None:
    places = {key: at for key, (at, _) in found(text, YES_NO).items()}
    assert (places.get("yes"), places.get("no")) == (yes, no)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        (
            "□第一产业 □第二产业 ☑第三类产业",
            {"p": (1, "第一产业"), "s": (7, "第二产业"), "t": (13, "~第三类产业")},
        ),
        ("☑第一类产业\n□第二产业", {"p": (1, "~第一类产业"), "s": (8, "第二产业")}),
        ("第一类产业\n第二类产业", {"p": (0, "~第一类产业"), "s": (6, "~第二类产业")}),
        ("□第1产业 ☑第二产业 □第三产业", {"p": (1, "~第1产业"), "s": (7, "第二产业"), "t": (13, "第三产业")}),
        ("☑第1产业", {}),  # as like one as the others
        ("☑建筑业", {}),
    ],
)
def test_an_option_nearly_as_printed(text: str, spans: dict[str, tuple[int, str]]) -> None:
    assert found(text, INDUSTRY) == spans


def test_the_best_likeness_of_several_pieces_is_the_option() -> None:
    assert found("□第三类别产业 ☑第三类产业", INDUSTRY) == {"t": (9, "~第三类产业")}
