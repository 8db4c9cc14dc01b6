"""Writes into a traced document: text in place of a stretch of it, paragraphs behind or before others; and the runs that hold it.

A run takes its format from what stood in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from dataclasses import field as data_field
from typing import Any

from clusterform.parsers.container.xml_tree import add_child, new_element
from clusterform.parsers.docx import names as n
from clusterform.parsers.symbols import symbols
from clusterform.writing.fill_word.docx_positions import BEHIND, CharacterPosition

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_W = n.P.removesuffix("p")


def _named(names: str) -> tuple[str, ...]:
    """Elements of the w: namespace."""
    return tuple(_W + name for name in names.split())


_UNWANTED = _named(
    "vanish webHidden strike dstrike bdr eastAsianLayout fitText rStyle specVanish rPrChange ins del moveFrom moveTo"
)
"""Of a run's properties what hides, strikes or frames its text, or tells who changed it."""
_NOT_OF_TEXT = _named("pStyle numPr outlineLvl keepNext pageBreakBefore sectPr pPrChange")
"""Of a heading's properties what makes it one."""
_OF_HEADING = _named("b bCs")
_SHOWS = (n.T, n.SYM, n.TAB, n.BR, n.CR, n.FLD_CHAR, n.DRAWING, n.PICT, n.OBJECT)
"""What a person sees of a paragraph."""


@dataclass(slots=True)
class TextWriter:
    """Spots stay good while it writes: it knows how the nodes they point to were cut."""

    cuts: dict[Any, dict[int, Any]] = data_field(default_factory=dict)
    """Node -> the nodes that its text from a character on has moved to."""

    def write(self, stretch: Sequence[Any], text: str, *, breaks: bool = False) -> None:
        """Text in place of a stretch: the spots of its characters and, last, of the place behind it.

        Lines become paragraphs where the stretch ends its own, else, and with `breaks`, line breaks in it.
        """
        inside = [spot for spot in stretch[:-1] if spot.at != BEHIND]
        if inside:
            runs = [self.alone(spot) for spot in inside]
            run = runs[0]
            for other in runs[1:]:
                _remove(other)
            _reformat(run, run.find(n.RPR))
        else:
            run = self._new_run_at(stretch[0])
        _no_prompt(run)
        if not breaks and "\n" in text:
            _lift(run)
        lines = [text] if breaks or not _ends_paragraph(run) else text.split("\n")
        put_text(run, lines[0])
        paragraph = ancestor(run, n.P)
        for line in lines[1:]:
            made = new_paragraph(paragraph, line, run.find(n.RPR))
            paragraph.addnext(made)
            paragraph = made

    def write_behind(self, paragraph: Any, text: str, *, plain: bool) -> None:
        """New paragraphs after one; `plain` where that one is a heading."""
        for line in reversed(text.split("\n")):
            paragraph.addnext(new_paragraph(paragraph, line, self._end_format(paragraph), plain=plain))

    def write_before(self, paragraph: Any, text: str) -> None:
        """New paragraphs before one."""
        for line in text.split("\n"):
            paragraph.addprevious(new_paragraph(paragraph, line, self._end_format(paragraph), plain=True))

    def replace_all(self, paragraphs: Sequence[Any], text: str) -> None:
        """The text in place of all that these paragraphs hold; only the first is left."""
        first, *others = paragraphs
        like = self._end_format(first)
        for child in [c for c in first if c.tag != n.PPR]:
            first.remove(child)
        run = new_run(like)
        put_text(run, text)
        first.append(run)
        for paragraph in others:
            _remove(paragraph)

    def swap(self, spot: CharacterPosition, char: str) -> None:
        """Another character in place of one."""
        node, at = self.find(spot)
        text = node.text or ""
        set_text(node, text[:at] + char + text[at + 1 :])

    def insert(self, spot: CharacterPosition, text: str) -> None:
        """Text before a character, in the format of what stands there."""
        put_text(self._new_run_at(spot), text)

    def find(self, spot: CharacterPosition) -> CharacterPosition:
        """Where a character stands by now."""
        node, at = spot
        while node in self.cuts:
            starts = [start for start in self.cuts[node] if start <= at]
            if not starts:
                break
            start = max(starts)
            node, at = self.cuts[node][start], at - start
        return CharacterPosition(node, at)

    def _before(self, spot: CharacterPosition) -> Any:
        """The run that begins with this character, cut off what stands before it."""
        node, at = self.find(spot)
        run = ancestor(node, n.R)
        if run is None:
            return node
        if node.tag == n.T and at:
            made = make(n.T)
            text = node.text or ""
            set_text(made, text[at:])
            set_text(node, text[:at])
            node.addnext(made)
            self.cuts.setdefault(node, {})[at] = made
            node = made
        earlier = [c for c in run if c.tag != n.RPR]
        while node.getparent() is not run:
            node = node.getparent()
        if earlier[0] is node:
            return run
        cut = new_run(run.find(n.RPR))
        cut.extend(earlier[earlier.index(node) :])
        run.addnext(cut)
        return cut

    def alone(self, spot: CharacterPosition) -> Any:
        """The run that holds this character and nothing else."""
        run = self._before(spot)
        if run.tag != n.R:
            return run
        node, at = self.find(spot)
        if node.tag == n.T and at + 1 < len(node.text or ""):
            self._before(CharacterPosition(node, at + 1))
        following = node.getnext()
        if following is not None:
            cut = new_run(run.find(n.RPR))
            cut.extend([following, *following.itersiblings()])
            run.addnext(cut)
        return run

    def _new_run_at(self, spot: CharacterPosition) -> Any:
        """A new empty run there, in the format of what stands before it."""
        if spot.at == BEHIND:
            paragraph = spot.node
            prompt = _prompt(paragraph)
            if prompt is not None:
                return _emptied(prompt)
            run = new_run(self._end_format(paragraph))
            paragraph.append(run)
            return run
        behind = self._before(spot)
        before = behind.getprevious()
        like = before if before is not None and before.tag == n.R else behind
        run = new_run(format_of(like.find(n.RPR)) if like.tag == n.R else None)
        if behind.tag == n.PPR:
            behind.addnext(run)
        else:
            behind.addprevious(run)
        return run

    def _end_format(self, paragraph: Any) -> Any:
        """The format of text at a paragraph's end: of its last words, else of its mark."""
        for run in reversed(list(paragraph.iter(n.R))):
            if run.find(n.T) is not None:
                return format_of(run.find(n.RPR))
        return format_of(paragraph.find(f"{n.PPR}/{n.RPR}"))


