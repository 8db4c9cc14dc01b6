"""What a check is: parameters from a rule, the places it looks at, and what it says of each. A kind of check is a class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from clusterform.checks.names import Row
from clusterform.checks.reader import Hit, Reader
from clusterform.checks.ties import Tie
from clusterform.definition import Definition

_KINDS: dict[str, type[Check]] = {}


class Check(Definition):
    """One check of a rule. A kind says its name (`class Sum(Check, kind="sum")`); its fields are what a rule gives it.

    Nothing is kept between places: what `judge` says depends on the parameters, the subject and the place alone.
    The subject is a `Reader` of one form, or what a rule across forms looks at.
    """

    kind: ClassVar[str] = ""
    """The name by which rules ask for it."""

    def __init_subclass__(cls, *, kind: str = "") -> None:
        super().__init_subclass__()
        if kind:
            cls.kind = kind
            _KINDS[kind] = cls

    def places(self, subject: Any, /) -> Iterable[Any]:
        """Where it looks."""
        raise NotImplementedError

    def judge(self, subject: Any, place: Any, /) -> Hit | None:
        """What it finds at one place; None where that is right. `Unknown` where it cannot be told, and why."""
        raise NotImplementedError

    def ties(self, form: Reader, /) -> Iterable[Tie]:  # noqa: ARG002  (most kinds have none)
        """The relations between figures that it asks for, if its places are such."""
        return ()

    def is_relation(self) -> bool:
        """Whether its places are relations between the form's figures."""
        return type(self).ties is not Check.ties


class RowCheck(Check):
    """A check of one row, where the form has it."""

    field: Row

    def places(self, form: Reader) -> Iterable[Any]:
        """The row."""
        return (self.field,) if form.has(self.field) else ()


def kinds() -> dict[str, type[Check]]:
    """Every kind by its name. Their modules are loaded by whoever reads a rule file; kept rules bring theirs along."""
    import pkgutil  # noqa: PLC0415  (only where a rule file is read)
    from importlib import import_module  # noqa: PLC0415

    import clusterform.checks as package  # noqa: PLC0415

    for module in pkgutil.iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return dict(_KINDS)
