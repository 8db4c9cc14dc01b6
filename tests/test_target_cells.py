"""The cells of the target table, each kind of check by itself: what is written there, and what of it can be compared."""

from __future__ import annotations

from typing import Any

import pytest

from clusterform.checks.check import Check
from clusterform.checks.reader import Hit, Reader, Unknown
from clusterform.checks.stages import DoneLevel, Rising, StageOrder, stage_amount
from clusterform.checks.targets import Qualitative, TargetFilled, TargetMet, TargetUnits, TargetWritten
from clusterform.finding import Severity
from clusterform.forms.model import load_form
from support.rule_run import filled

RD, FIRMS, PATENTS, INTERNET, GROWTH = (
    f"plan.target_{key}" for key in ("rd", "good_smes", "patents", "internet", "growth")
)
STAGES = [f"plan.stage_{number}" for number in (1, 2, 3)]


def hits(check: Check, texts: dict[str, Any], form: str = "application") -> list[Hit]:
    reader = Reader(filled(form, texts))
    found = [check.judge(reader, place) for place in check.places(reader)]
    return [hit for hit in found if hit is not None]


def told(
    check: Check, texts: dict[str, Any], form: str = "application"
) -> list[tuple[str | None, str | None]]:
    return [(hit.column, hit.variant) for hit in hits(check, texts, form)]


@pytest.mark.parametrize(
    ("text", "variant", "severity"),
    [
        ("9.60亿元", "", None),
        ("年均增长10%", "", None),
        ("无", "", None),
        (None, "", None),
        ("", None, None),
        ("/", "none", None),
        ("大幅提高", "no-figure", Severity.WARNING),
    ],
)
def test_a_target_that_says_nothing_to_be_checked(
    text: str | None, variant: str | None, severity: Severity | None
) -> None:
    check = TargetFilled.made(fields=(RD,), columns=("target",), words=Severity.WARNING)
    found = hits(check, {f"{RD}@target": text})
    assert [(hit.variant, hit.severity) for hit in found] == [(variant, severity)] * (variant != "")


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("一二三四五六七八九十", ""),
        ("一二三四 五六七\n八九", "short"),
        ("", None),
        (None, ""),
        ("无", "short"),
    ],
)
def test_an_answer_in_words_says_enough(text: str | None, variant: str | None) -> None:
    check = Qualitative.made(fields=("plan.target_openness",), columns=("target",), least=10)
    found = hits(check, {"plan.target_openness@target": text})
    assert [hit.variant for hit in found] == [variant] * (variant != "")
    if variant == "short":
        assert found[0].facts == {"count": str(len("".join((text or "").split()))), "least": "10"}
        assert found[0].severity is Severity.WARNING


def units(target: str, baseline: str, row: str = RD, held: dict[str, str] | None = None, **more: Any) -> Any:
    check = TargetUnits.made(
        **{"field": row, "columns": ("baseline", "target"), "rates": ("target",), **more}
    )
    return told(check, {f"{row}@baseline": baseline, f"{row}@target": target, **(held or {})})


@pytest.mark.parametrize(
    ("row", "baseline", "target", "found"),
    [
        (RD, "6.88亿元", "9.60亿元", []),
        (RD, "6.88亿元", "96000万元", []),
        (RD, "6.88亿元", "9.60", []),
        (RD, "6.88亿元", "年均增长10%", []),
        (RD, "6.88亿元", "增长2亿元", [("target", "change")]),
        (RD, "增长10%", "9.60亿元", [("baseline", "change")]),
        (RD, "6.88亿元", "96家", [("target", "other")]),
        (RD, "6.88亿元", "960", [("target", "unlike")]),
        (RD, "6.88亿元", "150%", [("target", "other")]),
        (RD, "", "9.60亿元", []),
        (RD, "0亿元", "960", []),
        (FIRMS, "120家", "3亿元", [("target", "other")]),
        (FIRMS, "120家", "3亿", [("target", "other")]),
        (INTERNET, "50%", "60%", []),
        (INTERNET, "50%", "提高10个百分点", [("target", "change")]),
        (INTERNET, "50%", "120%", []),
        (INTERNET, "50%", "三年累计10%", [("target", "in-all")]),
        (GROWTH, "12%", "100%", []),
        (GROWTH, "12%", "100.01%", [("target", "steep")]),
        (GROWTH, "12%", "年均增长15%", []),
    ],
)
def test_figures_that_cannot_be_compared(row: str, baseline: str, target: str, found: list[Any]) -> None:
    assert units(target, baseline, row) == found


