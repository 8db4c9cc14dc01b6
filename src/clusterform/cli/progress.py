"""How far a folder is gone through, on stderr of a terminal and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from clusterform.messages import Text


@contextmanager
def shown_progress(language: str, *, wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A function to be told how many files of how many are done; it shows nothing where nobody looks."""
    if not wanted or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console  # noqa: PLC0415  (only a terminal needs it)
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(Text("folder.progress")[language], total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
