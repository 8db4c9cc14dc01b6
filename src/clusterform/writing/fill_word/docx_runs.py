"""Runs of a Word file as they are written: text, and the format it takes from what stood in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from clusterform.parsers.container.xml_tree import add_child, new_element
from clusterform.parsers.docx import names as n
from clusterform.parsers.symbols import symbols

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


def make(tag: str, **attributes: str) -> Any:
    """An element of the w: namespace."""
    element = new_element(tag)
    for name, value in attributes.items():
        element.set(_W + name, value)
    return element


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
    if fonts is not None and any(_is_symbol_font(value) for value in fonts.attrib.values()):
        kept.remove(fonts)
    return kept if len(kept) else None


def _is_symbol_font(name: Any) -> bool:
    return str(name).casefold().replace(" ", "") in symbols().fonts


def mark_format(paragraph: Any) -> Any:
    """The format of an empty paragraph: that of its mark."""
    properties = paragraph.find(n.PPR)
    return format_of(properties.find(n.RPR)) if properties is not None else None


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
