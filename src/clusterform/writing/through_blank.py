"""The way through a blank form, Word or Excel: it is told, written in, and read again as a check reads it.

Every answer given must then stand there, or nothing is written. Nothing else in the file changes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from clusterform.answers import Answer, ExtraTarget, FilledForm, TicksAnswer
from clusterform.errors import UnreadableError, UsageError
from clusterform.fields import Field
from clusterform.filling.read import fill_form
from clusterform.filling.recognise import recognise
from clusterform.forms.model import FormDef
from clusterform.messages import Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.raw import RawDocument
from clusterform.parsers.read import read_document
from clusterform.text import fold
from clusterform.writing.faults import Faults, named, quoted
from clusterform.writing.repack import repacked
from clusterform.writing.text_edits import bare, bare_ticks, is_open, wanted

WritesParts = Callable[[FormDef, FilledForm, Faults], Mapping[str, bytes]]
"""Writes into the form that the blank is, as it is read, and returns the parts of the file that change."""


def filled_copy(
    given: FilledForm, package: Package, name: str, document: RawDocument, write: WritesParts
) -> bytes:
    """The blank form in `package`, read as `document`, with the answers of the file called `name`.

    DataError names every answer that has no place or would be read otherwise; UsageError where the blank is no form,
    or another one than the answers'.
    """
    form, faults = _form_of(document, given), Faults(name, "fill.unfit")
    blank = fill_form(document, form)
    require_blank(form, given, blank, name)
    parts = write(form, blank, faults)
    faults.settle()
    made = repacked(package.data, parts)
    require_same(form, given, fill_form(read_document(Package(made)), form), name)
    return made


def _form_of(document: RawDocument, given: FilledForm) -> FormDef:
    """The blank's form; UsageError where it is none, or another one than the answers'."""
    try:
        form = recognise(document, given.edition)
    except UnreadableError as error:
        raise UsageError("blank.no-form", edition=given.edition, reason=error.text) from error
    if form.form != given.form:
        raise UsageError("blank.other-form", form=form.form, title=form.title, answers=given.form)
    return form


def require_blank(form: FormDef, given: FilledForm, blank: FilledForm, name: str) -> None:
    """DataError that names every place of the blank that is filled already, other than with the answer given there.

    Those for which there is another answer are told first.
    """
    asked = {named(form.fields[path], column) for path, column in given.answers}
    faults = Faults(name, "fill.filled-already")
    for place, text in sorted(_unasked(form, given, blank), key=lambda found: found[0] not in asked):
        faults.add(place, Text("fill.holds", text=quoted(text)))
    faults.settle()


def require_same(form: FormDef, given: FilledForm, read: FilledForm, name: str) -> None:
    """DataError that names every answer read otherwise."""
    faults = Faults(name, "fill.unfit")
    for (path, column), answer in given.answers.items():
        _compare(form.fields[path], column, expected(form, path, answer), read.answer(path, column), faults)
    targets, lines = [_plain(target) for target in read.extra_targets], _lines(read)
    for target in given.extra_targets:
        if _plain(target) not in targets:
            faults.add(f"added_targets “{quoted(target.indicator)}”", Text("fill.lost-row"))
    for line in given.evidence or ():
        if line.unnumbered not in lines:
            faults.add(f"evidence “{quoted(line.title)}”", Text("fill.lost-line"))
    faults.settle()
    for place, text in _unasked(form, given, read):
        faults.add(place, Text("fill.unasked", text=quoted(text)))
    faults.settle()


def expected(form: FormDef, path: str, answer: Answer) -> Answer:
    """An answer given, as its part is read: running text loses its empty lines."""
    if isinstance(answer, TicksAnswer):
        return answer
    item, text = form.fields[path], answer.text
    section = next(s for s in form.sections if s.key == path.partition(".")[0])
    if section.layout in {"headings", "declaration"} and not item.columns:
        text = "\n".join(line for line in text.split("\n") if line.strip())
    return wanted(item, form.rows[path], text)


def _compare(item: Field, column: str | None, want: Answer, read: Answer, faults: Faults) -> None:
    """A fault where the answer is read otherwise; of boxes one for the ticks and one for what is written beside."""
    if bare(read) == bare(want):
        return
    changed: list[tuple[str | None, str, str]]
    if isinstance(want, TicksAnswer) and isinstance(read, TicksAnswer):
        given, found = bare_ticks(want), bare_ticks(read)
        changed = [("remark", given.remark, found.remark)] if given.remark != found.remark else []
        if given.but(remark=found.remark) != found:
            changed.append((None, given.text or "、".join(given.ticked), "、".join(found.ticked)))
    else:
        changed = [(column, want.text, read.text)]
    for part, text, other in changed:
        if other:
            faults.add(named(item, part), Text("fill.changed", text=quoted(text), read=quoted(other)))
        else:
            faults.add(named(item, part), Text("fill.lost", text=quoted(text)))


def _unasked(form: FormDef, given: FilledForm, read: FilledForm) -> Iterator[tuple[str, str]]:
    """Every place that holds what is not the answer given for it, and what it holds."""
    for path, item in form.fields.items():
        for column, answer in read.places(path):
            want = given.answers.get((path, column))
            if isinstance(answer, TicksAnswer):
                asked = want if isinstance(want, TicksAnswer) else TicksAnswer.made()
                yield from _ticked(item, bare_ticks(asked), answer)
            elif not is_open(answer) and (want is None or bare(answer) != bare(expected(form, path, want))):
                yield named(item, column), answer.text
    added = {(row.table, row.direction, fold(row.indicator)) for row in given.extra_targets}
    for target in read.extra_targets:
        if (target.table, target.direction, fold(target.indicator)) not in added:
            texts = [answer.text for answer in target.values.values() if answer.text]
            yield f"added_targets “{quoted(target.indicator)}”", "、".join(texts)
    lines = _lines(given)
    for listed in read.evidence or ():
        if listed.given and listed.unnumbered not in lines:
            yield "evidence", listed.title or listed.subject or listed.file


def _ticked(item: Field, want: TicksAnswer, answer: TicksAnswer) -> Iterator[tuple[str, str]]:
    found = bare_ticks(answer)
    if found.ticked and found.ticked != want.ticked:
        yield named(item, None), "、".join(item.option(key).label for key in found.ticked)
    elif found.undecided or (found.text and found.text != want.text):
        yield named(item, None), answer.text
    if found.remark and found.remark != want.remark:
        yield named(item, "remark"), answer.remark


def _plain(target: ExtraTarget) -> tuple[Any, ...]:
    """A target of the county's own, as it is wherever it stands."""
    values = {column: answer.text.strip() for column, answer in target.values.items() if answer.text.strip()}
    return target.table, target.direction, fold(target.indicator), values


def _lines(form: FilledForm) -> list[Any]:
    return [line.unnumbered for line in form.evidence or ()]
