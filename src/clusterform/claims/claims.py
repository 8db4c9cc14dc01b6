"""What on a form asks for evidence: its boxes, and its rows that need a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from clusterform.answers import Answer, CountNames, FilledForm, State, TicksAnswer
from clusterform.claims.codes import Code, code_of
from clusterform.fields import Field
from clusterform.text import NONE, fold

SHORTEST_LABEL = 3
"""An option shorter than this (是) is named by its row."""


class Claim(NamedTuple):
    """A box, or a row or group of rows, that asks for evidence when it is ticked or not zero."""

    path: str
    option: str | None
    """The option's key; None for a row."""
    label: str
    """As the form prints it."""
    names: tuple[str, ...]
    """Its own names, folded."""
    heads: tuple[str, ...]
    """Names of the group that covers it, folded."""
    code: Code
    """Empty where it has none."""
    asked: bool
    """Whether it is ticked, or not zero: evidence is due."""
    column: str | None = None
    """For a row, the first column that is not zero."""
    open: bool = False
    """Whether its answer is blank, unreadable or not there: it cannot be said that no evidence is due."""


def key_of(claim: Claim) -> tuple[str, str | None]:
    """What tells a claim from every other."""
    return claim.path, claim.option


def claims(form: FilledForm) -> tuple[Claim, ...]:
    """All that can ask for evidence on this form, in its order; a group of rows counts as one."""
    found: list[Claim] = []
    rows: dict[str, int] = {}
    for item in form.fields.values():
        if item.options:
            found.extend(_boxes(form, item))
        if not item.evidence or item.options:
            continue
        claim = _row(form, item)
        key = item.evidence_code or (item.group if item.group in item.evidence_names else item.path)
        if key in rows:
            found[rows[key]] = _merged(found[rows[key]], claim)
        else:
            rows[key] = len(found)
            found.append(claim)
    return tuple(found)


def _boxes(form: FilledForm, item: Field) -> Iterator[Claim]:
    answer = form.answer(item.path)
    ticks = answer if isinstance(answer, TicksAnswer) else TicksAnswer()
    answered = bool(ticks.ticked or fold(ticks.remark))
    heads = folded((item.label, item.group, *item.evidence_names))
    for option in item.options:
        if not option.evidence:
            continue
        long = len(fold(option.label)) >= SHORTEST_LABEL
        names = folded((option.label, *option.spellings)) if long else heads
        label = option.label if long else item.label
        code = code_of(option.code)
        asked, unsure = option.key in ticks.ticked, not answered or option.key in ticks.undecided
        yield Claim(
            item.path, option.key, label, names, heads if long else (), code, asked=asked, open=unsure
        )


def _row(form: FilledForm, item: Field) -> Claim:
    column = next((key for key, answer in form.places(item.path) if _amount(answer.value) > 0), "")
    names = folded((item.label, *item.evidence_names))
    label = item.group if item.group in item.evidence_names and item.group else item.label
    return Claim(
        item.path,
        None,
        label,
        names,
        (),
        (item.evidence_code, ""),
        asked=column != "",
        column=column or None,
        open=any(_unknown(answer) for _, answer in form.places(item.path)),
    )


def _merged(first: Claim, later: Claim) -> Claim:
    """A group's claim: all its rows' names, placed at the first row that is not zero."""
    names = tuple(dict.fromkeys((*first.names, *later.names)))
    placed = first if first.asked or not later.asked else later
    return placed._replace(names=names, open=first.open or later.open)


def _amount(value: object) -> int:
    if isinstance(value, CountNames):
        value = value.count
    return int(value > 0) if isinstance(value, Decimal) else 0


def _unknown(answer: Answer) -> bool:
    """Whether it is neither a figure nor 无."""
    value = answer.value
    if isinstance(value, CountNames):
        return value.count is None and fold(value.count_text) != NONE
    return answer.state is not State.NONE and not isinstance(value, Decimal)


def folded(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts folded, each once, without those of which nothing is left."""
    return _folded_once(tuple(texts))


@lru_cache(maxsize=1024)
def _folded_once(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold(text))))
