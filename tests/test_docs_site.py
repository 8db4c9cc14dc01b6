"""The documentation site: its pages are in step with the program, every link leads somewhere, and the guide can be followed."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from clusterform import reports
from clusterform.batch import store, worker_pool
from clusterform.checks import formula_parser
from clusterform.cli.app import app
from clusterform.evidence import source, tables
from clusterform.evidence.inspect import OF_ENDING
from clusterform.forms.lists import load_evidence_list
from clusterform.parsers.container import package
from clusterform.parsers.container.package import GATE
from clusterform.parsers.libreoffice import convert
from clusterform.time_limit import SECONDS
from clusterform.writing.answers import given_form
from support.house import House, copy_with_2027

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
LANGUAGES = ("zh", "en")
GUIDES = {language: DOCS / language / "own-rules.md" for language in LANGUAGES}


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def test_what_is_made_from_the_program_is_as_committed() -> None:
    made = subprocess.run(
        [sys.executable, "docs/build.py", "--check"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert made.returncode == 0, made.stderr


def test_both_languages_have_the_same_pages() -> None:
    found = [
        {p.relative_to(DOCS / name).as_posix() for p in (DOCS / name).rglob("*.md")} for name in LANGUAGES
    ]
    assert found[0] == found[1]


def test_every_page_is_in_the_sites_contents() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = re.findall(r"(\S+\.md)$", text.partition("\nnav:\n")[2], re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        p.relative_to(DOCS).as_posix() for name in LANGUAGES for p in (DOCS / name).rglob("*.md")
    }


def test_the_chinese_page_of_a_rule_has_no_english_tail() -> None:
    tail = re.compile(r"[A-Za-z]{3,} [a-z]{2,} [a-z]{2,}|\([a-z]+ [a-z ]+\)")
    pages = [*(DOCS / "zh" / "rules").glob("CF*.md")]
    assert pages
    assert [page.name for page in pages if tail.search(page.read_text(encoding="utf-8"))] == []


def slug(heading: str) -> str:
    """As GitHub and the site make an anchor of a heading: both are read."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain.strip().lower()))


def test_links_lead_somewhere() -> None:
    pages = [p for folder in (DOCS, ROOT) for p in folder.glob("*.md" if folder == ROOT else "**/*.md")]
    pattern = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)]*))?\)")
    found = [(p, *m) for p in pages for m in pattern.findall(p.read_text(encoding="utf-8"))]
    assert len(found) > 400
    wrong = []
    for page, target, anchor in found:
        path = (page.parent / target) if target else page
        if not path.exists():
            wrong.append(f"{page.name}: {target}")
        elif anchor and path.suffix == ".md":
            heads = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            if anchor not in map(slug, heads):
                wrong.append(f"{page.name}: {target}#{anchor}")
    assert wrong == []


def test_the_pages_list_every_format_ending_and_column() -> None:
    for language in LANGUAGES:
        page = text_of(f"{language}/reports.md")
        assert [name for name in reports.FORMATS if page.count(f"\n| `{name}` |") != 1] == []
        page = text_of(f"{language}/evidence.md")
        heads = [column.label for column in load_evidence_list().columns]
        assert [word for word in (*OF_ENDING, *heads) if word not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_limits_that_are_promised_are_those_of_the_program(language: str) -> None:
    page = text_of(f"{language}/security.md")
    megabytes = (
        package.LARGEST,
        GATE.total,
        GATE.part,
        source.GATE.total,
        tables.LARGEST,
        given_form._LARGEST,
    )
    figures = {
        *(f"{size // 1_000_000} MB" for size in megabytes),
        *(
            f"{count:,}"
            for count in (GATE.members, source.GATE.members, source.MOST_FILES, formula_parser.LONGEST)
        ),
        str(GATE.ratio),
        str(formula_parser.MOST),
        str(SECONDS),
        f"{worker_pool.MEMORY >> 30} GB",
        str(convert.DEFAULT_SECONDS),
        f"{store._MOST >> 20} MB",
    }
    assert sorted(figure for figure in figures if figure not in page) == []


def test_the_guide_on_editions_can_be_followed(tmp_path: Path) -> None:
    """In both languages it writes the same files; a command that both give is run once."""
    copy_with_2027(tmp_path)
    (tmp_path / "examples").mkdir()
    for form in (ROOT / "examples").glob("*-clean.docx"):
        shutil.copy(form, tmp_path / "examples")
    texts = [text_of(f"{language}/edition.md") for language in LANGUAGES]
    chinese, english = map(files_written, texts)
    assert {name: yaml.safe_load(block) for name, block in chinese.items()} == {
        name: yaml.safe_load(block) for name, block in english.items()
    }
    for name, block in chinese.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    chinese_commands, english_commands = (
        re.findall(r"^\$ clusterform (.*)$", text, re.MULTILINE) for text in texts
    )
    assert len(chinese_commands) == len(english_commands) == 5
    with House.at(tmp_path) as house:
        for command in chinese_commands:
            house.run(*shlex.split(command), status=1 if command.startswith("check") else 0)
        for made in tmp_path.glob("*.docx"):
            made.unlink()
        for command in english_commands:
            if command not in chinese_commands:
                house.run(*shlex.split(command))


def files_written(text: str) -> dict[str, str]:
    names = dict.fromkeys(re.findall(r"`(rules/editions/\S+\.yaml)`", text))
    return dict(zip(names, re.findall(r"```yaml\n(.*?)```", text, re.DOTALL), strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_on_rules_can_be_followed(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GUIDES[language].read_text(encoding="utf-8")
    [rules] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    [form] = set(re.findall(r"(?<=clusterform check )\S+", text))
    shutil.copy(ROOT / "examples" / "workbook-broken.xlsx", form)
    for name, block in re.findall(r"```yml\n# (\S+)\n(.*?)```", text, re.DOTALL):
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(block, encoding="utf-8")
    told = {}
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ clusterform ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            words = shlex.split(command.partition("  #")[0])
            made = CliRunner().invoke(app, words)
            assert made.exit_code == (1 if words[0] == "check" else 0), f"{command}: {made.output}"
            assert shown in {"", made.output}
            told[command] = made.output
            if words[:2] == ["rules", "new"]:
                Path(words[3]).write_text(rules, encoding="utf-8")
    assert len(told) == 12
    checks = [output for command, output in told.items() if command.startswith("check")]
    assert [CLEARED[language] in output for output in checks] == [False, False, True, False]


CLEARED = {"zh": "1 处已说明", "en": "1 explained"}


def test_the_guides_show_the_same_file() -> None:
    found = []
    for path in GUIDES.values():
        [rules] = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
        data = yaml.safe_load(rules)
        found.append((data["extends"], data["limits"], set(data["change"]), set(data["remove"])))
    assert found[0] == found[1]