def test_a_baseline_in_another_unit_than_what_the_form_holds() -> None:
    source = {"source": "innovation.rd_spending", "year": "last"}
    held = {"innovation.rd_spending@2024": "6.88"}
    assert units("9.60", "6.88亿元", held=held, **source) == []
    assert units("96000万元", "68800万元", held=held, **source) == []
    assert units("9.60人", "6.88人", held=held, **source) == []
    assert units("960", "688", held=held, **source) == []


def test_of_three_figures_the_last_is_held_against_the_rate_before_it() -> None:
    check = TargetUnits.made(field="plan.done_rd", columns=("baseline", "target", "done"), rates=("target",))
    for done, found in (("1001", [("done", "unlike")]), ("999", []), ("9亿元", [("done", "unlike")])):
        texts = {"baseline": "6亿元", "target": "年均增长10%", "done": done}
        assert told(check, {f"plan.done_rd@{key}": text for key, text in texts.items()}, "review") == found


@pytest.mark.parametrize(
    ("target", "severity"), [("3亿元", None), ("3亿", Severity.WARNING), ("3万", Severity.WARNING)]
)
def test_a_unit_that_is_left_short_may_be_of_another_quantity(target: str, severity: Severity | None) -> None:
    check = TargetUnits.made(field=FIRMS, columns=("baseline", "target"))
    (found,) = hits(check, {f"{FIRMS}@baseline": "120家", f"{FIRMS}@target": target})
    assert (found.variant, found.severity) == ("other", severity)


@pytest.mark.parametrize(("target", "severity"), [("150%", Severity.WARNING), ("960%", None)])
def test_a_per_cent_below_the_baseline_may_be_a_share_of_it(target: str, severity: Severity | None) -> None:
    check = TargetUnits.made(field=PATENTS, columns=("baseline", "target"))
    (found,) = hits(check, {f"{PATENTS}@baseline": "900件", f"{PATENTS}@target": target})
    assert (found.variant, found.severity) == ("other", severity)


MET: list[tuple[str | None, str, str, Any]] = [
    ("9.60亿元", "9.60亿元", "", None),
    ("9.59亿元", "9.60亿元", None, "≥ 9.60亿元"),
    ("96000万元", "9.60亿元", "", None),
    ("9.61亿元", "9.60亿元", "", None),
    ("", "9.60亿元", "blank", Severity.ERROR),
    ("/", "9.60亿元", "no-figure", Severity.ERROR),
    ("基本完成", "9.60亿元", "no-figure", None),
    ("无", "9.60亿元", "", None),
    (None, "9.60亿元", "", None),
]


@pytest.mark.parametrize(("done", "target", "variant", "told_more"), MET)
def test_what_was_done_against_what_was_aimed_at(
    done: str | None, target: str, variant: str | None, told_more: Any
) -> None:
    check = TargetMet.made(fields=("plan.done_rd",))
    found = hits(check, {"plan.done_rd@done": done, "plan.done_rd@target": target}, "review")
    assert [hit.variant for hit in found] == [variant] * (variant != "")
    if found:
        assert (found[0].expected if variant is None else found[0].severity) == told_more


