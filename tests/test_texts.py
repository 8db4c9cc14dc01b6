"""Texts of a form: how long they are, whether two say the same, and what is blank."""

from __future__ import annotations

from decimal import Decimal
from operator import itemgetter

import pytest

from clusterform.answers import Contact, CountNames, Observation, State
from clusterform.checks.blanks import BlankAnswer, FormulaGiven, HeadingFilled
from clusterform.checks.check import Check
from clusterform.checks.none_answers import NeverNone, RateAfterZero, StandIn
from clusterform.checks.reader import Hit, Limit, LimitSource, Reader, Unknown
from clusterform.checks.telephone import PhoneNumber
from clusterform.checks.text_answers import (
    LooksLike,
    TextLength,
    TextsAgree,
    characters,
    same_name,
    same_office,
    same_person,
    word_count,
)
from clusterform.figures import printed_figure
from clusterform.finding import Severity
from clusterform.forms.model import load_form
from clusterform.regions import area_codes
from support.by_hand import Written, form_of
from support.rule_run import columns_told, filled

FORM = load_form("2025", "application")
LIMITED = [path for path, field in FORM.fields.items() if field.limit == 200]
NAME, AGAIN, PLATFORMS = "cover.cluster_name", "basic_info.cluster_name", "innovation.platforms_other"
CONTACT, PERSON, PHONE = "cover.contact", "basic_info.operator_contact", "basic_info.operator_phone"


def made(answers: dict[str, Written]) -> Reader:
    """A form with these answers, each in its row's one place or its first."""
    places = {FORM.fields[path].places[0]: written for path, written in answers.items()}
    return Reader(form_of("application", FORM.fields, places, roles=FORM.edition.years.as_dict()))


def at(check: Check, path: str, written: Written) -> Hit | None:
    found = check.judge(made({path: written}), FORM.fields[path].places[0])
    assert found is None or isinstance(found, Hit)
    return found


@pytest.mark.parametrize(
    ("text", "signs", "words"),
    [
        ("集群2025年", 7, 4),
        ("集群 2025 年", 7, 4),
        ("PCT专利，ISO", 9, 5),
        ("a b c", 3, 3),
        ("a1.5b", 5, 1),
        ("集\u200b群", 2, 2),
        ("", 0, 0),
        ("\n", 0, 0),
        ("，。", 2, 2),
    ],
)
def test_two_ways_of_counting(text: str, signs: int, words: int) -> None:
    """Every visible sign; or, as Word does, a run of letters and digits as one."""
    assert (characters(text), word_count(text)) == (signs, words)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("字" * 200, None),
        ("字" * 201, ("201", "201", "1", None, None)),
        ("字" * 199 + "2025", ("203", "200", "3", "perhaps", Severity.WARNING)),
        ("字" * 200 + "2025", ("204", "201", "4", None, None)),
        ("字 " * 200, None),
    ],
)
def test_a_text_of_its_field_s_length(text: str, told: tuple[object, ...] | None) -> None:
    reader = made({LIMITED[0]: Written(text)})
    found = TextLength().judge(reader, (FORM.fields[LIMITED[0]],))
    keys = ("count", "words", "over")
    assert (found and (*(found.facts[key] for key in keys), found.variant, found.severity)) == told
    assert found is None or (found.field, found.expected) == (LIMITED[0], "≤ 200")


def test_the_prose_of_a_part_counts_together() -> None:
    check = TextLength(section="plan", limit=10)
    (place,) = check.places(made({}))
    assert {field.path.partition(".")[0] for field in place} == {"plan"}
    first, second = (field.path for field in place[:2])
    assert check.judge(made({first: Written("字" * 5), second: Written("字" * 5)}), place) is None
    found = check.judge(made({first: Written("字" * 5), second: Written("字" * 6)}), place)
    assert found is not None
    assert (found.value, found.variant, found.section, found.severity) == ("11", "part", 8, None)
    perhaps = check.judge(made({first: Written("字" * 5), second: Written("字" * 4 + "2025")}), place)
    assert perhaps is not None
    assert (perhaps.value, perhaps.variant, perhaps.severity) == ("13", "part_perhaps", Severity.WARNING)
    assert [*TextLength(section="nothing", limit=10).places(made({}))] == []
    assert {fields[0].path for fields in TextLength().places(made({}))} >= {*LIMITED}
    assert all(fields[0].limit and len(fields) == 1 for fields in TextLength().places(made({})))


@pytest.mark.parametrize(("text", "short"), [("一二三", False), ("一 二", True), ("", False)])
def test_one_or_two_characters_describe_nothing(text: str, short: bool) -> None:
    written = Written(text) if text else Written("", State.BLANK)
    found = TextLength(least=3).judge(made({LIMITED[0]: written}), (FORM.fields[LIMITED[0]],))
    assert (found and found.facts) == ({"count": "2", "limit": "200"} if short else None)


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("某某化工集群", "", NAME),
        ("", "某某化工集群", AGAIN),
        ("某某集群", "某某化工集群", None),
        ("绿色化工集群", "", None),
        ("", "", None),
    ],
)
def test_a_name_that_reads_like_something(first: str, second: str, field: str | None) -> None:
    check = LooksLike(rows=(NAME, AGAIN), pattern="化工", but_not=("绿色",))
    reader = Reader(filled("application", {NAME: first, AGAIN: second}))
    hits = [hit for place in check.places(reader) if (hit := check.judge(reader, place)) is not None]
    assert [hit.field for hit in hits] == [field] * (field is not None)


