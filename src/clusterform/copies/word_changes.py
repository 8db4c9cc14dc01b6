"""What is put into the text of a Word file: comments hung on the very words, and other words in place of some.

A comment is a mark before and one behind its words, and behind them its number. Words are replaced as tracked changes that a
person accepts or rejects one by one, or plainly.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import NamedTuple

from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.fill_word.docx_positions import BEHIND, CharacterPosition
from clusterform.writing.fill_word.docx_text_writer import ancestor, ancestors
from clusterform.writing.spliced_part import SplicedPart, written

COMMENT_MARKS = (n.COMMENT_START, n.COMMENT_END, n.COMMENT_REF)
_DEFAULT = pattern(rb"""\sxmlns\s*+=\s*+["']([^"']*+)["']""")
_OPEN = n.TRANSPARENT - {n.SDT_CONTENT, n.CHOICE}
"""What comments may begin and end in. A content control is none of it: its text may come from elsewhere."""
_SMALL = 16
"""Half points: the size in which Word sets the number of a comment, so that no line grows by it."""
_ID = pattern(rb"""(\s(?:[\w.-]++:)?id\s*+=\s*+)(?:"[^"]*+"|'[^']*+')""")
_HELD = {"dataBinding", "dropDownList"}
_LOCKED = {"contentLocked", "sdtContentLocked"}


@dataclass(slots=True)
class _Edge:
    """One place of the part, and what is written there: behind the comments that end those that begin."""

    before: str = ""
    behind: str = ""
    """What closes and opens again the run that is cut there."""
    ends: list[str] = field(default_factory=list)
    whole: list[str] = field(default_factory=list)
    """Comments without any text of their own, which begin and end here."""
    begins: list[str] = field(default_factory=list)
    inside: Element | None = None
    """The empty paragraph, written as one tag, that all of it goes into."""

    @property
    def text(self) -> str:
        return "".join([self.before, *self.ends, *self.whole, *self.begins, self.behind])


class CommentRanges:
    """Hangs comments into the main part of a Word file."""

    def __init__(self, part: SplicedPart) -> None:
        self._part = part
        self._prefix, self._declared = word_prefix(part)
        self._edges: dict[int, _Edge] = {}

    def hang(self, stretch: Sequence[CharacterPosition], number: int) -> None:
        """A comment on these characters; of several cells only on those in the first."""
        first = stretch[0]
        cell = ancestor(first.node, n.TC)
        last = next(spot for spot in reversed(stretch) if ancestor(spot.node, n.TC) is cell)
        start, end = self._tag("commentRangeStart", number), self._end(number)
        opening, closing = self._edge(first, behind=first.at == BEHIND), self._edge(last, behind=True)
        if opening is closing:
            opening.whole.append(start + end)
        else:
            opening.begins.append(start)
            closing.ends.append(end)

    def write(self) -> None:
        """Writes all of them into the part."""
        for at, edge in self._edges.items():
            if edge.inside is not None:
                self._part.put_last(edge.inside, edge.text)
            else:
                self._part.put(at, edge.text)

    def _tag(self, name: str, number: int) -> str:
        return f'<{self._prefix}{name}{self._declared} {self._prefix}id="{number}"/>'

    def _end(self, number: int) -> str:
        p, size = self._prefix, f'{self._prefix}val="{_SMALL}"'
        look = f"<{p}rPr><{p}sz {size}/><{p}szCs {size}/></{p}rPr>"
        return (
            self._tag("commentRangeEnd", number)
            + f"<{p}r{self._declared}>{look}{self._tag('commentReference', number)}</{p}r>"
        )

    def _edge(self, spot: CharacterPosition, *, behind: bool) -> _Edge:
        """The edge before or behind a character."""
        paragraph = _paragraph(spot.node)
        if spot.node is paragraph:
            return self._end_of(paragraph)
        child = spot.node
        while child.getparent() is not paragraph:
            child = child.getparent()
        around = _field(paragraph, child)
        run = spot.node.getparent()
        if around is None and run.tag == n.R and _stands_open(run, paragraph):
            return self._in_run(run, spot, behind=behind)
        first, last = around or (child, child)
        return self._at(self._part.span(last).end if behind else self._part.span(first).start)

    def _at(self, at: int) -> _Edge:
        return self._edges.setdefault(at, _Edge())

    def _end_of(self, paragraph: Element) -> _Edge:
        span = self._part.span(paragraph)
        edge = self._at(span.start if span.alone else span.closing)
        edge.inside = paragraph if span.alone else None
        return edge

    def _in_run(self, run: Element, spot: CharacterPosition, *, behind: bool) -> _Edge:
        """The edge at a character of a run, which is cut there."""
        part, node = self._part, spot.node
        place = spot.at + behind
        held = [child for child in run if child.tag != n.RPR]
        if node.tag == n.T and 0 < place < len(node.text or ""):
            at = part.character(node, place)
            if at is None:
                return self._at(part.span(run).end if behind else part.span(run).start)
            part.keep_spaces(node)
            edge, name = self._at(at), part.name(node)
            edge.before, edge.behind = f"</{name}>", f'<{name} xml:space="preserve">'
        elif node is held[-1 if behind else 0]:
            return self._at(part.span(run).end if behind else part.span(run).start)
        else:
            edge = self._at(part.span(node).end if behind else part.span(node).start)
            edge.before = edge.behind = ""
        properties = properties_of(part, run)
        edge.before += f"</{part.name(run)}>"
        edge.behind = f"<{part.name(run)}>{properties}{edge.behind}"
        return edge


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
                put = text if portion is same[-1] else ""
                if self._by:
                    self._track(portion, put)
                else:
                    self._part.replace(portion.start, portion.end, written(put))
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


