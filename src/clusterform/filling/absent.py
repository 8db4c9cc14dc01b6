"""Official labels that were not found (CF011): a part without its table is said once, a group without its rows too."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Observation
from clusterform.fields import Kind
from clusterform.filling.slots import Slots
from clusterform.forms.model import FormDef, RowDef, SectionDef


def absent_labels(form: FormDef, slots: Slots) -> list[Observation]:
    """One observation for each label that is not there, the outermost first."""
    found: list[Observation] = []
    told = {(o.what, o.section) for o in slots.observations}
    for section in form.sections:
        missing = list(_missing(form, section, section.rows, slots))
        leaves = sum(1 for s, _, _ in form.leaf_rows() if s.key == section.key)
        if section.heading and leaves and not _any_seen(section, slots):
            if ("section-missing", section.number) not in told:
                found.append(Observation("section-missing", section=section.number, label=section.heading))
        else:
            found += missing
    return found


def _any_seen(section: SectionDef, slots: Slots) -> bool:
    return any(key.startswith(f"{section.key}.") for key in slots.labels)


def _missing(
    form: FormDef, section: SectionDef, rows: tuple[RowDef, ...], slots: Slots
) -> Iterator[Observation]:
    for row in rows:
        key = f"{section.key}.{row.key}"
        inner = list(_missing(form, section, row.rows, slots))
        gone = key not in slots.labels and _is_labelled(section, row)
        if gone:
            field = key if row.kind is not None else None
            yield Observation(
                "label-missing", section=section.number, field=field, label=row.label, expected=row.label
            )
        if not (gone and len(inner) == len(row.rows)):
            yield from inner


def _is_labelled(section: SectionDef, row: RowDef) -> bool:
    """Headings of part eight are spoken of by CF611; a date has no label, only its own pattern."""
    heading = section.layout == "headings" and not row.columns and row.kind in (None, Kind.PROSE)
    return not heading and row.kind is not Kind.DATE