@pytest.mark.parametrize(
    ("by", "one", "other", "same"),
    [
        ("name", "东海县硅材料产业集群", "东海县硅材料产业", True),
        ("name", "东海县 硅材料产业（盖章）", "东海县硅材料产业", True),
        ("name", "东海县硅材料产业集群", "昆山市硅材料产业集群", False),
        ("office", "江苏省东海县工信局", "东海县工信局", True),
        ("office", "东海县工信局", "连云港市东海县工信局（盖章）", True),
        ("office", "东海县经济工信局", "工信局", False),
        ("office", "昆山市工信局", "东海县工信局", False),
        ("person", "李明、王芳", "王芳（科长）", True),
        ("person", "李明", "李明 主任", True),
        ("person", "李明", "王芳", False),
        ("person", "", "", True),
    ],
)
def test_what_says_the_same(by: str, one: str, other: str, same: bool) -> None:
    agree = {"name": same_name, "office": same_office, "person": same_person}[by]
    assert agree(one, other) == agree(other, one) == same


def test_one_of_several_that_agrees_is_enough() -> None:
    check = TextsAgree(field=NAME, others=(AGAIN, "basic_info.operator"), by="name")
    texts = {NAME: "甲集群", AGAIN: "乙集群", "basic_info.operator": "甲"}
    assert check.judge(Reader(filled("application", texts)), (NAME, None)) is None
    hit = check.judge(Reader(filled("application", {**texts, "basic_info.operator": "丙"})), (NAME, None))
    assert hit is not None
    assert (hit.value, hit.expected) == ("甲集群", "乙集群、丙")
    with pytest.raises(Unknown):
        check.judge(Reader(filled("application", {**texts, AGAIN: ""})), (NAME, None))


@pytest.mark.parametrize(
    ("by", "other", "value"),
    [
        ("person", "李明", None),
        ("person", "王芳", "李明"),
        ("phone", "0518-87212345", None),
        ("phone", "87212346", "87212345"),
    ],
)
def test_a_contact_is_compared_by_its_person_or_its_telephone(by: str, other: str, value: str | None) -> None:
    contact = Written("李明 87212345", value=Contact(person="李明", phone="87212345"))
    check = TextsAgree.made(field=CONTACT, others=(PERSON,), by=by)
    found = check.judge(made({CONTACT: contact, PERSON: Written(other, value=other)}), (CONTACT, None))
    assert (found and found.value) == value
    assert [*check.places(made({}))] == [(CONTACT, None)]
    assert [*TextsAgree.made(field=CONTACT, others=("nothing.there",), by=by).places(made({}))] == []


@pytest.mark.parametrize(
    ("path", "written", "told"),
    [
        (NAME, Written("", State.BLANK), (None, "")),
        (NAME, Written("甲"), None),
        (NAME, Written("无", State.NONE), None),
        (CONTACT, Written("李明 87212345", value=Contact(person="李明", phone="87212345")), None),
        (CONTACT, Written("李明", value=Contact(person="李明", phone=" ")), ("phone", None)),
        (CONTACT, Written("87212345", value=Contact(person="", phone="87212345")), ("person", None)),
        (PERSON, Written("87212345", value="87212345"), ("person", None)),
        (PERSON, Written("李明", value="李明"), None),
        (NAME, Written("12", value="12"), None),
        (PLATFORMS, Written("", State.BLANK, CountNames(count=None, count_text="", names="")), (None, "")),
        (PLATFORMS, Written("", State.BLANK, CountNames(count=None, count_text="", names="甲")), None),
        (PLATFORMS, Written("", State.BLANK, CountNames(count=Decimal(1), count_text="1", names=" ")), None),
    ],
)
def test_an_answer_that_is_blank(
    path: str, written: Written, told: tuple[str | None, str | None] | None
) -> None:
    found = at(BlankAnswer(), path, written)
    assert (found and (found.variant, found.value)) == told


def test_a_heading_is_missing_or_nothing_stands_under_it() -> None:
    path = LIMITED[0]
    check = HeadingFilled(fields=(path,))
    states = {"": (None,), None: ("missing",), "文字": None}
    for text, told in states.items():
        found = check.judge(Reader(filled("application", {path: text})), path)
        assert (found and (found.variant,)) == told
    missing = Observation("section-missing", FORM.fields[path].section)
    with pytest.raises(Unknown):
        check.judge(Reader(filled("application", {path: None}, observations=[missing])), path)


