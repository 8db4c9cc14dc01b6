"""What stands before the form in its own file: a letter, a sheet of approvals, an index. None of it is an answer."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import NamedTuple

from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, every_row, load_form
from clusterform.parsers.raw import Block, Paragraph
from clusterform.patterns import pattern
from clusterform.text import fold, unnumbered
from clusterform.words import words

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
_BESIDE = 8
"""Cells that a line of it has at most: who fills the part in, its page."""
_LEADER = " \t\u3000.…·．-—"
"""What an index has between a heading and its page."""


class _Words(NamedTuple):
    """A form's own words, folded."""

    titles: tuple[str, ...]
    title_end: re.Pattern[str]
    """What each of them ends with."""
    cover: frozenset[str]
    """The labels of its cover."""
    rows: frozenset[str]
    """The labels of its tables."""
    parts: frozenset[str]
    """The headings of its parts, without their numbers."""
    below: frozenset[str]
    """The headings inside its parts of running text, those without a number and an index's own, likewise."""


def front_matter(blocks: Sequence[Block], texts: Sequence[Sequence[str]], form: FormDef) -> frozenset[int]:
    """The numbers of the blocks that stand before the form, and of the lines of an index to it; `texts`: of each block."""
    found: set[int] = set()
    own = _words(form.edition.edition, form.form)
    titles = _titles(texts, own)
    if titles:
        ends = [*titles[1:], len(blocks)]
        covers = [at for at, end in zip(titles, ends, strict=True) if _covered(texts[at:end], own.cover)]
        for cover in reversed(covers):
            front = {fold(text) for text in chain.from_iterable(texts[:cover])}
            if len(front & own.rows) < _PARTS:
                found.update(_before(blocks, cover))
                break
    return frozenset(found | set(_index_lines(blocks, own)))


def _titles(texts: Sequence[Sequence[str]], own: _Words) -> list[int]:
    """Where the form's title ends a line of its own, or several."""
    found: dict[int, None] = {}
    held: deque[tuple[int, str]] = deque(maxlen=_BROKEN_OVER)
    for number, of_block in enumerate(texts):
        for text in of_block:
            if not own.title_end.search(text):
                if text.strip():
                    held.append((number, text))
                continue
            for line in filter(str.strip, text.split("\n")):
                held.append((number, line))
                if len(line) <= _LONGEST_TITLE:
                    found |= dict.fromkeys(_begun(held, own.titles))
    return list(found)


def _begun(held: Iterable[tuple[int, str]], titles: tuple[str, ...]) -> Iterator[int]:
    """The block in which the title begins that the last line ends."""
    text = ""
    for number, line in reversed([*held]):
        text = fold(line) + text
        if text.endswith(titles):
            yield number
            return


def folded_titles(form: FormDef) -> tuple[str, ...]:
    """The form's title in each of its spellings."""
    return tuple(map(fold, (form.title, *form.spellings)))


def last_letters(titles: Iterable[str]) -> re.Pattern[str]:
    """The last letter of any of them: most texts have none of these, and need no longer look."""
    return pattern(f"[{re.escape(''.join({title[-1] for title in titles}))}]")


def _covered(texts: Sequence[Sequence[str]], labels: frozenset[str]) -> bool:
    near = islice(chain.from_iterable(texts), _NEAR)
    starts = [fold(line) for text in near for line in text.split("\n") if line.strip()]
    return sum(any(line.startswith(label) for line in starts) for label in labels) >= _COVERED


def _before(blocks: Sequence[Block], cover: int) -> Iterator[int]:
    """The blocks before the cover's; a workbook's sheet goes whole, its name with it."""
    names = [n for n in range(cover + 1) if isinstance(b := blocks[n], Paragraph) and b.sheet_name]
    return iter(range(names[-1] if names else cover))


def _index_lines(blocks: Sequence[Block], own: _Words) -> Iterator[int]:
    """The lines of an index in running text, which a table or a sheet's name ends."""
    return _listed([[b.text] if isinstance(b, Paragraph) and not b.sheet_name else None for b in blocks], own)


def index_rows(rows: Sequence[Sequence[str]], form: FormDef) -> frozenset[int]:
    """The numbers of the rows of a table that are lines of an index; `rows`: the texts of each."""
    return frozenset(_listed(rows, _words(form.edition.edition, form.form)))


def is_index(rows: Sequence[Sequence[str]], form: FormDef) -> bool:
    """Whether a sheet of such rows lists the form's parts and holds none of them."""
    listed, own = index_rows(rows, form), _words(form.edition.edition, form.form)
    beside = [text for number, row in enumerate(rows) if number not in listed for text in row]
    held = _covered([beside], own.cover) or len(own.rows.intersection(map(fold, beside))) >= _COVERED
    return bool(listed) and not held


def _listed(lines: Sequence[Sequence[str] | None], own: _Words) -> Iterator[int]:
    """The lines of an index: part headings one right below the other, each once; the second is the part's own."""
    run: list[int] = []
    parts: set[str] = set()
    for number, line in [*enumerate(lines), (len(lines), None)]:
        filled = [text for text in line or () if text.strip()]
        if line is not None and not filled:
            continue
        brief = len(filled) <= _BESIDE and all(len(text) <= _LONGEST_TITLE for text in filled)
        cores = {fold(unnumbered(_unpaged(text))) for text in filled} if brief else set()
        if cores & own.parts - parts or cores & own.below:
            run.append(number)
            parts |= cores & own.parts
            continue
        if min(len(run), len(parts)) >= _INDEX:
            yield from run
        run, parts = [], set()


def _unpaged(text: str) -> str:
    return text.rstrip().rstrip("0123456789").rstrip(_LEADER)


@cache
def _words(edition: str, name: str) -> _Words:
    """What that form calls itself and its parts."""
    form = load_form(edition, name)
    parts = [s for s in form.sections if s.heading]
    inside = (row for s in form.sections if s.layout == "headings" for row in every_row(s.rows))
    titles = folded_titles(form)
    return _Words(
        titles=titles,
        title_end=last_letters(titles),
        cover=_labels(form, "lines"),
        rows=_labels(form, "rows"),
        parts=frozenset(fold(unnumbered(text)) for s in parts for text in (s.heading, *s.spellings)),
        below=frozenset(
            fold(unnumbered(text))
            for text in chain(
                (form.guidance.heading, *load_evidence_list().headings, *words("parts.index")),
                (text for row in inside for text in (row.label, *row.spellings)),
            )
        ),
    )


def _labels(form: FormDef, layout: str) -> frozenset[str]:
    rows = (row for s in form.sections if s.layout == layout for row in every_row(s.rows))
    return frozenset(fold(text) for row in rows for text in (row.label, *row.spellings))
