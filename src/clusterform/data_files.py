"""Where rules/, messages/, templates/ and examples/ are: the only module that knows. Readers stay on `Traversable`, so a zip import works."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def data_root() -> Traversable:
    """The folder that holds rules/, messages/, templates/ and examples/: inside the wheel, else the checkout it is run from."""
    here = Path(__file__).resolve().parent
    shipped = here / "_data"
    if shipped.is_dir():
        return shipped
    if here.is_dir():
        return here.parents[1]
    from importlib.resources import files

    return files("clusterform") / "_data"


def rules_file(*parts: str) -> Traversable:
    """A file or folder under rules/."""
    return data_root().joinpath("rules", *parts)


def messages_file(name: str) -> Traversable:
    """A file under messages/."""
    return data_root().joinpath("messages", name)


def templates_file(*parts: str) -> Traversable:
    """A file or folder under templates/."""
    return data_root().joinpath("templates", *parts)


def clean_form(form: str) -> Traversable:
    """A filled form of that kind on which nothing is found."""
    return data_root().joinpath("examples", f"{form}-clean.docx")
