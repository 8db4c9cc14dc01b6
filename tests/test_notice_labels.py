"""The definitions against the notice itself: each cell, box, note and line of both forms, and nothing else.

The notice's text is cut into tokens by its own marks (tabs, line ends, tags, boxes), and every token has to
be laid out completely in texts of the definition, without a gap. What was laid out is then compared, with how
often it stands, with what the definition says the form prints; and the order of headings and
labels with its own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from clusterform.forms.model import FormDef, RowDef, SectionDef, every_row, load_form
from clusterform.text import fold

NOTICE = Path(__file__).parent / "data" / "notice-2025-77.txt"
FORMS = ("application", "review")
BROKEN = {"application": 3, "review": 4}
"""Texts that the notice's copy breaks over two lines: a sentence of the review form, and 数量 and 名称."""
ROLES = (
    *("title", "guidance", "section", "group", "label", "option"),
    *("note", "prompt", "corner", "head", "category", "measure"),
)
TOTALS = {
    "application": (1, 16, 9, 15, 123, 74, 35, 31, 8, 17, 12, 6),
    "review": (1, 16, 9, 21, 112, 66, 31, 28, 7, 20, 0, 0),
}
"""How many texts of each role a form prints, so that nothing can vanish from both sides at once."""


class Text(NamedTuple):
    """One text that the form prints."""

    role: str
    text: str


@cache
def notice() -> str:
    return NOTICE.read_text(encoding="utf-8")


def form_text(name: str) -> str:
    """One form's part of the notice, from the title over its cover to the next form."""
    titles = [load_form("2025", form).title for form in FORMS]
    starts = [re.search(rf"^{title}$", notice(), re.MULTILINE) for title in titles]
    places = [found.start() for found in starts if found is not None] + [notice().index("信息公开属性")]
    number = FORMS.index(name)
    return notice()[places[number] : places[number + 1]]


def tokens(text: str) -> list[str]:
    """Table cells, options, lines: whatever the notice's own marks keep apart, without the empty ones."""
    boxed = text.replace('<input type="checkbox"/>', "\n□")
    inner = re.search(r"<table\b.*?</table>", boxed)
    if inner is None:
        return pieces(boxed)
    rest, repeated = pieces(boxed[inner.end() :]), pieces(inner[0])
    while (
        rest[: len(repeated)] == repeated
    ):  # the copy prints the cells of a table within a cell again behind it
        rest = rest[len(repeated) :]
    return [*pieces(boxed[: inner.start()]), *repeated, *rest]


def pieces(text: str) -> list[str]:
    return [token.strip() for token in re.split(r"[\t\n]|</?(?:p|td|tr|table)\b[^>]*>", text) if fold(token)]


def printed(form: FormDef) -> Iterator[Text]:
    """Everything that the form prints, as often as it stands there."""
    yield Text("title", form.title)
    yield Text("guidance", form.guidance.heading)
    yield from (Text("guidance", f"{n}. {item}") for n, item in enumerate(form.guidance.items, 1))
    for section in form.sections:
        if section.heading:
            yield Text("section", section.heading)
        yield from (Text("note", note) for note in section.notes)
        if section.header:
            yield Text("corner", section.header)
            yield from (Text("head", column.label) for column in form.columns("reported"))
        for row in every_row(section.rows):
            yield from printed_row(form, section, row)


def printed_row(form: FormDef, section: SectionDef, row: RowDef) -> Iterator[Text]:
    yield Text("label" if row.kind else "group", row.label)
    yield from (Text("note", note) for note in row.notes)
    yield from (Text("prompt", prompt) for prompt in row.prompts)
    yield from (Text("guidance", text) for text in row.guidance)
    for option in row.options:
        yield Text("option", option.label)
        if option.note:
            yield Text("note", option.note)
    yield from (Text("corner", head) for head in row.heads)
    if row.heads or (row.columns and section.layout == "rows" and not section.header):
        yield from (Text("head", column.label) for column in form.columns(row.columns))
    if row.matrix is not None:
        for _ in form.columns(row.columns):
            yield Text("corner", row.matrix.head)
            yield from (Text("category", label) for label in row.matrix.categories.values())
            yield from (Text("measure", label) for label in row.matrix.measures.values())


def laid_out(token: str, known: dict[str, str]) -> list[str] | None:
    """The folded texts that make up the token from end to end; None where something is left over."""
    rest = fold(token)
    if not rest:
        return []
    for size in range(len(rest), 0, -1):
        if rest[:size] in known:
            following = laid_out(rest[size:], known)
            if following is not None:
                return [rest[:size], *following]
    return None


def read_notice(name: str, form: FormDef) -> tuple[list[str], list[str], int]:
    """The texts in the notice's order, the tokens that no text explains, and how many were joined again."""
    known = {fold(text): role for role, text in printed(form)}
    found: list[str] = []
    strange: list[str] = []
    joined = 0
    waiting = ""
    for token in tokens(form_text(name)):
        parts = laid_out(waiting + token, known)
        if parts is None and waiting:
            strange.append(waiting)
            waiting, parts = "", laid_out(token, known)
        elif waiting:
            joined += 1
        waiting = token if parts is None else ""
        found.extend(parts or ())
    return found, [*strange, *([waiting] if waiting else [])], joined


