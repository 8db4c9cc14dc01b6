"""Checks filled forms of the SME characteristic industrial cluster notices before they are mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clusterform.answers import FilledForm as FilledForm
    from clusterform.api import annotate as annotate
    from clusterform.api import blank as blank
    from clusterform.api import check as check
    from clusterform.api import check_folder as check_folder
    from clusterform.api import diff as diff
    from clusterform.api import fill as fill
    from clusterform.api import fix as fix
    from clusterform.api import read as read
    from clusterform.comparison import Comparison as Comparison
    from clusterform.copies.fix import Fixed as Fixed
    from clusterform.errors import ClusterformError as ClusterformError
    from clusterform.finding import Report as Report

__version__ = "0.1.0"
_HOMES = {
    "Comparison": "clusterform.comparison",
    "FilledForm": "clusterform.answers",
    "Fixed": "clusterform.copies.fix",
    "ClusterformError": "clusterform.errors",
    "Report": "clusterform.finding",
    **dict.fromkeys(
        ("annotate", "blank", "check", "check_folder", "diff", "fill", "fix", "read"), "clusterform.api"
    ),
}
"""The public names, each with the module that is loaded when it is first asked for."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
