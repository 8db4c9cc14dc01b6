"""No output goes over anything that the run reads: forms, rules and what they extend, averages, evidence, settings, answers, blanks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support.command import run

FORM = Path(__file__).parents[1] / "examples" / "application-clean.docx"
FILES = {
    "prov.yaml": 'limits: {output: {at_least: "45"}}\n',
    "city.yaml": 'extends: prov.yaml\nlimits: {output: {at_least: "50"}}\n',
    "ref.yaml": 'internet: "30"\n',
    "own.toml": 'lang = "zh"\n',
    "waivers.yaml": "- {rule: CF201, reason: r, who: w, until: 2099-12-31}\n",
}
OPTIONS = "--rules city.yaml --reference ref.yaml --config own.toml --waivers waivers.yaml --confirmed seen.xlsx --evidence ev"
READ = (*FILES, "seen.xlsx", "form.docx", "ev/a.pdf")
SOME = "--rules city.yaml --reference ref.yaml --config own.toml"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")
    for folder in ("ev", "prov"):
        Path(folder).mkdir()
    for name in ("form.docx", "old.docx", "prov/f.docx"):
        shutil.copy(FORM, name)
    Path("ev/a.pdf").write_bytes(b"x")
    run(monkeypatch, "check", "form.docx", "-o", "seen.xlsx")
    run(monkeypatch, "check", "prov", "-o", "base.json")
    run(monkeypatch, "extract", "form.docx", "-o", "answers.json")
    run(monkeypatch, "template", "application", "-o", "blank.docx")
    run(monkeypatch, "rules", "export", "-o", "book.xlsx")
    capsys.readouterr()
    return tmp_path


LINES = (
    *(f"check form.docx {OPTIONS} --format json -o {name}" for name in READ),
    *(f"check form.docx {OPTIONS} --annotate {name} --force" for name in READ),
    *(f"annotate form.docx {OPTIONS} -o {name} --force" for name in READ),
    *(f"check form.docx --since old.docx {OPTIONS} --format json -o {name}" for name in (*READ, "old.docx")),
    *(
        f"diff old.docx form.docx {SOME} --format json -o {name}"
        for name in ("old.docx", *FILES)
        if name != "waivers.yaml"
    ),
    *(
        f"check prov --baseline base.json {SOME} --format json -o {name}"
        for name in ("base.json", "prov/f.docx", "prov.yaml")
    ),
    "check form.docx --blank blank.docx --format json -o blank.docx",
    *(f"fill answers.json --blank blank.docx -o {name} --force" for name in ("answers.json", "blank.docx")),
    "fix form.docx -o form.docx --force",
    "extract form.docx -o form.docx --format json",
    "extract prov -o prov/f.docx --format csv",
    *(f"rules list --rules city.yaml -o {name} --format json" for name in ("prov.yaml", "city.yaml")),
    *(
        f"rules import book.xlsx --rules city.yaml -o {name} --force"
        for name in ("prov.yaml", "city.yaml", "book.xlsx")
    ),
    "template evidence-list --from form.docx -o form.docx --force",
    "template recommendation-summary --from prov -o prov/f.docx --force",
)


def test_no_command_writes_over_what_it_reads(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    for line in LINES:
        assert run(monkeypatch, *line.split()) == 2, line
        assert capsys.readouterr().err, line
        assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before, line
