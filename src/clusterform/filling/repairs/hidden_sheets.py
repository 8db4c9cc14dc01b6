"""Hidden sheets: a part of the form that stands nowhere else is read, an old copy of one that is shown is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from clusterform.filling.labels import LabelIndex, label_index
from clusterform.filling.sheets import SheetNames
from clusterform.forms.edition import editions_meant, load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.raw import Block, HiddenSheet, Paragraph, RawDocument

_LAYOUTS = ("lines", "rows", "headings", "declaration")
_LEAST = 2
"""So many labels that stand nowhere else make a hidden sheet a part of the form."""
_EVIDENCE = "evidence"


def with_hidden_parts(document: RawDocument, edition: str | None) -> RawDocument:
    """The document with the hidden sheets that hold what no other sheet holds, each at its place."""
    if not document.hidden:
        return document
    known = [_Labels(load_form(e, name)) for e in editions_meant(edition) for name in load_edition(e).forms]
    said = set(_found(known, document.blocks))
    taken: list[HiddenSheet] = []
    for sheet in document.hidden:
        own = set(_found(known, sheet.blocks))
        new = own - said
        if _EVIDENCE in new or (len(new) >= _LEAST and len(new) * 3 >= len(own)):
            taken.append(sheet)
            said |= own
    return replace(document, blocks=tuple(_merged(document.blocks, taken)))


def _merged(blocks: Sequence[Block], sheets: Iterable[HiddenSheet]) -> Iterator[Block]:
    at = 0
    for sheet in sheets:
        yield from blocks[at : sheet.before]
        yield from sheet.blocks
        at = sheet.before
    yield from blocks[at:]


class _Labels:
    """The official labels of one form."""

    def __init__(self, form: FormDef) -> None:
        self.names = SheetNames(form)
        self.indexes: list[LabelIndex] = [
            label_index(form.edition.edition, form.form, layout) for layout in _LAYOUTS
        ]

    def of(self, text: str) -> Iterator[str]:
        """The labels that a text is or begins with."""
        matches = (index.match(text) for index in self.indexes)
        return (match.entries[0].label for match in matches if match is not None)


def _found(known: Sequence[_Labels], blocks: Iterable[Block]) -> Iterator[str]:
    """The labels in the blocks, and that there is a list of evidence."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if any(labels.names.is_evidence(block.text) for labels in known):
                yield _EVIDENCE
            continue
        for row in block.rows:
            for cell in row:
                for labels in known:
                    yield from labels.of(cell.text)