@pytest.mark.parametrize("name", FORMS)
def test_everything_the_notice_prints_is_defined_and_the_other_way_round(name: str) -> None:
    form = load_form("2025", name)
    found, strange, joined = read_notice(name, form)
    assert strange == []
    assert joined == BROKEN[name]
    assert Counter(found) == Counter(fold(text) for _, text in printed(form))


@pytest.mark.parametrize("name", FORMS)
def test_headings_and_labels_stand_in_the_notice_s_order(name: str) -> None:
    form = load_form("2025", name)
    texts = [(role, fold(text)) for role, text in printed(form)]
    times = Counter(text for _, text in texts)
    # Frames are left out: the copy prints the frame of the pilot projects beside their second row.
    defined = [text for role, text in texts if role in {"section", "label"} and times[text] == 1]
    found, _, _ = read_notice(name, form)
    assert len(defined) > 90
    assert [text for text in found if text in set(defined)] == defined


@pytest.mark.parametrize("name", FORMS)
def test_nothing_vanished(name: str) -> None:
    counts = Counter(role for role, _ in printed(load_form("2025", name)))
    assert tuple(counts[role] for role in ROLES) == TOTALS[name]
    assert counts.total() == sum(TOTALS[name])


@pytest.mark.parametrize("name", FORMS)
def test_every_box_is_an_option(name: str) -> None:
    form = load_form("2025", name)
    boxes = [
        fold(t.partition("(")[0].partition("（")[0]) for t in tokens(form_text(name)) if t.startswith("□")
    ]
    options = [fold(o.label) for s in form.sections for r in every_row(s.rows) for o in r.options]
    assert boxes == options


@pytest.mark.parametrize("name", FORMS)
def test_every_open_row_is_kept(name: str) -> None:
    tables = re.findall(r"^方向\t.*?^其它", form_text(name), re.MULTILINE | re.DOTALL)
    printed_rows = [len(re.findall(r"^\t+$", table, re.MULTILINE)) for table in tables]
    form = load_form("2025", name)
    targets = [row for s in form.sections for row in every_row(s.rows) if row.growable]
    assert printed_rows == [sum(r.open_rows for r in every_row(table.rows)) for table in targets]
    assert printed_rows == [4] * (FORMS.index(name) + 1)


@pytest.mark.parametrize("name", FORMS)
def test_labels_and_their_units_agree(name: str) -> None:
    form = load_form("2025", name)
    printed_units = {
        p: found[1] for p, row in form.rows.items() if (found := re.search(r"（([^（）]+)）$", row.label))
    }
    assert {p: u for p, u in printed_units.items() if form.fields[p].unit != u} == {
        "cover.department": "盖章",
        "declaration.signature": "签字",
        "declaration.county_seal": "公章",
        "declaration.province_seal": "公章",
        "green.co2_formula": "注：单位产值二氧化碳排放量需提供计算公式",
        "green.energy_formula": "注：单位产值能耗需提供计算公式",
    }


@pytest.mark.parametrize("name", FORMS)
def test_limits_of_length_are_the_printed_ones(name: str) -> None:
    form = load_form("2025", name)
    rows = [
        (n, r.limit) for s in form.sections for r in every_row(s.rows) for n in (*r.notes, "") if n or r.limit
    ]
    printed_limits = [(n, limit) for n, limit in rows if "字以内" in n]
    assert {limit for _, limit in printed_limits} == {200}
    assert (
        len(printed_limits)
        == notice_count(name, "200字以内")
        == sum(1 for f in form.fields.values() if f.limit)
    )
    assert notice_count(name, "3000字以内") == 1
    assert [s.limit for s in form.sections if s.limit] == [3000]


def notice_count(name: str, folded: str) -> int:
    return fold(form_text(name)).count(folded)


def test_other_spellings_are_the_other_form_s_or_known_slips() -> None:
    both = fold(form_text("application") + form_text("review"))
    spellings = {
        text
        for name in FORMS
        for section in load_form("2025", name).sections
        for row in every_row(section.rows)
        for text in (*row.spellings, *(s for option in row.options for s in option.spellings))
    }
    stages = {text for text in spellings if re.match(r"(?:到 )?20(?:25|26|27) 年", text)}
    assert {text for text in spellings - stages if fold(text) not in both} == {
        "近三年集群单位产值二氧化碳排放量降低率（%）"
    }
    assert all(len(text) <= 13 for text in stages), "ways to write a year's heading, and no more"
    assert {"开展同类设备和产品的集中采购", "开展同类设备和产品的集中采销"} <= spellings


@pytest.mark.parametrize("name", FORMS)
def test_annex_is_named_in_the_notice(name: str) -> None:
    form = load_form("2025", name)
    assert fold(f"《{form.title}》（{form.annex}）") in fold(notice())


@pytest.mark.parametrize("name", FORMS)
def test_a_text_left_out_or_changed_is_noticed(name: str) -> None:
    """The test above can fail: without any one row, or with one changed, the notice no longer fits."""
    form = load_form("2025", name)
    for section in form.sections:
        for row in section.rows:
            for instead in ((), (row.but(label=f"{row.label}等"),)):
                rows = tuple(kept for r in section.rows for kept in (instead if r is row else (r,)))
                less = section.but(rows=rows)
                sections = tuple(less if s is section else s for s in form.sections)
                changed = form.but(sections=sections)
                found, strange, _ = read_notice(name, changed)
                assert strange or Counter(found) != Counter(fold(t) for _, t in printed(changed)), row.key
