"""Short forms of answers, such as "18.60" or a list of ticked options, turned into the one that the schema describes.

An answer may be called by its path, or as the form calls it, in parts and groups or not. What is no short form of
anything, and names that are none, stay as they are: the model refuses them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterform.fields import BOXES, Column, Field, Kind
from clusterform.filling.label_entries import head_spellings, spellings
from clusterform.forms.model import FormDef, RowDef
from clusterform.messages import Text
from clusterform.nearest import nearest
from clusterform.text import NONE, fold, unnumbered
from clusterform.words import written_out
from clusterform.writing.faults import Faults, named, quoted


def column_named(columns: Iterable[Column], name: str) -> Any:
    """The key of the column of that key, or that head in any spelling; the name itself where there is none."""
    return key_named({column.key: head_spellings(column.label) for column in columns}, name)


def key_named(labels: Mapping[str, Iterable[str]], name: Any) -> Any:
    """The key that the name is, or whose labels it is one of; the name itself where there is none."""
    if not isinstance(name, str):
        return name
    found = (key for key, texts in labels.items() if fold(name) and fold(name) in map(fold, texts))
    return name if name in labels else next(found, name)


class AnswerNames:
    """Finds the fields of one form by any of their names. Folded, a name is the same with a point in it or without."""

    def __init__(self, form: FormDef) -> None:
        self.form = form
        self.parts: dict[str, str] = {}
        """The key of a part by each of its names."""
        self.groups: set[str] = set()
        """The names of groups, behind those of their part."""
        self._paths: dict[str, dict[str, None]] = {}
        """The paths that a name stands for, if it is a whole label …"""
        self._short: dict[str, dict[str, None]] = {}
        """… or one without what is printed in brackets behind it."""
        for section in form.sections:
            called = filter(None, (section.key, section.heading, *section.spellings))
            parts = {fold(text) for name in called for text in (name, unnumbered(name))}
            self.parts |= dict.fromkeys(parts, section.key)
            for row, groups in _with_groups(section.rows):
                inside = {part + group for part in parts for group in groups}
                self.groups |= inside
                short = (label.partition("（")[0] for label in (row.label, *row.spellings))
                for names, labels in (
                    (self._paths, (*spellings(row), row.printed_label)),
                    (self._short, short),
                ):
                    for text in {*map(fold, labels)} - {""}:
                        for above in ("", *groups, *parts, *inside):
                            names.setdefault(above + text, {})[f"{section.key}.{row.key}"] = None

    def paths(self, name: str, part: str = "", group: str = "") -> list[str]:
        """The paths of the fields that bear the name there; several where the form uses a label more than once."""
        if (path := f"{part}.{name}" if part else name) in self.form.fields:
            return [path]
        whole = fold(part) + fold(group) + fold(name)
        return list(self._paths.get(whole) or self._short.get(whole) or ())

    def unknown(self, name: str, part: str = "") -> Text:
        """Why a name is none: the form uses it at several paths, told apart by their parts, or not at all."""
        if len(found := self.paths(name, part)) > 1:
            headings = {s.key: s.heading or s.key for s in self.form.sections}
            fields = [f"{headings[path.partition('.')[0]]} {path}" for path in found]
            return Text("answers.several", count=len(found), name=quoted(name), fields=fields)
        paths = [path for path in self.form.fields if path.startswith(f"{part}." if part else "")]
        key = name.rpartition(".")[2]
        if name.isascii():
            same = [path for path in self.form.fields if path.endswith(f".{key}")]
            likely = same or list(nearest(f"{part}.{name}" if part else name, paths))
        else:
            labels = {self.form.fields[path].label: path for path in reversed(paths)}
            likely = [f"{label}（{labels[label]}）" for label in nearest(key, labels)]
        return Text("answers.unknown-field", fields=likely) if likely else Text("answers.unknown-name")


def _with_groups(
    rows: Iterable[RowDef], groups: tuple[str, ...] = ()
) -> Iterator[tuple[RowDef, tuple[str, ...]]]:
    """Every row that takes an answer, with all names of the groups round it, folded."""
    for row in rows:
        if row.kind is not None:
            yield row, groups
        own = {fold(text) for text in (row.key, *spellings(row))}
        yield from _with_groups(row.rows, (*groups, *own))


HALVES = {Kind.CONTACT: ("person", "phone"), Kind.COUNT_NAMES: ("count", "names")}
"""What may be given instead of an answer's text."""
_PRINTED = {Kind.CONTACT: "{} {}", Kind.COUNT_NAMES: "{halves.count}：{}{halves.counter} {halves.names}：{}"}
"""How a form shows them."""
_Placed = tuple[tuple[str, ...], Any]
"""Where an answer belongs: part, field and column; and what is given for it."""


