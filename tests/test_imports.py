"""Imports run one way. An arrow upward, or a heavy library in the wrong place, fails here."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "clusterform"
ORDER = (
    {
        "finding",
        "comparison",
        "errors",
        "messages",
        "conclusion",
        "confirmation_key",
        "data_files",
        "snapshot",
        "yaml_file",
        "figures",
        "grouped",
        "nearest",
        "patterns",
        "processes",
        "text",
        "time_limit",
        "words",
    },
    {
        "models",
        "fields",
        "evidence_line",
        "answers",
        "asked",
        "validation",
        "regions",
        "output",
    },
    {"claims"},
    {"parsers", "checks"},
    {"forms"},
    {"filling"},
    {"evidence"},
    {"writing"},
    {"paging"},
    {"causes"},
    {"engine", "series", "comparing"},
    {"settings"},
    {"conclusions"},
    {"edition_rules"},
    {"pipeline", "rule_examples"},
    {"copies"},
    {"batch"},
    {"letters", "page"},
    {"api"},
    {"cli"},
    {"__main__"},
)
"""Lowest first. Modules of one layer may see each other, but the packages named in APART may not."""
APART = ({"parsers", "checks"},)
REPORTS_SEE = {
    "conclusion",
    "confirmation_key",
    "patterns",
    "finding",
    "comparison",
    "messages",
    "data_files",
    "reports",
}
HEAVY = {
    "lxml": {"parsers.container.xml_tree"},
    "xlsxwriter": {"writing", "reports.workbook", "reports.sheet"},
    "pypdfium2": {"parsers", "paging"},
    "filetype": {"parsers"},
    "jinja2": {"reports.html", "letters.template"},
    "markupsafe": {"reports.html"},
    "rich": {"cli", "reports.terminal"},
    "typer": {"cli"},
    "docxtpl": {"letters.template"},
}
PACKAGES = {"yaml": "pyyaml", "markupsafe": "jinja2"}
"""Libraries that come in a package of another name."""
BESIDE = {"openpyxl", "python-docx"}
"""Asked for by users' own scripts, not by the program: see pyproject.toml."""
LEVEL = {name: number for number, names in enumerate(ORDER) for name in names}


def modules() -> Iterator[str]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield ".".join(path.relative_to(PACKAGE).with_suffix("").parts)


def imported(module: str) -> Iterator[str]:
    """Every module that this one imports, at the top or inside a function."""
    tree = ast.parse((PACKAGE / (module.replace(".", "/") + ".py")).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are written in full"
            yield node.module or ""
            if node.module == "clusterform":
                yield from (f"clusterform.{alias.name}" for alias in node.names)


def ours(module: str) -> set[str]:
    """The parts of this package that a module imports, by their top name."""
    names = (name.split(".") for name in imported(module))
    return {parts[1] for parts in names if parts[0] == "clusterform" and len(parts) > 1} - {"__version__"}


def arrows_upward(module: str) -> set[str]:
    """What a module sees of those above it, or beside it where the two are kept apart."""
    top = module.split(".", maxsplit=1)[0]
    if top == "reports":
        return ours(module) - REPORTS_SEE
    if top == "__init__":
        return set()
    assert top in LEVEL, f"{top} has no place in ORDER yet"
    beside = {other for pair in APART if top in pair for other in pair - {top}}
    return {name for name in ours(module) - {top, "reports"} if LEVEL[name] > LEVEL[top] or name in beside}


def test_no_arrow_upward() -> None:
    assert {module: found for module in modules() if (found := arrows_upward(module))} == {}


def test_only_the_top_sees_reports() -> None:
    users = {m.split(".", maxsplit=1)[0] for m in modules() if "reports" in ours(m)} - {"reports"}
    assert users <= {"cli", "batch", "copies", "letters", "page"}


def test_heavy_libraries_stay_where_they_are_needed() -> None:
    wrong = {
        (module, library)
        for module in modules()
        for library in HEAVY.keys() & {name.split(".")[0] for name in imported(module)}
        if module not in HEAVY[library] and module.split(".")[0] not in HEAVY[library]
    }
    assert wrong == set()


def test_the_dependencies_are_the_libraries_imported() -> None:
    """No library is asked for that nothing imports, and none is imported that comes along by chance."""
    project = tomllib.loads((PACKAGE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w-]", line)[0] for line in project["dependencies"]}
    used = {name.split(".")[0] for m in modules() for name in imported(m)} - set(sys.stdlib_module_names)
    assert {PACKAGES.get(name, name) for name in used - {"clusterform"}} == asked - BESIDE
