"""What a shell of other systems does before a program starts: *.docx, ~ and $NAME become names."""

from __future__ import annotations

import os
from collections.abc import Sequence
from glob import glob


def filled_in(arguments: Sequence[str]) -> list[str]:
    """Each argument with its names filled in; as it stands where it names nothing."""
    found: list[str] = []
    for argument in arguments:
        meant = os.path.expandvars(os.path.expanduser(argument))  # noqa: PTH111  (it may be no path)
        found += glob(meant, recursive=True) or [meant]  # noqa: PTH207  (as said)
    return found
