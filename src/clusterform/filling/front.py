"""What stands before the form in its own file: a letter, a sheet of approvals, an index. None of it is an answer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from clusterform.forms.model import FormDef
from clusterform.forms.soundness import every_row
from clusterform.parsers.raw import Block, Paragraph
from clusterform.text import fold, unnumbered

_LONGEST_TITLE = 60
_BROKEN_OVER = 4
"""Lines over which a title may be broken."""
_COVERED = 2
"""So many labels of the cover behind a title make it the form's own, and not one that a letter names."""
_NEAR = 60
"""Texts behind a title among which they stand."""
_PARTS = 8
"""With so many labels of the form's tables before the title it is the cover that is out of place."""
_INDEX = 3
"""So many part headings with nothing between them are an index."""
_LEADER = " \t\u3000.…·．-—"
"""What an index has between a heading and its page."""


def front_matter(blocks: Sequence[Block], texts: Sequence[Sequence[str]], form: FormDef) -> frozenset[int]:
    """The numbers of the blocks that stand before the form, and of the lines of an index to it; `texts`: of each block."""
    found: set[int] = set()
    titles = _titles(texts, form)
    if titles:
        labels = _labels(form, "lines")
        ends = [*titles[1:], len(blocks)]
        covers = [at for at, end in zip(titles, ends, strict=True) if _covered(texts[at:end], labels)]
        rows = _labels(form, "rows")
        for cover in reversed(covers):
            front = {fold(text) for text in chain.from_iterable(texts[:cover])}
            if len(front & rows) < _PARTS:
                found.update(_before(blocks, cover))
                break
    return frozenset(found | set(_index_lines(blocks, form)))


def _titles(texts: Sequence[Sequence[str]], form: FormDef) -> list[int]:
    """Where the form's title ends a line of its own, or several."""
    titles = tuple(fold(title) for title in (form.title, *form.spellings))
    last = {title[-1] for title in titles}
    found: dict[int, None] = {}
    held: deque[tuple[int, str]] = deque(maxlen=_BROKEN_OVER)
    for number, of_block in enumerate(texts):
        for text in of_block:
            if last.isdisjoint(text):
                held += [(number, text)] if text.strip() else []
                continue
            for line in filter(str.strip, text.split("\n")):
                held.append((number, line))
                if len(line) <= _LONGEST_TITLE:
                    found |= dict.fromkeys(_begun(held, titles))
    return list(found)


def _begun(held: Iterable[tuple[int, str]], titles: tuple[str, ...]) -> Iterator[int]:
    """The block in which the title begins that the last line ends."""
    text = ""
    for number, line in reversed([*held]):
        text = fold(line) + text
        if text.endswith(titles):
            yield number
            return


def _covered(texts: Sequence[Sequence[str]], labels: set[str]) -> bool:
    near = islice(chain.from_iterable(texts), _NEAR)
    starts = [fold(line) for text in near for line in text.split("\n") if line.strip()]
    return sum(any(line.startswith(label) for line in starts) for label in labels) >= _COVERED


def _before(blocks: Sequence[Block], cover: int) -> Iterator[int]:
    """The blocks before the cover's; a workbook's sheet goes whole, its name with it."""
    names = [n for n in range(cover + 1) if isinstance(b := blocks[n], Paragraph) and b.sheet_name]
    return iter(range(names[-1] if names else cover))


def _index_lines(blocks: Sequence[Block], form: FormDef) -> Iterator[int]:
    """The lines of an index: part headings one right below the other."""
    cores = {fold(unnumbered(text)) for s in form.sections if s.heading for text in (s.heading, *s.spellings)}
    below = {
        fold(unnumbered(text))
        for s in form.sections
        if s.layout == "headings"
        for r in every_row(s.rows)
        for text in (r.label, *r.spellings)
    }
    run: list[int] = []
    parts: set[str] = set()
    for number, block in [*enumerate(blocks), (len(blocks), None)]:
        if isinstance(block, Paragraph) and not block.sheet_name:
            if not block.text.strip():
                continue
            core = fold(unnumbered(_unpaged(block.text))) if len(block.text) <= _LONGEST_TITLE else ""
            if core in cores or (run and core in below):
                run.append(number)
                parts |= {core} & cores
                continue
        if len(parts) >= _INDEX:
            yield from run
        run, parts = [], set()


def _unpaged(text: str) -> str:
    return text.rstrip().rstrip("0123456789").rstrip(_LEADER)


def _labels(form: FormDef, layout: str) -> set[str]:
    rows = (row for s in form.sections if s.layout == layout for row in every_row(s.rows))
    return {fold(text) for row in rows for text in (row.label, *row.spellings)}
