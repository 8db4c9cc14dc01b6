"""Makes the folder that `clusterform page --runtime` reads: Python for browsers, the packages and the program. `make page` runs it.

npm gives Pyodide and PyPI pydantic's compiled part; everything else is what this environment has installed, as long as
it is plain Python. Nothing is fetched when the page is opened.
"""

from __future__ import annotations

import gzip
import lzma
import shutil
import subprocess
import sys
import zipfile
from importlib import import_module, metadata
from pathlib import Path

from clusterform.page.rules_digest import rules_digest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PACKAGES = (
    *(
        "annotated_types",
        "filetype",
        "jinja2",
        "markupsafe",
        "pydantic",
        "typing_extensions",
        "typing_inspection",
    ),
    *("xlsxwriter", "yaml"),
)
"""What the program imports in a page; the page has no terminal, no lxml and no LibreOffice."""
UNUSED = (
    "annotated_types/test_cases.py",
    "pydantic/v1",
    "pydantic/mypy.py",
    "pydantic/_internal/_mypy_plugin.py",
    "pydantic/experimental",
)
COMPILED = "pydantic-core"
"""The one package that is no plain Python; PyPI has it for browsers."""


def main(target: Path) -> None:
    """Writes the parts into `target`, a folder that is made anew."""
    shutil.rmtree(target, ignore_errors=True)
    stage = target / "stage"
    app = stage / "app"
    app.mkdir(parents=True)
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    for name in PACKAGES:
        _copy(Path(str(import_module(name).__file__)), app)
    for name in UNUSED:
        place = app / name
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    _unpack_compiled(stage, app)
    _copy_program(app)
    examples = stage / "examples"
    examples.mkdir()
    for form in ("application", "review"):
        shutil.copy(ROOT / f"examples/{form}-clean.docx", examples)
    subprocess.run(["node", str(HERE / "prepare.mjs"), str(stage), str(target)], check=True)
    shutil.rmtree(stage)
    _pack(target)
    (target / "program.txt").write_text(rules_digest(()), encoding="ascii")


def _pack(target: Path) -> None:
    """A browser opens .gz by itself, and .xz, a third smaller, by Python's own module once Python runs."""
    for part in sorted(target.iterdir()):
        data = part.read_bytes()
        if part.suffix == ".tar":
            packed = lzma.compress(data, preset=9 | lzma.PRESET_EXTREME)
        else:
            packed = gzip.compress(data, 9, mtime=0)
        part.with_name(part.name + (".xz" if part.suffix == ".tar" else ".gz")).write_bytes(packed)
        part.unlink()
        print(f"{part.name:20} {len(data):12,} {len(packed):12,}")


def _copy(module: Path, app: Path) -> None:
    if module.name != "__init__.py":
        shutil.copy(module, app)
        return
    shutil.copytree(
        module.parent,
        app / module.parent.name,
        ignore=shutil.ignore_patterns("__pycache__", "*.so", "*.pyi", "*.c"),
    )


def _unpack_compiled(stage: Path, app: Path) -> None:
    wheels = stage / "wheels"
    wanted = f"{COMPILED}=={metadata.version(COMPILED)}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--platform", "pyemscripten_2026_0_wasm32", "--python-version", "314"]
    command += ["--implementation", "cp", "--abi", "cp314", wanted, "--dest", str(wheels)]
    subprocess.run(command, check=True)
    [wheel] = wheels.iterdir()
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(app, [name for name in packed.namelist() if ".dist-info/" not in name])


def _copy_program(app: Path) -> None:
    """As a wheel has it, without what only a terminal has a use for, and the store of results between runs."""
    program = app / "clusterform"
    unused = shutil.ignore_patterns("__pycache__", "cli", "letters", "store.py")
    shutil.copytree(ROOT / "src/clusterform", program, ignore=unused)
    unused = shutil.ignore_patterns("libreoffice", "letter", "page")
    for folder in ("rules", "messages", "templates"):
        shutil.copytree(ROOT / folder, program / "_data" / folder, ignore=unused)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
