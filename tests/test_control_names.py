"""Places that content controls name by their tags, and what stands in them."""

from __future__ import annotations

import pytest

from clusterform.filling.read import fill_form
from clusterform.filling.repairs.control_names import ControlNames
from clusterform.forms.model import load_form
from clusterform.parsers.raw import Block, Cell, Name, Paragraph, RawDocument, Table
from support.typed import table, texts

FORM = load_form("2025", "application")
NAME, OUTPUT = "cover.cluster_name", "leading_industry.total_output"
PLATFORMS = "innovation.platforms_other"


def named(*blocks: Block) -> list[tuple[str, str | None, str]]:
    names = ControlNames(RawDocument("docx", blocks, named=True), FORM)
    return [(path, column, piece.text) for (path, column), piece in names.pieces()]


def line(text: str, *stretches: tuple[int, int, str]) -> Paragraph:
    return Paragraph(text, names=tuple(Name(*stretch) for stretch in stretches))


def cell(text: str, *stretches: tuple[int, int, str], tables: tuple[Table, ...] = ()) -> Cell:
    return Cell(text, 0, 0, 1, 1, names=tuple(Name(*stretch) for stretch in stretches), tables=tables)


@pytest.mark.parametrize(
    ("tag", "place"),
    [
        (NAME, (NAME, None)),
        (f"{NAME}@2024", None),
        (f"{OUTPUT}@2024", (OUTPUT, "2024")),
        (OUTPUT, None),  # of which year?
        (f"{OUTPUT}@2020", None),
        (f"{PLATFORMS}@count", (PLATFORMS, None)),
        (f"{PLATFORMS}@names", (PLATFORMS, None)),
        (PLATFORMS, (PLATFORMS, None)),
        (f"{PLATFORMS}@other", None),
        (f"{NAME}@count", None),
        ("Title", None),
    ],
)
def test_the_place_of_a_tag(tag: str, place: tuple[str, str | None] | None) -> None:
    assert named(line("甲乙丙", (1, 1, tag))) == ([(*place, "乙")] if place else [])
    names = ControlNames(RawDocument("docx", (line("甲", (0, 1, tag)),), named=True), FORM)
    assert bool(names) == (place is not None)
    assert names.of([Name(0, 1, tag), Name(0, 1, "other")]) == ({place} if place else set())


def test_what_stands_under_each_name() -> None:
    region = "cover.region"
    assert named(line("甲乙丙", (0, 1, NAME), (2, 1, region))) == [(NAME, None, "甲"), (region, None, "丙")]
    assert named(line("甲", (0, 1, NAME)), line("乙", (0, 1, NAME)), line("丙")) == [(NAME, None, "甲\n乙")]
    assert named(line("甲", (0, 1, NAME)), line("丙"), line("乙", (0, 1, region))) == [
        (NAME, None, "甲"),
        (region, None, "乙"),
    ]
    rows = Table(((cell("甲乙", (1, 1, NAME)), cell("丙")), (cell("3 丁", (0, 1, f"{PLATFORMS}@count")),)))
    assert named(rows) == [(NAME, None, "乙"), (PLATFORMS, None, "3 丁")]  # 数量 and 名称 are one answer
    inner = Table(((cell("乙", (0, 1, region)),),))
    assert named(Table(((cell("甲", (0, 1, NAME), tables=(inner,)),),))) == [
        (NAME, None, "甲"),
        (region, None, "乙"),
    ]
    assert named(Table(((cell("", tables=(inner,)), cell("甲", (0, 1, NAME))),))) == [
        (region, None, "乙"),
        (NAME, None, "甲"),
    ]


def test_a_name_in_two_places_counts_for_neither() -> None:
    region = "cover.region"
    twice = (line("甲", (0, 1, NAME)), line("乙"), line("丙", (0, 1, NAME)))
    assert named(*twice, line("丁", (0, 1, region))) == [(region, None, "丁")]
    assert (
        ControlNames(RawDocument("docx", (line("甲", (0, 1, NAME)),)), FORM).of([Name(0, 1, NAME)]) == set()
    )


AREA = "basic_info.area"


@pytest.mark.parametrize(
    ("row", "tagged", "answers", "said"),
    [
        ("集群有多大|12", 1, {AREA: "12"}, ("label-reworded", "集群有多大", 1)),
        (" |12", 1, {AREA: "12"}, ("label-missing", None, 1)),
        ("集群占地面积（平方公里）|12", 1, {AREA: "12"}, None),
        ("集群名称|12", 1, {"basic_info.cluster_name": "12"}, None),  # a label tells more than a name
        ("集群占地面积（平方公里）|甲|12", 2, {AREA: "甲\n12"}, None),
        ("12|", 0, {AREA: "12"}, None),  # without a label it is taken by its name
    ],
)
def test_answers_known_by_their_names(
    row: str, tagged: int, answers: dict[str, str], said: tuple[str, str | None, int] | None
) -> None:
    (cells,) = table([row], 2).rows
    text = cells[tagged].text
    cells = tuple(
        c._replace(names=(Name(0, len(text), AREA),)) if n == tagged else c for n, c in enumerate(cells)
    )
    document = RawDocument("docx", (Paragraph("一、基本情况"), Table((cells,), 2)), named=True)
    form = fill_form(document, FORM)
    assert texts(form) == answers
    told = {"label-reworded", "label-missing"}
    found = [
        (o.what, o.value, o.location.cell) for o in form.observations if o.what in told and o.location.row
    ]
    assert found == ([said] if said else [])
