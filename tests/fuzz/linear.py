"""Runs every regular expression on texts made against it: twice the text may take no more than three times as long.

    python tests/fuzz/linear.py

The texts are made of each pattern's own characters, in runs, with and without an end that cannot match.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.patterns import EVERYWHERE, Used, patterns

SHORT, LONG = 10_000, 20_000
BOUND = 3
_FIVE = 5
_TOO_QUICK = 0.001
"""Seconds of the longer text under which a ratio says nothing."""
_ENDS = ("", "z。\0")


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
    pattern = used.pattern if isinstance(used.pattern, str) else used.pattern.decode("latin-1")
    own = re.sub(r"\\[AZbBdDsSwW]|\(\?P<\w+>|\(\?[:=!<>]*|[\\\[\](){}*+?|^$]", " ", pattern)
    words = list(dict.fromkeys(own.split()))[:8]
    single = list(dict.fromkeys(char for word in words for char in word))[:12]
    runs = [*single, " ", "\u3000", "1", "_", "甲", "\n", "(", *words, *(a + b for a, b in pairwise(single))]
    for pump in dict.fromkeys(runs):
        for start in ("", *single[:1]):
            for end in _ENDS:
                yield start, pump, end


def _ratio(used: Used, start: str, pump: str, end: str) -> float:
    once = _seconds(used, start, pump, end, LONG)
    if once < _TOO_QUICK:
        return 0
    times = [[_seconds(used, start, pump, end, n) for _ in range(_FIVE)] for n in (SHORT, LONG)]
    return median(times[1]) / max(median(times[0]), 1e-9)


def _seconds(used: Used, start: str, pump: str, end: str, length: int) -> float:
    text = start + (pump * length)[:length] + end
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
