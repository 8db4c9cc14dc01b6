"""What `fix` mends in the corpora, of every case see test_cases.py: only what it says, nothing that brings a finding, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.copies.fix import FixOptions, fixed
from support.answers import clean
from support.command import run
from support.forms import write
from support.repairs import CHECKER, require_safe_repairs

ROOT = Path(__file__).resolve().parents[1]
CORPORA = sorted(
    path
    for folder in ("tests/data/wrong", "tests/data/samples", "examples")
    for path in (ROOT / folder).rglob("*.*")
    if path.suffix in {".docx", ".xlsx"}
)


def test_every_file_of_the_corpora(tmp_path: Path) -> None:
    assert sum(require_safe_repairs(path, tmp_path) for path in CORPORA) > 10


def test_a_repair_that_would_bring_another_finding_says_which(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = ROOT / "examples" / "application-broken-figures.docx"
    [left] = fixed(CHECKER, path, FixOptions()).left
    assert {f.rule for f in left.brings} == {"CF118"}
    assert run(monkeypatch, "fix", path, "--dry-run") == 0
    shown = capsys.readouterr()
    assert "没有自动改为“无”：改后会出现新的问题（集群外商直接投资额增长率（%） 2022 年：" in shown.err
    assert "CF118" in shown.err
    assert "可以自动修正 1 处，没有写副本。" in shown.err
    assert shown.out.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_figure_that_is_wrong_is_never_written_anew(tmp_path: Path) -> None:
    """A rate that does not follow from its amounts is told with the figure that would: a person must say which is right."""
    path = tmp_path / "form.docx"
    changes = {"digital.cloud_share@2024": "71.44", "leading_industry.output_growth@2024": "99.9"}
    path.write_bytes(write("application", clean("application"), changes={"set": changes}))
    report, _ = CHECKER.examine(path)
    assert [f.expected for f in report.findings if f.field == "digital.cloud_share"] == ["70.44"]
    made = fixed(CHECKER, path, FixOptions(rounding=True))
    assert {r.address: r.after for r in made.made} in (
        {},
        {("leading_industry.output_growth", "2024"): "99.90"},
    )


@pytest.mark.parametrize(
    ("given", "status", "told"),
    [
        (("application-broken-figures.docx", "--select", "CFX"), 2, "没有以 CFX 开头的规则"),
        (("province/青岛市/推荐函.docx",), 3, "认不出这是哪一种表"),
        (("application-clean.docx",), 0, "没有可以自动修正的地方，没有写副本"),
    ],
)
def test_nothing_is_written_where_there_is_nothing_to_mend(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    given: tuple[str, ...],
    status: int,
    told: str,
) -> None:
    name, *options = given
    assert run(monkeypatch, "fix", ROOT / "examples" / name, "-o", "没有这份副本.docx", *options) == status
    assert told in capsys.readouterr().err
    assert not Path("没有这份副本.docx").exists()
