"""Inputs that are many because several things are combined: `make test` takes a part that shows the same, `make fuzz` all."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import combinations, product
from typing import Any

ALL = os.environ.get("CLUSTERFORM_TEST_SWEEPS") == "all"


def combined(*values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """So few combinations that any two values still meet in one of them; every combination for `make fuzz`."""
    if ALL:
        return list(product(*values))
    places = product(*(range(len(of)) for of in values))
    pairs_of = {place: set(combinations(enumerate(place), 2)) for place in places}
    wanted, chosen = set().union(*pairs_of.values()), []
    while wanted:
        best = max(pairs_of, key=lambda place: len(pairs_of[place] & wanted))
        wanted -= pairs_of[best]
        chosen.append(best)
    return [tuple(of[at] for of, at in zip(values, place, strict=True)) for place in sorted(chosen)]
