"""Filled forms for examples and tests: `clean` gives right answers, `write` lays them out as a Word file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from clusterform.forms.model import load_form
from support.answers import Filled, change, clean
from support.ink import Ink, Pen, W
from support.layout import Layout, Sheet, without
from support.package import pack
from support.page import Block, Cell, Grid, Line, Said

__all__ = ["Filled", "Ink", "Layout", "change", "clean", "write"]

EDITION = "2025"
STRUCTURE = frozenset(
    {
        "drop_row",
        "drop_option",
        "drop_section",
        "double_section",
        "move_section",
        "add_row",
        "add_option",
        "add_column",
    }
)
"""Changes that alter the form and not the answers."""
KNOWN = STRUCTURE | {"set", "tick", "untick", "length", "evidence", "replace_label", "raw"}


def write(
    form: str,
    answers: Filled | None = None,
    layout: Layout = "notice",
    ink: Ink | None = None,
    changes: Mapping[str, Any] | None = None,
) -> bytes:
    """A .docx of the form. `changes` are those of a case, see tests/cases/README.md; others are refused."""
    changes = dict(changes or {})
    if unknown := set(changes) - KNOWN:
        raise KeyError(f"unknown changes: {', '.join(sorted(unknown))}")
    filled = answers if answers is not None else clean(form)
    change(filled, changes)
    definition = without(load_form(EDITION, form), changes)
    sheet = Sheet(
        definition,
        filled,
        layout,
        added_rows=changes.get("add_row", {}),
        added_options=changes.get("add_option", {}),
        added_columns=changes.get("add_column", {}),
    )
    ink = ink or Ink()
    blocks = list(sheet.blocks())
    for old, new in changes.get("replace_label", {}).items():
        blocks = _reworded(blocks, old, new)
    xml = Pen(ink).document(blocks)
    for old, new in changes.get("raw", {}).items():
        if old not in xml:
            raise KeyError(f"{old!r} does not stand in the document")
        xml = xml.replace(old, new)
    return pack(xml, _comments() if ink.comment else "")


def _comments() -> str:
    note = "<w:p><w:r><w:t>请再核对</w:t></w:r></w:p>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (
        f'{head}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="县局">{note}</w:comment></w:comments>'
    )


def _reworded(blocks: list[Block], old: str, new: str) -> list[Block]:
    """The official text changed wherever it stands; KeyError where it stands nowhere."""
    changed = [_block(b, old, new) for b in blocks]
    if changed == blocks:
        raise KeyError(f"{old} is no official text of this form")
    return changed


def _block(block: Block, old: str, new: str) -> Block:
    if isinstance(block, Grid):
        return replace(block, rows=tuple(tuple(_cell(c, old, new) for c in row) for row in block.rows))
    return _line(block, old, new)


def _cell(cell: Cell, old: str, new: str) -> Cell:
    return replace(cell, lines=tuple(_line(line, old, new) for line in cell.lines))


def _line(line: Line, old: str, new: str) -> Line:
    return tuple(
        replace(p, text=p.text.replace(old, new)) if isinstance(p, Said) and p.official else p for p in line
    )
