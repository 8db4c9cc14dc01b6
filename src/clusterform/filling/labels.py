"""Knowing official labels when they are seen, whatever their punctuation, spaces, notes and place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from clusterform.filling.label_entries import LabelEntry, LabelRole, entries_of
from clusterform.filling.pieces import Piece, join
from clusterform.forms.model import load_form
from clusterform.grouped import grouped
from clusterform.parsers.raw import Cell
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.text import NONE, arabic_years, fold, fold_prefix, uncontinued, unmarked, unnumbered
from clusterform.words import word


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label seen at the start of a text."""

    entries: tuple[LabelEntry, ...]
    rest: int
    """Where the text after label, notes and colon begins."""
    pure: bool
    """Nothing of weight follows the label."""
    again: bool = False
    """It says that its row goes on from the page before: （续）."""
    roles: frozenset[LabelRole] = field(init=False, compare=False)
    """All that it may stand for."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", frozenset(entry.role for entry in self.entries))


class RowLabels(NamedTuple):
    """The cells of a row, each with the label that it is or begins with."""

    cells: list[tuple[Cell, LabelMatch | None]]
    roles: frozenset[LabelRole]
    """All that any of them may stand for: most questions about a row are answered by it."""


_JOINT = pattern(r"[\s:：;；。，,?？]*")
_HEADING_JOINT = pattern(r"[\s:：;；。，,—–】]*")
_INLINE_START = pattern(
    rf"\s*[:：?？\n\t_＿]|\s*[□☑☐☒■√▨✓✔]|\s*[-+－−]?[\d０-９]|\s*{NONE}\s*$|\s{{2,}}|\s*{{halves.count}}\s*[:：]?"
)
_HEADING_START = pattern(r"\s*[:：。，,—–】\n\t_＿]|\s{2,}|\s+(?!{date.year})")
_NUMBERED_YEAR = pattern(r"\d{0,2}20\d\d{heads.year}$")
_DASHED = pattern(r"[:：]\s*[/\\—–~-]+\s*$")
"""A sign for 无 behind a label, of which folding leaves nothing."""
_WITHOUT_COLUMNS = frozenset({"lines", "declaration"})
_LONGEST_NAMED = 24
_LONGEST_KEPT = 200
"""Longer texts are answers, and no two forms have the same."""
_NO_ROLES: frozenset[LabelRole] = frozenset()
_OPENING, _CLOSING = "(（[【", ")）]】"
_CLOSED = pattern(rf"(?:\s*+[{re.escape(_CLOSING)}])*+")
"""Closing brackets that belong to a label, with spaces before them: folding has no eye for them."""


class LabelIndex:
    """All labels of some sections of a form, found by their folded text."""

    def __init__(self, entries: Iterable[tuple[str, LabelEntry]], *, headings: bool = False) -> None:
        """`headings`: labels of running text, which may go on behind a full stop or comma."""
        self.headings = headings
        self._inline = _HEADING_START if headings else _INLINE_START
        exact = grouped((key, entry) for text, entry in entries if (key := fold(text)))
        self.exact = {key: tuple(dict.fromkeys(found)) for key, found in exact.items()}
        self._starts = grouped((key[:2], key) for key in sorted(self.exact, key=len, reverse=True))

    def match(self, text: str) -> LabelMatch | None:
        """The label that the text is, or begins with; the longest wins."""
        return _matched(self, text) if len(text) <= _LONGEST_KEPT else self.look_up(text)

    def look_up(self, text: str) -> LabelMatch | None:
        """The same, without asking what was found before."""
        text = arabic_years(text)
        folded = fold(text)
        if not folded or (folded.isdecimal() and not text.strip().isdecimal()):
            return None  # nothing, or a figure such as 20.24, which is no year
        entries = self.exact.get(folded)
        if entries is not None and (self.headings or not _DASHED.search(text)):
            return LabelMatch(entries, len(text), pure=True)
        if text.isascii() and ":" not in text:
            return None  # a figure, as most cells hold: no label begins so
        return self._bare(text) or self._prefix(text, folded, 0) or self._numbered(text)

    def _bare(self, text: str) -> LabelMatch | None:
        """A label with the marks of notes, or with what says that it goes on: 集群总产值①（亿元）, 发展环境情况（续）."""
        whole = uncontinued(text)
        bare = unmarked(whole)
        found = self.match(bare) if bare != text else None
        if found is None or not found.pure:
            return None
        return LabelMatch(found.entries, len(text), pure=True, again=whole != text)

    def whole(self, text: str) -> LabelMatch | None:
        """The label that the text is, letter by letter, its number aside."""
        entries = self.exact.get(fold(text)) or self.exact.get(fold(unnumbered(text)))
        return LabelMatch(entries, len(text), pure=True) if entries is not None else None

    def beginning(self, text: str) -> Iterator[tuple[str, tuple[LabelEntry, ...]]]:
        """The labels that the text begins with, the longest first, whatever follows."""
        folded = fold(text)
        return ((k, self.exact[k]) for k in self._starts.get(folded[:2], ()) if folded.startswith(k))

    def _numbered(self, text: str) -> LabelMatch | None:
        bare = unnumbered(text)
        if len(bare) == len(text) or not (folded := fold(bare)):
            return None
        entries = self.exact.get(folded)
        if entries is not None:
            return LabelMatch(entries, len(text), pure=True)
        return self._prefix(bare, folded, len(text) - len(bare))

    def _prefix(self, text: str, folded: str, shift: int) -> LabelMatch | None:
        for key in self._starts.get(folded[:2], ()):
            if folded.startswith(key):
                end = fold_prefix(text, key)
                if end is None:
                    continue
                end, noted = _past_notes(text, _past(_CLOSED, text, end), self.exact[key])
                rest = text[end:]
                closed = text[end - 1] in _CLOSING
                if not fold(rest) and not self._inline.match(rest.strip()):
                    return LabelMatch(self.exact[key], shift + len(text), pure=True)
                if noted or closed or self._inline.match(rest) or self._runs_on(key):
                    start = _past(_HEADING_JOINT if self.headings else _JOINT, text, end)
                    return LabelMatch(self.exact[key], shift + start, pure=not text[start:].strip())
                if _bracketed(rest):
                    return LabelMatch(self.exact[key], shift + len(text), pure=True)
        return None

    def _runs_on(self, key: str) -> bool:
        """Whether text may follow without a break: a numbered heading with a year, （1）2025 年度, means nothing else."""
        return self.headings and _NUMBERED_YEAR.match(key) is not None

    @cached_property
    def entries(self) -> tuple[LabelEntry, ...]:
        """All labels, each once, in the order in which one of their texts was first met."""
        return tuple(dict.fromkeys(chain.from_iterable(self.exact.values())))

    @cached_property
    def target_sets(self) -> frozenset[str]:
        """The column sets that fields or groups of these sections have, heads aside."""
        return frozenset(e.column_set for e in self.entries if e.column_set and e.role is not LabelRole.HEAD)

    @cached_property
    def named(self) -> re.Pattern[str]:
        """Any label of few characters with a colon behind it, for several in one line."""
        short = {e.label for e in self.entries if len(e.label) <= _LONGEST_NAMED}
        patterns = sorted(map(_loosely, short | {word("heads.phone")}))
        return pattern("(?:" + "|".join(patterns) + r")\s*[:：]")

    @cached_property
    def beside(self) -> re.Pattern[str]:
        """A label of several places behind a space and with a figure behind it: 张三 联系方式0570-6018826."""
        keys = [re.escape(key) for key, found in self.exact.items() if any(e.after for e in found)]
        names = "|".join(keys) or "(?!)"
        return pattern(rf"(?<=\s)(?:{names})(?=\s*[(（+]?\d)")


@lru_cache(maxsize=4096)
def _matched(index: LabelIndex, text: str) -> LabelMatch | None:
    """Kept, since a cell is asked for several times, and all forms of a folder print the same labels."""
    return index.look_up(text)


def _loosely(label: str) -> str:
    """A pattern for the label with brackets of either width."""
    return re.escape(label).replace("（", "[（(]").replace("）", "[）)]")


class CellMatches:
    """The labels in a document's cells, with those that are known again though they are reworded."""

    def __init__(self, index: LabelIndex) -> None:
        self.index = index
        self._renamed: dict[int, LabelMatch] = {}
        self._rows: dict[int, RowLabels] = {}

    def of(self, cell: Cell) -> LabelMatch | None:
        """The label that the cell's text is, or begins with."""
        return self._renamed.get(id(cell)) or self.index.match(cell.text)

    def in_row(self, cells: tuple[Cell, ...]) -> RowLabels:
        """The labels in the cells that begin in a row of a table; looked up once."""
        labels = self._rows.get(id(cells))
        if labels is None:
            found = [(cell, self.of(cell)) for cell in cells]
            roles = [match.roles for _, match in found if match is not None]
            labels = self._rows[id(cells)] = RowLabels(found, _NO_ROLES.union(*roles))
        return labels

    def known(self) -> Iterator[LabelMatch]:
        """The labels of the rows looked at so far."""
        return (match for row in self._rows.values() for _, match in row.cells if match is not None)

    def know(self, cell: Cell, *entries: LabelEntry, rest: int | None = None) -> None:
        """The cell's text is a label under other words; with `rest` its answer begins there."""
        end = len(cell.text) if rest is None else rest
        self._renamed[id(cell)] = LabelMatch(entries, end, pure=rest is None)
        self._rows.clear()


