"""Answers from a file, as `extract` prints them or written by hand, looked over field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as data_field
from pathlib import Path
from typing import Any

from clusterform.errors import DataError
from clusterform.evidence_line import EvidenceLine
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import load_evidence_list
from clusterform.forms.model import FormDef, RowDef, load_form
from clusterform.text import fold
from clusterform.writing.answers.answer_faults import Faults, meant, named, quoted
from clusterform.writing.answers.answer_names import AnswerNames, Part
from clusterform.writing.answers.answer_values import Values, column_named
from clusterform.writing.answers.answers_file import read_data
from clusterform.writing.answers.given import AddedRow, GivenForm

_PARTS = ("form", "edition", "answers", "added_targets", "evidence")
_ADDED = ("table", "direction", "indicator", "values")
_IGNORED = "place"
"""Where an answer stood; an extract says it, and another file has other places."""


def read_answers(path: Path, edition: str) -> GivenForm:
    """The answers of a file; `edition` where it names none. DataError names every field that is wrong."""
    return given_form(read_data(path), path.name, edition)


def given_form(data: Any, name: str, edition: str) -> GivenForm:
    """The answers in the data of a file called `name`."""
    if not isinstance(data, Mapping):
        raise DataError(
            f"{name}：内容应为 form: … 和 answers: … 这样的键值对。",
            f"{name}: the file must hold a mapping with form and answers.",
        )
    faults = Faults(name)
    for key in data:
        if key not in _PARTS:
            zh, en = meant(str(key), _PARTS)
            faults.add(quoted(key), f"文件里没有这一项，{zh}。", f"no such part of the file; {en}.")
    form = _form(data, name, edition)
    reader = _Reader(form, faults, Values(form, faults), AnswerNames(form))
    reader.answers(data.get("answers"))
    added, evidence = reader.added(data.get("added_targets")), reader.evidence(data.get("evidence"))
    faults.settle()
    values = reader.values
    return GivenForm(
        form.form,
        form.edition.edition,
        texts=values.texts,
        ticks=values.ticks,
        remarks=values.remarks,
        counted=values.counted,
        added=added,
        evidence=evidence,
    )


def _form(data: Mapping[Any, Any], name: str, edition: str) -> FormDef:
    """The form the file names, by its key or its official title."""
    year = str(data.get("edition") or edition)
    known = load_edition(year)
    forms = [load_form(year, key) for key in known.forms]
    wanted = data.get("form")
    for form in forms:
        if isinstance(wanted, str) and (wanted == form.form or fold(wanted) == fold(form.title)):
            return form
    if wanted is None:
        raise DataError(
            f"{name}：没有写明是哪张表，请加一行 form: {forms[0].form}（可用：{'、'.join(f.form for f in forms)}）。",
            f"{name} does not say which form it is; add form: {forms[0].form} ({', '.join(f.form for f in forms)}).",
        )
    zh = "、".join(f"{form.form}（{form.title}）" for form in forms)
    en = ", ".join(form.form for form in forms)
    raise DataError(
        f"{name}：没有“{quoted(wanted)}”这张表，可用：{zh}。",
        f"{name}: no form “{quoted(wanted)}”; known: {en}.",
    )


@dataclass(slots=True)
class _Reader:
    """Goes through the parts of one file."""

    form: FormDef
    faults: Faults
    values: Values
    names: AnswerNames
    given: dict[tuple[str, str | None], Any] = data_field(default_factory=dict)

    def answers(self, data: Any) -> None:
        """Answers by part and field, or by path, or by path@column; parts, groups and fields by their official names as well."""
        if data is None:
            return
        if not isinstance(data, Mapping):
            self.faults.add("answers", "应为键值对。", "must be a mapping.")
            return
        self._level(data, None)

    def _level(self, data: Mapping[Any, Any], within: Part | None) -> None:
        """The answers of the whole form, of a part or of a group."""
        for key, value in data.items():
            name, at, column = str(key).partition("@")
            part = self.names.part(name, within) if isinstance(value, Mapping | None) and not at else None
            paths = () if part is not None and within is None else self.names.fields(name, within)
            if len(paths) == 1:
                self._answer(paths[0], column if at else None, value)
            elif part is not None:
                self._level(value or {}, part)
            elif paths:
                told = self.names.told(paths)
                zh = f"表中有 {len(paths)} 处“{quoted(name)}”，请写明是哪一处：{told}。"
                self.faults.add(quoted(key), zh, f"stands {len(paths)} times on the form; say which: {told}.")
            else:
                near = self.names.like(name, within)
                zh = f"没有这一栏，最接近的是 {'、'.join(near)}。" if near else "没有这一栏。"
                en = f"no such field; nearest: {', '.join(near)}." if near else "no such field."
                self.faults.add(quoted(key) if within is None else f"{within.key}.{quoted(key)}", zh, en)

    def _answer(self, path: str, part: str | None, value: Any) -> None:
        """One answer; a second one for the same place is a mistake, unless it is the same."""
        item = self.form.fields[path]
        before = self.given.setdefault((path, part), value)
        twice = before is not value or (
            part is not None and (path, None) in self.given and not self._only_remark(path, part)
        )
        if twice:
            self.faults.add(named(item, part), "写了两次。", "is given twice.")
        elif part is not None:
            self.values.take_part(path, part, value)
        else:
            self.values.take(path, value)

    def _only_remark(self, path: str, part: str) -> bool:
        return part == "remark" and path not in self.values.remarks

    def added(self, data: Any) -> tuple[AddedRow, ...]:
        """The target rows of the county's own."""
        rows = tuple(
            row for n, item in self._items(data, "added_targets", _ADDED) if (row := self._added(n, item))
        )
        for direction in self.form.open_directions:
            first = next((row for row in rows if row.direction == direction), None)
            if first is not None:
                self._own_row(first)
        return rows

    def _own_row(self, row: AddedRow) -> None:
        """The first target under 其它 stands in the form's own row: its figures are that row's answers."""
        item = self.form.fields[row.direction]
        for column, text in row.values.items():
            held = self.values.texts.setdefault((row.direction, column), text) if text.strip() else text
            if held.strip() != text.strip():
                zh = f"与 added_targets 中“{quoted(row.indicator)}”的数不同：“{quoted(held)}”“{quoted(text)}”。"
                en = f"differs from “{quoted(row.indicator)}” of added_targets: “{quoted(held)}”, “{quoted(text)}”."
                self.faults.add(named(item, column), zh, en)

    def _added(self, place: str, item: Mapping[str, Any]) -> AddedRow | None:
        tables = {row.columns: row for row in _growable(self.form)}
        name = str(item.get("table") or (next(iter(tables)) if len(tables) == 1 else ""))
        name = next((str(key) for key, row in tables.items() if fold(name) == fold(row.label) != ""), name)
        table = tables.get(name)
        if table is None or table.columns is None:
            zh, en = meant(name, [t for t in tables if t])
            self.faults.add(
                f"{place}.table",
                f"没有目标表“{quoted(name)}”，{zh}。",
                f"no target table “{quoted(name)}”; {en}.",
            )
            return None
        columns = self.form.columns(table.columns)
        values = item.get("values") or {}
        if not isinstance(values, Mapping):
            self.faults.add(f"{place}.values", "应按栏目分列填写。", "must be a mapping by column.")
            return None
        texts: dict[str, str] = {}
        for key, value in values.items():
            column = column_named(columns, str(key))
            if column is None:
                zh, en = meant(str(key), [text for c in columns for text in (c.key, c.label)])
                where = f"{place}.values"
                self.faults.add(
                    where, f"没有“{quoted(key)}”这一栏，{zh}。", f"no column “{quoted(key)}”; {en}."
                )
            else:
                texts[column] = self.values.clean(f"{place}.values.{key}", value)
        direction = self._direction(place, table, str(item.get("direction") or ""))
        indicator = self.values.clean(f"{place}.indicator", item.get("indicator"))
        if not indicator.strip():
            self.faults.add(f"{place}.indicator", "增加的指标没有名称。", "the added target has no name.")
        return AddedRow(table.columns, direction, indicator, texts)

    def _direction(self, place: str, table: RowDef, name: str) -> str:
        """The key of a direction named by its key or its official label."""
        section = next(p.partition(".")[0] for p, r in self.form.rows.items() if r.columns == table.columns)
        known = {f"{section}.{group.key}": group.label for group in table.rows}
        for key, label in known.items():
            if name in {key, key.partition(".")[2]} or fold(name) == fold(label) != "":
                return key
        if name:
            zh, en = meant(name, known if name.isascii() else known.values())
            self.faults.add(
                f"{place}.direction",
                f"没有方向“{quoted(name)}”，{zh}。",
                f"no direction “{quoted(name)}”; {en}.",
            )
        return ""

    def evidence(self, data: Any) -> tuple[EvidenceLine, ...]:
        """The lines of the evidence list."""
        lines = []
        columns = {key: key for key in load_evidence_list().keys} | {"for": "subject"}
        for place, item in self._items(data, "evidence", (*columns, _IGNORED)):
            texts = {
                columns[k]: self.values.clean(f"{place}.{k}", v).strip()
                for k, v in item.items()
                if k in columns
            }
            line = EvidenceLine({key: text for key, text in texts.items() if text})
            if line.subject or line.title or line.code or line.file:
                lines.append(line)
        return tuple(lines)

    def _items(self, data: Any, name: str, known: tuple[str, ...]) -> list[tuple[str, Mapping[str, Any]]]:
        """The mappings of a list, each with its name for messages."""
        if data is None:
            return []
        if not isinstance(data, list | tuple):
            self.faults.add(name, "应为列表，一行一条。", "must be a list.")
            return []
        found: list[tuple[str, Mapping[str, Any]]] = []
        for number, item in enumerate(data, 1):
            place = f"{name} 第 {number} 条"
            if not isinstance(item, Mapping):
                self.faults.add(
                    place,
                    f"应为键值对，写的是“{quoted(item)}”。",
                    f"must be a mapping, not “{quoted(item)}”.",
                )
                continue
            for key in item:
                if str(key) not in known:
                    zh, en = meant(str(key), known)
                    self.faults.add(
                        place, f"没有“{quoted(key)}”这一项，{zh}。", f"no part “{quoted(key)}”; {en}"
                    )
            found.append((place, {str(k): v for k, v in item.items()}))
        return found


def _growable(form: FormDef) -> list[RowDef]:
    """The target tables, to which rows may be added."""
    found: list[RowDef] = []
    waiting = [row for section in form.sections for row in section.rows]
    while waiting:
        row = waiting.pop(0)
        if row.growable:
            found.append(row)
        waiting += row.rows
    return found
