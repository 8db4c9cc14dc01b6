"""Draws the pages of the blank forms for docs/templates.md: python docs/pictures.py. Needs LibreOffice and pdftoppm."""  # noqa: INP001

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from clusterform.parsers.office import convert, find_soffice
from clusterform.writing import KINDS, blank

EDITION = "2025"
FOLDER = Path(__file__).parent / "templates"
DOTS = 50
"""Dots an inch: enough to see the layout and read the labels."""


def main() -> None:
    office, painter = find_soffice(), shutil.which("pdftoppm")
    if office is None or painter is None:
        raise SystemExit("LibreOffice and pdftoppm (poppler-utils) are needed")
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    for kind in KINDS:
        pdf = convert(office, blank(kind, "docx", EDITION), "docx", "pdf")
        with tempfile.TemporaryDirectory() as name:
            file = Path(name) / "form.pdf"
            file.write_bytes(pdf)
            draw = [painter, "-r", str(DOTS), "-gray", "-png", str(file), str(FOLDER / kind)]
            subprocess.run(draw, check=True)  # noqa: S603  (a fixed command)


if __name__ == "__main__":
    main()
