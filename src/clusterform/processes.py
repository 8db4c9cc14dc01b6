"""Whether other programs can be started: workers, LibreOffice. In a browser there are none."""

from __future__ import annotations

import sys

WITHOUT = ("emscripten",)
"""Systems, by Python's names, on which no process can be started."""


def can_start() -> bool:
    return sys.platform not in WITHOUT
