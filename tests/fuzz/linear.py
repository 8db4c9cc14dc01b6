"""Runs every regular expression on texts made against it: twice the text may take no more than three times as long.

    python tests/fuzz/linear.py

The texts are made from each pattern's own parse tree: what leads to a repeat, then what the repeat takes, 20,000
characters of it, with and without an end that cannot match.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.patterns import EVERYWHERE, Used, patterns
from support.pumps import pumps

SHORT, LONG = 10_000, 20_000
BOUND = 3
_FIVE = 5
_AGAIN = 3
"""A ratio over the bound is measured so often: another program's work is no fault of a pattern."""
_TOO_QUICK = 0.001
"""Seconds of the longer text under which a ratio says nothing."""
_ENDS = ("", "\0")


def main() -> int:
    """1 where a pattern takes more than it may."""
    slow = [
        f"{used.place}: {used.pattern!r} on {start!r} + {pump!r} * n + {end!r}: {ratio:.1f}"
        for used in patterns()
        for start, pump, end in texts(used)
        if (ratio := _ratio(used, start, pump, end)) >= BOUND
    ]
    print(f"{len(patterns())} patterns, {len(slow)} slower than their text")
    print("\n".join(slow))
    return 1 if slow else 0


def texts(used: Used) -> Iterator[tuple[str, str, str]]:
    """Beginnings, what is repeated, and ends."""
    for before, pump in dict.fromkeys(pumps(used)):
        for start in dict.fromkeys(("", before)):
            for end in _ENDS:
                yield start, pump, end


def _ratio(used: Used, start: str, pump: str, end: str) -> float:
    short, long = (start + (pump * length)[:length] + end for length in (SHORT, LONG))
    if _seconds(used, long) < _TOO_QUICK:
        return 0
    ratio = float(BOUND)
    for _ in range(_AGAIN):
        if ratio >= BOUND:
            times = [median(_seconds(used, text) for _ in range(_FIVE)) for text in (short, long)]
            ratio = times[1] / max(times[0], 1e-9)
    return ratio


def _seconds(used: Used, text: str) -> float:
    compiled = re.compile(used.pattern, used.flags)
    given = text if isinstance(used.pattern, str) else text.encode("utf-8")
    begun = time.process_time()
    for method in sorted(used.methods or {"search"}):
        if method in EVERYWHERE - {"search"}:
            for _ in compiled.finditer(given):
                pass
        elif method in {"search", "match", "fullmatch"}:
            getattr(compiled, method)(given)
    return time.process_time() - begun


if __name__ == "__main__":
    sys.exit(main())
