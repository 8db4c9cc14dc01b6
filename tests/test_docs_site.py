"""The documentation site: its pages are in step with the program, every link leads somewhere, and the guide can be followed."""

from __future__ import annotations

import importlib.util
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from typer.testing import CliRunner

from clusterform.cli.app import app

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
GUIDES = {"zh": DOCS / "own-rules.zh-CN.md", "en": DOCS / "own-rules.md"}


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_commands_is_in_step() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == script("commands").page(), (
        "run python docs/commands.py"
    )


def test_every_page_is_in_the_sites_contents() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    listed = set(re.findall(r"(\S+\.md)$", text, re.MULTILINE))
    assert listed == {path.name for path in DOCS.glob("*.md")}


def test_links_lead_somewhere() -> None:
    found = [
        (page, target)
        for page in [*DOCS.glob("*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    ]
    assert found
    assert not [
        f"{p.name}: {t}" for p, t in found if not t.startswith("http") and not (p.parent / t).exists()
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_guide_on_rules_can_be_followed(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = GUIDES[language].read_text(encoding="utf-8")
    [rules] = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "application-clean.docx", "申报表.docx")
    for name, waivers in re.findall(r"```yml\n# (\S+)\n(.*?)```", text, re.DOTALL):
        Path(name).parent.mkdir()
        Path(name).write_text(waivers, encoding="utf-8")
    tried = 0
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in re.split(r"^\$ clusterform ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            words = shlex.split(command.partition("  #")[0].replace("FORM", "申报表.docx"))
            made = CliRunner().invoke(app, words)
            assert made.exit_code == 0, f"{command}: {made.output}"
            assert shown in {"", made.output}
            if words[:2] == ["rules", "new"]:
                Path(words[3]).write_text(rules, encoding="utf-8")
            tried += 1
    assert tried >= 5


def test_the_guides_show_the_same_file() -> None:
    found = []
    for path in GUIDES.values():
        [rules] = re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
        data = yaml.safe_load(rules)
        found.append((data["extends"], data["limits"], set(data["change"]), set(data["remove"])))
    assert found[0] == found[1]
