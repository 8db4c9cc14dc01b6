"""How each kind of answer stands in its cell."""

from __future__ import annotations

from clusterform.fields import Kind
from clusterform.forms.model import RowDef
from support.answers import Filled
from support.page import Box, Line, Said, official_line


def answer_lines(
    row: RowDef, path: str, filled: Filled, added: tuple[Line, ...] = (), *, one_line: bool = False
) -> tuple[Line, ...]:
    """The lines of one answer, with what the form prints round it."""
    if row.kind in {Kind.CHOICE, Kind.CHOICES}:
        return _boxes(row, path, filled, added)
    text = filled.text(path)
    if row.kind is Kind.COUNT_NAMES:
        count = (Said("数量：", official=True), Said(filled.text(path, "count")), Said(" 个", official=True))
        names = (Said("名称：", official=True), Said(filled.text(path, "names")))
        if one_line:
            under = (Said("数量：_", official=True), count[1], Said("_个 ", official=True), *names)
            return (under,)
        return (count, names)
    if row.kind is Kind.CLUSTER_NAME or not row.prompts:
        return tuple((Said(part),) for part in text.split("\n"))
    return ((Said(text), Said("".join(row.prompts), official=True)),)


def option_line(text: str, *, ticked: bool) -> Line:
    """One box and what it stands for."""
    return (Box(ticked), Said(text, official=True))


def _boxes(row: RowDef, path: str, filled: Filled, added: tuple[Line, ...]) -> tuple[Line, ...]:
    ticked = filled.ticks.get(path, [])
    unknown = set(ticked) - {o.key for o in row.options}
    if unknown:
        raise KeyError(f"{path} has no option {', '.join(sorted(unknown))}")
    lines = [option_line(o.label + o.note, ticked=o.key in ticked) for o in row.options]
    lines += added
    remark = filled.text(path, "remark")
    if row.kind is Kind.CHOICES:
        *before, after = (official_line(text) for text in row.prompts)
        return (*before, *lines, after, *([(Said(remark),)] if remark else []))
    prompts = "".join(row.prompts)
    line: Line = ()
    for number, part in enumerate(lines):
        line = (*line, *([Said(" ", official=True)] if number else []), *part)
    line = (*line, *([Said(prompts, official=True)] if prompts else []))
    return (line, *([(Said(remark),)] if remark else []))
