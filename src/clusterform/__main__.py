"""The console entry: `clusterform`, and `python -m clusterform`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> None:
    """The command line as a process.

    It ends without taking down piece by piece what was loaded and read: that takes a twentieth of a check and gives
    nothing back. Where there were workers Python has more to see to.
    """
    try:
        command_line()
    except SystemExit as ended:
        if not isinstance(ended.code, int) or "multiprocessing" in sys.modules:
            raise
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # whoever reads it may have left
                stream.flush()
        os._exit(ended.code)


def command_line() -> None:
    """Runs the command line. What is asked for most is done without typer, which takes longer to load than a form to check."""
    arguments = sys.argv[1:]
    if sys.stdout is None or sys.stderr is None:
        from clusterform.cli.common import opened

        opened()
    if arguments == ["--version"]:
        _version()
    elif arguments and arguments[0] in {"check", "batch", "annotate", "diff"}:
        _check(*arguments)
    else:
        from clusterform.snapshot import between_runs

        with between_runs():  # the help of every command is a sentence of the catalogue
            from clusterform.cli.app import run

            run()


def _version() -> None:
    from clusterform import __version__
    from clusterform.cli.common import guarded, say

    guarded(lambda: say(f"clusterform {__version__}", sys.stdout))()


def _check(name: str, *arguments: str) -> None:
    import gc

    gc.disable()  # nothing of what is loaded now is ever thrown away
    from clusterform.cli.check import command
    from clusterform.snapshot import between_runs

    gc.freeze()
    gc.set_threshold(50_000)  # a form leaves little behind that only this would find
    gc.enable()
    with between_runs():  # what options may be called is read from the data, as the rules are
        command(name, arguments)


if __name__ == "__main__":
    main()
