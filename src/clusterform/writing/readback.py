"""A form just written, read again as a check reads it: every answer given must stand there, or nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Answer, FilledForm, TicksAnswer, ticks_of
from clusterform.fields import BOXES, Field
from clusterform.filling.boxes.layout import AROUND
from clusterform.forms.model import FormDef
from clusterform.text import fold
from clusterform.writing.answers.answer_faults import FILLED, UNFIT, Faults, named, quoted
from clusterform.writing.answers.given import GivenForm
from clusterform.writing.text_edits import is_open, same_answer, wanted

Difference = tuple[str, str, str]
"""A place, and what is wrong there in both languages."""


def differences(form: FormDef, given: GivenForm, read: FilledForm) -> Iterator[Difference]:
    """Every answer that is read otherwise than it was given."""
    for (path, column), text in given.texts.items():
        item, answer = form.fields[path], read.answer(path, column)
        if item.kind in BOXES:
            same = answer.text == text
        else:
            same = same_answer(answer, wanted(item, form.rows[path], as_read(form, path, text)))
        if not same:
            yield _difference(named(item, column), text, answer.text)
    for path, keys in given.ticks.items():
        ticks = ticks_of(read.answer(path))
        if ticks is None or ticks.ticked != keys or ticks.undecided:
            found = "、".join(ticks.ticked) if ticks is not None else ""
            yield _difference(named(form.fields[path], None), "、".join(keys), found)
    for path, text in given.remarks.items():
        ticks = ticks_of(read.answer(path))
        found = ticks.remark if ticks is not None else ""
        if fold(found) != fold(text.strip(AROUND)):
            yield _difference(named(form.fields[path], "remark"), text, found)
    yield from _rows(given, read)


def as_read(form: FormDef, path: str, text: str) -> str:
    """A text as its part is read: running text loses its empty lines."""
    section = next(s for s in form.sections if s.key == path.partition(".")[0])
    if section.layout in {"headings", "declaration"} and form.fields[path].columns == ():
        return "\n".join(line for line in text.split("\n") if line.strip())
    return text


def _rows(given: GivenForm, read: FilledForm) -> Iterator[Difference]:
    """The rows added to target tables, and the evidence list."""
    held = [
        (t.table, t.direction, fold(t.indicator), {c: a.text for c, a in t.values.items() if a.text})
        for t in read.extra_targets
    ]
    for row in given.added:
        texts = {column: text.strip() for column, text in row.values.items() if text.strip()}
        if (row.table, row.direction, fold(row.indicator), texts) not in held:
            yield f"added_targets “{quoted(row.indicator)}”", "写入后读不到这一行。", "cannot be read back."
    lines = [line.unnumbered for line in read.evidence or ()]
    for line in given.evidence:
        if line.unnumbered not in lines:
            yield f"evidence “{quoted(line.title)}”", "写入后读不到这一条。", "cannot be read back."


def require_blank(form: FormDef, given: GivenForm, blank: FilledForm, name: str) -> None:
    """DataError that names every place of the blank that is filled already, other than with the answer given there.

    Those for which there is another answer are told first.
    """
    asked = {named(form.fields[path], column) for path, column in given.texts}
    asked |= {named(form.fields[path], None) for path in given.ticks}
    faults = Faults(name, FILLED)
    for place, text in sorted(held(form, given, blank), key=lambda found: found[0] not in asked):
        faults.add(place, f"已填有“{quoted(text)}”。", f"holds “{quoted(text)}”.")
    faults.settle()


def held(form: FormDef, given: GivenForm, read: FilledForm) -> Iterator[tuple[str, str]]:
    """Every place that holds what is not the answer given for it, and what it holds."""
    for path, item in form.fields.items():
        for column, answer in read.places(path):
            if ticks := ticks_of(answer):
                yield from _ticked(item, given, ticks)
            elif not is_open(answer) and not _given_there(form, given, path, column, answer):
                yield named(item, column), answer.text
    added = {(row.table, row.direction, fold(row.indicator)) for row in given.added}
    for target in read.extra_targets:
        if (target.table, target.direction, fold(target.indicator)) not in added:
            yield (
                f"added_targets “{quoted(target.indicator)}”",
                "、".join(a.text for a in target.values.values() if a.text),
            )
    lines = [line.unnumbered for line in given.evidence]
    for listed in read.evidence or ():
        if listed.given and listed.unnumbered not in lines:
            yield "evidence", listed.title or listed.subject or listed.file


def _ticked(item: Field, given: GivenForm, ticks: TicksAnswer) -> Iterator[tuple[str, str]]:
    if ticks.ticked and ticks.ticked != given.ticks.get(item.path, ()):
        yield named(item, None), "、".join(item.option(key).label for key in ticks.ticked)
    elif ticks.undecided and ticks.undecided != tuple(o.key for o in item.options):
        yield named(item, None), ticks.text
    if ticks.remark and fold(ticks.remark) != fold(given.remarks.get(item.path, "").strip(AROUND)):
        yield named(item, "remark"), ticks.remark


def _given_there(form: FormDef, given: GivenForm, path: str, column: str | None, answer: Answer) -> bool:
    text = given.texts.get((path, column))
    if text is None:
        return False
    item = form.fields[path]
    want = wanted(item, form.rows[path], as_read(form, path, text))
    return answer.text == text if item.kind in BOXES else same_answer(answer, want)


def _difference(place: str, given: str, read: str) -> Difference:
    if not read:
        return place, f"“{quoted(given)}”写入后读不到。", f"“{quoted(given)}” cannot be read back."
    return (
        place,
        f"“{quoted(given)}”写入后会读成“{quoted(read)}”。",
        f"“{quoted(given)}” would be read as “{quoted(read)}”.",
    )


def require_same(form: FormDef, given: GivenForm, read: FilledForm, name: str) -> None:
    """DataError that names every answer read otherwise."""
    faults = Faults(name, UNFIT)
    for told in differences(form, given, read):
        faults.add(*told)
    faults.settle()
    for place, text in held(form, given, read):
        zh, en = (
            f"没有给出答案，写入后却读到“{quoted(text)}”。",
            f"no answer was given, and “{quoted(text)}” is read there.",
        )
        faults.add(place, zh, en)
    faults.settle()
