"""What a blank workbook says when an answer's cell is entered: the notice's own notes on it, in few words."""

from __future__ import annotations

from clusterform.fields import Field, Kind
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.writing.book.book_page import EntryRule

_LONGEST = 250
"""Excel keeps 255 characters of a message."""


def entry_of(form: FormDef, item: Field) -> EntryRule:
    """How the field's answer is typed, and what is said beside it."""
    return EntryRule(_KINDS.get(item.kind, "text"), item, hint=_hint(form, item))


_KINDS = {Kind.DECIMAL: "decimal", Kind.COUNT: "count", Kind.COUNT_NAMES: "text", Kind.PROSE: "prose"}


def count_entry(form: FormDef, item: Field) -> EntryRule:
    """The 数量 of a row that asks for names as well."""
    return EntryRule("count", item, hint=_hint(form, item))


def tick_entry(item: Field, *, note: str = "") -> EntryRule:
    """A box to tick."""
    hint = Text("hint.tick-one" if item.kind is Kind.CHOICE else "hint.tick-several", note=note)
    return EntryRule("list", item, choices=("☑", "□"), hint=hint.zh, strict=True)


def _hint(form: FormDef, item: Field) -> str:
    said = [_quoted(form, their) for own, their in form.guidance.subjects.items() if own in item.label]
    if item.limit is not None:
        said.append(Text("hint.limit", limit=item.limit).zh)
    if item.kind in (Kind.DECIMAL, Kind.COUNT) and not item.columns:
        said.append(_quoted(form, form.guidance.undated))
    said.append(_quoted(form, form.guidance.none))
    if item.kind is Kind.COUNT:
        said.append(Text("hint.whole-number").zh)
    elif item.kind is Kind.DECIMAL:
        figure = Text("hint.figure-in", unit=item.unit) if item.unit else Text("hint.figure")
        said.append(figure.zh)
    return clipped("".join(said))


def _quoted(form: FormDef, word: str) -> str:
    """The item of 填报说明 that speaks of the word; empty where none does."""
    for number, text in enumerate(form.guidance.items, 1):
        if word and word in text:
            return Text("hint.quoted", number=number, text=text).zh
    return ""


def clipped(text: str) -> str:
    """So much of it as a spreadsheet keeps."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
