"""The public names of the package with their signatures, docstrings and examples: docs/build.py writes them into the pages."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import clusterform

FUNCTIONS = ("check", "check_folder", "diff", "read", "fill", "blank", "annotate", "fix")


def reference(language: str) -> str:
    """A section for each function. Docstrings are English: the Chinese page has signature and example, its words stand above."""
    return "\n" + "\n".join(line for name in FUNCTIONS for line in _section(name, language)) + "\n"


def _section(name: str, language: str) -> Iterator[str]:
    function = getattr(clusterform, name)
    words, example = _parts(inspect.getdoc(function) or "")
    yield from (f"### {name}", "", "```python", f"{name}{_signature(function)}", "```", "")
    if language == "en":
        yield from (words, "")
    yield from ("```pycon", example, "```", "")


def _parts(doc: str) -> tuple[str, str]:
    words, prompt, rest = doc.partition(">>> ")
    return words.strip(), f"{prompt}{rest}".strip()


def _signature(function: object) -> str:
    """As it is written in the module: with the names of types and not what they stand for."""
    source = inspect.getsource(function)  # type: ignore[arg-type]
    [written] = re.findall(r"def \w+(\(.*?\) -> [\w.]+):\n", source, re.DOTALL)
    return re.sub(r"  # noqa[^\n]*", "", written)
