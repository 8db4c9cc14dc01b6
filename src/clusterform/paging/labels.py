"""On which page each official label of the parts that are bound to their pages stands in a laid-out form."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from os.path import commonprefix

from clusterform.forms.model import FormDef, SectionDef, every_row
from clusterform.text import fold, unnumbered

_LEAST = 4
"""Characters of a label that must be found at least: a row cut by the end of a page cuts its label."""


@dataclass(frozen=True, slots=True)
class LabelPage:
    """A label and its page, from 1."""

    label: str
    path: str | None
    """The answer's field; None for a heading or the label of a group."""
    page: int


@dataclass(frozen=True, slots=True)
class PartLabels:
    """A part's labels as they were found, its heading first; `at_top` where nothing stands above it on its page."""

    number: int
    spots: tuple[LabelPage, ...]
    at_top: bool
    bound: bool
    """Whether it must stay on its pages, and is not only what follows those that must."""


class _TextOfPages:
    """The folded text of all pages in one, and where each page begins in it."""

    def __init__(self, pages: Sequence[str]) -> None:
        folded = [fold(text) for text in pages]
        self.whole = "".join(folded)
        self.starts = [0, *accumulate(len(text) for text in folded)]

    def page(self, offset: int) -> int:
        """The page of a place, from 1; empty pages before it count."""
        return bisect_right(self.starts, offset)

    def opens_page(self, offset: int) -> bool:
        """Whether nothing but a page number stands above."""
        above = self.whole[self.starts[self.page(offset) - 1] : offset]
        return not above.strip("0123456789")


def find_parts(form: FormDef, pages: Sequence[str]) -> dict[int, PartLabels]:
    """The parts by their number, to the one behind the last that is bound to its pages; of that the heading alone. A part whose heading is gone is left out."""
    text = _TextOfPages(pages)
    starts = _headings(form, text)
    ends = [*(start for _, start in starts[1:]), len(text.whole)]
    found = {}
    for (section, start), end in zip(starts, ends, strict=False):  # no start, and still an end
        spots = [LabelPage(section.heading, None, text.page(start))]
        bound = section.number in form.page_bound
        if bound:
            spots += _labels(section, text, start + len(fold(section.heading)), end)
        found[section.number] = PartLabels(section.number, tuple(spots), text.opens_page(start), bound)
    return found


def _headings(form: FormDef, text: _TextOfPages) -> list[tuple[SectionDef, int]]:
    """Where each part begins, in order, after the notes on filling in."""
    found: list[tuple[SectionDef, int]] = []
    at = max(0, text.whole.find(fold(form.guidance.items[-1])[:20]))
    bound = max(form.page_bound, default=0)
    for section in form.sections:
        if 0 < section.number <= bound + 1:
            names = (section.heading, *section.spellings)
            places = (text.whole.find(fold(name), at) for name in (*names, *map(unnumbered, names)))
            start = next((place for place in places if place >= 0), None)
            if start is not None:
                found.append((section, start))
                at = start + 1
    return found


def _labels(section: SectionDef, text: _TextOfPages, start: int, end: int) -> Iterator[LabelPage]:
    """Each label after the one before it, or else where it first stands in the part."""
    rows = list(every_row(section.rows))
    names = [[fold(name) for name in (row.label, *row.spellings)] for row in rows]
    everything = {name for group in names for name in group}
    at = start
    for row, group in zip(rows, names, strict=True):
        pieces = (piece for name in group for piece in _pieces(name, everything - {*group}))
        tries = (text.whole.find(piece, begin, end) for piece in pieces for begin in (at, start))
        place = next((found for found in tries if found >= 0), None)
        if place is not None:
            at = place + 1
            yield LabelPage(row.label, f"{section.key}.{row.key}" if row.kind else None, text.page(place))


def _pieces(name: str, others: set[str]) -> Iterator[str]:
    """The label, then ever shorter beginnings of it that can be no other label: the end of a page may cut it."""
    shared = (len(commonprefix([name, other])) for other in others)  # noqa: RUF071  (characters are meant)
    least = max(_LEAST, 1 + max(shared, default=0))
    return (name[:length] for length in range(len(name), min(least, len(name)) - 1, -1))
