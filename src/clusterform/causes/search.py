"""Looks for the edits that explain failed relations: the most of them, breaking none that holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from clusterform.causes.slip import (
    UNITS,
    Correction,
    as_written,
    half_way,
    keeps_its_digits,
    likeliest_edit,
    times_ten,
)
from clusterform.causes.system import Exhausted, System
from clusterform.checks.formula import Operand
from clusterform.figures import Interval
from clusterform.grouped import grouped

LEAST = 2
"""So many failures have a cause in common; one speaks for itself."""
NAMED = 3
"""Edits as good as each other that are named at most."""
_ROUNDS = 12
_REGIONS = 40
CandidateRange = tuple[Interval, frozenset[int]]


def search(system: System) -> list[tuple[Correction, ...]]:
    """One group of equally good edits after the other, each on top of the first of those before."""
    found: list[tuple[Correction, ...]] = []
    try:
        for _ in range(_ROUNDS):
            best = _best(system)
            if not best:
                break
            found.append(best)
            system.edit(dict(zip(best[0].cells, best[0].values, strict=True)))
    except Exhausted:
        pass
    return found


def _best(system: System) -> tuple[Correction, ...]:
    """The edits with the best score, as far as the work lasts."""
    best: list[Correction] = []
    for cells, make in _candidates(system):
        hard, soft = _weight(system, cells)
        if not _enough(hard, soft) or (best and (hard, soft, True) < best[0].score):
            continue
        for edit in make:
            if not best or edit.score > best[0].score:
                best = [edit]
            elif edit.score == best[0].score:
                best.append(edit)
    return tuple(best[:NAMED])


def _enough(hard: int, soft: int) -> bool:
    return hard > 0 and hard + soft >= LEAST


def _weight(system: System, cells: tuple[Operand, ...]) -> tuple[int, int]:
    """How many failures, and how many that are evidence only, these cells may be the cause of."""
    soft = [r.tie.soft for r in system.touched(cells) if r.number in system.failed]
    return soft.count(False), soft.count(True)


def _candidates(system: System) -> Iterator[tuple[tuple[Operand, ...], Iterator[Correction]]]:
    """The cells an edit would change, and the edits; those that can explain most come first."""
    failing = [r for r in system.failing() if not r.tie.soft]
    cells = list(dict.fromkeys(c for r in failing for c in r.tie.figures if c in system.editable))
    rows = {cell.path: system.row(cell.path) for cell in cells}
    found: list[tuple[tuple[Operand, ...], Iterator[Correction]]] = [
        ((cell,), _single(system, cell)) for cell in cells
    ]
    for row in rows.values():
        pairs = [pair for pair in combinations(row, 2) if system.editable.issuperset(pair)]
        found.extend((pair, _exchanged(system, pair)) for pair in pairs)
        if len(row) > 1 and system.editable.issuperset(row):
            found.append((tuple(row), _row_units(system, row, "row_unit")))
        if len(row) > 2:  # else a pair is the row
            found.extend((pair, _row_units(system, pair, "part_unit")) for pair in pairs)
    found.sort(key=lambda item: _weight(system, item[0]), reverse=True)
    found.extend(  # last: where nothing smaller explains as much
        ((*one, *other), _rows_exchanged(system, one, other))
        for one, other in combinations(rows.values(), 2)
        if len(one) > 1
        and _kind(system, one) == _kind(system, other)
        and system.editable.issuperset((*one, *other))
    )
    return iter(found)


def _single(system: System, cell: Operand) -> Iterator[Correction]:
    regions: list[CandidateRange] = [(system.bounds[cell], frozenset())]
    touched = system.touched([cell])
    for relation in (r for r in reversed(touched) if r.number not in system.failed):
        ways = system.allowed(relation, cell)
        regions = [(v, got) for region, got in regions for way in ways if (v := region.common(way))]
        if not regions:
            return
    for relation in (r for r in touched if r.number in system.failed):
        ways = system.allowed(relation, cell)
        regions += [
            (v, got | {relation.number})
            for region, got in regions
            for way in ways
            if (v := region.common(way))
        ]
        regions = sorted(regions, key=lambda r: len(r[1]), reverse=True)[:_REGIONS]
    soft = {r.number for r in touched if r.tie.soft}
    by_gain = grouped((got, region) for region, got in regions)
    for got in sorted(by_gain, key=lambda g: (len(g - soft), len(g & soft)), reverse=True):
        if not _enough(len(got - soft), len(got & soft)):
            return
        edit = likeliest_edit(cell, system.figures[cell], by_gain[got])
        if edit is not None:
            yield _scored(edit, got, soft)
            return


def _scored(edit: Correction, got: frozenset[int], soft: set[int]) -> Correction:
    return replace(edit, explains=got, hard=len(got - soft), soft=len(got & soft))


def _exchanged(system: System, pair: tuple[Operand, ...]) -> Iterator[Correction]:
    """Two figures of a row, each in the other's place."""
    one, other = (system.figures[cell] for cell in pair)
    if one.value == other.value:
        return
    for edit in _moved(system, "exchanged", pair, pair[::-1]):
        if edit.hard >= LEAST:  # of two figures one is always the greater: a single bound proves nothing
            yield edit


