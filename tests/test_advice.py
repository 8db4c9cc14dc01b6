"""What a message advises can be done: 无 is never offered where it would be refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.fields import BOXES, Kind, NoneAllowed
from clusterform.finding import Finding
from clusterform.forms.model import load_form
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.forms import Filled, clean, write

UNSIGNED = {Kind.SIGNATURE, Kind.SEAL}
FORMS = ["application", "review"]


def every_answer(form: str, text: str) -> Filled:
    """Each answer that is written is this text, but for part nine and what the form leaves open."""
    filled = clean(form)
    for path, item in load_form("2025", form).fields.items():
        if item.kind in BOXES | UNSIGNED or item.section == 9 or not item.required:
            continue
        heads = ["count", "names"] if item.kind is Kind.COUNT_NAMES else [c.key for c in item.columns]
        for name in [f"{path}@{head}" for head in heads] or [path]:
            filled.texts[name] = text
    return filled


def found(form: str, text: str, where: Path) -> list[Finding]:
    """What is found of it at rows of the form."""
    file = where / "申报表.docx"
    file.write_bytes(write(form, every_answer(form, text)))
    return [f for f in Checker(Settings()).check(file).findings if f.field is not None]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", ["待定", "暂缺", "/", "——", "暂无", "-5.5", "见附件", "约12家"])
def test_none_is_advised_where_it_can_be_the_answer(form: str, text: str, tmp_path: Path) -> None:
    fields = load_form("2025", form).fields
    found_here = found(form, text, tmp_path)
    assert found_here
    offered = [f for f in found_here if f.fix == "无" or f.expected == "无" or "填“无”" in f.message]
    for finding in offered:
        item = fields[finding.field or ""]
        column = next((c.key for c in item.columns if c.label == finding.column), None)
        assert item.can_be_none(column), finding.message


@pytest.mark.parametrize("form", FORMS)
def test_of_a_rate_none_is_advised_only_where_the_form_does_not_give_it(form: str, tmp_path: Path) -> None:
    filled = clean(form)
    rates = {
        path for path, item in load_form("2025", form).fields.items() if item.none is NoneAllowed.COMPUTED
    }
    assert "digital.cloud_share" in rates
    for name in filled.texts:
        if name.partition("@")[0] in rates:
            filled.texts[name] = "待定"
    file = tmp_path / "申报表.docx"
    file.write_bytes(write(form, filled))
    said = [f for f in Checker(Settings()).check(file).findings if f.rule == "CF015"]
    assert said
    assert all("算不出的才填“无”" in f.message for f in said)
