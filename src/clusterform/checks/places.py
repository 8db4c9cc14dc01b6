"""Where a check looks: the answers of some kinds of field, column by column, in the form's order."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import FilledForm
from clusterform.checks.check import Check
from clusterform.checks.names import Row
from clusterform.checks.reader import Reader
from clusterform.fields import Field, Kind

Place = tuple[str, str | None]


class Scope(Check):
    """What a rule leaves to other rules."""

    without_sections: tuple[int, ...] = ()
    without_fields: tuple[Row, ...] = ()
    without_kinds: tuple[Kind, ...] = ()


def places_of(scope: Scope, form: Reader, *kinds: Kind) -> Iterator[Place]:
    """Every answer of the fields of these kinds within the scope."""
    asked = frozenset(kind for kind in kinds if kind not in scope.without_kinds)
    for item, places in form.shared(("places", asked), lambda _: _places_of_kinds(form, asked)):
        if item.section not in scope.without_sections and item.path not in scope.without_fields:
            yield from places


def _places_of_kinds(form: Reader, kinds: frozenset[Kind]) -> list[tuple[Field, list[Place]]]:
    """Each field of these kinds with its places; many rules look at the same."""
    return [(item, places) for item, places in form.shared("places", _all_places) if item.kind in kinds]


def _all_places(form: FilledForm) -> list[tuple[Field, list[Place]]]:
    """Each field with its places: its columns, or the one answer it takes."""
    return [
        (item, [(item.path, column.key) for column in item.columns] or [(item.path, None)])
        for item in form.fields.values()
    ]
