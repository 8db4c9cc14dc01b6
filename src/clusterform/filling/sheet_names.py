"""What the sheets of a workbook say by their names, and those that are hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from clusterform.filling.labels import LabelIndex, label_index
from clusterform.forms.edition import editions_meant, load_edition
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.raw import Block, HiddenSheet, Paragraph, RawDocument
from clusterform.patterns import pattern
from clusterform.text import CHINESE_NUMBERS, fold, unnumbered
from clusterform.words import words

_NUMBERED = pattern(
    r"\s*+(?P<word>{parts.number}|{parts.table}|[（(])?\s*+(?P<number>[{numerals}]{1,3}+|[1-9]\d?(?!\d))\s*+(?:{parts.part}|[)）])?[\s、.．,，:：_—–-]*+(?P<rest>.*)"
)
_LEAST = 2
"""So many letters in a row make a name a piece of a heading."""


class SheetNames:
    """Knows the parts of one form by the names people give to sheets: 一、基本情况, 2.主导产业, 数字化."""

    def __init__(self, form: FormDef) -> None:
        self._form = form  # nothing is made of it in a text document, which has no sheets

    @cached_property
    def cores(self) -> dict[int, tuple[str, ...]]:
        """The words of each part's heading, folded."""
        return {s.number: s.cores for s in self._form.sections}

    def is_aside(self, name: str) -> bool:
        """Whether the sheet is no part of the form: 填报说明, 自查."""
        return _bare(name).startswith(
            tuple(fold(text) for text in (self._form.guidance.heading, *words("parts.asides")))
        )

    def is_evidence(self, name: str) -> bool:
        """Whether the sheet is the evidence list."""
        core = _bare(name)
        texts = map(fold, load_evidence_list().headings)
        return any(text in core or (len(core) >= _LEAST and text.startswith(core)) for text in texts)

    def section(self, name: str) -> int | None:
        """The part that the name means; None where it means none, or may mean two."""
        found = _NUMBERED.match(name)
        if found is not None:
            written = found["number"]
            number = int(written) if written.isdigit() else CHINESE_NUMBERS.get(written, -1)
            rest = fold(found["rest"])
            named = any(_share(rest, core) for core in self.cores.get(number, ()))
            if named or (not rest and number in self.cores and not found["number"].isdigit()):
                return number
        core = _bare(name)
        whole = [n for n, cores in self.cores.items() if core in cores]
        pieces = [n for n, cores in self.cores.items() if any(_share(core, c, whole=True) for c in cores)]
        short = [n for n, cores in self.cores.items() if any(_shortens(core, c) for c in cores)]
        fitting = whole or pieces or short
        return fitting[0] if len(fitting) == 1 else None


def _bare(name: str) -> str:
    return fold(unnumbered(name))


def _share(name: str, core: str, *, whole: bool = False) -> bool:
    """Whether name and heading have letters in common; `whole`: one is all a piece of the other."""
    if len(name) < _LEAST:
        return False
    if name in core or core in name:
        return True
    return not whole and any(name[at : at + _LEAST] in core for at in range(len(name) - _LEAST + 1))


def _shortens(name: str, core: str) -> bool:
    """Whether the name is the heading with words left out, and not most of it: 治理服务 for 治理和服务水平."""
    letters = iter(core)
    return len(name) > _LEAST and len(name) * 2 >= len(core) and all(letter in letters for letter in name)


_LAYOUTS = ("lines", "rows", "headings", "declaration")
_LEAST_LABELS = 2
"""So many labels that stand nowhere else make a hidden sheet a part of the form."""
_EVIDENCE = "evidence"


def with_hidden_parts(document: RawDocument, edition: str | None) -> RawDocument:
    """The document with the hidden sheets that hold what no other sheet holds, each at its place."""
    if not document.hidden:
        return document
    forms = [load_form(e, name) for e in editions_meant(edition) for name in load_edition(e).forms]
    known = [
        (SheetNames(form), [label_index(form.edition.edition, form.form, layout) for layout in _LAYOUTS])
        for form in forms
    ]
    shown_labels = set(_found(known, document.blocks))
    taken: list[HiddenSheet] = []
    for sheet in document.hidden:
        own = set(_found(known, sheet.blocks))
        new = own - shown_labels
        if _EVIDENCE in new or (len(new) >= _LEAST_LABELS and len(new) * 3 >= len(own)):
            taken.append(sheet)
            shown_labels |= own
    return document._replace(blocks=tuple(_merged(document.blocks, taken)))


def _merged(blocks: Sequence[Block], sheets: Iterable[HiddenSheet]) -> Iterator[Block]:
    at = 0
    for sheet in sheets:
        yield from blocks[at : sheet.before]
        yield from sheet.blocks
        at = sheet.before
    yield from blocks[at:]


def _found(known: Sequence[tuple[SheetNames, list[LabelIndex]]], blocks: Iterable[Block]) -> Iterator[str]:
    """The official labels that the cells of the blocks are or begin with, and that there is a list of evidence."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if any(names.is_evidence(block.text) for names, _ in known):
                yield _EVIDENCE
            continue
        texts = [cell.text for row in block.rows for cell in row]
        matches = (index.match(text) for text in texts for _, indexes in known for index in indexes)
        yield from (match.entries[0].label for match in matches if match is not None)
