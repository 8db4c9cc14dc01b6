"""Official labels that were not found (CF011): a part without its table is said once, a group without its rows too."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.reading import Reading
from clusterform.forms.model import FormDef, RowDef, SectionDef


def absent_labels(form: FormDef, reading: Reading) -> list[Observation]:
    """One observation for each label that is not there, the outermost first."""
    found: list[Observation] = []
    told = {(o.what, o.section) for o in reading.observations}
    parts = {key.partition(".")[0] for key in reading.labels}
    for section in form.sections:
        missing = list(_missing(section, section.rows, reading))
        if section.heading and section.key not in parts:
            if ("section-missing", section.number) not in told:
                found.append(Observation("section-missing", section=section.number, label=section.heading))
        else:
            found += missing
    return found


def _missing(section: SectionDef, rows: tuple[RowDef, ...], reading: Reading) -> Iterator[Observation]:
    for row in rows:
        key = f"{section.key}.{row.key}"
        inner = list(_missing(section, row.rows, reading))
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
