"""Which answers of a form read otherwise in its next submission."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from clusterform.answers import FilledForm, shown_answer
from clusterform.comparison import ChangedAnswer
from clusterform.fields import NUMERIC, Field
from clusterform.finding import EVIDENCE_LIST, FormPart, Location

_Line = tuple[Mapping[str, str], Location]
"""A line of a list, and where it stands."""


def changed_answers(old: FilledForm, new: FilledForm) -> tuple[ChangedAnswer, ...]:
    """In the form's order: its fields, the rows added to them, the evidence list; of a summary its lines."""
    return (
        *_fields(old, new),
        *_added_rows(old, new),
        *_lines(_listed(old), _listed(new), EVIDENCE_LIST),
        *_lines(_summary(old), _summary(new), None),
    )


def _fields(old: FilledForm, new: FilledForm) -> Iterator[ChangedAnswer]:
    for path, field in new.fields.items():
        for column, answer in new.places(path):
            before, after = shown_answer(field, old.answer(path, column)), shown_answer(field, answer)
            if _differ(before, after, " " if field.kind in NUMERIC else ""):
                yield ChangedAnswer(
                    section=field.section,
                    field=path,
                    label=field.label,
                    column=field.column_label(column),
                    before=before,
                    after=after,
                    location=answer.place,
                )


def _differ(before: str, after: str, between: str = "") -> bool:
    """Where lines are broken and words are set apart is no answer; only inside a figure a space is wrong."""
    return between.join(before.split()) != between.join(after.split())


def _added_rows(old: FilledForm, new: FilledForm) -> Iterator[ChangedAnswer]:
    """The indicators that the county added to a table of targets, by their names."""
    before, after = _own_targets(old), _own_targets(new)
    for (indicator, column), (place, _) in (before | after).items():
        texts = [side.get((indicator, column), (place, ""))[1] for side in (before, after)]
        if _differ(*texts):
            host = _host(new.fields.values(), column)
            yield ChangedAnswer(
                section=None if host is None else host.section,
                field=None,
                label=indicator,
                column=column if host is None else host.column_label(column),
                before=texts[0],
                after=texts[1],
                location=place,
            )


def _own_targets(form: FilledForm) -> dict[tuple[str, str], tuple[Location, str]]:
    return {
        (target.indicator, column): (answer.place, answer.text)
        for target in form.extra_targets
        for column, answer in target.values.items()
    }


def _host(fields: Iterable[Field], column: str) -> Field | None:
    """A field of the table to which a row of that column was added."""
    return next((field for field in fields if field.column_label(column) is not None), None)


def _listed(form: FilledForm) -> list[_Line]:
    """The lines of the form's own list."""
    return [(line.unnumbered, line.location) for line in form.evidence or () if not line.source]


def _summary(form: FilledForm) -> list[_Line]:
    """The lines without their numbers, which are counted anew when one is put in."""
    return [
        ({key: text for key, text in row.cells.items() if key != "number"}, row.location)
        for row in form.summary
    ]


def _lines(old: Sequence[_Line], new: Sequence[_Line], section: FormPart | None) -> Iterator[ChangedAnswer]:
    """Lines that stand in one list alone, beside each other where they agree in half of what they say."""
    waiting = list(old)
    changed = []
    for line in new:
        same = next((other for other in waiting if _texts(other) == _texts(line)), None)
        if same is None:
            changed.append(line)
        else:
            waiting.remove(same)
    for line in changed:
        former = max(waiting, key=lambda other: _agreement(other, line), default=None)
        if former is None or 2 * _agreement(former, line) < len(_texts(line)):
            former = None
        else:
            waiting.remove(former)
        yield _changed_line(former, line, section)
    for line in waiting:
        yield _changed_line(line, None, section)


def _changed_line(old: _Line | None, new: _Line | None, section: FormPart | None) -> ChangedAnswer:
    told = new or old or ({}, Location())
    return ChangedAnswer(
        section=section,
        field=None,
        label=next((text for text in _texts(told).values() if not text.isdecimal()), ""),
        column=None,
        before=_as_text(old),
        after=_as_text(new),
        location=told[1],
    )


def _texts(line: _Line) -> dict[str, str]:
    return {key: " ".join(text.split()) for key, text in line[0].items() if text.strip()}


def _agreement(one: _Line, other: _Line) -> int:
    """In how many columns they say the same."""
    return len(_texts(one).items() & _texts(other).items())


def _as_text(line: _Line | None) -> str:
    return "" if line is None else "；".join(_texts(line).values())
