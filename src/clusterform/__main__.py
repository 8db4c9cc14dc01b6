"""The console entry: `clusterform`, and `python -m clusterform`."""

from __future__ import annotations

import os
import sys

_FOR_THE_SHELL = frozenset("*?[~$%")
"""On Windows a program fills in such names itself; typer does."""


def main() -> None:
    """Runs the command line. What is asked for most is done without loading it: it takes longer than a check."""
    arguments = sys.argv[1:]
    if sys.stdout is None or sys.stderr is None:
        from clusterform.cli.screen import opened  # noqa: PLC0415  (hardly ever)

        opened()
    if arguments == ["--version"]:
        _version()
    elif _only_paths(arguments) and not _has_project(arguments[1:]):
        _check(arguments[1:])
    else:
        from clusterform.cli.app import run  # noqa: PLC0415

        run()


def _version() -> None:
    from clusterform import __version__  # noqa: PLC0415  (nothing else is needed for it)
    from clusterform.cli.common import guarded, say  # noqa: PLC0415  (as above)

    guarded(lambda: say(f"clusterform {__version__}", sys.stdout))()


def _only_paths(arguments: list[str]) -> bool:
    """Whether it is check with files and folders, and nothing else."""
    command, *paths = arguments or [""]
    if command != "check" or not paths or any(path.startswith("-") for path in paths):
        return False
    return os.name != "nt" or not any(_FOR_THE_SHELL.intersection(path) for path in paths)


def _has_project(paths: list[str]) -> bool:
    """Whether a project file sets options, which are then read with the others."""
    from pathlib import Path  # noqa: PLC0415  (--version does without)

    from clusterform.cli.project import project_file  # noqa: PLC0415  (as above)

    return project_file(map(Path, paths)) is not None


def _check(paths: list[str]) -> None:
    import gc  # noqa: PLC0415  (--version does without)
    from pathlib import Path  # noqa: PLC0415

    gc.disable()  # nothing of what is loaded now is ever thrown away
    from clusterform.cli.judging import Wanted, judge  # noqa: PLC0415
    from clusterform.settings import Settings  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    judge([Path(path) for path in paths], Settings(), Wanted())


if __name__ == "__main__":
    main()