def test_where_less_is_better_and_where_a_rate_is_the_figure() -> None:
    falling = TargetMet.made(fields=("plan.done_co2",), falling=("plan.done_co2",))
    for done, expected in (("0.40", []), ("0.41", ["≤ 0.40"]), ("0.39", [])):
        found = hits(falling, {"plan.done_co2@done": done, "plan.done_co2@target": "0.40"}, "review")
        assert [(hit.expected, hit.variant) for hit in found] == [(each, "above") for each in expected]
    texts = {"plan.done_growth@done": "年均增长12%", "plan.done_growth@target": "年均增长15%"}
    rates = TargetMet.made(fields=("plan.done_growth",), rates=("plan.done_growth",))
    assert len(hits(rates, texts, "review")) == 1
    with pytest.raises(Unknown):
        hits(TargetMet.made(fields=("plan.done_growth",)), texts, "review")
    with pytest.raises(Unknown):
        hits(
            TargetMet.made(fields=("plan.done_rd",)),
            {"plan.done_rd@done": "9家", "plan.done_rd@target": "9亿元"},
            "review",
        )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("约9.60亿元", "约"),
        ("9.60亿元左右", "左右"),
        ("9.60亿元", None),
        ("9.60", None),
        ("9.60亿元，增长以上", None),
        ("9.60亿元一二三四左右", None),
        ("9.60亿元一二左右", "左右"),
        ("大约为9.60亿元", None),
        ("很多左右", None),
        ("约9.60亿元左右", "约"),
    ],
)
def test_a_word_that_leaves_open_how_much_it_is(text: str, word: str | None) -> None:
    """Right before the figure, or within six characters behind it in its clause."""
    check = TargetWritten.made(
        fields=(RD,), columns=("target",), variant="vague", before=("约",), behind=("左右", "以上")
    )
    found = hits(check, {f"{RD}@target": text})
    assert [(hit.facts["word"], hit.variant, hit.severity) for hit in found] == [
        *([] if word is None else [(word, "vague", Severity.WARNING)]),
    ]


@pytest.mark.parametrize(
    ("text", "row", "shown"),
    [
        ("研发经费投入达到8.00亿元", RD, "8.00亿元"),
        ("到2025年，优质中小企业130家；研发投入8.00亿元。", RD, "8.00亿元"),
        ("到2025年，优质中小企业130家；研发投入8.00亿元。", FIRMS, "130家"),
        ("研发投入8.00亿元，研发经费9.00亿元", RD, None),
        ("研发投入8.00亿元，研发经费8.00亿元", RD, "8.00亿元"),
        ("研发投入增长10亿元", RD, None),
        ("研发投入8.00家", RD, None),
        ("新增发明专利100件", PATENTS, None),
        ("发明专利累计，达到100件", PATENTS, "100件"),
        ("发明专利\n100件", PATENTS, None),
        ("工业互联网平台普及率70%", INTERNET, "70%"),
        ("工业互联网一二三四五六七八普及率70%", INTERNET, "70%"),
        ("工业互联网一二三四五六七八九普及率70%", INTERNET, None),
        ("产值100亿元", RD, None),
    ],
)
def test_what_a_stage_s_text_says_of_a_target(text: str, row: str, shown: str | None) -> None:
    found = stage_amount(text, load_form("2025", "application").fields[row])
    assert (found and found.shown) == shown


Plan = tuple[str, str, str, str, str]