def properties_of(part: SplicedPart, run: Element) -> str:
    """A run's format as it is written; empty where it has none."""
    look = run.find(n.RPR)
    return part.text(look).decode() if look is not None else ""


def free_numbers(taken: Iterable[str | None]) -> Iterator[int]:
    """Numbers for marks of one kind that none has yet, the lowest first: an editor counts no further than 32 bits."""
    used = {n.number(number, -1) for number in taken if number is not None}
    return (number for number in count() if number not in used)


def word_prefix(part: SplicedPart) -> tuple[str, str]:
    """How Word's own names are written in the part; where its elements have no prefix, what declares one as well."""
    prefix, colon, _ = part.name(part.root).rpartition(":")
    if colon:
        return f"{prefix}:", ""
    declared = _DEFAULT.search(part.data[: part.span(part.root).inner])
    return "w:", f' xmlns:w="{declared[1].decode() if declared else n.W_URI}"'


def _paragraph(node: Element) -> Element:
    """The paragraph of the text itself: a comment cannot hang in a text box, only where that is anchored."""
    *_, outermost = node, *ancestors(node, n.TXBX)
    found: Element = ancestor(outermost, n.P)
    return found


def _stands_open(run: Element, paragraph: Element) -> bool:
    """Whether nothing round the run but insertions, links and the like keeps comments out of it."""
    holder = run.getparent()
    while holder is not None and holder.tag in _OPEN:
        holder = holder.getparent()
    return holder is paragraph


def _field(paragraph: Element, child: Element) -> tuple[Element, Element] | None:
    """The first and last part of the field that something stands in: it is never cut. None where it stands in none."""
    depth, first, inside = 0, child, False
    for sibling in paragraph:
        kinds = [e.get(n.FLD_TYPE) for e in sibling.iter(n.FLD_CHAR)]
        if not depth and kinds:
            first, inside = sibling, False
        inside = inside or (sibling is child and (depth > 0 or bool(kinds)))
        depth += kinds.count("begin") - kinds.count("end")
        if inside and depth <= 0:
            return first, sibling
        depth = max(depth, 0)
    return None


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
