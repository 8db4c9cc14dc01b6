"""Filled forms made by hand from figures and ticks, and what chosen rules say of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from clusterform.answers import CountNames, FilledForm, State
from clusterform.checks.reader import Limit, LimitSource
from clusterform.engine import Outcome, Terms, run_rules
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import Field, Kind
from clusterform.figures import Figure
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from clusterform.forms.ruleset import in_order
from support.by_hand import Ticks, Written, form_of

YEARS = ("2022", "2023", "2024")
OWN = LimitSource(document="")
LIMITS = {
    name: Limit(name=name, word=word, value=Decimal(value), unit="", certainty="inferred", source=OWN)
    for name, word, value in (
        ("jump_up", "at_most", "3"),
        ("jump_down", "at_least", "0.5"),
        ("county_amount", "at_most", "10000"),
    )
}

SOUND: dict[str, Any] = {
    "leading_industry.total_output": "210.50 236.80 268.40",
    "leading_industry.county_share": "35.20 36.10 37.05",
    "leading_industry.sme_share": "78.50 79.20 80.10",
    "leading_industry.main_share": "82.30 83.10 84.00",
    "leading_industry.output_growth": "12.80 13.59 14.57",
    "leading_industry.average_growth": "14.08",
    "leading_industry.enterprises": "430 455 481",
    "leading_industry.smes": "412 436 460",
    "leading_industry.srdi": "48 57 66",
    "leading_industry.little_giants": "6 8 9",
    "leading_industry.champions": "1 1 2",
    "leading_industry.high_tech": "92 105 118",
    "leading_industry.innovative": "110 126 143",
    "leading_industry.listed": "3 3 4",
    "leading_industry.tutoring": "1 2 2",
    "leading_industry.fdi": "3200.00 3520.00 3980.00",
    "leading_industry.fdi_growth": "8.50 10.00 13.07",
    "leading_industry.exports": "152000.00 168300.00 189200.00",
    "leading_industry.exports_growth": "9.60 10.72 12.42",
    "innovation.rd_intensity": "3.15 3.17 3.20",
    "innovation.rd_spending": "5.20 5.95 6.88",
    "innovation.rd_growth": "11.30 14.42 15.63",
    "innovation.employees": "21500 22300 23100",
    "innovation.rd_staff": "2150 2340 2520",
    "innovation.patents": "1020",
    "innovation.patents_per_10k": "441.56",
    "digital.cloud_smes": "198 240 290",
    "digital.cloud_share": "48.06 55.05 63.04",
    "digital.platform_smes": "150 190 236",
    "digital.platform_share": "36.41 43.58 51.30",
    "digital.software_spending": "860.00 1020.00 1280.00",
    "digital.pilot_work": ["national", "provincial"],
    "digital.pilots_national": "1",
    "digital.pilots_provincial": "2",
    "green.co2": "0.82 0.78 0.74",
    "green.energy": "0.25 0.24 0.23",
    "green.co2_reduction": "9.76",
    "green.energy_reduction": "8.00",
    "green.solid_waste": "92.30",
    "green.solid_waste_above": ["yes"],
    "green.water_reuse": "无",
    "green.water_reuse_above": ["not_applicable"],
    "basic_info.operator": "东海县石英材料产业园管理委员会",
    "basic_info.operator_changed": ["no"],
    "basic_info.energy_benchmark": ["yes"],
    "basic_info.water_benchmark": ["not_applicable"],
}
"""A form in which every figure agrees with every other; figures of the three years by spaces."""


def make_form(changes: Mapping[str, Any] = {}, form: str = "application", **more: Any) -> FilledForm:
    """A sound form with some answers changed; `row@year` changes one year. `more` goes to FilledForm."""
    fields = load_form("2025", form).fields
    answers: dict[tuple[str, str | None], Written] = {}
    for path, given in {**SOUND, **{k: v for k, v in changes.items() if "@" not in k}}.items():
        if path in fields:
            answers.update(_row(fields[path], given))
    for name, text in changes.items():
        path, _, year = name.partition("@")
        if year:
            assert path in fields
            answers[path, year] = _answer(fields[path], text)
    return form_of(form, fields, answers, roles={"reported": [int(y) for y in YEARS]}, **more)


def _row(field: Field, given: Any) -> dict[tuple[str, str | None], Written]:
    if not field.columns:
        return {(field.path, None): _answer(field, given)}
    return {(field.path, y): _answer(field, text) for y, text in zip(YEARS, given.split(), strict=True)}


def _answer(field: Field, given: Any) -> Written:
    if isinstance(given, Ticks):
        return Written("", State.FILLED, given)
    if isinstance(given, list):
        return Written("", State.FILLED, Ticks(tuple(given)))
    if given in {"", "-"}:
        return Written("", State.BLANK)
    if given == "无":
        return Written(given, State.NONE)
    value = _value(field.kind, given)
    return Written(given, State.UNREADABLE if value is None else State.FILLED, value)


def _value(kind: Kind, text: str) -> Figure | CountNames | str | None:
    try:
        figure = Figure(
            Decimal(text), len(text.partition(".")[2]), counted=kind in {Kind.COUNT, Kind.COUNT_NAMES}
        )
    except InvalidOperation:
        return text if kind not in {Kind.DECIMAL, Kind.COUNT} else None
    return CountNames(count=figure.value, count_text=text) if kind is Kind.COUNT_NAMES else figure


def evidence(*titles: str) -> tuple[EvidenceLine, ...]:
    """An evidence list of these titles."""
    return tuple(EvidenceLine({"number": str(n), "title": title}) for n, title in enumerate(titles, 1))


def outcome(form: FilledForm, language: str = "zh", codes: tuple[str, ...] = ("CF2", "CF3")) -> Outcome:
    """What the rules of these families say."""
    rules = [r for r in load_rules("2025") if r.code.startswith(codes)]
    done = run_rules(form, in_order(rules), Terms(language=language, limits=LIMITS))
    assert not done.crashed, done.crashed
    return done


def said(changes: Mapping[str, Any] = {}, form: str = "application", **more: Any) -> list[tuple[Any, ...]]:
    """Each finding as (code, row's key, year or None, expected)."""
    return [
        (f.rule, (f.field or "").split(".")[-1], f.column and f.column.removesuffix(" 年"), f.expected)
        for f in outcome(make_form(changes, form, **more)).findings
    ]
