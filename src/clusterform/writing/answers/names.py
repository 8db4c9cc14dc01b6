"""What an answer may be called in a file of answers: by its path, or as the form calls it, in parts and groups or not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from clusterform.fields import Column
from clusterform.filling.label_entries import head_spellings, spellings
from clusterform.forms.model import FormDef, RowDef, SectionDef, every_row
from clusterform.messages import Text
from clusterform.nearest import nearest
from clusterform.text import fold, unnumbered
from clusterform.writing.faults import quoted


def column_named(columns: Iterable[Column], name: str) -> str | None:
    """The key of the column of that key, or that head in any spelling; None where there is none."""
    for column in columns:
        if name == column.key or fold(name) in {fold(text) for text in head_spellings(column.label)}:
            return column.key
    return None


@dataclass(frozen=True)
class Part:
    """A part or a group of the form: the fields in it, and the groups."""

    section: SectionDef
    rows: tuple[RowDef, ...]

    @property
    def key(self) -> str:
        """The part's key, the first word of its fields' paths."""
        return self.section.key


@dataclass(frozen=True)
class AnswerNames:
    """Finds fields and parts of one form by any of their names."""

    form: FormDef

    def part(self, name: str, within: Part | None = None) -> Part | None:
        """The part of that key or heading, or inside one the group of that label."""
        wanted = fold(unnumbered(name))
        if within is None:
            for section in self.form.sections:
                names = (section.heading, *section.spellings)
                if name == section.key or wanted in {fold(unnumbered(text)) for text in names if text}:
                    return Part(section, section.rows)
            return None
        for row in every_row(within.rows):
            if row.rows and (name == row.key or wanted in {fold(unnumbered(t)) for t in spellings(row)}):
                return Part(within.section, row.rows)
        return None

    def fields(self, name: str, within: Part | None = None) -> tuple[str, ...]:
        """The paths of the fields that bear the name there; several where the form uses a label more than once."""
        path = f"{within.key}.{name}" if within is not None else name
        if path in self.form.fields:
            return (path,)
        found = self._labelled(name, within)
        if found or "." not in name:
            return found
        first, _, rest = name.partition(".")
        part = self.part(first.strip(), within)
        return self.fields(rest.strip(), part) if part is not None else ()

    def unknown(self, name: str, paths: Sequence[str], within: Part | None = None) -> Text:
        """Why a name is none: the form uses it at several paths, told apart by their parts, or not at all."""
        if paths:
            headings = {s.key: s.heading or s.key for s in self.form.sections}
            fields = [f"{headings[path.partition('.')[0]]} {path}" for path in paths]
            return Text("answers.several", count=len(paths), name=quoted(name), fields=fields)
        likely = self._like(name, within)
        return Text("answers.unknown-field", fields=likely) if likely else Text("answers.unknown-name")

    def _like(self, name: str, within: Part | None) -> list[str]:
        """The fields that may have been meant: paths for a path, labels with their paths for a label."""
        paths = self._paths(within)
        section, _, key = name.rpartition(".")
        if name.isascii():
            same = [p for p in self.form.fields if p.endswith(f".{key}")]
            whole = name if section or within is None else f"{within.key}.{name}"
            return same or list(nearest(whole, paths))
        labels = {self.form.fields[path].label: path for path in reversed(paths)}
        return [f"{label}（{labels[label]}）" for label in nearest(key, labels)]

    def _labelled(self, name: str, within: Part | None) -> tuple[str, ...]:
        folded = fold(name)
        inside = self._paths(within)
        whole = tuple(path for path in inside if folded in self._labels[path][0])
        return whole or tuple(path for path in inside if folded in self._labels[path][1])

    def _paths(self, within: Part | None) -> list[str]:
        if within is None:
            return list(self.form.fields)
        return [f"{within.key}.{row.key}" for row in every_row(within.rows) if row.kind is not None]

    @cached_property
    def _labels(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """Of each field its official labels, folded, and the same without what stands in brackets behind them."""
        return {
            path: (
                frozenset(fold(text) for text in (*spellings(row), row.printed_label)) - {""},
                frozenset(fold(text.partition("（")[0]) for text in (row.label, *row.spellings)) - {""},
            )
            for path, row in self.form.rows.items()
        }
