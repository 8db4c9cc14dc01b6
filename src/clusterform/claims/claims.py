"""What on a form asks for evidence: its boxes, and its rows that need a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from clusterform.answers import Answer, CountNames, FilledForm, State, TicksAnswer
from clusterform.asked import Asked, asked_of
from clusterform.claims.codes import Code, code_of
from clusterform.fields import Address, Field
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


class _Boxes(NamedTuple):
    path: str
    claims: tuple[Claim, ...]
    """One for each box, as long as nothing is ticked."""


class _Rows(NamedTuple):
    rows: tuple[tuple[Claim, tuple[Address, ...]], ...]
    """Each row, as long as it is blank, with its places."""
    names: tuple[str, ...]
    """Of all of them."""


def claims(form: FilledForm) -> tuple[Claim, ...]:
    """All that can ask for evidence on this form, in its order; a group of rows counts as one."""
    found: list[Claim] = []
    for asker in asked_of(form).decided("claims", _askers):
        if isinstance(asker, _Boxes):
            found.extend(_boxes(form.answer(asker.path), asker.claims))
        else:
            found.append(_row(form, asker))
    return tuple(found)


def _askers(asked: Asked) -> list[_Boxes | _Rows]:
    """What can ask for evidence on every form of a definition."""
    found: dict[str, _Boxes | _Rows] = {}
    for item in asked.fields.values():
        if item.options:
            found[item.path] = _Boxes(item.path, tuple(_boxes_of(item)))
        elif item.evidence:
            key = item.evidence_code or (item.group if item.group in item.evidence_names else item.path)
            before = found.get(key)
            rows, names = before if isinstance(before, _Rows) else ((), ())
            claim = _row_of(item)
            row = claim, tuple(item.places)
            found[key] = _Rows((*rows, row), tuple(dict.fromkeys((*names, *claim.names))))
    return list(found.values())


def _boxes_of(item: Field) -> Iterator[Claim]:
    heads = folded((item.label, item.group, *item.evidence_names))
    for option in item.options:
        if option.evidence:
            long = len(fold(option.label)) >= SHORTEST_LABEL
            names = folded((option.label, *option.spellings)) if long else heads
            label, own_heads = (option.label, heads) if long else (item.label, ())
            yield Claim(item.path, option.key, label, names, own_heads, code_of(option.code), asked=False)


def _row_of(item: Field) -> Claim:
    label = item.group if item.group in item.evidence_names and item.group else item.label
    names = folded((item.label, *item.evidence_names))
    return Claim(item.path, None, label, names, (), (item.evidence_code, ""), asked=False)


def _boxes(answer: Answer, known: tuple[Claim, ...]) -> Iterator[Claim]:
    ticks = answer if isinstance(answer, TicksAnswer) else TicksAnswer()
    answered = bool(ticks.ticked or fold(ticks.remark))
    for claim in known:
        asked, unsure = claim.option in ticks.ticked, not answered or claim.option in ticks.undecided
        yield claim._replace(asked=asked, open=unsure) if asked or unsure else claim


def _row(form: FilledForm, group: _Rows) -> Claim:
    """The claim of a row or group, placed at the first row and column that is not zero."""
    answers = [[(column, form.answer(path, column)) for path, column in places] for _, places in group.rows]
    due = (
        claim._replace(asked=True, column=column)
        for (claim, _), row in zip(group.rows, answers, strict=True)
        for column, answer in row
        if _amount(answer.value) > 0
    )
    unsure = any(_unknown(answer) for row in answers for _, answer in row)
    return next(due, group.rows[0][0])._replace(names=group.names, open=unsure)


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
