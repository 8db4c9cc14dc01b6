"""RawDocument + FormDef -> FilledForm: every part by its reader, then every piece to its answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from clusterform.answers import ABSENT, Answer, ExtraTarget, FilledForm, Observation, State, Ticks
from clusterform.fields import BOXES, Field, Kind
from clusterform.figures import Figure
from clusterform.filling.absent import absent_labels
from clusterform.filling.aliases import find_aliases
from clusterform.filling.box_plain import read_plain_group
from clusterform.filling.boxes import read_group
from clusterform.filling.convert import convert
from clusterform.filling.cover import read_cover
from clusterform.filling.declaration import DeclarationReader
from clusterform.filling.doubled_rows import doubled_rows
from clusterform.filling.evidence import read_evidence
from clusterform.filling.explanations import explanations
from clusterform.filling.glued import find_glued
from clusterform.filling.heading_faults import heading_faults
from clusterform.filling.labels import CellMatches, label_index
from clusterform.filling.lost_ticks import with_lost_ticks
from clusterform.filling.named import Names, find_named_labels, take_named
from clusterform.filling.nested import with_inner_text
from clusterform.filling.numbers import read_target
from clusterform.filling.official_text import official_faults
from clusterform.filling.outline import Outline, TableRow, read_outline
from clusterform.filling.pieces import Piece, join
from clusterform.filling.placeholders import gap_in_target, gaps_left
from clusterform.filling.plan import PlanReader, target_rows
from clusterform.filling.rehome import rehome
from clusterform.filling.rows import RowReader
from clusterform.filling.slots import Place, Slots
from clusterform.filling.split_labels import rejoin_labels
from clusterform.filling.struck_labels import without_struck_labels
from clusterform.forms.model import FormDef
from clusterform.parsers.extras import shortened
from clusterform.parsers.raw import RawDocument
from clusterform.text import fold

_SHORT = 4
"""Characters that 无 with its punctuation may take."""


def fill_form(document: RawDocument, form: FormDef) -> FilledForm:
    """All answers of the form, and what was noticed while reading them."""
    outline, slots = place_answers(document, form)
    answers = dict(_answers(form, slots))
    extra_targets = tuple(_added(form, slots))
    gaps = (*_placeholders(form, answers), *_target_gaps(form, extra_targets))
    return FilledForm(
        form=form.form,
        edition=form.edition.edition,
        fields=form.fields,
        answers=answers,
        roles=_roles(form),
        observations=with_lost_ticks((*slots.observations, *gaps), form.fields, answers),
        evidence=read_evidence(outline),
        extra_targets=extra_targets,
        explanations=explanations(outline.texts, form),
        section_titles={s.number: s.heading for s in form.sections if s.heading},
    )


def place_answers(document: RawDocument, form: FormDef) -> tuple[Outline, Slots]:
    """The document by parts, and the pieces of each answer, not yet understood."""
    document = without_struck_labels(document, lambda text: _is_label(form, text, whole=True))
    document = with_inner_text(document, lambda text: _is_label(form, text))
    outline = read_outline(document, form)
    rejoin_labels(form, outline, label_index(form.edition.edition, form.form, "rows"))
    rehome(form, outline, lambda layout: label_index(form.edition.edition, form.form, layout))
    slots, absent = _read(document, form, outline)
    if run_together := frozenset(o.field for o in absent if o.field is not None):
        slots, absent = _read(document, form, outline, run_together)
    slots.observations += absent
    slots.observations += doubled_rows(form, outline, slots)
    return outline, slots


def _read(
    document: RawDocument, form: FormDef, outline: Outline, run_together: frozenset[str] = frozenset()
) -> tuple[Slots, list[Observation]]:
    """All pieces, and the labels that were not found; those of `run_together` are looked for before their answers as well."""
    boxes = frozenset(path for path, item in form.fields.items() if item.kind in BOXES)
    names, slots = Names(document, form), Slots(boxes)
    slots.observations += document.observations
    slots.observations += heading_faults(outline, form)
    slots.observations += official_faults(document, outline, form)
    _read_parts(form, outline, names, slots, run_together)
    take_named(names, slots)
    return slots, absent_labels(form, slots)


def _is_label(form: FormDef, text: str, *, whole: bool = False) -> bool:
    """Whether a text begins with an official label of any part; `whole`: and is nothing else."""
    indexes = (label_index(form.edition.edition, form.form, s.layout) for s in form.sections)
    return any((match := index.match(text)) is not None and (match.pure or not whole) for index in indexes)


def _read_parts(
    form: FormDef, outline: Outline, names: Names, slots: Slots, run_together: frozenset[str]
) -> None:
    name, edition = form.form, form.edition.edition
    rows, plan = (_matches(form, outline, names, slots, layout) for layout in ("rows", "headings"))
    if run_together:
        slots.observations += find_glued(form, rows, _rows_of(form, outline, rows, "rows"), run_together)
    table_rows = RowReader(form, rows, slots)
    for section in form.sections:
        zone = outline.zone(section.number)
        if section.layout == "lines":
            read_cover(form, label_index(edition, name, "lines"), zone, slots, run_together)
        elif section.layout == "rows":
            table_rows.read(zone.rows(), section.number)
        elif section.layout == "headings":
            PlanReader(form, plan.index, RowReader(form, plan, slots), slots).read(section, zone)
        else:
            DeclarationReader(form, label_index(edition, name, "declaration"), section, slots).read(zone)


def _matches(form: FormDef, outline: Outline, names: Names, slots: Slots, layout: str) -> CellMatches:
    """The labels in the cells of one layout's parts, those reworded among them."""
    matches = CellMatches(label_index(form.edition.edition, form.form, layout))
    if names:
        slots.observations += find_named_labels(names, matches, _rows_of(form, outline, matches, layout))
    slots.observations += find_aliases(matches, _rows_of(form, outline, matches, layout))
    return matches


