"""The kinds of check: every module of this package that has Params, places and judge. Wiring in one place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import clusterform.checks as package
from clusterform.checks.reader import CheckParams, Hit, Reader
from clusterform.checks.ties import Tie
from clusterform.record import record


@record
class Kind:
    """One kind of check: its parameters, where it looks, and what it says of each place."""

    name: str
    """The module's own."""
    params: type[CheckParams]
    places: Callable[[Any, Reader], Iterable[Any]]
    judge: Callable[[Any, Reader, Any], Hit | None]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    import pkgutil  # noqa: PLC0415  (rules from the snapshot bring their kinds along)
    from importlib import import_module  # noqa: PLC0415

    found: dict[str, Kind] = {}
    for module_info in pkgutil.iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{module_info.name}")
        if hasattr(module, "Params"):
            found[module_info.name] = kind_of(module.__name__)
    return found


@cache
def kind_of(name: str) -> Kind:
    """The kind that stands in the module of that full name, which is loaded."""
    module = sys.modules[name]
    return Kind(name.rpartition(".")[2], module.Params, module.places, module.judge)


def ties_of(params: CheckParams) -> Callable[[Any, Reader], Iterable[Tie]] | None:
    """What a check of this kind asks of the form's figures; None where its places are no relations between them."""
    found: Callable[[Any, Reader], Iterable[Tie]] | None = getattr(
        sys.modules[type(params).__module__], "ties", None
    )
    return found
