"""RawDocument + FormDef -> FilledForm: every part by its reader, then every piece to its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from clusterform.answers import FilledForm, Observation
from clusterform.filling.boxes.read import with_lost_ticks
from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.explanations import explanations
from clusterform.filling.interpret import interpret
from clusterform.filling.labels import CellMatches, LabelIndex, label_index
from clusterform.filling.layouts.declaration import read_declaration
from clusterform.filling.layouts.evidence_list import read_evidence
from clusterform.filling.layouts.headings import read_headings
from clusterform.filling.layouts.lines import read_cover
from clusterform.filling.layouts.rows import read_rows
from clusterform.filling.official_text import official_faults
from clusterform.filling.outline import Outline, read_outline, rows_in
from clusterform.filling.reading import Reading, combined
from clusterform.filling.repairs.cell_texts import as_seen
from clusterform.filling.repairs.control_names import ControlNames
from clusterform.filling.repairs.joined_labels import joined_labels
from clusterform.filling.repairs.label_cells import LabelCells
from clusterform.filling.repairs.other_years import heads_of_other_years
from clusterform.filling.repairs.parts import rejoin_labels, restore_parts
from clusterform.filling.repairs.reworded_labels import reworded_labels
from clusterform.filling.repairs.tagged_answers import tagged_answers, tagged_labels
from clusterform.filling.repairs.unit_cells import unit_cells
from clusterform.filling.structure import absent_labels, doubled_rows, heading_faults
from clusterform.forms.model import FormDef
from clusterform.parsers.raw import RawDocument


def fill_form(document: RawDocument, form: FormDef, texts: DocumentTexts | None = None) -> FilledForm:
    """All answers of the form, and what was noticed while reading them; `texts`: the document's, where they are at hand."""
    outline, reading = place_answers(document, form, texts)
    found = interpret(reading, form)
    return FilledForm.model_construct(
        form=form.form,
        edition=form.edition.edition,
        fields=form.fields,
        answers=found.answers,
        roles=roles_of(form),
        observations=with_lost_ticks(
            (*reading.observations, *found.observations), form.fields, found.answers
        ),
        evidence=read_evidence(outline),
        extra_targets=found.extra_targets,
        explanations=explanations(outline.texts, form),
        section_titles={s.number: s.heading for s in form.sections if s.heading},
    )


def place_answers(
    read: RawDocument, form: FormDef, texts: DocumentTexts | None = None
) -> tuple[Outline, Reading]:
    """The document by parts, and the pieces of each answer, not yet understood."""
    document = as_seen(read, partial(_is_label, form))
    outline = read_outline(document, form, texts if document is read else None)
    rejoin_labels(form, outline, _labels(form, "rows"))
    restore_parts(form, outline, lambda layout: _labels(form, layout))
    names = ControlNames(document, form)
    found = combined(form, _readings(document, form, outline, names))
    if names:
        found = combined(form, [found, tagged_answers(names, found)])
    observations = [*found.observations, *absent_labels(form, found), *doubled_rows(form, outline, found)]
    return outline, found._replace(observations=observations)


def _is_label(form: FormDef, text: str, *, whole: bool = False) -> bool:
    """Whether a text begins with an official label of any part; `whole`: and is nothing else."""
    indexes = (label_index(form.edition.edition, form.form, s.layout) for s in form.sections)
    return any((match := index.match(text)) is not None and (match.pure or not whole) for index in indexes)


def _labels(form: FormDef, layout: str) -> LabelIndex:
    return label_index(form.edition.edition, form.form, layout)


REPAIRS: tuple[Callable[[LabelCells], Iterable[Observation]], ...] = (
    heads_of_other_years,
    tagged_labels,
    unit_cells,
    reworded_labels,
    joined_labels,
)
"""How labels are known again that do not stand as they are printed, in this order, before anything is read."""


def _readings(
    document: RawDocument, form: FormDef, outline: Outline, names: ControlNames
) -> Iterator[Reading]:
    """What is odd about the document, then what each part's reader finds."""
    yield Reading(
        observations=[
            *document.observations,
            *heading_faults(outline, form),
            *official_faults(document, outline, form),
        ]
    )
    cells = [
        LabelCells(form, outline, names, CellMatches(_labels(form, layout)), layout)
        for layout in ("rows", "headings")
    ]
    yield Reading(observations=[o for of in cells for o in _repaired(of)])
    rows, headings = (of.matches for of in cells)
    tables = [s.number for s in form.sections if s.layout == "rows"]
    yield read_rows(form, rows, ((number, rows_in(outline.zones[number])) for number in tables))
    for section in form.sections:
        zone = outline.zones[section.number]
        if section.layout == "lines":
            yield read_cover(form, _labels(form, "lines"), zone, section.number)
        elif section.layout == "headings":
            yield read_headings(form, headings, section, zone)
        elif section.layout == "declaration":
            yield read_declaration(form, _labels(form, "declaration"), section, zone)


def _repaired(cells: LabelCells) -> Iterator[Observation]:
    """What is said of the labels that each repair knows again."""
    for repair in REPAIRS:
        found = list(repair(cells))
        yield from found
        if found:
            cells = replace(cells)  # a table may be one of targets now that its head is known


def roles_of(form: FormDef) -> dict[str, Any]:
    return {**form.edition.years.as_dict(), "deadline": form.edition.deadline.isoformat()}
