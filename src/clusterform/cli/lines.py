"""--format jsonl on stdout, of files named one by one: the line of each as soon as it, and all before it, are finished."""

from __future__ import annotations

from typing import TextIO

from clusterform.cli.screen import put
from clusterform.finding import FileReport
from clusterform.reports.as_json import line
from clusterform.reports.encoding import fit_json


class Lines:
    """Writes lines one by one, so that whoever reads them need not wait for the last."""

    def __init__(self, stream: TextIO) -> None:
        self.begun = 0
        """So many lines are written, which the report leaves out."""
        self._stream = stream
        self._encoding = stream.encoding or "utf-8"

    @property
    def on_terminal(self) -> bool:
        """Whether a person sees them come, who then needs no progress bar between them."""
        return self._stream.isatty()

    def tell(self, file: FileReport) -> None:
        """Counted first: what Ctrl-C breaks off in a full pipe is kept by the stream, and written once."""
        self.begun += 1
        put(self._stream, fit_json(line(file), self._encoding), flush=True)