def _moved(
    system: System, kind: str, cells: tuple[Operand, ...], others: tuple[Operand, ...]
) -> Iterator[Correction]:
    """Each of the cells with the figure of another."""
    values = tuple(system.sheet.inputs[cell] for cell in others)
    figures = (system.figures[cell] for cell in others)
    printed = tuple(f"{figure.value:.{max(figure.places, 0)}f}" for figure in figures)
    return _tried(system, Correction(kind, cells, values, printed))


def _kind(system: System, row: Sequence[Operand]) -> tuple[str, list[tuple[str | None, bool]]]:
    """What two rows have in common that can be taken for each other: the part, the columns, counts or not."""
    return row[0].path.partition(".")[0], [(cell.column, system.figures[cell].counted) for cell in row]


def _rows_exchanged(system: System, one: Sequence[Operand], other: Sequence[Operand]) -> Iterator[Correction]:
    """Two rows, each in the other's place: only where all that fails at them then agrees."""
    cells = (*one, *other)
    failing = {r.number for r in system.touched(cells) if r.number in system.failed}
    for edit in _moved(system, "rows_exchanged", cells, (*other, *one)):
        if edit.explains == failing and edit.hard > LEAST:
            yield edit


def _row_units(system: System, row: Sequence[Operand], kind: str) -> Iterator[Correction]:
    """A whole row in another unit, or two figures of it."""
    figures = [system.figures[cell] for cell in row]
    for power in (p for p in UNITS if all(keeps_its_digits(f, p) for f in figures)):
        values = tuple(times_ten(figure, power) for figure in figures)
        printed = tuple(as_written(figure.value.scaleb(power), figure) for figure in figures)
        for edit in _tried(system, Correction(kind, tuple(row), values, printed, power=power)):
            half = system.sheet.edited({c: half_way(f, power) for c, f in zip(row, figures, strict=True)})
            if not all(system.holds(system.relations[n], half) for n in edit.explains):
                yield edit


def _tried(system: System, edit: Correction) -> Iterator[Correction]:
    """The edit with what it explains; nothing where it breaks a relation that holds."""
    changes: Mapping[Operand, Interval] = dict(zip(edit.cells, edit.values, strict=True))
    if not all(values.meets(system.bounds[cell]) for cell, values in changes.items()):
        return
    sheet = system.sheet.edited(changes)
    touched = system.touched(edit.cells)
    failing = [r for r in touched if r.number in system.failed]
    got = frozenset(r.number for r in failing if system.holds(r, sheet))
    soft = {r.number for r in failing if r.tie.soft}
    if not _enough(len(got - soft), len(got & soft)):
        return
    if all(system.holds(r, sheet) for r in touched if r.number not in system.failed):
        yield _scored(edit, got, soft)