def in_full(data: Mapping[str, Any], form: FormDef, faults: Faults) -> dict[str, Any]:
    """The data of a file as its schema describes it; an answer that is given twice is a fault."""
    full = {"answers": {}, **_given(data), "form": form.form, "edition": form.edition.edition}
    for key, make in (("added_targets", _target), ("evidence", _line)):
        if isinstance(rows := full.get(key), list):
            full[key] = [make(form, row) if isinstance(row, Mapping) else row for row in rows]
    if isinstance(full["answers"], Mapping):
        full["answers"] = _answers(form, full["answers"], faults)
        _own_rows(form, full, faults)
    return full


def _given(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """What says something, and not where it stood: another file has other places."""
    return {key: value for key, value in mapping.items() if value is not None and key != "place"}


def _target(form: FormDef, row: Mapping[str, Any]) -> dict[str, Any]:
    """A target of the county's own, its table, direction and columns by their keys."""
    full, tables = _given(row), form.target_tables
    table = full.get("table") or (next(iter(tables)) if len(tables) == 1 else "")
    full["table"] = table = key_named({key: (t.label,) for key, (_, t) in tables.items()}, table)
    if isinstance(table, str) and table in tables:
        directions = {path: (path.partition(".")[2], label) for path, label in form.directions(table).items()}
        full["direction"] = key_named(directions, full.get("direction") or "")
        if isinstance(values := full.get("values"), Mapping):
            columns = form.columns(table)
            full["values"] = {column_named(columns, name): text for name, text in _given(values).items()}
    return full


def _line(_: FormDef, line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of the evidence list; what it is `for` is its subject."""
    return {
        "subject" if key == "for" else key: text.strip() if isinstance(text, str) else text
        for key, text in _given(line).items()
    }


def _answers(form: FormDef, level: Mapping[str, Any], faults: Faults) -> dict[str, Any]:
    """The answers by part, field and column."""
    full: dict[str, Any] = {}
    for place, value in sorted(_placed(AnswerNames(form), level), key=lambda found: -len(found[0])):
        within = full
        for key in place[:-1]:
            within = within.setdefault(key, {})
        item, held = form.fields.get(".".join(place[:2])), within.setdefault(place[-1], {})
        if isinstance(value, dict) and not _takes(item, held) & _takes(item, value):
            held |= value
        elif held:
            faults.add(named(item, *place[2:]) if item else quoted(place[-1]), Text("answers.twice"))
        else:
            within[place[-1]] = value
    for path, item in form.fields.items():
        section, _, name = path.partition(".")
        part = full.get(section) if item.kind in HALVES else None
        if isinstance(part, dict) and isinstance(answer := part.get(name), dict):
            _join_halves(item.kind, answer)
    return full


def _placed(
    names: AnswerNames, level: Mapping[str, Any], part: str = "", group: str = ""
) -> Iterator[_Placed]:
    """Each answer of the whole form, of a part or of a group, found by path, path@column or official name."""
    for key, value in level.items():
        name, at, column = key.partition("@")
        inner = value or {} if isinstance(value, Mapping | None) and not at else None
        own = names.parts.get(fold(name)) or names.parts.get(fold(unnumbered(name)))
        paths = names.paths(name, part, group)
        if inner is not None and own is not None and not part:
            yield from _placed(names, inner, own)
        elif len(paths) == 1:
            yield from _of_field(names.form.fields[paths[0]], {column: value} if at else value)
        elif inner is not None and part and fold(part) + fold(name) in names.groups:
            yield from _placed(names, inner, part, name)
        else:
            yield (part, key) if part else (key,), value


def _of_field(item: Field, value: Any) -> Iterator[_Placed]:
    """The answer of a field, or of each of its columns."""
    place = tuple(item.path.split("."))
    if value is None:
        return
    if not item.columns:
        yield place, _parts(item, value)
    elif isinstance(value, Mapping):
        for head, inner in _given(value).items():
            yield (*place, column_named(item.columns, head)), _parts(item, inner)
    else:
        yield place, value


def _parts(item: Field, value: Any) -> dict[str, Any]:
    """An answer as `extract` prints it, or the parts of it that are given."""
    boxes = item.kind in BOXES
    parts = _given(value if isinstance(value, Mapping) else {"value" if boxes else "text": value})
    value = parts.get("value")
    if not boxes:
        if not parts.get("text") and isinstance(value, str):
            parts["text"] = parts.pop("value")
        return {key: part for key, part in parts.items() if part != ""}
    ticked = [value] if isinstance(value, str) else value
    if ticked == [NONE] and all(option.label != NONE for option in item.options):
        return {**parts, "value": [], "text": NONE, "state": "none"}
    if isinstance(ticked, list):
        labels = {option.key: (option.label, *option.spellings) for option in item.options}
        parts["value"] = [key_named(labels, name) for name in ticked if name != ""]
    return parts


def _takes(item: Field | None, parts: Mapping[str, Any]) -> set[str]:
    """What of an answer its parts say: its halves, and what is written beside."""
    halves = HALVES.get(item.kind, ("text",)) if item is not None else ()
    return {h for part in parts for h in ((part,) if part in (*halves, "remark") else halves)}


def _join_halves(kind: Kind, answer: dict[str, Any]) -> None:
    """The halves of an answer, given alone or as its value, as its text; what is no text stays its value."""
    if answer.get("text"):
        return
    found = {half: answer.pop(half) for half in HALVES[kind] if half in answer}
    value = found or answer.get("value")
    if not isinstance(value, Mapping):
        return
    halves = answer["value"] = _given(value)
    texts = [halves.get(half, "") for half in HALVES[kind]]
    if set(halves) <= set(HALVES[kind]) and all(isinstance(text, str) for text in texts):
        del answer["value"]
        if any(text.strip() for text in texts):
            answer["text"] = written_out(_PRINTED[kind]).format(*(text.strip() for text in texts)).strip()


def _own_rows(form: FormDef, full: Mapping[str, Any], faults: Faults) -> None:
    """The first target under 其它 stands in the form's own row: its figures are that row's answers."""
    targets = full.get("added_targets")
    rows = [row for row in targets if isinstance(row, dict)] if isinstance(targets, list) else []
    for path in form.open_directions:
        first = next((row for row in rows if row.get("direction") == path), {})
        values, (section, name) = first.get("values"), path.split(".")
        part = full["answers"].setdefault(section, {})
        own = part.setdefault(name, {}) if isinstance(part, dict) else None
        if not isinstance(values, dict) or not isinstance(own, dict):
            continue
        for column, text in values.items():
            known = form.fields[path].column_label(column) is not None
            if not known or not isinstance(text, str) or not text.strip():
                continue
            held = own.setdefault(column, {"text": text}).get("text", "")
            if str(held).strip() != text.strip():
                facts = {"indicator": first.get("indicator"), "text": held, "other": text}
                differs = Text("answers.differs", **{key: quoted(fact) for key, fact in facts.items()})
                faults.add(named(form.fields[path], column), differs)