def _bracketed(text: str) -> bool:
    """Whether a text is remarks in brackets and nothing else, a line each or several, with a colon behind them or not."""
    bare = text.strip()
    bare = bare[:-1].rstrip() if bare.endswith((":", "：")) else bare
    lines = filter(None, map(str.strip, bare.split("\n")))
    return bool(bare) and all(line[0] in _OPENING and line[-1] in _CLOSING for line in lines)


def _past(what: re.Pattern[str], text: str, start: int) -> int:
    """Where what stands there ends; `start` itself where it does not."""
    found = what.match(text, start)
    return found.end() if found is not None else start


def _past_notes(text: str, end: int, entries: tuple[LabelEntry, ...]) -> tuple[int, bool]:
    """Past the official notes printed after the label, in any order, and whether there was one."""
    notes = {n for e in entries for n in e.notes}
    at = end
    while True:
        start = _past(_JOINT, text, at)
        stops = (stop for note in notes if (stop := fold_prefix(text, note, start)) is not None)
        if (stop := next(stops, None)) is None:
            return at, at > end
        at = _past(_CLOSED, text, stop)


@kept
def label_index(edition: str, form: str, layout: str) -> LabelIndex:
    """The labels of all sections of one layout: rows, lines, headings or declaration."""
    definition = load_form(edition, form)
    sections = (s for s in definition.sections if s.layout == layout)
    entries = entries_of(definition, sections)
    if layout in _WITHOUT_COLUMNS:  # 2024年9月10日 is a date there, and not the head of a column
        entries = ((text, entry) for text, entry in entries if entry.role is not LabelRole.HEAD)
    return LabelIndex(entries, headings=layout == "headings")


