"""Parts of a form that are wholly blank: one finding for all their answers."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from clusterform.answers import CountNames, State
from clusterform.checks.blanks import BlankAnswer, BlankPart, blank_parts
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Address, Kind
from clusterform.forms.model import load_form
from support.by_hand import Ticks, Written, form_of

FORM = load_form("2025", "application")
PLACES = {place: field for field in FORM.fields.values() for place in field.places}
NONE = Written("", State.BLANK)
GONE = Written("", State.ABSENT)
TOLD = Written("甲")
PLATFORMS, BRAND = ("innovation.platforms_other", None), ("leading_industry.brand_work", None)


def asked(section: int) -> tuple[Address, ...]:
    return tuple(
        place
        for place, field in PLACES.items()
        if field.section == section and field.required and field.kind is not Kind.FORMULA
    )


def reader(*blank: int, but: Mapping[Address, Written] | None = None) -> Reader:
    """All is filled in, save these parts and these answers."""
    answers = {place: NONE if field.section in blank else TOLD for place, field in PLACES.items()}
    titles = {section.number: section.heading for section in FORM.sections if section.heading}
    roles = FORM.edition.years.as_dict()
    return Reader(
        form_of("application", FORM.fields, {**answers, **(but or {})}, roles=roles, section_titles=titles)
    )


def found(form: Reader) -> list[int | None]:
    return [part.section for part in blank_parts(form)]


SECTIONS = sorted({field.section for field in FORM.fields.values()})
LARGE = [section for section in SECTIONS if len(asked(section)) >= 2]


def test_a_part_or_the_whole_form() -> None:
    assert found(reader()) == []
    for section in LARGE:
        assert blank_parts(reader(section)) == (BlankPart(section, asked(section)),)
    assert found(reader(2, 3)) == [2, 3]
    (whole,) = blank_parts(reader(*SECTIONS))
    assert whole == BlankPart(None, tuple(place for section in SECTIONS for place in asked(section)))
    assert found(reader(*SECTIONS, but={PLATFORMS: TOLD_NAMES})) == [s for s in LARGE if s != 3]


TOLD_NAMES = Written("甲", State.BLANK, CountNames(count=None, count_text="", names="甲"))


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (PLATFORMS, TOLD_NAMES),
        (PLATFORMS, Written("1", State.BLANK, CountNames(count=None, count_text="1", names=""))),
        (PLATFORMS, Written("无", State.NONE)),
        (BRAND, Written("", State.BLANK, Ticks(("diagnosis",)))),
        (BRAND, Written("", State.BLANK, Ticks((), ("diagnosis",)))),
        (BRAND, Written("", State.BLANK, Ticks((), (), "另附"))),
        (BRAND, Written("", State.UNREADABLE)),
    ],
)
def test_a_part_with_anything_in_it_is_judged_answer_by_answer(place: Address, written: Written) -> None:
    assert found(reader(2, 3, but={place: written})) == [2 if place == PLATFORMS else 3]


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (PLATFORMS, Written("", State.BLANK, CountNames(count=None, count_text=" ", names=" "))),
        (BRAND, Written("", State.BLANK, Ticks((), (), " "))),
        (BRAND, GONE),
    ],
)
def test_what_is_no_answer(place: Address, written: Written) -> None:
    assert found(reader(2, 3, but={place: written})) == [2, 3]


def test_a_part_of_which_most_rows_were_not_found_is_told_otherwise() -> None:
    places = asked(2)
    half = len(places) // 2
    few = dict.fromkeys(places[: half - 1], GONE)
    assert blank_parts(reader(2, but=few)) == (BlankPart(2, places[half - 1 :]),)
    assert found(reader(2, but=dict.fromkeys(places[: len(places) - half], GONE))) == []


def test_how_a_part_is_told() -> None:
    check = BlankAnswer(parts=True)
    for section, variant in ((2, "part"), (0, "cover")):
        form = reader(section)
        parts = [place for place in check.places(form) if isinstance(place, BlankPart)]
        assert [part.section for part in parts] == [section]
        assert set(check.places(form)).isdisjoint(asked(section))
        hit = check.judge(form, parts[0])
        assert isinstance(hit, Hit)
        groups = sum(PLACES[place].kind is Kind.CHOICES for place in asked(section))
        assert (hit.variant, hit.section, hit.value, hit.taints) == (variant, section, "", asked(section))
        assert hit.facts["count"] == str(len(asked(section)) - groups)
        assert bool(hit.facts["boxes"]) == bool(groups)
        assert hit.facts["part"] == (FORM.sections[section].heading if section else "")
        assert len(hit.covers) == len(asked(section))
    whole = check.judge(reader(*SECTIONS), blank_parts(reader(*SECTIONS))[0])
    assert whole is not None
    assert (whole.variant, whole.section, whole.location) == ("form", None, None)
    assert not [place for place in BlankAnswer().places(reader(2)) if isinstance(place, BlankPart)]
