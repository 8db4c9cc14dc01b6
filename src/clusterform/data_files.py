"""Where rules/ and templates/ are: the only module that knows. Readers stay on `Traversable`, so a zip import works."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def data_root() -> Traversable:
    """The folder that holds rules/ and templates/: inside the wheel, else the checkout it is run from."""
    shipped = files("clusterform") / "_data"
    if shipped.is_dir():
        return shipped
    return Path(__file__).resolve().parents[2]


def rules_file(*parts: str) -> Traversable:
    """A file or folder under rules/."""
    return data_root().joinpath("rules", *parts)
