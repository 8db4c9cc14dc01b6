"""Answers as a file gives them, in the shape that `extract` prints or in shorter ones, as the models of a filled form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from decimal import Decimal
from pathlib import Path
from typing import Any

from clusterform.answers import Answer, ExtraTarget, FilledForm, NumberAnswer, sections_of
from clusterform.errors import DataError
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import BOXES, Address, Column, Field, Kind
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, RowDef, load_form
from clusterform.messages import Text
from clusterform.nearest import hint
from clusterform.parsers.paragraph_builder import visible_text
from clusterform.text import fold
from clusterform.writing.answers.answers_file import read_data
from clusterform.writing.answers.names import AnswerNames, Part, column_named
from clusterform.writing.answers.one_answer import answer_of, checked_texts, in_full
from clusterform.writing.faults import Faults, named, quoted

_KEYS = ("form", "edition", "answers", "added_targets", "evidence")
_TARGET_KEYS = ("table", "direction", "indicator", "values")
_PLACE = "place"
"""Where an answer stood: an extract tells it, and another file has other places."""
_PARTS = {Kind.COUNT_NAMES: ("count", "names")} | dict.fromkeys(BOXES, ("remark",))
"""Parts of an answer that may be given alone, as path@part."""
_WHOLE = frozenset(("count", "names"))


def read_answers(path: Path, edition: str) -> FilledForm:
    """The answers of a file; `edition` where it names none. DataError names every field that is wrong."""
    return given_form(read_data(path), path.name, edition)


def given_form(data: Any, name: str, edition: str) -> FilledForm:
    """The answers in the data of a file called `name`, as a form that holds nothing else."""
    try:
        data = _plain(data)
    except RecursionError as error:
        raise DataError("answers.too-deep", name=name) from error
    if not isinstance(data, Mapping):
        raise DataError("answers.no-mapping", name=name)
    form, faults = _form(data, name, edition), Faults(name)
    for key in (key for key in data if key not in _KEYS):
        faults.add(quoted(key), Text("answers.unknown-key", near=hint(key, _KEYS)))
    reader = _Reader(form, faults, AnswerNames(form))
    reader.level(data.get("answers") or {}, None)
    targets, evidence = reader.targets(data.get("added_targets")), reader.evidence(data.get("evidence"))
    answers = reader.answers()
    faults.settle()
    return FilledForm.made(
        form=form.form,
        edition=form.edition.edition,
        fields=form.fields,
        sections=sections_of(form.fields, lambda field, column: answers.get((field.path, column))),
        extra_targets=targets,
        evidence=evidence,
    )


def _plain(data: Any) -> Any:
    """The data with every figure as the text it is, and every text as its reader sees it."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if isinstance(data, int | Decimal) and not isinstance(data, bool):
        return str(data)
    return visible_text(data.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(data, str) else data


def _form(data: Mapping[str, Any], name: str, edition: str) -> FormDef:
    """The form the file names, by its key or its official title."""
    year = str(data.get("edition") or edition)
    forms = [load_form(year, key) for key in load_edition(year).forms]
    wanted = data.get("form")
    for form in forms:
        if isinstance(wanted, str) and (wanted == form.form or fold(wanted) == fold(form.title)):
            return form
    if wanted is None:
        keys = [form.form for form in forms]
        raise DataError("answers.no-form", name=name, first=keys[0], known=keys)
    known = [Text("answers.form", key=form.form, title=form.title) for form in forms]
    raise DataError("answers.unknown-form", name=name, form=quoted(wanted), known=known)


@dataclass(slots=True)
class _Reader:
    """Goes through the parts of one file."""

    form: FormDef
    faults: Faults
    names: AnswerNames
    given: dict[Address, dict[str, Any]] = data_field(default_factory=dict)
    """Each answer in full, as `extract` prints it."""
    parts: dict[Address, set[str]] = data_field(default_factory=dict)
    """What of it was given."""

    def level(self, data: Any, within: Part | None) -> None:
        """The answers of the whole form, of a part or of a group, by path, path@column or official name."""
        if not isinstance(data, Mapping):
            self.faults.add("answers", Text("answers.mapping"))
            return
        for key, value in data.items():
            name, at, column = key.partition("@")
            part = self.names.part(name, within) if isinstance(value, Mapping | None) and not at else None
            paths = () if part is not None and within is None else self.names.fields(name, within)
            if len(paths) == 1:
                self._field(self.form.fields[paths[0]], column if at else None, value)
            elif part is not None:
                self.level(value or {}, part)
            else:
                place = quoted(key) if within is None or paths else f"{within.key}.{quoted(key)}"
                self.faults.add(place, self.names.unknown(name, paths, within))

    def _field(self, item: Field, part: str | None, value: Any) -> None:
        """The answer of a field, one for each column where the row has columns, or a part of it."""
        if value is None:
            return
        if part is not None and part in _PARTS.get(item.kind, ()):
            self._put(item, None, {part: value} if part == "remark" else {"value": {part: value}}, {part})
        elif item.columns and part is None and not isinstance(value, Mapping):
            shown = Text("answers.by-column-not", column=item.columns[0].key, value=quoted(value))
            self.faults.add(named(item, None), shown)
        elif item.columns:
            for name, inner in (value if part is None else {part: value}).items():
                column = self._column(item.columns, name, named(item, None))
                if column is not None and inner is not None:
                    self._put(item, column, in_full(item, inner), _WHOLE)
        elif part is not None:
            self.faults.add(named(item, None), Text("answers.unknown-column", column=part, near=""))
        else:
            parts = in_full(item, value)
            self._put(item, None, parts, _WHOLE | parts.keys() & {"remark"})

    def _put(
        self, item: Field, column: str | None, given: dict[str, Any], parts: set[str] | frozenset[str]
    ) -> None:
        """An answer or a part of it; what was given before is a mistake."""
        before = self.parts.setdefault((item.path, column), set())
        if before & parts:
            self.faults.add(named(item, column), Text("answers.twice"))
            return
        before |= parts
        held = self.given.setdefault((item.path, column), {})
        if isinstance(held.get("value"), dict) and "value" in given:
            given["value"] = held["value"] | given["value"]
        held |= given

    def _column(self, columns: Sequence[Column], name: str, place: str) -> str | None:
        """The key of a column named by its key or its official head."""
        key = column_named(columns, name)
        if key is None:
            known = [text for column in columns for text in (column.key, column.label)]
            self.faults.add(
                place, Text("answers.unknown-column", column=quoted(name), near=hint(name, known))
            )
        return key

    def answers(self) -> dict[Address, Answer]:
        """All answers given; what is blank is none."""
        found = {}
        for (path, column), parts in self.given.items():
            answer = answer_of(self.form.fields[path], self.form.rows[path], column, parts, self.faults)
            if answer is not None:
                found[path, column] = answer
        return found

    def targets(self, data: Any) -> tuple[ExtraTarget, ...]:
        """The target rows of the county's own."""
        items = self._items(data, "added_targets", _TARGET_KEYS)
        rows = tuple(row for place, item in items if (row := self._target(place, item)))
        for direction in self.form.open_directions:
            first = next((row for row in rows if row.direction == direction), None)
            if first is not None:
                self._own_row(first)
        return rows

    def _own_row(self, row: ExtraTarget) -> None:
        """The first target under 其它 stands in the form's own row: its figures are that row's answers."""
        item = self.form.fields[row.direction]
        for column, answer in row.values.items():
            text = answer.text.strip()
            held = self.given.setdefault((row.direction, column), {"text": text} if text else {})
            other = str(held.get("text", "")).strip()
            if text and other != text:
                name = quoted(row.indicator)
                fault = Text("answers.differs", indicator=name, text=quoted(other), other=quoted(text))
                self.faults.add(named(item, column), fault)

    def _target(self, place: str, given: Mapping[str, Any]) -> ExtraTarget | None:
        tables = self.form.target_tables
        name = str(given.get("table") or (next(iter(tables)) if len(tables) == 1 else ""))
        key = next(
            (k for k, (_, t) in tables.items() if name == k or fold(name) == fold(t.label) != ""), None
        )
        values = given.get("values") or {}
        if key is None:
            likely = hint(name, tables)
            self.faults.add(f"{place}.table", Text("answers.unknown-table", table=quoted(name), near=likely))
            return None
        if not isinstance(values, Mapping):
            self.faults.add(f"{place}.values", Text("answers.by-column"))
            return None
        columns = {name: self._column(self.form.columns(key), name, f"{place}.values") for name in values}
        texts = {column: values[name] for name, column in columns.items() if column is not None}
        answers = {
            column: NumberAnswer.made(text=text)
            for column, text in checked_texts(texts, f"{place}.values", self.faults).items()
        }
        direction = self._direction(place, *tables[key], str(given.get("direction") or ""))
        return ExtraTarget.made(
            table=key, direction=direction, indicator=self._indicator(place, given), values=answers
        )

    def _indicator(self, place: str, given: Mapping[str, Any]) -> str:
        """What the target is called."""
        texts = checked_texts({"indicator": given.get("indicator")}, place, self.faults)
        if not texts.get("indicator", "").strip():
            self.faults.add(f"{place}.indicator", Text("answers.no-indicator"))
        return texts.get("indicator", "")

    def _direction(self, place: str, section: str, table: RowDef, name: str) -> str:
        """The path of a direction named by its key or its official label."""
        known = {f"{section}.{group.key}": group.label for group in table.rows}
        for path, label in known.items():
            if name in {path, path.partition(".")[2]} or fold(name) == fold(label) != "":
                return path
        if name:
            likely = hint(name, known if name.isascii() else known.values())
            self.faults.add(
                f"{place}.direction", Text("answers.unknown-direction", direction=quoted(name), near=likely)
            )
        return ""

    def evidence(self, data: Any) -> tuple[EvidenceLine, ...]:
        """The lines of the evidence list."""
        columns = {key: key for key in load_evidence_list().keys} | {"for": "subject"}
        lines = []
        for place, item in self._items(data, "evidence", (*columns, _PLACE)):
            given = checked_texts({k: v for k, v in item.items() if k in columns}, place, self.faults)
            line = EvidenceLine({columns[k]: text.strip() for k, text in given.items() if text.strip()})
            if line.subject or line.title or line.code or line.file:
                lines.append(line)
        return tuple(lines)

    def _items(self, data: Any, name: str, known: tuple[str, ...]) -> list[tuple[str, Mapping[str, Any]]]:
        """The mappings of a list, each with its name for messages."""
        if not isinstance(data, list | None):
            self.faults.add(name, Text("answers.list"))
            return []
        found: list[tuple[str, Mapping[str, Any]]] = []
        for number, item in enumerate(data or (), 1):
            place = f"{name} 第 {number} 条"
            if not isinstance(item, Mapping):
                self.faults.add(place, Text("answers.mapping-not", value=quoted(item)))
                continue
            for key in item:
                if key not in known:
                    self.faults.add(
                        place, Text("answers.unknown-part", part=quoted(key), near=hint(key, known))
                    )
            found.append((place, item))
        return found
