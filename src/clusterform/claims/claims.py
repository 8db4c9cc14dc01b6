"""What on a form asks for evidence: its boxes, and its rows that need a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
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
    rows: tuple[Field, ...] = ()
    """Of a row or group, all that are one claim."""

    @property
    def key(self) -> Address:
        """What tells it from every other."""
        return self.path, self.option


class DueClaim(NamedTuple):
    """A claim for which evidence is due: the box ticked, or the first row and column that is not zero."""

    path: str
    label: str
    column: str | None


class FormClaims(NamedTuple):
    """What the answers of one form say of its claims."""

    due: Mapping[Address, DueClaim]
    """By the claims' keys, in the form's order."""
    open: frozenset[Address]
    """The keys of others whose answer is blank, unreadable or not there: it cannot be said that no evidence is due."""

    def label(self, claim: Claim) -> str:
        """As the form prints it where evidence is due."""
        due = self.due.get(claim.key)
        return due.label if due else claim.label


def claims_of(asked: Asked) -> tuple[Claim, ...]:
    """All that can ask for evidence on every form of a definition, in its order; a group of rows counts as one."""
    return asked.decided("claims", _claims)


def _claims(asked: Asked) -> tuple[Claim, ...]:
    found: dict[object, Claim] = {}
    for item in asked.fields.values():
        if item.options:
            found |= {claim.key: claim for claim in _boxes_of(item)}
        elif item.evidence:
            key = item.evidence_code or (item.group if item.group in item.evidence_names else item.path)
            claim, before = _row_of(item), found.get(key)
            if before is not None:
                names = tuple(dict.fromkeys((*before.names, *claim.names)))
                claim = before._replace(names=names, rows=(*before.rows, item))
            found[key] = claim
    return tuple(found.values())


def _boxes_of(item: Field) -> Iterator[Claim]:
    heads = folded((item.label, item.group, *item.evidence_names))
    for option in item.options:
        if option.evidence:
            long = len(fold(option.label)) >= SHORTEST_LABEL
            names = folded((option.label, *option.spellings)) if long else heads
            label, own_heads = (option.label, heads) if long else (item.label, ())
            yield Claim(item.path, option.key, label, names, own_heads, code_of(option.code))


def _row_of(item: Field) -> Claim:
    names = folded((item.label, *item.evidence_names))
    return Claim(item.path, None, _row_label(item), names, (), (item.evidence_code, ""), (item,))


def _row_label(item: Field) -> str:
    return item.group if item.group and item.group in item.evidence_names else item.label


def claims_on(form: FilledForm) -> FormClaims:
    """For which of its claims the form gives figures or ticks, and of which that cannot be said."""
    due: dict[Address, DueClaim] = {}
    unsure: set[Address] = set()
    for claim in claims_of(asked_of(form)):
        found, doubt = _row(form, claim) if claim.rows else _box(form, claim)
        if found is not None:
            due[claim.key] = found
        elif doubt:
            unsure.add(claim.key)
    return FormClaims(due, frozenset(unsure))


def _box(form: FilledForm, claim: Claim) -> tuple[DueClaim | None, bool]:
    """A box, where it is ticked; else whether it may be."""
    ticks = form.answer(claim.path)
    if not isinstance(ticks, TicksAnswer):
        return None, True
    if claim.option in ticks.ticked:
        return DueClaim(claim.path, claim.label, None), False
    return None, claim.option in ticks.undecided or not (ticks.ticked or fold(ticks.remark))


def _row(form: FilledForm, claim: Claim) -> tuple[DueClaim | None, bool]:
    """A row or group at its first figure that is not zero; else whether it may have one."""
    answers = form.answers
    for item in claim.rows:
        for place in item.places:
            if place in answers and _amount(answers[place].value) > 0:
                return DueClaim(item.path, _row_label(item), place[1]), False
    return None, any(_unknown(form.answer(*place)) for item in claim.rows for place in item.places)


def _amount(value: object) -> Decimal | int:
    if isinstance(value, CountNames):
        value = value.count
    return value if isinstance(value, Decimal) else 0


def _unknown(answer: Answer) -> bool:
    """Whether it is neither a figure nor 无."""
    value = answer.value
    if isinstance(value, CountNames):
        return value.count is None and fold(value.count_text) != NONE
    return answer.state is not State.NONE and not isinstance(value, Decimal)


def folded(texts: Iterable[str]) -> tuple[str, ...]:
    """The texts folded, each once, without those of which nothing is left."""
    return tuple(dict.fromkeys(folded for text in texts if (folded := fold(text))))
