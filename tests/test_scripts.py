"""What `make fuzz` and `make bench` run begins by itself: it finds what stands beside the tests without pytest's help."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
SCRIPTS = sorted([*(TESTS / "fuzz").glob("*.py"), *(TESTS / "benchmarks").glob("*.py")])
LOADED = "import runpy, sys; sys.path[0] = sys.argv[1]; runpy.run_path(sys.argv[2], run_name='loaded')"
"""As `python SCRIPT` does, which looks first in the script's own folder, but without its work."""
HELPERS = {"random_forms.py": "loaded by others, which say where the support of the tests stands"}


@pytest.mark.parametrize("script", [s for s in SCRIPTS if s.name not in HELPERS], ids=lambda s: s.stem)
def test_a_script_finds_what_it_needs(script: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOADED, str(script.parent), str(script)]
    source = {"PYTHONPATH": str(TESTS.parent / "src"), "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, env=os.environ | source, cwd=tmp_path, check=False, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
