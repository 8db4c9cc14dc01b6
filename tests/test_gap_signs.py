"""A text without any of the signs of a gap is not looked at for one: so no gap may be without them."""

from __future__ import annotations

import pytest

from clusterform.fields import Kind
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.filling.placeholders import gaps_left
from clusterform.forms.model import load_form

FORM = load_form("2025", "application")
ANY = {item.kind: item for item in FORM.fields.values() if not item.columns}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.PROSE, "达到  家"),
        (Kind.PROSE, "建成（ ）个平台"),
        (Kind.PROSE, "产值【待核实】亿元"),
        (Kind.PROSE, "202×年建成"),
        (Kind.PROSE, "引进N家企业"),
        (Kind.PROSE, "企业__家"),
        (Kind.PROSE, "企业○○家"),
        (Kind.PERSON, "王*"),
        (Kind.DATE, "2025年x月"),
        (Kind.CLUSTER_NAME, "某县产业集群"),
    ],
)
def test_a_gap_is_found_by_its_sign(kind: Kind, text: str) -> None:
    item = ANY[kind]
    assert gaps_left(item, convert(item, FORM.rows[item.path], [Piece(text)]))