def _reformat(run: Any, properties: Any) -> None:
    """Gives a run this format, without what its text must not have."""
    own = run.find(n.RPR)
    kept = format_of(properties)
    if own is not None:
        run.remove(own)
    if kept is not None:
        run.insert(0, kept)


def _lift(run: Any) -> None:
    """A control of rich text within a paragraph of its own becomes one round paragraphs, as when Enter is pressed in it."""
    content = run.getparent()
    control: Any = content.getparent() if content is not None and content.tag == n.SDT_CONTENT else None
    paragraph: Any = control.getparent() if control is not None else None
    if paragraph is None or paragraph.tag != n.P or ancestor(paragraph, n.TC) is not None:
        return
    beside = (e for sibling in paragraph if sibling is not control for e in sibling.iter())
    if control.find(f"{n.SDT_PR}/{n.PLAIN_TEXT}") is not None or any(e.tag in _SHOWS for e in beside):
        return
    for child in list(content):
        control.addprevious(child)
    paragraph.remove(control)
    paragraph.addprevious(control)
    content.append(paragraph)


def _remove(run: Any) -> None:
    parent = run.getparent()
    if parent is None:
        return
    parent.remove(run)
    if parent.tag == n.SDT_CONTENT and not len(parent):  # a control without content is no valid one
        _remove(parent.getparent())


def _no_prompt(run: Any) -> None:
    """The controls around a run hold an answer now, in the format that they keep for one."""
    for control in ancestors(run, n.SDT):
        shown = control.find(f"{n.SDT_PR}/{n.PLACEHOLDER}")
        if shown is not None:
            shown.getparent().remove(shown)
            _reformat(run, control.find(f"{n.SDT_PR}/{n.RPR}"))


def _ends_paragraph(run: Any) -> bool:
    """Whether a run is a paragraph's own and the last thing to be seen in it."""
    parent = run.getparent()
    if parent is None or parent.tag != n.P:
        return False
    return not any(e.tag in _SHOWS for sibling in run.itersiblings() for e in sibling.iter())


