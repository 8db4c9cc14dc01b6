"""Pages that a list names, against the pages that the file has."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from clusterform.answers import Observation
from clusterform.evidence import observations
from clusterform.evidence.inspect import Inspected
from clusterform.evidence_line import EvidenceLine
from clusterform.grouped import grouped
from clusterform.patterns import pattern

_NUMBER = pattern(r"[0-9]{1,5}")
_RANGE = pattern(
    r"([0-9]{1,5})\s*+(?:{evidence.page})?\s*+(?:[-‐‑–—―−~{evidence.to_signs}]++)\s*+(?:{parts.number}|[pP]\.?)?\s*+([0-9]{1,5})"
)
_FEWEST_STEPS = 2
_ONLY_PAGES = pattern(r"[\s0-9,，、;；.~{evidence.pages}\-‐‑–—―−pP{evidence.page_joins}]+")


def beyond(
    lines: Iterable[tuple[EvidenceLine, str]], files: Mapping[str, Inspected]
) -> Iterator[Observation]:
    """Each line whose pages the file does not have. Pages counted on from file to file are a bound volume's."""
    by_list = grouped((item.source, (item, name)) for item, name in lines)
    for item, name in (line for uses in by_list.values() if not _runs_on(uses) for line in uses):
        count = files[name].file.pages
        last = last_page(item.pages)
        if count and last > count and not _counted_elsewhere(item.pages, count):
            yield observations.past_the_end(item, files[name].file, last)


def _runs_on(lines: Iterable[tuple[EvidenceLine, str]]) -> bool:
    """Whether each file's pages begin after those of the file before it."""
    ends = [(name, *_ends(item.pages)) for item, name in lines if last_page(item.pages)]
    steps = [(a, b) for a, b in pairwise(ends) if a[0] != b[0]]
    return len(steps) >= _FEWEST_STEPS and all(b[1] > a[2] for a, b in steps)


def _ends(text: str) -> tuple[int, int]:
    numbers = [int(n) for n in _NUMBER.findall(unicodedata.normalize("NFKC", text))]
    return min(numbers), max(numbers)


def last_page(text: str) -> int:
    """The highest page named; 0 where the text names none, or says something else beside."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain or not _ONLY_PAGES.fullmatch(plain):
        return 0
    return max((int(n) for n in _NUMBER.findall(plain)), default=0)


def _counted_elsewhere(text: str, count: int) -> bool:
    """Whether as many pages are named as the file has: they are counted through a bound volume."""
    ranges = _RANGE.findall(unicodedata.normalize("NFKC", text))
    return len(ranges) == 1 and int(ranges[0][1]) - int(ranges[0][0]) + 1 == count
