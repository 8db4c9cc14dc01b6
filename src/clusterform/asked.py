"""What a form asks for, and what is made of that alone: once for all forms of a definition."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, TypeVar

from clusterform.answers import FilledForm
from clusterform.fields import Field

T = TypeVar("T")

_YEARS = {"first": 0, "middle": 1, "last": -1}
"""Which of the reported years each role is."""


class Asked:
    """What a form asks for. What is made of that alone is made once for all forms of one definition."""

    __slots__ = ("fields", "made", "reported", "roles")

    def __init__(self, fields: Mapping[str, Field], roles: Mapping[str, Any]) -> None:
        self.fields = fields
        self.roles = roles
        self.reported = tuple(str(year) for year in roles.get("reported", ()))
        """The column keys of the years the form reports, oldest first."""
        self.made: dict[Hashable, Any] = {}

    def decided(self, key: Hashable, make: Callable[["Asked"], T]) -> T:
        """What `make` finds out from the definition alone, worked out once for all forms of it."""
        try:
            found: T = self.made[key]
        except KeyError:
            found = self.made[key] = make(self)
        return found

    def column(self, role: str) -> str:
        """The column key of a role: first, middle, last, or a key itself."""
        return self.reported[_YEARS[role]] if role in _YEARS else role

    def name(self, path: str, column: str | None = None) -> str:
        """What a person calls the place: the label, and the column's head."""
        item = self.fields.get(path)
        if item is None:
            return path
        head = item.column_label(column)
        return f"{item.label} {head}" if head else item.label

    def of_kind(self, *kinds: str) -> Iterator[Field]:
        """The form's fields of these kinds, in the form's order."""
        return (f for f in self.fields.values() if f.kind in kinds)


_MOST_DEFINITIONS = 16
_DEFINITIONS: dict[int, Asked] = {}
"""By the identity of their fields, which every form of a definition shares."""


def asked_of(form: FilledForm) -> Asked:
    """What the form asks for: one and the same for all forms of its definition."""
    known = _DEFINITIONS.get(id(form.fields))
    if known is None or known.fields is not form.fields or known.roles != form.roles:
        if len(_DEFINITIONS) >= _MOST_DEFINITIONS:
            _DEFINITIONS.clear()
        known = _DEFINITIONS[id(form.fields)] = Asked(form.fields, form.roles)
    return known
