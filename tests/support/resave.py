"""Re-saving by LibreOffice, for tests: many files in a call, each call with a profile of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

REQUIRED = "CLUSTERFORM_REQUIRE_OFFICE"
"""Set to 1, a missing LibreOffice fails the tests that need it instead of skipping them."""
ROUTES: Mapping[str, tuple[str, ...]] = {
    "docx": ("docx:MS Word 2007 XML",),
    "odt": ("odt", "docx:MS Word 2007 XML"),
    "doc": ("doc:MS Word 97", "docx:MS Word 2007 XML"),
}
"""The conversions of each route, one after the other; the last gives a .docx."""
_LIMIT = 300
"""Seconds for one call."""


def office() -> str:
    """The program; skips the test where there is none, or fails it where one is required."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        message = "LibreOffice (soffice) is not installed"
        if os.environ.get(REQUIRED) == "1":
            pytest.fail(message)
        pytest.skip(message)
    return found


def converted(files: Iterable[Path], kind: str, folder: Path) -> list[Path]:
    """The files as `kind` in the folder; LibreOffice says 0 even when it fails, so that each is looked for."""
    folder.mkdir(parents=True)
    paths = sorted(files)
    profile = (folder / "profile").as_uri()
    command = [office(), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck"]
    run = subprocess.run(
        [*command, "--convert-to", kind, "--outdir", str(folder), *map(str, paths)],
        check=False,
        capture_output=True,
        timeout=_LIMIT,
    )
    made = [folder / f"{path.stem}.{kind.partition(':')[0]}" for path in paths]
    missing = [path.name for path in made if not path.is_file()]
    assert not missing, run.stderr.decode(errors="replace")
    return made


def resaved(files: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Path]]:
    """Each file by each route: route -> name -> the .docx that comes back."""
    office()
    start = folder / "written"
    start.mkdir()
    names = {f"f{number}": name for number, name in enumerate(files)}
    for stem, name in names.items():
        (start / f"{stem}.docx").write_bytes(files[name])

    def travel(route: str) -> dict[str, Path]:
        paths = list(start.iterdir())
        for step, kind in enumerate(ROUTES[route]):
            paths = converted(paths, kind, folder / f"{route}-{step}")
        return {names[path.stem]: path for path in paths}

    with ThreadPoolExecutor(len(ROUTES)) as pool:
        return dict(zip(ROUTES, pool.map(travel, ROUTES), strict=True))
