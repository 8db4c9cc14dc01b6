"""The few figures of a form that reports draw: which they are is said by the form's definition."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from clusterform.answers import FilledForm
from clusterform.checks.amounts import Amount, in_unit_of, read_amount
from clusterform.checks.reader import Limit
from clusterform.checks.target_figures import floor_over, least_rate, lowest_over
from clusterform.finding import NO_FIGURES, Aim, Figures, Series
from clusterform.forms.edition import load_edition
from clusterform.forms.model import AimDef, load_form


def figures_of(form: FilledForm, limits: Mapping[str, Limit]) -> Figures:
    """The figures of three years and the targets with their floors; none for a form that was not recognised."""
    if form.form not in load_edition(form.edition).forms:
        return NO_FIGURES
    wanted = load_form(form.edition, form.form).figures
    return Figures(
        tuple(_series(form, path) for path in wanted.years),
        tuple(_aim(form, aim, limits) for aim in wanted.aims),
    )


def _series(form: FilledForm, path: str) -> Series:
    field = form.fields[path]
    points = tuple((column.label, _text(form.answer(path, column.key).decimal)) for column in field.columns)
    return Series(field.label, field.unit, points)


def _aim(form: FilledForm, wanted: AimDef, limits: Mapping[str, Limit]) -> Aim:
    field = form.fields[wanted.field]
    head = next((column.label for column in field.columns if column.key == wanted.column), wanted.column)
    amount = _level(form, wanted.field, wanted.column)
    floor, reached = (None, False) if amount is None else _held(form, wanted, amount, limits)
    return Aim(
        field.label,
        head,
        (amount.unit if amount is not None else "") or field.unit,
        _text(amount.figure.value if amount is not None else None),
        _text(floor),
        reached,
    )


def _level(form: FilledForm, path: str, column: str) -> Amount | None:
    """The amount there, if it is one; an increase says nothing of the level."""
    amount = read_amount(form.answer(path, column))
    return amount if amount is not None and (not amount.change or amount.rate) else None


def _held(
    form: FilledForm, wanted: AimDef, amount: Amount, limits: Mapping[str, Limit]
) -> tuple[Decimal | None, bool]:
    """The least value, in the unit of the amount, and whether the amount reaches it; rounding as in the rules."""
    limit, value = limits.get(wanted.limit), amount.figure.value
    years = form.roles["target"] - form.roles["baseline"]
    if limit is not None and wanted.grown and amount.rate:
        least = least_rate(amount, limit, years)
        return least, value >= least
    if limit is not None and not wanted.grown:
        return limit.value, limit.holds(value)
    other = _level(form, wanted.field, wanted.above or "baseline")
    base = in_unit_of(other, amount) if other is not None else None
    if base is None:
        return None, False
    if limit is None:
        return base.value, value > base.value
    least = lowest_over(base, limit, years, whole=wanted.whole)
    return floor_over(base, limit, years, whole=wanted.whole), value >= least


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
