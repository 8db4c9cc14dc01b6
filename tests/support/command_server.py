"""Commands of one copy of the program, each in a process of its own that has the code loaded already, and no data.

Run by its path with that copy on PYTHONPATH: a line of JSON for each command, and its exit status for an answer.
"""

from __future__ import annotations

import json
import os
import sys

LOADED = ("jinja2", "openpyxl", "pydantic", "rich", "typer", "xlsxwriter", "yaml")
"""What the program itself imports only where it is asked for."""
WITH_DATA = "clusterform.cli.app"
"""The one module that reads messages while it is imported."""


def main() -> None:
    load()
    for line in sys.stdin:
        sys.stdout.write(f"{ended(**json.loads(line))}\n")
        sys.stdout.flush()


def load() -> None:
    from importlib import import_module
    from pkgutil import walk_packages

    import clusterform

    modules = [found.name for found in walk_packages(clusterform.__path__, "clusterform.")]
    for name in (*LOADED, *modules):
        if name != WITH_DATA and not name.endswith("__main__"):
            import_module(name)


def ended(arguments: list[str], folder: str, out: str, err: str) -> int:
    """The status of a command run in that folder, what it prints written to two files."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    for number, path in ((0, os.devnull), (1, out), (2, err)):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC), number)
    os.chdir(folder)
    sys.argv = ["clusterform", *arguments]
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    from clusterform.__main__ import main as command

    command()
    return 0


if __name__ == "__main__":
    main()