def split_by_labels(
    index: LabelIndex, piece: Piece, known: LabelMatch | None = None
) -> list[tuple[LabelMatch | None, Piece]]:
    """A cell's text cut wherever a label begins, each part with its label and what follows it. `known`: the label it begins with."""
    if known is not None and index.match(piece.text) is None:
        first, *behind = cut_at_names(index, piece)
        return [(known, first.cut(known.rest)), *(p for part in behind for p in split_by_labels(index, part))]
    if (broken := _broken_label(index, piece)) is not None:
        below = split_by_labels(index, piece.cut(broken.rest))
        return [(broken, below.pop(0)[1] if below[0][0] is None else Piece("")), *below]
    parts: list[tuple[LabelMatch | None, Piece]] = []
    held: list[Piece] = []
    match: LabelMatch | None = None
    for line in (part for whole in piece.lines() for part in cut_at_names(index, whole)):
        found = index.match(line.text)
        if found is not None:
            if match is not None or any(p.text.strip() for p in held):
                parts.append((match, join(held)))
            match, held = found, [line.cut(found.rest)]
        else:
            held.append(line)
    parts.append((match, join(held)))
    return parts


def _broken_label(index: LabelIndex, piece: Piece) -> LabelMatch | None:
    """The label that a text begins with where a line end breaks it, and an answer follows in the same cell."""
    first, end, rest = piece.text.lstrip().partition("\n")
    if not end or index.match(first) is not None or (found := index.match(piece.text)) is None:
        return None
    return found if not found.pure and len(piece.text) - found.rest < len(rest) else None


def cut_at_names(index: LabelIndex, line: Piece) -> list[Piece]:
    """A line cut before each label that has a colon, 联系人：… 联系方式：…, or a figure right behind it."""
    several = line.text.count("：") + line.text.count(":") >= 2
    patterns = (index.named, index.beside) if several else (index.beside,)
    starts = sorted({0, *(m.start() for p in patterns for m in p.finditer(line.text))})
    if len(starts) == 1:
        return [line]
    pieces = [line.cut(start, end) for start, end in zip(starts, [*starts[1:], len(line.text)], strict=True)]
    return [_stripped(p) for p in pieces]


def _stripped(piece: Piece) -> Piece:
    """Without spaces and commas before the next label."""
    text = piece.text.rstrip(" \t　,，;；、")
    return piece._replace(text=text, origin=piece.origin[: len(text) + 1])
