"""Writes the example forms: one clean form of each kind and broken ones, from the answers in this folder.

    python examples/build.py              the .docx files, and the folder of a province (province.py)
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

import province  # noqa: E402  (beside this file)

from clusterform.yaml_file import read_yaml  # noqa: E402
from support.forms import Ink, Layout, write  # noqa: E402  (the writer lives with the tests that use it most)


@dataclass(frozen=True)
class Example:
    """One form to write, and what is wrong with it in words."""

    name: str
    form: str
    mistakes: list[str]
    layout: Layout = "notice"
    ink: dict[str, Any] = field(default_factory=dict)
    change: dict[str, Any] = field(default_factory=dict)

    def docx(self) -> bytes:
        """The Word file."""
        return write(self.form, None, self.layout, Ink(**self.ink), self.change)


def examples() -> Iterator[Example]:
    """The examples of examples.yaml."""
    return (Example(**data) for data in read_yaml(HERE / "examples.yaml")["examples"])


def report(name: str) -> bytes:
    """What `clusterform check` says of an example, run beside it so that its path is its name."""
    command = [
        sys.executable,
        "-m",
        "clusterform",
        "check",
        f"{name}.docx",
        "--format",
        "json",
        "--fail-on",
        "never",
    ]
    return subprocess.run(command, cwd=HERE, check=True, capture_output=True).stdout  # noqa: S603  (our own command)


def main() -> None:
    """Writes everything anew."""
    for example in examples():
        (HERE / f"{example.name}.docx").write_bytes(example.docx())
        if "--expected" in sys.argv[1:]:
            (HERE / f"{example.name}.json").write_bytes(report(example.name))
        print(example.name)
    province.build(expected="--expected" in sys.argv[1:])
    print(f"province/{province.FOLDER}")


if __name__ == "__main__":
    main()
