"""Words of a Word file replaced: as tracked changes that a person accepts or rejects one by one, or plainly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from clusterform.copies.word_ranges import free_numbers, properties_of, word_prefix
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.fill_word.docx_positions import CharacterPosition
from clusterform.writing.fill_word.docx_text_writer import ancestor, ancestors
from clusterform.writing.spliced_part import SplicedPart, written

_ID = pattern(rb"""(\s(?:[\w.-]++:)?id\s*+=\s*+)(?:"[^"]*+"|'[^']*+')""")


_HELD = {"dataBinding", "dropDownList"}
_LOCKED = {"contentLocked", "sdtContentLocked"}


class _Portion(NamedTuple):
    """The part of one w:t that goes."""

    run: Element
    node: Element
    start: int
    """In bytes of the part, as `end`."""
    end: int
    first: bool
    """Whether nothing of the text stands before it, or behind it."""
    last: bool


class Replacements:
    """Replaces stretches of the main part of a Word file. No two may overlap."""

    def __init__(self, part: SplicedPart, by: str) -> None:
        """`by`: of whom tracked changes are, as attributes; empty for plain text."""
        self._part = part
        self._by = by
        self._numbers = free_numbers(e.get(n.ID) for e in part.root.iter())

    def replace(self, stretch: Sequence[CharacterPosition], text: str) -> bool:
        """Puts a text in place of these characters; False where they are not plain text that can be replaced."""
        stretches = [stretch, *_said_again(stretch)]
        portions = [
            [self._portion(node, list(spots)) for node, spots in groupby(same, lambda s: s.node)]
            for same in stretches
        ]
        held = [[portion for portion in same if portion is not None] for same in portions]
        if not stretch or held != portions:
            return False
        for same in held:
            for portion in same:
                (self._track if self._by else self._write)(portion, text if portion is same[-1] else "")
        return True

    def _portion(self, node: Element, spots: Sequence[CharacterPosition]) -> _Portion | None:
        """None for a symbol, a field's result and whatever else is no text of a run that can be written anew."""
        run = node.getparent() if node is not None and node.tag == n.T else None
        if run is None or run.tag != n.R or _is_in_field(run) or _is_held(run):
            return None
        first, behind = spots[0].at, spots[-1].at + 1
        if [spot.at for spot in spots] != list(range(first, behind)):
            return None
        start, end = self._part.character(node, first), self._part.character(node, behind)
        if start is None or end is None:
            return None
        return _Portion(run, node, start, end, first == 0, behind == len(node.text or ""))

    def _write(self, portion: _Portion, text: str) -> None:
        self._part.replace(portion.start, portion.end, written(text))

    def _track(self, portion: _Portion, text: str) -> None:
        part, run = self._part, portion.run
        properties = properties_of(part, run)
        gone = part.data[portion.start : portion.end].decode()
        changes = self._change("del", run, properties, "delText", gone)
        if text:
            changes += self._insertion(run, self._change("ins", run, properties, "t", written(text)))
        self._put(portion, properties, changes)

    def _put(self, portion: _Portion, properties: str, changes: str) -> None:
        """Where the words went: beside the run where it has none of them left on that side, else between its halves."""
        part, run, node = self._part, portion.run, portion.node
        span, held = part.span(run), [child for child in run if child.tag != n.RPR]
        first, last = portion.first and held[0] is node, portion.last and held[-1] is node
        if first and last:
            part.replace(span.start, span.end, changes)
            return
        part.keep_spaces(node)
        if first or last:
            part.put(span.start if first else span.end, changes)
            part.replace(portion.start, portion.end)
        else:
            r, t = part.name(run), part.name(node)
            again = f'<{r}>{properties}<{t} xml:space="preserve">'
            part.replace(portion.start, portion.end, f"</{t}></{r}>{changes}{again}")

    def _change(self, kind: str, run: Element, properties: str, tag: str, text: str) -> str:
        part, r = self._part, self._part.name(run)
        change, held = part.named_like(run, kind), part.named_like(run, tag)
        w, declared = word_prefix(part)
        about = f'{declared} {w}id="{next(self._numbers)}"{self._by}'
        return (
            f'<{change}{about}><{r}>{properties}<{held} xml:space="preserve">{text}</{held}></{r}></{change}>'
        )

    def _insertion(self, run: Element, change: str) -> str:
        """An insertion cannot stand inside another: that of somebody else is closed before it and goes on behind."""
        around = run.getparent()
        if around is None or around.tag != n.INS:
            return change
        span = self._part.span(around)
        opening = self._part.data[span.start : span.inner]
        again = _ID.sub(rb'\g<1>"%d"' % next(self._numbers), opening, count=1).decode()
        return f"</{self._part.name(around)}>{change}{again}"


def _said_again(stretch: Sequence[CharacterPosition]) -> list[Sequence[CharacterPosition]]:
    """The same characters where an older editor finds them: a text box is written twice, in two ways.

    Places without a node where the two do not hold the same text, piece by piece.
    """
    choice = ancestor(stretch[0].node, n.CHOICE) if stretch else None
    if choice is None:
        return []
    nodes = list(choice.iter(n.T))
    again = [text for branch in choice.getparent().iterchildren(n.FALLBACK) for text in branch.iter(n.T)]
    same = [node.text for node in nodes] == [node.text for node in again]
    others = dict(zip(nodes, again, strict=True)) if same else {}
    return [[CharacterPosition(others.get(spot.node), spot.at) for spot in stretch]] if again else []


def _is_held(run: Element) -> bool:
    """Whether a content control round the run takes its text from elsewhere, as an editor opens it, or is locked."""
    for control in ancestors(run, n.SDT):
        held = [e for about in control.iterchildren(n.SDT_PR) for e in about]
        if any(str(e.tag).rpartition("}")[2] in _HELD or e.get(n.VAL) in _LOCKED for e in held):
            return True
    return False


def _is_in_field(run: Element) -> bool:
    """Whether a run belongs to a field, whose result an editor computes anew."""
    if ancestor(run, n.FLD_SIMPLE) is not None:
        return True
    paragraph = ancestor(run, n.P)
    depth = 0
    for element in paragraph.iter(n.FLD_CHAR, n.R):
        if element is run:
            return depth > 0
        if element.tag == n.FLD_CHAR:
            depth += {"begin": 1, "end": -1}.get(element.get(n.FLD_TYPE) or "", 0)
    return False
