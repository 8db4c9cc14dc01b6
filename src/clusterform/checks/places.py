"""Where a check looks: the answers of some kinds of field, column by column, in the form's order."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.checks.reader import CheckParams, Reader
from clusterform.fields import Kind

Place = tuple[str, str | None]


class Scope(CheckParams):
    """What a rule leaves to other rules."""

    without_sections: tuple[int, ...] = ()
    without_fields: tuple[str, ...] = ()
    without_kinds: tuple[Kind, ...] = ()


def places_of(scope: Scope, form: Reader, *kinds: Kind) -> Iterator[Place]:
    """Every answer of the fields of these kinds within the scope."""
    for item in form.of_kind(*(kind for kind in kinds if kind not in scope.without_kinds)):
        if item.section in scope.without_sections or item.path in scope.without_fields:
            continue
        for column, _ in form.form.places(item.path):
            yield item.path, column
