"""One set of answers in every encoding, wrapper and cut of the tables: the same answers and the same findings."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterform.fields import Kind
from clusterform.forms.model import load_form
from support.dress import DRESSES, strict
from support.encodings import ENCODINGS, UNDECIDED, Encoding
from support.forms import clean
from support.metamorphic import FORMS, differences, observed, plainly, rewritten, seen, traces, written
from support.ooxml import WRAPPERS, R

BATCH = 14
"""Encodings written into one form by turns: fewer than it has groups of boxes."""
LAYOUTS = ("notice", "split", "stacked", "one_table")
CLOSE = ("full", "tight")
"""Without the spaces between options a tick between two of them may be either's, and 是否 is one word."""
BETWEEN = ("beside", "behind", "alone", "circle")
LABELS = ("notice", "half", "full", "tight", "spaced")


def told(form: str) -> dict[str, Encoding]:
    """The encodings that every group of the form can be told in; the review form has a group with all ticked."""
    return {name: e for name, e in ENCODINGS.items() if e.all_told or form == "application"}


def batches(form: str) -> list[tuple[Encoding, ...]]:
    found = list(told(form).values())
    return [tuple(found[at : at + BATCH]) for at in range(0, len(found), BATCH)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ENCODINGS)
def test_every_encoding(name: str, form: str) -> None:
    found = seen(written(form, ENCODINGS[name]))
    if name in told(form):
        assert not differences(found, plainly(form))
    else:
        assert ticked_and_in_doubt(form, found.answers) == ([], [("digital.pilot_work", None)])


def ticked_and_in_doubt(form: str, found: object) -> tuple[list[object], list[object]]:
    """The groups read otherwise than they were filled in: with a wrong answer, and with one left to a person."""
    wrong, doubted = [], []
    assert isinstance(found, dict)
    for place, wanted in plainly(form).answers.items():
        if found[place] == wanted:
            continue
        _, ticked, undecided, _ = found[place]
        right = set(ticked) <= set(wanted[1]) <= {*ticked, *undecided}
        (doubted if right else wrong).append(place)
    return wrong, doubted


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", UNDECIDED)
def test_what_cannot_be_told_is_left_to_a_person(name: str, form: str) -> None:
    found = seen(written(form, UNDECIDED[name]))
    wrong, doubted = ticked_and_in_doubt(form, found.answers)
    assert not wrong
    groups = {
        path
        for path, item in load_form("2025", form).fields.items()
        if item.kind in {Kind.CHOICE, Kind.CHOICES}
    }
    assert {path for path, _ in doubted} == {path for path in groups if clean(form).ticks.get(path)}
    manual = {(f[2], f[1]) for f in found.findings if f[2] in groups}
    assert manual == {(path, "manual") for path, _ in doubted}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("wrapper", [w for w in WRAPPERS if w != "plain"])
def test_every_wrapper_round_every_encoding(wrapper: str, form: str) -> None:
    for batch in batches(form):
        assert not differences(seen(written(form, *batch, wrapper=WRAPPERS[wrapper])), plainly(form))


@pytest.mark.parametrize("dress", DRESSES)
def test_every_dress_on_every_encoding(dress: str) -> None:
    for number, form in enumerate(FORMS):
        for batch in batches(form)[number::2]:
            data = written(form, *batch, dresses=(dress,))
            assert not differences(seen(data), plainly(form))
            assert observed(data) == traces(dress)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_cut_of_the_tables(layout: str, labels: str, form: str) -> None:
    batch = batches(form)[LAYOUTS.index(layout)]
    assert not differences(seen(written(form, *batch, layout=layout, labels=labels)), plainly(form))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "boxes", ["ballot", "cross", "beside", "before", "control", "symbol", "letter", "field"]
)
@pytest.mark.parametrize("cells", ["options", "boxes"])
def test_options_in_cells_of_their_own(cells: str, boxes: str, form: str) -> None:
    assert not differences(seen(written(form, boxes=boxes, option_cells=cells)), plainly(form))


@pytest.mark.parametrize("form", FORMS)
def test_strict_namespaces_and_other_encodings(form: str) -> None:
    for batch in batches(form):
        data = written(form, *batch)
        assert not differences(seen(rewritten(data, strict, every_part=True)), plainly(form))
        assert not differences(seen(rewritten(data, lambda xml: "\ufeff" + xml)), plainly(form))


@pytest.mark.parametrize("form", FORMS)
def test_another_document_embedded_is_reported(form: str) -> None:
    chunk = f'<w:altChunk xmlns:r="{R}" r:id="rId99"/>'
    data = rewritten(written(form), lambda xml: xml.replace("<w:sectPr>", chunk + "<w:sectPr>"))
    assert observed(data) == {"alt-chunk"}
    unlike = differences(seen(data), plainly(form))
    assert not {place for place in unlike if place != "findings"}


def test_the_clean_answers_tick_and_leave_blank() -> None:
    """The measure has both kinds of group, so that nothing is proved of blanks only."""
    for form in FORMS:
        groups = [a for a in plainly(form).answers.values() if isinstance(a[1], tuple)]
        assert len(groups) > BATCH
        assert {len(ticked) for _, ticked, _, _ in groups} >= {1, 3, 4}


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data())
def test_whatever_the_hand(data: st.DataObject) -> None:
    """Encodings by turns, run splits, wrappers, spaces, widths, table cuts and up to three dresses together."""
    form = data.draw(st.sampled_from(FORMS))
    labels = data.draw(st.sampled_from(LABELS))
    names = data.draw(st.lists(st.sampled_from(list(told(form))), min_size=1, max_size=8, unique=True))
    dresses = data.draw(st.lists(st.sampled_from(list(DRESSES)), max_size=3, unique=True))
    made = written(
        form,
        *(ENCODINGS[name] for name in names),
        dresses=tuple(dresses),
        layout=data.draw(st.sampled_from(LAYOUTS)),
        labels=labels,
        wrapper=data.draw(st.sampled_from(list(WRAPPERS.values()))),
        split_runs=data.draw(st.booleans()),
        controls=data.draw(st.booleans()),
        seed=data.draw(st.integers(0, 999)),
    )
    found = seen(made)
    if labels in CLOSE and any(ENCODINGS[name].family in BETWEEN for name in names):
        assert ticked_and_in_doubt(form, found.answers)[0] == []
    else:
        assert not differences(found, plainly(form))
