"""Explanations that the form asks for (需附情况说明), wherever in or after it they stand with their text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from clusterform.filling.document_texts import DocumentTexts
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, every_row
from clusterform.text import fold, unnumbered

_BEHIND = 3
"""So many letters behind the words in their own line are the explanation, or say where it is (见附件)."""
_TEXT = 8
"""So many letters in the next line are the text under a heading."""
_LONGEST_HEADING = 40
"""Words further on in a line are a mention in running text, and no heading."""


class _PrintedTexts(NamedTuple):
    """What is known of a form before any document of it is read. All is folded."""

    words: tuple[str, ...]
    official: list[str]
    """What the form prints with one of the words in it."""
    labels: frozenset[str]
    """Its headings and labels."""


def explanations(texts: DocumentTexts, form: FormDef) -> tuple[str, ...]:
    """The lines, folded, that are or head an explanation."""
    printed = _printed(form)
    lines = [fold(line) for text in _with_the_next(texts, printed.words) for line in text.split("\n")]
    lines = [line for line in lines if line]
    found = []
    for number, line in enumerate(lines):
        own = _own(line, printed.official)
        word = next((word for word in printed.words if word in own), None)
        if word is not None and _is_given(
            own, word, [t for t in lines[number + 1 : number + 2] if t not in printed.labels]
        ):
            found.append(own)
    return tuple(found)


def _with_the_next(texts: DocumentTexts, words: tuple[str, ...]) -> Iterator[str]:
    """Each text that holds one of the words, and the one behind it."""
    holding = {last for first, last in texts.places(words) if first == last}
    last = -1
    for number in sorted(holding):
        behind = (n for n in range(number + 1, len(texts.all)) if texts.all[n].strip())
        both = (number, *islice(behind, 1))
        yield from (texts.all[n] for n in both if n > last)
        last = both[-1]


def _is_given(line: str, word: str, behind: list[str]) -> bool:
    before, _, rest = line.partition(word)
    if len(before) > _LONGEST_HEADING:
        return False
    return len(rest) >= _BEHIND or any(len(text) >= _TEXT for text in behind)


def _own(line: str, official: list[str]) -> str:
    """The line without what the form itself prints."""
    for text in official:
        line = line.replace(text, "")
    return line


@cache
def _printed(form: FormDef) -> _PrintedTexts:
    """What that form prints."""
    words = tuple(map(fold, form.explanation_words))
    return _PrintedTexts(words, _official(form, words), _labels(form))


def _labels(form: FormDef) -> frozenset[str]:
    """What may stand behind a heading without a text: the form's next heading or label."""
    texts = [row.label for section in form.sections for row in every_row(section.rows)]
    heads = [text for section in form.sections for text in (section.heading, unnumbered(section.heading))]
    return frozenset(map(fold, (*texts, *heads, *load_evidence_list().headings, form.guidance.heading)))


def _official(form: FormDef, words: tuple[str, ...]) -> list[str]:
    """All that the form prints with one of the words in it, folded, the longest first."""
    texts = [*form.guidance.items]
    for section in form.sections:
        texts += [section.heading, *section.notes]
        for row in every_row(section.rows):
            texts += [row.label, *row.notes, *row.prompts, *row.guidance, *(o.note for o in row.options)]
    printed = {folded for text in texts if any(word in (folded := fold(text)) for word in words)}
    return sorted(printed, key=len, reverse=True)
