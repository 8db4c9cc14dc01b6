"""Kind `computed`: a declared figure agrees with those it is computed from, as far as rounding allows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from clusterform.checks.formula import Cell, as_printed, cells, show
from clusterform.checks.reader import CheckParams, Hit, Reader, Unknown, Words
from clusterform.checks.relation import Blame, Computed, Instance, Relation, culprits
from clusterform.figures import Interval, printable, two_places


class Params(CheckParams):
    """`related` are relations of later rules that share an input.

    Where one input explains several failures, it is reported once, at that input, with the variant `input`,
    which takes {rows} {range} {others}. Otherwise the message takes {computed}; a fitting hint takes the
    variant `hint` and {hint}.
    """

    kind: Literal["computed"]
    relation: Relation
    related: tuple[Relation, ...] = ()


def places(params: Params, form: Reader) -> list[Instance]:
    """Each year the figure can be computed for."""
    return params.relation.at(form)


def judge(params: Params, form: Reader, place: Instance) -> Hit | None:
    """Says it at the declared figure, or once at the input to blame."""
    wrong = place.wrong(form)
    if not wrong:
        return None
    own = params.relation.at(form)
    group = [*own, *(i for relation in params.related for i in relation.at(form))]
    blame = next((b for b in culprits(group, form) if place in b.covers), None)
    if blame is None or blame.cell == place.declared:
        return _at_result(form, place, wrong)
    if next(i for i in blame.covers if i in own) == place:
        return _at_input(form, blame)
    name = form.name(blame.cell.path, blame.cell.column)
    raise Unknown(
        f"与“{name}”同一原因，已一并报告",
        f"has one cause with “{name}” and is reported there",
        *_at(place.declared),
    )


def _at(cell: Cell) -> tuple[str, str | None]:
    return cell.path, cell.column


def _at_result(form: Reader, place: Instance, wrong: list[Computed]) -> Hit:
    hint = place.fitting(form, place.relation.hints)
    named = hint.reading.name if hint else None
    expected = dict.fromkeys(str(_value(form, c)) for c in wrong)
    facts: dict[str, str | Words] = {"computed": _both([_working(form, c) for c in wrong])}
    if named is not None:
        facts["hint"] = named
    path, column = _at(place.declared)
    return Hit(path, column, expected=" / ".join(expected), facts=facts, variant="hint" if named else None)


def _value(form: Reader, computed: Computed) -> object:
    """What the reading comes to, taken from the figures as printed."""
    return two_places(as_printed(computed.node, form))


def _working(form: Reader, computed: Computed) -> Words:
    """The computation with its figures, and the figures that rounding allows."""
    sum_text = f"{show(computed.node, form)} = {_value(form, computed)}"
    fits = printable(computed.values)
    name = computed.reading.name
    zh, en = (f"{name.zh}：{sum_text}", f"{name.en}: {sum_text}") if name else (sum_text, sum_text)
    if fits is None or fits.low == fits.high:
        return Words(zh=zh, en=en)
    return Words(
        zh=f"{zh}（计入四舍五入，{fits.low} 至 {fits.high} 均可）",
        en=f"{en} (with rounding, {fits.low} to {fits.high} will do)",
    )


def _both(texts: Iterable[Words]) -> Words:
    kept = list(texts)
    return Words(zh="；".join(t.zh for t in kept), en="; ".join(t.en for t in kept))


def _at_input(form: Reader, blame: Blame) -> Hit:
    """The input, what it would have to be, and the rows it makes fail."""
    path, column = _at(blame.cell)
    counted = form.figure(path, column).counted
    unlike = dict.fromkeys(c for i in blame.covers for c in _unlike(form, i, blame.cell))
    rows = [f"“{form.name(*_at(c))}”（{form.answer(*_at(c)).text}）" for c in unlike]
    ranges = [r for v in blame.values if (r := printable(v, counted=counted)) is not None]
    others = [form.name(*_at(c)) for c in blame.alternatives]
    facts: dict[str, str | Words] = {
        "rows": "、".join(rows),
        "range": _both(_range(r) for r in ranges),
        "others": Words(zh="".join(f"或“{o}”" for o in others), en="".join(f" or “{o}”" for o in others)),
    }
    taints = tuple(_at(c) for c in blame.alternatives)
    return Hit(
        path, column, expected=_one(ranges, counted=counted), facts=facts, variant="input", taints=taints
    )


def _unlike(form: Reader, instance: Instance, blamed: Cell) -> list[Cell]:
    """What the figure does not agree with: the result, or where it is one itself, what that comes from."""
    if instance.declared != blamed:
        return [instance.declared]
    readings = instance.relation.readings
    return [c for reading in readings for c in cells(instance.bound(reading, form)) if c != blamed]


def _range(fits: Interval) -> Words:
    if fits.low == fits.high:
        return Words(zh=str(fits.low), en=str(fits.low))
    return Words(zh=f"{fits.low} 至 {fits.high}", en=f"{fits.low} to {fits.high}")


def _one(ranges: list[Interval], *, counted: bool) -> str | None:
    """The one figure that can be named: a single whole number, or decimals within a thousandth."""
    if len(ranges) != 1:
        return None
    low, high = ranges[0].low, ranges[0].high
    if counted:
        return str(low) if low == high else None
    return str(two_places(ranges[0].centre)) if (high - low) * 1000 <= abs(low) else None