def _rows_of(
    form: FormDef, outline: Outline, matches: CellMatches, layout: str
) -> Iterator[tuple[int, TableRow]]:
    """The rows in which labels of the layout may stand reworded; of running text its target tables alone."""
    for section in form.sections:
        if section.layout == layout:
            zone = outline.zone(section.number)
            targets = target_rows(zone, matches) if layout == "headings" else None
            yield from ((section.number, r) for r in zone.rows() if targets is None or id(r) in targets)


def _answers(form: FormDef, slots: Slots) -> Iterator[tuple[Place, Answer]]:
    for path, item in form.fields.items():
        columns: list[str | None] = [c.key for c in item.columns]
        for column in columns or [None]:
            yield (path, column), _answer(form, item, column, slots)


def _answer(form: FormDef, item: Field, column: str | None, slots: Slots) -> Answer:
    pieces = slots.pieces.get((item.path, column))
    if item.kind is Kind.FORMULA and item.path not in slots.labels:
        return _unwritten(form, item.path, slots)
    if pieces is None and (item.path not in slots.labels or (item.section, column) in slots.lost):
        return ABSENT
    if not pieces:
        return Answer("", State.BLANK, None, slots.labels[item.path])
    if item.kind not in BOXES:
        answer = convert(item, form.rows[item.path], pieces)
        if any(piece.marks for piece in pieces):
            slots.observations += _of_number(item, column, pieces, answer)
            slots.observations += _struck_out((item.section, item.path, None, column), pieces, answer)
        return answer
    return _boxes(item, join(pieces), slots)


_OF_A_NUMBER = (
    ("rounded", "decimals-hidden", "stored"),
    ("percent", "percent-shown", "stored"),
    ("format", "decimals-unsure", "format"),
)
"""A mark of a workbook's number, what is noticed of it, and the fact that it gives."""


def _of_number(item: Field, column: str | None, pieces: list[Piece], answer: Answer) -> Iterator[Observation]:
    """What a workbook's cell says of its number: it has no value (CF016), or other digits than it shows (CF103, CF105)."""
    marks = {mark.origin: mark.shown for piece in pieces for mark in piece.marks}
    place = (item.section, item.path, None, column)
    if answer.state is State.NO_VALUE:
        facts = {"variant": "error"} if marks["formula"] else {}
        yield Observation("formula-without-value", *place, marks["formula"], None, answer.location, facts)
    elif isinstance(answer.value, Figure) and not answer.flaws:
        for origin, what, fact in _OF_A_NUMBER:
            if origin in marks:
                facts = {fact: marks[origin]}
                yield Observation(what, *place, answer.text, None, answer.location, facts)