def _prompt(paragraph: Any) -> Any:
    """A control of the paragraph that shows only its prompt, or nothing: made to be written in."""
    for control in paragraph.iter(n.SDT):
        properties, content = control.find(n.SDT_PR), control.find(n.SDT_CONTENT)
        if properties is None or content is None or properties.find(n.CHECKBOX) is not None:
            continue
        words = "".join(t.text or "" for t in content.iter(n.T))
        if n.is_on(properties.find(n.PLACEHOLDER)) or not words.strip():
            return control
    return None


def _emptied(control: Any) -> Any:
    """An empty run as all that the control holds, in the format of its first."""
    properties, content = control.find(n.SDT_PR), control.find(n.SDT_CONTENT)
    first = next(content.iter(n.R), None)
    own = properties.find(n.RPR)
    like = format_of(first.find(n.RPR)) if first is not None else None
    run = new_run(like if like is not None else deepcopy(own))
    for child in list(content):
        content.remove(child)
    content.append(run)
    return run


def make(tag: str, **attributes: str) -> Any:
    """An element of the w: namespace."""
    element = new_element(tag)
    for name, value in attributes.items():
        element.set(_W + name, value)
    return element


def child_of(element: Any, tag: str, at: int | None = None) -> Any:
    """An element's own child of that name; where it has none a new one, at that place or behind all others."""
    found = element.find(tag)
    if found is None:
        found = make(tag)
        element.insert(len(element) if at is None else at, found)
    return found


def put_text(run: Any, text: str) -> None:
    """The text as the run's only content: tabs and line breaks as Word writes them."""
    for child in [c for c in run if c.tag != n.RPR]:
        run.remove(child)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(make(n.BR))
        for place, piece in enumerate(line.split("\t")):
            if place:
                run.append(make(n.TAB))
            if piece:
                set_text(add_child(run, n.T), piece)


def set_text(element: Any, text: str) -> None:
    """The text of a w:t; spaces at its ends and in rows are kept."""
    element.text = text
    if text != text.strip() or "  " in text:
        element.set(_SPACE, "preserve")


def new_run(properties: Any) -> Any:
    """An empty run in this format."""
    run = make(n.R)
    if properties is not None:
        run.append(deepcopy(properties))
    return run


def without_properties(properties: Any, names: Iterable[str]) -> Any:
    """A copy of properties without those of these names."""
    kept = deepcopy(properties)
    for child in [child for name in names for child in kept.findall(name)]:
        kept.remove(child)
    return kept


def format_of(properties: Any) -> Any:
    """The format for text that is written where a run, or a paragraph's mark, has these properties; None for none."""
    if properties is None:
        return None
    kept = without_properties(properties, _UNWANTED)
    fonts = kept.find(n.R_FONTS)
    names = fonts.attrib.values() if fonts is not None else ()
    if any(str(name).casefold().replace(" ", "") in symbols().fonts for name in names):
        kept.remove(fonts)
    return kept if len(kept) else None


def new_paragraph(like: Any, text: str, run_format: Any, *, plain: bool = False) -> Any:
    """A paragraph laid out as another one; `plain`: without what makes that one a heading."""
    made = make(n.P)
    properties = like.find(n.PPR)
    if properties is not None:
        kept = without_properties(properties, _NOT_OF_TEXT if plain else _NOT_OF_TEXT[-2:])
        mark = kept.find(n.RPR)
        if mark is not None:
            kept.replace(mark, without_properties(mark, _UNWANTED))
        made.append(kept)
    if text:
        run = new_run(_unbold(run_format) if plain else run_format)
        put_text(run, text)
        made.append(run)
    return made


def _unbold(properties: Any) -> Any:
    kept = without_properties(properties, _OF_HEADING) if properties is not None else ()
    return kept if len(kept) else None


def ancestor(element: Any, tag: str) -> Any:
    """The nearest element of that name around this one, itself counted; None where there is none."""
    return next(ancestors(element, tag), None)


def ancestors(element: Any, tag: str) -> Iterator[Any]:
    """The elements of that name around this one, itself counted, the nearest first."""
    while element is not None:
        above = element.getparent()
        if element.tag == tag:
            yield element
        element = above
