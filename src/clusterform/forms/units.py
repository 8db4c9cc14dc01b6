"""Units of thresholds, and a figure in one of them given in another, where that comes out even."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from clusterform.data_files import rules_file
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


@kept
def _units() -> Mapping[str, tuple[str, Fraction]]:
    """Of each unit what it measures, and how much it is."""
    return {
        _plain(unit): (sort, Fraction(size))
        for sort, units in read_yaml(rules_file("units.yaml")).items()
        for unit, size in units.items()
    }


def _plain(unit: str) -> str:
    return "".join(unicodedata.normalize("NFKC", unit).split())


def units_like(unit: str) -> tuple[str, ...]:
    """The units into which figures of this one can be turned, itself first."""
    sort = _units().get(_plain(unit), ("", Fraction(0)))[0]
    return (unit, *(name for name, (of, _) in _units().items() if of == sort and name != _plain(unit)))


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The same amount in another unit; None where they measure different things, or it does not come out even."""
    if _plain(unit) == _plain(to):
        return value
    sort, size = _units().get(_plain(unit), ("", Fraction(0)))
    wanted, of = _units().get(_plain(to), ("?", Fraction(1)))
    if sort != wanted:
        return None
    amount = Fraction(value) * size / of
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact if Fraction(exact) == amount else None