@pytest.mark.parametrize(
    ("formula", "figure", "lines", "told"),
    [
        ("", "12.50", [], ("formula", None)),
        ("无", "12.50", [], ("formula", None)),
        ("", "", [], None),
        ("(1+2)/3", "12.50", [], None),
        ("", "12.50", [("计算公式", "说明")], None),
        ("", "12.50", [("商标", "注册证")], ("formula", None)),
        (None, "12.50", [], None),
    ],
)
def test_figures_come_with_their_formula(
    formula: str | None, figure: str, lines: list[tuple[str, str]], told: tuple[str, Severity | None] | None
) -> None:
    path = next(path for path, field in FORM.fields.items() if field.kind.value == "formula")
    check = FormulaGiven(formula=path, figures="leading_industry.total_output", words=("计算公式",))
    texts = {path: formula, "leading_industry.total_output@2024": figure}
    found = check.judge(Reader(filled("application", texts, lines)), (path, None))
    assert (found and (found.variant, found.severity)) == told


NEVER = [
    (NAME, "无", State.NONE, None),
    (NAME, "没有", State.FILLED, None),
    (NAME, "甲", State.FILLED, ""),
    (NAME, "一、没有（尚未成立）", State.FILLED, None),
    (NAME, "没有\n甲", State.FILLED, ""),
    (NAME, "（没有）", State.FILLED, None),
    ("plan.target_rd", "无", State.NONE, "target"),
    (PLATFORMS, "无", State.NONE, ""),
]


@pytest.mark.parametrize(("path", "text", "state", "variant"), NEVER)
def test_none_where_there_must_be_something(path: str, text: str, state: State, variant: str | None) -> None:
    value = text if state is State.FILLED else None
    found = at(NeverNone.made(words=("没有",)), path, Written(text, state, value))
    assert (found.variant if found else "") == variant


def test_a_stand_in_becomes_none_where_none_may_stand() -> None:
    check = StandIn()
    found = at(check, PLATFORMS, Written("/", State.STAND_IN))
    assert found is not None
    assert (found.expected, found.fix, found.variant) == ("无", "无", None)
    found = at(check, NAME, Written("/", State.STAND_IN))
    assert found is not None
    assert (found.expected, found.variant) == (None, "answer")
    for count, names, told in (("/", "甲", True), ("3", "—", True), ("n/a", "", True), ("3", "甲/乙", False)):
        value = CountNames(count=None, count_text=count, names=names)
        assert (at(check, PLATFORMS, Written(f"{count} {names}", value=value)) is not None) == told


@pytest.mark.parametrize(
    ("amounts", "rates", "found"),
    [
        (("0", "5.00", "6.00"), ("无", "10.00", "20.00"), ["2023"]),
        (("1.00", "0", "6.00"), ("5.00", "-100", "20.00"), ["2024"]),
        (("1.00", "0", "6.00"), ("5.00", "50.00", "20.00"), ["(2024)"]),
        (("0", "0", "6.00"), ("无", "无", "20.00"), ["2024"]),
        (("1.00", "2.00", "3.00"), ("5.00", "100.00", "50.00"), []),
        (("0", "5.00", "6.00"), ("无", "无", "20.00"), []),
    ],
)
def test_from_nothing_nothing_grows(
    amounts: tuple[str, ...], rates: tuple[str, ...], found: list[str]
) -> None:
    """A zero that its own rate belies is reported there, and here only that it cannot be judged."""
    check = RateAfterZero.made(rate="leading_industry.fdi_growth", amount="leading_industry.fdi")
    answers = {
        (f"leading_industry.{row}", str(2022 + number)): Written(text, State.NONE)
        if text == "无"
        else Written(text, State.FILLED, printed_figure(text))
        for row, texts in (("fdi", amounts), ("fdi_growth", rates))
        for number, text in enumerate(texts)
    }
    reader = Reader(form_of("application", FORM.fields, answers, roles=FORM.edition.years.as_dict()))
    assert columns_told(check, reader, itemgetter(1)) == found


@pytest.mark.parametrize(
    ("digits", "written", "variant"), [(8, 7, "fewer"), (7, 8, "more"), (8, 8, None), (7, 7, None)]
)
def test_a_number_of_another_length_than_its_area_has(digits: int, written: int, variant: str | None) -> None:
    code = next(c for c in area_codes().values() if c.digits == digits and not c.former and len(c.code) == 3)
    number = f"0{code.code}-{'87212345'[:written]}"
    found = at(PhoneNumber(), PHONE, Written(number, value=number))
    assert (found and (found.variant, found.severity)) == (variant and (variant, Severity.WARNING))
    assert found is None or found.facts["digits"] == str(digits)


def test_what_a_limit_rests_on() -> None:
    limit = Limit(
        name="x",
        word="at_least",
        value=Decimal(1),
        unit="",
        certainty="confirmed",
        source=LimitSource(document="办法", clause="第二条"),
    )
    assert limit.basis == ""
    assert limit.but(changed=True).basis == "办法 第二条"
    assert limit.but(changed=True, source=LimitSource(document="办法")).basis == "办法"
    assert "办法 第二条" in limit.but(since="2027-01-01").basis
    assert "2027-01-01" in limit.but(since="2027-01-01").basis
