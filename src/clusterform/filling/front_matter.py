"""What stands before the form in its own file: a letter, a sheet of approvals, an index. None of it is an answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, groupby, islice
from typing import NamedTuple

from clusterform.filling.document_texts import DocumentTexts
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, every_row
from clusterform.parsers.raw import Block, Paragraph
from clusterform.text import fold, unnumbered
from clusterform.words import words

_LONGEST_TITLE = 60
_BROKEN_OVER = 4
"""Texts over which a title may be broken."""
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
    cover: tuple[str, ...]
    """The labels of its cover."""
    rows: frozenset[str]
    """The labels of its tables."""
    parts: frozenset[str]
    """The headings of its parts, without their numbers."""
    below: frozenset[str]
    """The headings inside its parts of running text, those without a number and an index's own, likewise."""


def front_matter(blocks: Sequence[Block], texts: DocumentTexts, form: FormDef) -> frozenset[int]:
    """The numbers of the blocks that stand before the form, and of the lines of an index to it."""
    found: set[int] = set()
    own = _words(form)
    titles = _titles(texts, own)
    ends = [*titles, len(blocks)][1:]
    covers = [
        at for at, end in zip(titles, ends, strict=True) if _covered(texts.of_blocks[at:end], own.cover)
    ]
    for cover in reversed(covers):
        front = set(map(fold, chain.from_iterable(texts.of_blocks[:cover])))
        if len(front & own.rows) < _PARTS:
            found.update(range(_begin(blocks, cover)))
            break
    return frozenset(found | set(_index_lines(blocks, texts, form)))


def _titles(texts: DocumentTexts, own: _Words) -> list[int]:
    """The blocks in which the form's title begins, where it ends a line of its own, or several."""
    found: dict[int, int] = {}
    for first, last in texts.places(own.titles):
        *before, ending = filter(str.strip, texts.all[first : last + 1])
        lines = ending.split("\n")
        ends = (n for n, line in enumerate(lines, 1) if len(line) <= _LONGEST_TITLE)
        if len(before) < _BROKEN_OVER and any(
            fold("".join((*before, *lines[:end]))).endswith(own.titles) for end in ends
        ):
            found[last] = max(first, found.get(last, 0))
    return sorted({texts.block_of(first) for first in found.values()})


def folded_titles(form: FormDef) -> tuple[str, ...]:
    """The form's title in each of its spellings."""
    return tuple(map(fold, (form.title, *form.spellings)))


def _covered(texts: Iterable[Iterable[str]], labels: tuple[str, ...]) -> bool:
    near = islice(chain.from_iterable(texts), _NEAR)
    starts = [fold(line) for text in near for line in text.split("\n") if line.strip()]
    starts = [line for line in starts if line.startswith(labels)]
    return sum(any(line.startswith(label) for line in starts) for label in labels) >= _COVERED


def _begin(blocks: Sequence[Block], cover: int) -> int:
    """The block with which the cover's begins: a workbook's sheet goes whole, its name with it."""
    return next(
        (n for n in range(cover, -1, -1) if isinstance(b := blocks[n], Paragraph) and b.sheet_name), cover
    )


def _index_lines(blocks: Sequence[Block], texts: DocumentTexts, form: FormDef) -> Iterator[int]:
    """The lines of an index in running text, which a table or a sheet's name ends."""
    for lines, numbers in groupby(
        range(len(blocks)), lambda n: isinstance(b := blocks[n], Paragraph) and not b.sheet_name
    ):
        stretch = list(numbers)
        if lines and may_list("".join(texts.folded_blocks[n] for n in stretch), form):
            rows = [[b.text] for n in stretch if isinstance(b := blocks[n], Paragraph)]
            yield from (stretch[row] for row in index_rows(rows, form))


def may_list(folded: str, form: FormDef) -> bool:
    """Whether so many of the form's part headings stand in a text that there may be an index to them."""
    parts = _words(form).parts
    return sum(map(folded.__contains__, parts)) >= _INDEX


def is_index(rows: Sequence[Sequence[str]], form: FormDef) -> bool:
    """Whether a sheet of such rows lists the form's parts and holds none of them."""
    listed, own = index_rows(rows, form), _words(form)
    beside = [text for number, row in enumerate(rows) if number not in listed for text in row]
    held = _covered([beside], own.cover) or len(own.rows.intersection(map(fold, beside))) >= _COVERED
    return bool(listed) and not held


def index_rows(rows: Iterable[Sequence[str]], form: FormDef) -> frozenset[int]:
    """The lines of an index among rows of a table, by their numbers; `rows`: the texts of each.

    They are part headings one right below the other, each once; the second is the part's own.
    """
    own = _words(form)
    found: set[int] = set()
    run: list[int] = []
    parts: set[str] = set()
    for number, row in [*enumerate(rows), (-1, ["end"])]:
        filled = [text for text in row if text.strip()]
        if not filled:
            continue
        brief = len(filled) <= _BESIDE and all(len(text) <= _LONGEST_TITLE for text in filled)
        cores = {fold(unnumbered(_unpaged(text))) for text in filled} if brief else set()
        if cores & own.parts - parts or cores & own.below:
            run.append(number)
            parts |= cores & own.parts
            continue
        if min(len(run), len(parts)) >= _INDEX:
            found.update(run)
        run, parts = [], set()
    return frozenset(found)


def _unpaged(text: str) -> str:
    return text.rstrip().rstrip("0123456789").rstrip(_LEADER)


@cache
def _words(form: FormDef) -> _Words:
    """What that form calls itself and its parts."""
    inside = (row for s in form.sections if s.layout == "headings" for row in every_row(s.rows))
    return _Words(
        titles=folded_titles(form),
        cover=tuple(_labels(form, "lines")),
        rows=_labels(form, "rows"),
        parts=frozenset(core for s in form.sections if s.heading for core in s.cores),
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
