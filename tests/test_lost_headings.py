"""Parts whose heading is gone: that is said once of each, and every answer in them is read all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from clusterform.forms.model import load_form
from support.forms import Layout, clean
from support.ink import Ink, Pen
from support.layout import Sheet
from support.metamorphic import differences, plainly, seen
from support.package import pack
from support.page import Block, Grid, Line, Said


def _words(line: Line) -> str:
    return "".join(part.text for part in line if isinstance(part, Said))


def without_headings(form: str, parts: set[int], layout: Layout) -> bytes:
    """The clean form without the headings of these parts, whether they stand in lines or in rows of the table."""
    gone = {s.heading for s in load_form("2025", form).sections if s.number in parts}

    def kept() -> Iterator[Block]:
        for block in Sheet(load_form("2025", form), clean(form), layout).blocks():
            if isinstance(block, Grid):
                rows = (r for r in block.rows if len(r) > 1 or "".join(map(_words, r[0].lines)) not in gone)
                yield replace(block, rows=tuple(rows))
            elif _words(block) not in gone:
                yield block

    return pack(Pen(Ink()).document(list(kept())))


@pytest.mark.parametrize("layout", ["notice", "one_table"])
@pytest.mark.parametrize(
    ("form", "parts"),
    [
        ("application", {2}),
        ("application", {1, 2, 3, 4, 5, 6, 7}),
        ("application", {3, 5, 9}),
        ("review", {8}),
        ("review", {7, 8, 9}),
    ],
)
def test_parts_without_a_heading_are_read(form: str, parts: set[int], layout: Layout) -> None:
    found, clean_form = seen(without_headings(form, parts, layout)), plainly(form)
    told = [f for f in found.findings if f not in clean_form.findings]
    assert [f[0] for f in told] == ["CF010"] * len(parts)
    assert set(differences(found, clean_form)) == {"findings"}
