"""What the layout readers find, added up; and labels that are known again before anything is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.answers import Observation, State
from clusterform.filling import labels, read
from clusterform.filling.labels import label_index
from clusterform.filling.numbers import CountAndNames, count_and_names
from clusterform.filling.pieces import Piece
from clusterform.filling.read import fill_form
from clusterform.filling.reading import Reading, ReadingBuilder, combined
from clusterform.finding import Location
from clusterform.forms.model import load_form
from clusterform.parsers.container.package import open_form
from clusterform.parsers.docx.read import read_docx
from clusterform.parsers.raw import RawDocument
from support.forms import write

FORM = load_form("2025", "application")
AREA = ("basic_info.area", None)
FIRST, SECOND = Location(None, 1, 1, 1), Location(None, 2, 1, 1)


def _document(tmp_path: Path, **changes: object) -> RawDocument:
    path = tmp_path / "form.docx"
    path.write_bytes(write("application", changes=changes))
    return read_docx(open_form(path))


def test_the_first_reading_with_text_counts() -> None:
    blank, twelve, thirteen = ({AREA: [Piece(text, (), FIRST)]} for text in ("", "12.00", "13.00"))
    found = combined(FORM, [Reading(blank), Reading(twelve), Reading(thirteen)])
    assert [p.text for p in found.pieces[AREA]] == ["12.00"]
    assert not found.second


def test_a_label_seen_twice_keeps_what_stands_at_either() -> None:
    one = Reading({AREA: [Piece("12.00", (), FIRST)]}, {AREA[0]: FIRST}, again={AREA[0]: SECOND})
    found = combined(FORM, [one, Reading({AREA: [Piece("13.00", (), SECOND)]}, {AREA[0]: SECOND})])
    assert found.labels[AREA[0]] == FIRST
    assert [p.text for p in found.second[AREA]] == ["13.00"]


def test_names_below_their_number_go_on_with_it() -> None:
    found = ReadingBuilder(FORM)
    for text in ("数量：2 个（通称平台）", "名称：甲、乙"):
        found.go_on("innovation.platforms_other", [Piece(text, (), FIRST)])
    assert [p.text for p in found.pieces["innovation.platforms_other", None]] == [
        "数量：2 个（通称平台）",
        "名称：甲、乙",
    ]


def test_observations_keep_their_order() -> None:
    readings = [Reading(observations=[Observation(what)]) for what in ("one", "two", "three")]
    assert [o.what for o in combined(FORM, readings).observations] == ["one", "two", "three"]


def test_a_reading_is_frozen() -> None:
    with pytest.raises(AttributeError):
        Reading().labels = {}


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    document = _document(tmp_path)
    assert fill_form(document, FORM) == fill_form(document, FORM)


LABEL = "县级行政区划中小企业主管部门"
PATH = "basic_info.department"


def test_joined_answers_are_read_in_one_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A label that stands nowhere by itself costs no second reading of the document."""
    document = _document(tmp_path)
    joined = _with_joined_answer(document)
    calls: list[str] = []
    for name in ("read_rows", "read_cover", "read_headings", "read_declaration"):
        reader = getattr(read, name)
        monkeypatch.setattr(
            read, name, lambda *a, name=name, reader=reader: (calls.append(name), reader(*a))[1]
        )
    answer = fill_form(joined, FORM).answer(PATH)
    assert (answer.state, answer.text) == (State.FILLED, fill_form(document, FORM).answer(PATH).text)
    assert sorted(calls) == sorted(2 * ["read_rows", "read_cover", "read_headings", "read_declaration"])
    monkeypatch.setattr(read, "REPAIRS", read.REPAIRS[:2])
    assert fill_form(joined, FORM).answer(PATH).state is State.ABSENT  # it is that repair that knows it again


def _with_joined_answer(document: RawDocument) -> RawDocument:
    """The document with a label and its answer in the label's cell of part one, the cell behind it blank."""
    blocks = []
    for block in document.blocks:
        rows = []
        for row in getattr(block, "rows", ()):
            cells = list(row)
            for number, cell in enumerate(cells[:-1]):
                if cell.text == LABEL:
                    cells[number] = cell._replace(text=cell.text + cells[number + 1].text)
                    cells[number + 1] = cells[number + 1]._replace(text="")
            rows.append(tuple(cells))
        blocks.append(block._replace(rows=tuple(rows)) if rows else block)
    return document._replace(blocks=tuple(blocks))


@pytest.mark.parametrize("counted", ["共2个", "共有 2 个", "共计2家", "共2项"])
@pytest.mark.parametrize("parted", ["：", "，", "\n", "（"])
def test_names_behind_their_total(counted: str, parted: str) -> None:
    end = "）" if parted == "（" else ""
    assert count_and_names(f"{counted}{parted}甲、乙{end}") == CountAndNames("2", "甲、乙")
    assert count_and_names(f"甲、乙，{counted}") == CountAndNames("2", "甲、乙，")


def test_an_index_keeps_what_it_finds_in_short_texts_alone() -> None:
    index, kept = label_index("2025", "application", "rows"), labels._matched
    kept.cache_clear()
    found = [index.match(text) for text in ("联系人", "甲", "联系人", "长" * 201)]
    assert [match is not None for match in found] == [True, False, True, False]
    assert kept.cache_info()[:2] == (1, 2)  # hits and misses
