"""Thresholds as data: what the shipped files hold, how a province changes one, and what a wrong file gets."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clusterform import data_files
from clusterform.errors import DataError
from clusterform.forms import limits
from clusterform.forms.edition import Edition, load_edition
from clusterform.forms.limits import limit_names, load_limits, read_limits

RULES = Path(__file__).resolve().parents[1] / "rules"

EDITION = load_edition("2025")


def test_national_limits_hold_the_standard_and_the_floors() -> None:
    limits = load_limits("2025")
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
    assert all(read_limits(RULES / "limits" / f"{name}.yaml", EDITION) for name in limit_names())


def province(folder: Path, text: str) -> Path:
    path = folder / "liaoning.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_province_changes_a_threshold_in_one_line(tmp_path: Path) -> None:
    text = 'extends: national\nsource: {document: 某省认定办法}\nlimits:\n  output: {at_least: "20"}\n'
    changed = read_limits(province(tmp_path, text), EDITION)
    national = read_limits(RULES / "limits" / "national.yaml", EDITION)
    assert changed["output"] == national["output"].but(value=Decimal(20), source=changed["output"].source)
    assert changed["output"].source.document == "某省认定办法"
    assert {n: x for n, x in changed.items() if n != "output"} == {
        n: x for n, x in national.items() if n != "output"
    }


def test_a_province_s_word_replaces_the_national_one(tmp_path: Path) -> None:
    text = 'extends: national\nlimits:\n  main_share: {at_least: "50"}\n'
    changed = read_limits(province(tmp_path, text), EDITION)["main_share"]
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
        read_limits(province(tmp_path, text), EDITION)
    assert re.match(r"liaoning.yaml 第 [0-9] 行第 [0-9]+ 列：", caught.value.zh)


def test_extends_is_one_level_deep(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RULES / "limits", tmp_path / "rules" / "limits")
    monkeypatch.setattr(data_files, "data_root", lambda: tmp_path)
    (tmp_path / "rules" / "limits" / "east.yaml").write_text(
        "extends: national\nlimits: {}\n", encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"line 1, column [0-9]+: east itself extends national"):
        read_limits(province(tmp_path, "extends: east\nlimits: {}\n"), EDITION)


def test_unknown_limits_are_answered_with_the_known_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = EDITION.but(limits="nation")
    monkeypatch.setattr(limits, "load_edition", lambda _: wrong)
    with pytest.raises(DataError, match=r"Known: .*national"):
        load_limits("of an edition with limits of no such name")


def day(text: str) -> Edition:
    """The edition with that deadline."""
    return EDITION.but(deadline=date.fromisoformat(text))


DATED = """
source: {document: 办法}
limits:
  output:
    unit: 亿元
    values:
      2022-01-01: {at_least: "40", source: {clause: 一}}
      2027-01-01: {more_than: "50", source: {document: 新办法}}
"""


@pytest.mark.parametrize(
    ("deadline", "shown", "source"),
    [
        ("2022-01-01", "≥ 40 亿元 [2022-01-01 →]", "办法 一（2022-01-01 起）"),
        ("2026-12-31", "≥ 40 亿元 [2022-01-01 →]", "办法 一（2022-01-01 起）"),
        ("2027-01-01", "> 50 亿元 [2027-01-01 →]", "新办法（2027-01-01 起）"),
        ("2031-07-15", "> 50 亿元 [2027-01-01 →]", "新办法（2027-01-01 起）"),
    ],
)
def test_the_value_is_that_of_the_edition_s_deadline(
    tmp_path: Path, deadline: str, shown: str, source: str
) -> None:
    limit = read_limits(province(tmp_path, DATED), day(deadline))["output"]
    assert (limit.in_signs, limit.basis) == (shown, source)


def test_a_source_without_a_document_is_the_edition_s_notice(tmp_path: Path) -> None:
    text = 'limits:\n  output: {at_least: "40", unit: 亿元, source: {clause: 一}}\n'
    source = read_limits(province(tmp_path, text), EDITION)["output"].source
    assert (source.document, source.clause) == (EDITION.notice, "一")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            '2026-01-01: {at_least: "9"}',
            "output has values from 2026-01-01 on only, and the deadline .* 2025-07-15",
        ),
        ('2022-01-01: {at_least: "9"}, 2022-01-01: {at_least: "8"}', "“2022-01-01” is given twice"),
        (
            '2024-01-01: {at_least: "9"}, 2022-01-01: {at_least: "8"}',
            "the dates of output must stand in order",
        ),
        ('2022-1-1: {at_least: "9"}', '"2022-1-1" is no date'),
        ('2022-02-30: {at_least: "9"}', '"2022-02-30" is no date'),
        ('20220101: {at_least: "9"}', '"20220101" is no date'),
        ('2022-01-01: "9"', "the values of output stand by their dates"),
        ("", "the values of output stand by their dates"),
        ('2022-01-01: {at_least: "9", values: {}}', "unknown key values"),
        ('2022-01-01: {at_least: "9"}, 2030-01-01: {at_least: 九}', "九.* no figure"),
        ('2022-01-01: {at_least: "9"}, 2030-01-01: {}', "exactly one of"),
    ],
)
def test_wrong_values_by_date_are_told_also_those_of_another_day(
    tmp_path: Path, values: str, said: str
) -> None:
    text = f"limits:\n  output:\n    unit: 亿元\n    source: {{document: 办法}}\n    values: {{{values}}}\n"
    with pytest.raises(DataError, match=rf"^liaoning.yaml, line [0-9]+, column [0-9]+: .*{said}"):
        read_limits(province(tmp_path, text), EDITION)


def test_a_threshold_beside_its_values_by_date_is_refused(tmp_path: Path) -> None:
    text = DATED.replace("    unit: 亿元\n", '    unit: 亿元\n    at_least: "30"\n')
    with pytest.raises(DataError, match="the threshold itself then stands there alone"):
        read_limits(province(tmp_path, text), EDITION)