def _struck_out(
    place: tuple[int | None, str | None, str | None, str | None], pieces: list[Piece], answer: Answer
) -> Iterator[Observation]:
    """What is struck through in an answer's place, which is no part of it (CF014). `place`: part, path, label, column."""
    struck = [mark.shown.strip() for piece in pieces for mark in piece.marks if mark.origin == "struck"]
    if struck:
        variant = "struck" if answer.text.strip() else "struck-whole"
        facts = {"struck": shortened(" ".join(struck)), "variant": variant}
        yield Observation("struck-text", *place, answer.text or None, None, answer.location, facts)


def _boxes(item: Field, piece: Piece, slots: Slots) -> Answer:
    """A group of boxes; what is wrong with its options goes to the observations."""
    text = piece.text.strip()
    if len(text) <= _SHORT and fold(text) == "无":
        return Answer(text, State.NONE, Ticks(()), piece.location)
    ticks = read_plain_group(piece.text, piece.marks, item.options, piece.location)
    if ticks is None:
        group = read_group(
            piece.text, piece.marks, item.options, piece.location, single=item.kind is Kind.CHOICE
        )
        ticks = group.ticks
        if fold(text):
            slots.observations += _option_faults(item, group, piece.location)
    state = State.FILLED if ticks.ticked or ticks.undecided else State.BLANK
    return Answer(text, state, ticks, piece.location)


def _unwritten(form: FormDef, path: str, slots: Slots) -> Answer:
    """A formula of which nothing is left, not its note either: blank where the row before it stands."""
    paths = list(form.rows)
    before = slots.labels.get(paths[paths.index(path) - 1])
    return Answer("", State.BLANK, None, before) if before is not None else ABSENT


def _option_faults(item: Field, group: Any, location: Any) -> Iterator[Observation]:
    """Official options missing or reworded (CF011), options added (CF012)."""

    def fault(what: str, label: str, value: str | None = None) -> Observation:
        return Observation(
            what, item.section, item.path, label, None, value, label, location, {"group": item.label}
        )

    if len(group.missing) == 1:
        yield fault("option-missing", group.missing[0].label)
    elif group.missing and not (item.kind is Kind.CHOICE and group.ticks.ticked):
        texts = "、".join(o.label for o in group.missing)
        yield fault("options-missing", item.label, texts)
    yield from (fault("option-reworded", o.label, text) for o, text in group.reworded)
    yield from (fault("extra-option", text, text) for text in group.extra)


def _placeholders(form: FormDef, answers: dict[Place, Answer]) -> Iterator[Observation]:
    """Guidance and gaps left standing where an answer should be (CF015)."""
    for (path, column), answer in answers.items():
        if isinstance(answer.value, Figure):
            continue
        item = form.fields[path]
        for text in gaps_left(item, answer):
            yield Observation("placeholder", item.section, path, None, column, text, None, answer.location)


def _target_gaps(form: FormDef, targets: Iterable[ExtraTarget]) -> Iterator[Observation]:
    """The same in the rows that the county added."""
    section = _target_section(form)
    for target in targets:
        heads = {column.key: column.label for column in form.columns(target.table)}
        for key, answer in target.values.items():
            if (text := gap_in_target(answer.text)) is not None:
                head = heads.get(key)
                yield Observation(
                    "placeholder", section, None, target.indicator, head, text, None, answer.location
                )


def _target_section(form: FormDef) -> int | None:
    return next((f.section for f in form.fields.values() if f.kind is Kind.TARGET), None)


def _added(form: FormDef, slots: Slots) -> Iterator[ExtraTarget]:
    for added in slots.added:
        values = {}
        heads = {column.key: column.label for column in form.columns(added.table)}
        for key, held in added.values.items():
            piece = held.without_struck().with_small_figures()
            number = read_target(piece.text)
            state = State.FILLED if piece.text.strip() else State.BLANK
            values[key] = Answer(piece.text.strip(), state, number.figure if number else None, piece.location)
            slots.observations += _struck_out(
                (_target_section(form), None, added.indicator, heads.get(key)), [piece], values[key]
            )
        yield ExtraTarget(added.table, added.direction, added.indicator, values)


def _roles(form: FormDef) -> dict[str, Any]:
    return {**asdict(form.edition.years), "deadline": form.edition.deadline.isoformat()}
