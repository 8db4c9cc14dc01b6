"""The form's structure: parts and labels that are missing, doubled or out of order (CF010, CF011)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from clusterform.answers import Observation
from clusterform.fields import BOXES, Address, Field, Kind
from clusterform.filling.outline import Outline
from clusterform.filling.pieces import Piece, join
from clusterform.filling.reading import Reading
from clusterform.finding import Location
from clusterform.forms.model import FormDef, RowDef, SectionDef, every_row
from clusterform.grouped import grouped
from clusterform.messages import Joined, Text
from clusterform.text import fold


def heading_faults(outline: Outline, form: FormDef) -> Iterator[Observation]:
    """A part heading that is missing, doubled or out of order (CF010)."""
    numbers = [number for number, _, _ in outline.seen]
    for section in form.sections:
        if section.heading and section.number not in numbers:
            yield Observation("section-missing", section=section.number, label=section.heading)
    settled = _in_order(outline)
    for number, location, text in outline.side_by_side[:1]:
        yield _fault("section-beside", form.section(number), text, location)
    reported: set[int] = set()
    for number, location, text in outline.seen:
        if number in reported:
            yield _fault("section-doubled", form.section(number), text, location)
        elif number not in settled:
            yield _fault("section-misplaced", form.section(number), text, location)
        reported.add(number)


def _in_order(outline: Outline) -> set[int]:
    """The parts that stand in order. Sheets have none among them: whoever looks for a part looks for its tab."""
    by_sheet = grouped((location.sheet, number) for number, location, _ in outline.seen)
    return {n for numbers in by_sheet.values() for n in _longest_rising(list(dict.fromkeys(numbers)))}


def _longest_rising(numbers: list[int]) -> set[int]:
    """The largest set of parts that stand in order: the fewest others are out of place."""
    best: list[list[int]] = []
    for number in numbers:
        longest: list[int] = []
        for run in best:
            if run[-1] < number and len(run) > len(longest):
                longest = run
        best.append([*longest, number])
    whole: list[int] = max(best, key=len, default=[])
    return set(whole)


def _fault(what: str, section: SectionDef, text: str, location: Location) -> Observation:
    return Observation(what, section=section.number, label=section.heading, value=text, location=location)


def absent_labels(form: FormDef, reading: Reading) -> list[Observation]:
    """One observation for each label that is not there, the outermost first."""
    if reading.labels.keys() >= _labelled(form):
        return []
    found: list[Observation] = []
    reported = {(o.what, o.section) for o in reading.observations}
    parts = {key.partition(".")[0] for key in reading.labels}
    for section in form.sections:
        missing = list(_missing(section, section.rows, reading))
        if section.heading and section.key not in parts:
            if ("section-missing", section.number) not in reported:
                found.append(Observation("section-missing", section=section.number, label=section.heading))
        else:
            found += missing
    return found


@cache
def _labelled(form: FormDef) -> frozenset[str]:
    """All labels, and of parts and tables without any their own keys: with these seen, none can be missing."""
    rows = [(s, row) for s in form.sections for row in every_row(s.rows)]
    keys = {f"{s.key}.{row.key}" for s, row in rows if _is_labelled(s, row)}
    bare = [s.key for s in form.sections if not any(key.startswith(f"{s.key}.") for key in keys)]
    tables = [s.key for s, row in rows if row.growable and not any(_is_labelled(s, r) for r in row.rows)]
    return frozenset((*keys, *bare, *tables))


def _missing(section: SectionDef, rows: tuple[RowDef, ...], reading: Reading) -> Iterator[Observation]:
    for row in rows:
        key = f"{section.key}.{row.key}"
        inner = list(_missing(section, row.rows, reading)) if row.rows else []
        table_gone = row.growable and not _any_below(section, row, reading)
        gone = table_gone or (key not in reading.labels and _is_labelled(section, row))
        if gone:
            field = key if row.kind is not None else None
            yield Observation(
                "label-missing",
                section=section.number,
                field=field,
                label=row.printed_label,
                expected=row.printed_label,
            )
        if not table_gone and not (gone and len(inner) == len(row.rows)):
            yield from inner


def _any_below(section: SectionDef, row: RowDef, reading: Reading) -> bool:
    """Whether any label inside the group was seen."""
    return any(
        f"{section.key}.{r.key}" in reading.labels or _any_below(section, r, reading) for r in row.rows
    )


def _is_labelled(section: SectionDef, row: RowDef) -> bool:
    """Headings of part eight are spoken of by CF611, a formula's note by CF116; a date has only its own pattern."""
    heading = section.layout == "headings" and not row.columns and row.kind in (None, Kind.PROSE)
    return not heading and row.kind not in (Kind.DATE, Kind.FORMULA)


_EACH = 3
"""More rows of one part are a table copied, which is said once."""


class _Doubled(NamedTuple):
    """One row, and the columns where its two answers differ."""

    item: Field
    location: Location
    other: tuple[tuple[str | None, str, str], ...]
    """Column, first and second answer."""


def doubled_rows(form: FormDef, outline: Outline, reading: Reading) -> Iterator[Observation]:
    """Each row whose answers stand in two places; a part that stands twice as a whole is said already (CF010)."""
    headings = [number for number, _, _ in outline.seen]
    second = grouped((place[0], (place, pieces)) for place, pieces in reading.second.items())
    twice = ((form.fields[path], at, second[path]) for path, at in reading.again.items() if path in second)
    compared = (_compared(item, at, dict(other), reading) for item, at, other in twice)
    rows_of = grouped((row.item.section, row) for row in compared if headings.count(row.item.section) < 2)
    for rows in rows_of.values():
        yield from [_copied(rows)] if len(rows) > _EACH else map(_twice, rows)


def _compared(
    item: Field, location: Location, second: Mapping[Address, Sequence[Piece]], reading: Reading
) -> _Doubled:
    """The row, with what its second place says otherwise."""
    other = []
    for place, pieces in second.items():
        first, again = (join(held).text.strip() for held in (reading.pieces[place], pieces))
        if item.kind in BOXES:
            differ = "".join(first.split()) != "".join(again.split())
        else:
            differ = fold(first) != fold(again)
        if differ:
            other.append((place[1], first, again))
    return _Doubled(item, location, tuple(other))


def _twice(row: _Doubled) -> Observation:
    item, other = row.item, row.other
    heads = {c.key: f"{c.label} " for c in item.columns}
    reported = [(heads.get(column or "", ""), first, again) for column, first, again in other]
    facts = {
        "variant": "row-other" if other else "row-same",
        "both": Joined(
            "join.then",
            (
                Text("rows.both", head=head, first=_short(first), again=_short(again))
                for head, first, again in reported
            ),
        ),
    }
    what = "row-doubled" if other else "row-repeated"
    return Observation(
        what,
        item.section,
        item.path,
        value=other[0][2] if other else None,
        location=row.location,
        facts=facts,
    )


def _copied(rows: list[_Doubled]) -> Observation:
    """Several rows of a part again, one below the other."""
    other = [row for row in rows if row.other]
    first = (other or rows)[0]
    facts = {
        "variant": "rows-other" if other else "rows-same",
        "count": str(len(rows)),
        "names": "、".join(f"“{row.item.label}”" for row in (other or rows)[:_EACH]),
    }
    what = "row-doubled" if other else "row-repeated"
    return Observation(what, first.item.section, label=first.item.label, location=first.location, facts=facts)


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