def plan(texts: Plan) -> dict[str, str]:
    """Baseline, the three stages as 研发投入 has them, target."""
    said = [text and f"研发投入{text}" for text in texts[1:4]]
    return {f"{RD}@baseline": texts[0], f"{RD}@target": texts[4], **dict(zip(STAGES, said, strict=True))}


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("6亿元", "7亿元", "8亿元", "9亿元", "9亿元"), []),
        (("6亿元", "6亿元", "6亿元", "9亿元", "9亿元"), []),
        (("6亿元", "5亿元", "8亿元", "9亿元", "9亿元"), [("plan.stage_1", "below", "≥ 6亿元")]),
        (("6亿元", "7亿元", "6亿元", "9亿元", "9亿元"), [("plan.stage_2", "below", "≥ 7亿元")]),
        (("6亿元", "", "5亿元", "9亿元", "9亿元"), [("plan.stage_2", "below", "≥ 6亿元")]),
        (("6亿元", "7亿元", "8亿元", "10亿元", "9亿元"), [("plan.stage_3", "differs", "9亿元")]),
        (("6亿元", "7亿元", "8亿元", "8.5亿元", "9亿元"), [("plan.stage_3", "differs", "9亿元")]),
        (("6亿元", "7亿元", "10亿元", "", "9亿元"), [("plan.stage_2", "above", "≤ 9亿元")]),
        (("6亿元", "7亿元", "9亿元", "", "9亿元"), []),
        (("6亿元", "20亿元", "8亿元", "9亿元", "9亿元"), [("plan.stage_1", "above", "≤ 9亿元")]),
        (("6亿元", "70000万元", "8亿元", "90000万元", "9亿元"), []),
        (("", "7亿元", "8亿元", "9亿元", "9亿元"), []),
    ],
)
def test_stages_in_line_with_baseline_and_target(texts: Plan, found: list[tuple[str, str, str]]) -> None:
    told_of = hits(StageOrder.made(field=RD), plan(texts))
    assert [(hit.field, hit.variant, hit.expected) for hit in told_of] == found


def test_where_another_rule_judges_the_order_only_the_last_stage_is_compared() -> None:
    check = StageOrder.made(field=RD, order=False)
    assert hits(check, plan(("6亿元", "5亿元", "20亿元", "9亿元", "9亿元"))) == []
    assert [hit.variant for hit in hits(check, plan(("6亿元", "5亿元", "4亿元", "8亿元", "9亿元")))] == [
        "differs"
    ]
    assert hits(check, plan(("6亿元", "5亿元", "20亿元", "", "9亿元"))) == []


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("6亿元", "7亿元", "8亿元", "1亿元", "9亿元"), None),
        (("6亿元", "", "", "", "9亿元"), None),
        (("6亿元", "6亿元", "8亿元", "9亿元", "9亿元"), ("plan.stage_1", None, "> 6", "6")),
        (("6亿元", "7亿元", "7亿元", "9亿元", "9亿元"), ("plan.stage_2", None, "> 7", "7")),
        (("6亿元", "7亿元", "9亿元", "9亿元", "9亿元"), (RD, "target", "> 9", "9")),
        (("9亿元", "", "", "", "9亿元"), (RD, "target", "> 9", "9")),
        (("6亿元", "70000万元", "8亿元", "", "9亿元"), None),
    ],
)
def test_a_number_that_is_larger_every_year(
    texts: Plan, found: tuple[str, str | None, str, str] | None
) -> None:
    """The text of the target's own year is not looked at: the target stands in the table."""
    told_of = hits(Rising.made(field=RD), plan(texts))
    assert [(hit.field, hit.column, hit.expected, hit.value) for hit in told_of] == (
        [] if found is None else [found]
    )


@pytest.mark.parametrize(
    ("done", "stage", "found"),
    [
        ("7.00亿元", "", []),
        ("6.99亿元", "", []),
        ("6.98亿元", "", [None]),
        ("8亿元", "研发投入16亿元", []),
        ("8亿元", "研发投入16.1亿元", ["stage"]),
        ("8亿元", "研发投入4亿元", []),
        ("8亿元", "研发投入3.9亿元", ["stage"]),
        ("6亿元", "研发投入1亿元", [None]),
        ("80000万元", "研发投入8亿元", []),
    ],
)
def test_what_was_done_is_no_less_than_last_year_and_not_far_from_this(
    done: str, stage: str, found: list[Any]
) -> None:
    check = DoneLevel.made(field="plan.done_rd", source="innovation.rd_spending", year="last", stage=RD)
    texts = {"plan.done_rd@done": done, "innovation.rd_spending@2024": "7.00", "plan.stage_1": stage}
    assert [hit.variant for hit in hits(check, texts, "review")] == found
