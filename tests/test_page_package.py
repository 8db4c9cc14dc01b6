"""The package that `clusterform[page]` brings: built, installed without an index, and found by `clusterform page`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tomllib
from base64 import b64decode
from pathlib import Path

import pytest

import clusterform
from clusterform.page.build import PARTS, page_of, runtime_of

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(page_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `make page` builds it, of the parts that the page is made of."""
    top = tmp_path_factory.mktemp("package")
    shutil.copytree(ROOT / "page/clusterform_page", top / "page/clusterform_page")
    shutil.copy(ROOT / "page/pyproject.toml", top / "page")
    (top / "src/clusterform").mkdir(parents=True)
    shutil.copy(ROOT / "src/clusterform/__init__.py", top / "src/clusterform")
    (top / "build/page").mkdir(parents=True)
    for name, data in runtime_of(page_file).items():
        (top / "build/page" / name).write_bytes(b64decode(data))
    pip("wheel", "--no-deps", "--wheel-dir", str(top / "dist"), str(top / "page"))
    [made] = (top / "dist").iterdir()
    return made


def pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def test_a_page_is_made_of_what_is_installed(wheel: Path, page_file: Path, tmp_path: Path) -> None:
    assert wheel.name == f"clusterform_page-{clusterform.__version__}-py3-none-any.whl"
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip("--python", str(venv / "bin/python"), "install", "--no-index", "--no-deps", str(wheel))
    [packages] = venv.glob("lib/python*/site-packages")
    assert {path.name for path in (packages / "clusterform_page").iterdir()} >= set(PARTS)
    # Beside it the program and what it needs, from where they are.
    paths = (ROOT / "src", sysconfig.get_path("purelib"))
    (packages / "program.pth").write_text("\n".join(map(str, paths)), encoding="utf-8")
    page = tmp_path / "检查.html"
    subprocess.run([venv / "bin/python", "-m", "clusterform", "page", "-o", page], check=True, cwd=tmp_path)
    assert page.read_text("utf-8") == page_of(runtime_of(page_file))


def test_the_extra_names_the_package_of_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == clusterform.__version__
    assert project["optional-dependencies"]["page"] == [f"clusterform-page=={clusterform.__version__}"]
