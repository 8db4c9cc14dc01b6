"""What an answer may be called in a file of answers: by its path, or as the form calls it, in parts and groups or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from clusterform.fields import Column, Option
from clusterform.filling.label_entries import head_spellings, spellings
from clusterform.forms.model import FormDef, RowDef
from clusterform.messages import Text
from clusterform.nearest import nearest
from clusterform.text import fold, unnumbered
from clusterform.writing.faults import quoted


def column_named(columns: Iterable[Column], name: str) -> Any:
    """The key of the column of that key, or that head in any spelling; the name itself where there is none."""
    return key_named({column.key: head_spellings(column.label) for column in columns}, name)


def option_named(options: Iterable[Option], name: Any) -> Any:
    """The same of an option, by its key or its official text."""
    return key_named({option.key: (option.label, *option.spellings) for option in options}, name)


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
