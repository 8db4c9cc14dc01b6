"""A form just written, read again as a check reads it: every answer given must stand there, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import FilledForm, Ticks
from clusterform.fields import BOXES
from clusterform.filling.box_rest import AROUND
from clusterform.forms.model import FormDef
from clusterform.text import fold
from clusterform.writing.answers.answer_faults import Faults, named, quoted
from clusterform.writing.answers.given import GivenForm
from clusterform.writing.stretches import same_answer, wanted

_LINE = ("code", "subject", "title", "kind", "file", "pages")
Told = tuple[str, str, str]
"""A place, and what is wrong there in both languages."""


def differences(form: FormDef, given: GivenForm, read: FilledForm) -> Iterator[Told]:
    """Every answer that is read otherwise than it was given."""
    for (path, column), text in given.texts.items():
        item, answer = form.fields[path], read.answer(path, column)
        if item.kind in BOXES:
            same = answer.text == text
        else:
            same = same_answer(answer, wanted(item, form.rows[path], as_read(form, path, text)))
        if not same:
            yield _told(named(item, column), text, answer.text)
    for path, keys in given.ticks.items():
        ticks = read.answer(path).value
        if not isinstance(ticks, Ticks) or ticks.ticked != keys or ticks.undecided:
            found = "、".join(ticks.ticked) if isinstance(ticks, Ticks) else ""
            yield _told(named(form.fields[path], None), "、".join(keys), found)
    for path, text in given.remarks.items():
        ticks = read.answer(path).value
        found = ticks.remark if isinstance(ticks, Ticks) else ""
        if fold(found) != fold(text.strip(AROUND)):
            yield _told(named(form.fields[path], "remark"), text, found)
    yield from _rows(given, read)


def as_read(form: FormDef, path: str, text: str) -> str:
    """A text as its part is read: running text loses its empty lines."""
    section = next(s for s in form.sections if s.key == path.partition(".")[0])
    if section.layout in {"headings", "declaration"} and form.fields[path].columns == ():
        return "\n".join(line for line in text.split("\n") if line.strip())
    return text


def _rows(given: GivenForm, read: FilledForm) -> Iterator[Told]:
    """The rows added to target tables, and the evidence list."""
    held = [
        (t.table, t.direction, fold(t.indicator), {c: a.text for c, a in t.values.items() if a.text})
        for t in read.extra_targets
    ]
    for row in given.added:
        texts = {column: text.strip() for column, text in row.values.items() if text.strip()}
        if (row.table, row.direction, fold(row.indicator), texts) not in held:
            yield f"added_targets “{quoted(row.indicator)}”", "写入后读不到这一行。", "cannot be read back."
    lines = {tuple(getattr(item, name) for name in _LINE) for item in read.evidence or ()}
    for line in given.evidence:
        if tuple(getattr(line, name) for name in _LINE) not in lines:
            yield f"evidence “{quoted(line.title)}”", "写入后读不到这一条。", "cannot be read back."


def _told(place: str, given: str, read: str) -> Told:
    if not read:
        return place, f"“{quoted(given)}”写入后读不到。", f"“{quoted(given)}” cannot be read back."
    return (
        place,
        f"“{quoted(given)}”写入后会读成“{quoted(read)}”。",
        f"“{quoted(given)}” would be read as “{quoted(read)}”.",
    )


def require_same(form: FormDef, given: GivenForm, read: FilledForm, name: str) -> None:
    """DataError that names every answer read otherwise."""
    faults = Faults(name, filling=True)
    for told in differences(form, given, read):
        faults.add(*told)
    faults.settle()
