"""An answer put into the cell of its own label, where that cell holds other labels and answers as well."""

from __future__ import annotations

import re

from clusterform.fields import Kind
from clusterform.forms.model import FormDef
from clusterform.patterns import pattern

_ROOM = pattern(r"[ \t\u3000\xa0_＿]*")
_COLON = pattern(r"[ \t\u3000]*[:：]?")
_DATE_LINE = pattern(r"[\s_＿]*+(?:{date.year}[\s_＿]*+{date.month}[\s_＿]*+{date.day}?)?[\s_＿]*+")
_LIMIT_BETWEEN = 3
"""Spaces that a label may have between two of its characters."""


def beside_label(form: FormDef, path: str, printed: str, text: str) -> str:
    """The cell's text with the answer behind its label; a date on the line that is left for it, else at the end."""
    row = form.rows[path]
    if row.kind is Kind.DATE and row.after is not None:
        before = form.rows[f"{path.partition('.')[0]}.{row.after}"]
        return _on_next_line(printed, _end_of(printed, before.label), text)
    end = _end_of(printed, row.label)
    if end is None:
        return printed + text
    room = _ROOM.match(printed, end)
    behind = printed[room.end() if room is not None else end :]
    gap = "  " if behind and not behind.startswith("\n") else ""
    return printed[:end] + text + gap + behind


def _end_of(printed: str, label: str) -> int | None:
    """Where a label and its colon end; None where it does not stand there."""
    letters = [re.escape(c) for c in label if not c.isspace()]
    found = re.search(rf"\s{{0,{_LIMIT_BETWEEN}}}".join(letters).translate(_EITHER_WIDTH), printed)
    if found is None:
        return None
    colon = _COLON.match(printed, found.end())
    return colon.end() if colon is not None else found.end()


_EITHER_WIDTH = str.maketrans({"（": "[（(]", "）": "[）)]", "：": "[：:]", "，": "[，,]"})


def _on_next_line(printed: str, end: int | None, text: str) -> str:
    """On the first blank line, or date's pattern, behind that place; else on a line of its own there."""
    lines = printed.split("\n")
    first = printed.count("\n", 0, end) + 1 if end is not None else len(lines)
    if first < len(lines) and _DATE_LINE.fullmatch(lines[first]):
        lines[first] = text
    else:
        lines.insert(first, text)
    return "\n".join(lines)
