"""The kinds of check: every module of this package that has Params, places and judge. Wiring in one place."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, get_args

import clusterform.checks as package
from clusterform.checks.reader import CheckParams, Hit, Reader


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of check: its parameters, where it looks, and what it says of each place."""

    name: str
    params: type[CheckParams]
    places: Callable[[Any, Reader], Iterable[Any]]
    judge: Callable[[Any, Reader, Any], Hit | None]


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its name."""
    found: dict[str, Kind] = {}
    for module_info in pkgutil.iter_modules(package.__path__):
        module = import_module(f"{package.__name__}.{module_info.name}")
        params = getattr(module, "Params", None)
        if params is not None:
            (name,) = get_args(params.model_fields["kind"].annotation)
            found[name] = Kind(name, params, module.places, module.judge)
    return found
