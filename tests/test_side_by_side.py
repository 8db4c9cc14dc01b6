"""Parts that stand beside each other on a sheet: where each begins and ends."""

from __future__ import annotations

from clusterform.filling.repairs.side_by_side import side_by_side_parts
from clusterform.finding import Location
from clusterform.parsers.raw import Cell, Table

HEADINGS = {"一、": 1, "二、": 2, "三、": 3}


def parts(*rows: str) -> list[tuple[str, str | None]]:
    """The text of each part and the heading that is told of it; a sign is a cell, a dot a blank one."""
    table = Table(
        tuple(
            tuple(
                Cell(text.strip("."), row, column, 1, 1, Location(sheet="页"))
                for column, text in enumerate(line.split())
            )
            for row, line in enumerate(rows)
        ),
        1,
    )
    found = side_by_side_parts(
        table, lambda text: next((n for h, n in HEADINGS.items() if text.startswith(h)), None)
    )
    return [
        (
            "/".join(" ".join(c.text or "." for c in row) for row in part.table.rows),
            part.heading and part.heading.text,
        )
        for part in found
    ]


def test_parts_below_each_other_stay_one_table() -> None:
    assert parts("一、甲 .", "a 1", "二、乙 .", "b 2") == [("一、甲 ./a 1/二、乙 ./b 2", None)]


def test_each_part_is_read_for_itself_until_a_heading_stands_alone() -> None:
    assert parts("一、甲 . 二、乙 .", "a 1 b 2", "三、丙 . . .", "c 3 . .") == [
        ("一、甲 ./a 1", None),
        ("二、乙 ./b 2", "二、乙"),
        ("三、丙 . . ./c 3 . .", None),
    ]


def test_a_part_begins_left_of_its_heading_where_something_stands_there() -> None:
    assert parts("一、甲 . . . 二、乙", "a 1 . b 2") == [
        ("一、甲 . ./a 1 .", None),
        (". 二、乙/b 2", "二、乙"),
    ]
    assert parts("一、甲 . . 二、乙", "a 1 . 2") == [("一、甲 . ./a 1 .", None), ("二、乙/2", "二、乙")]
    assert parts("一、甲 . . 二、乙", "a 1 b 2") == [("一、甲 . ./a 1 b", None), ("二、乙/2", "二、乙")]
    assert parts("一、甲 二、乙", "a b") == [("一、甲/a", None), ("二、乙/b", "二、乙")]


def test_a_part_named_twice_in_a_row_is_one() -> None:
    assert parts("一、甲 一、甲", "a b") == [("一、甲 一、甲/a b", None)]


def test_what_begins_like_a_heading_beside_other_words_ends_no_part() -> None:
    assert parts("一、甲 . 二、乙 .", "a 1 三、丙 2", "b 3 c 4") == [
        ("一、甲 ./a 1/b 3", None),
        ("二、乙 ./三、丙 2/c 4", "二、乙"),
    ]


def test_a_part_begins_behind_the_blank_columns_before_its_heading() -> None:
    """Its labels may begin left of a heading that stands over the answers."""
    assert parts("一、甲 . . . 二、乙 .", "a 1 . b 2 3") == [
        ("一、甲 . ./a 1 .", None),
        (". 二、乙 ./b 2 3", "二、乙"),
    ]
    assert parts("一、甲 . . 二、乙", "a 1 . b") == [("一、甲 . ./a 1 .", None), ("二、乙/b", "二、乙")]
    assert parts("一、甲 . . 二、乙", "a . b 2") == [("一、甲 ./a .", None), (". 二、乙/b 2", "二、乙")]


def test_where_nothing_is_blank_between_two_headings_a_part_begins_with_its_own() -> None:
    assert parts("一、甲 . . 二、乙", "a 1 2 b") == [("一、甲 . ./a 1 2", None), ("二、乙/b", "二、乙")]
