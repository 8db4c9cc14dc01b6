"""Writes the example forms: one clean form of each kind and broken ones, from the answers in this folder.

    python examples/build.py              the Word files and workbooks, and the folder of a province (province.py)
    python examples/build.py --expected   and beside each what `clusterform check --format json` says of it

The clusters are invented. The same answers give the same bytes.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "tests"), str(HERE)]

import province

from clusterform.filling.extract import extracted
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import read_form
from clusterform.settings import Settings
from clusterform.writing import filled
from clusterform.writing.answers.given_form import given_form
from clusterform.yaml_file import read_yaml
from support.forms import Ink, Layout, write


@dataclass(frozen=True)
class Example:
    """One form to write, and what is wrong with it in words."""

    name: str
    form: str
    mistakes: list[str]
    format: str = "docx"
    layout: Layout = "notice"
    ink: dict[str, Any] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)

    @property
    def file(self) -> Path:
        """Where it stands."""
        return HERE / f"{self.name}.{self.format}"

    def content(self) -> bytes:
        """The file; a workbook is the blank one filled with the answers of the Word form."""
        word = write(self.form, None, self.layout, Ink(**self.ink), self.change)
        if self.format == "docx":
            return word
        answers = extracted(read_form(open_package(word), Settings(), self.name))
        return filled(given_form(answers, self.name, "2025"), self.format, None, self.name)


def examples() -> Iterator[Example]:
    """The examples of examples.yaml."""
    return (Example(**data) for data in read_yaml(HERE / "examples.yaml")["examples"])


def report(file: str) -> bytes:
    """What `clusterform check` says of an example, run beside it so that its path is its name."""
    command = [
        sys.executable,
        "-m",
        "clusterform",
        "check",
        file,
        "--format",
        "json",
        "--fail-on",
        "never",
    ]
    return subprocess.run(command, cwd=HERE, check=True, capture_output=True).stdout  # noqa: S603  (our own command)


def main() -> None:
    """Writes everything anew."""
    for example in examples():
        example.file.write_bytes(example.content())
        if "--expected" in sys.argv[1:]:
            example.file.with_suffix(".json").write_bytes(report(example.file.name))
        print(example.name)
    province.build(expected="--expected" in sys.argv[1:])
    print(f"province/{province.FOLDER}")


if __name__ == "__main__":
    main()
