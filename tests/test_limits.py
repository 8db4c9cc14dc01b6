"""Thresholds as data: what the shipped files hold, how a province changes one, and what a wrong file gets."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from clusterform import data_files
from clusterform.errors import DataError
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import limit_names, load_limits, read_limits

RULES = Path(__file__).resolve().parents[1] / "rules"


def test_national_limits_hold_the_standard_and_the_floors() -> None:
    limits = load_limits(load_edition("2025").limits)
    assert {n: (x.word, str(x.value), x.unit) for n, x in limits.items()} == {
        "area": ("at_most", "100", "平方公里"),
        "output": ("at_least", "40", "亿元"),
        "sme_share": ("at_least", "70", "%"),
        "main_share": ("more_than", "70", "%"),
        "growth": ("more_than", "10", "%"),
        "strong_firms": ("at_least", "1", "家"),
        "good_firms": ("at_least", "10", "家"),
        "target_growth": ("at_least", "10", "%"),
        "target_rd": ("at_least", "10", "%"),
        "target_patents": ("at_least", "15", "%"),
        "jump_up": ("at_most", "3", "倍"),
        "jump_down": ("at_least", "0.5", "倍"),
        "alike_prose": ("less_than", "80", "%"),
        "county_amount": ("at_most", "10000", "亿元"),
    }
    inferred = {"jump_up", "jump_down", "alike_prose", "county_amount"}
    assert {n for n, x in limits.items() if not x.certain} == inferred
    assert limits["main_share"].holds(Decimal("70.01"))
    assert not limits["main_share"].holds(Decimal(70))
    assert limits["sme_share"].holds(Decimal(70))


def test_every_shipped_file_of_limits_loads() -> None:
    assert "national" in limit_names()
    assert all(load_limits(name) for name in limit_names())


def province(folder: Path, text: str) -> Path:
    path = folder / "liaoning.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_province_changes_a_threshold_in_one_line(tmp_path: Path) -> None:
    text = 'extends: national\nsource: {document: 某省认定办法}\nlimits:\n  output: {at_least: "20"}\n'
    changed = read_limits(province(tmp_path, text))
    national = read_limits(RULES / "limits" / "national.yaml")
    assert changed["output"] == replace(
        national["output"], value=Decimal(20), source=changed["output"].source
    )
    assert changed["output"].source.document == "某省认定办法"
    assert {n: x for n, x in changed.items() if n != "output"} == {
        n: x for n, x in national.items() if n != "output"
    }


def test_a_province_s_word_replaces_the_national_one(tmp_path: Path) -> None:
    text = 'extends: national\nlimits:\n  main_share: {at_least: "50"}\n'
    changed = read_limits(province(tmp_path, text))["main_share"]
    assert (changed.word, changed.value, changed.unit) == ("at_least", 50, "%")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'extends: national\nlimits:\n  outputs: {at_least: "20"}\n',
            "line 3, column 3: there is no limit outputs to change; the nearest is output",
        ),
        (
            'extends: nation\nlimits:\n  output: {at_least: "20"}\n',
            "line 1, column [0-9]+: there are no limits nation; known: .*national",
        ),
        ('limits:\n  output: {at_least: "20", at_most: "9"}\n', "line 2, column [0-9]+: .*exactly one of"),
        (
            'extends: national\nlimits:\n  area: {at_most: "100"}\n  output: {at_least: 四十}\n',
            "line 4, column [0-9]+: .*no figure",
        ),
        ("extends: national\nlimits:\n  output: 20\n", "line 3, column [0-9]+: output must be a mapping"),
        ('extends: national\nlimits:\n  output: {atleast: "20"}\n', "line 3, column [0-9]+: .*atleast"),
        ("extends: national\nlimit:\n  output: {}\n", "line 1, column [0-9]+: it has no mapping `limits`"),
        ("extends: national\nlimits: {}\nrule: []\n", "line 3, column [0-9]+: unknown key rule"),
    ],
)
def test_wrong_limits_are_named_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DataError, match=f"^liaoning.yaml, {said}") as caught:
        read_limits(province(tmp_path, text))
    assert re.match(r"liaoning.yaml 第 [0-9] 行第 [0-9]+ 列：", caught.value.zh)


def test_extends_is_one_level_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RULES / "limits", tmp_path / "rules" / "limits")
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    (tmp_path / "rules" / "limits" / "east.yaml").write_text(
        "extends: national\nlimits: {}\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"line 1, column [0-9]+: east itself extends national"):
        read_limits(province(tmp_path, "extends: east\nlimits: {}\n"))


def test_unknown_limits_are_answered_with_the_known_ones() -> None:
    with pytest.raises(DataError, match=r"Known: .*national"):
        load_limits("nation")
