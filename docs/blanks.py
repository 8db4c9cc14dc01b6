"""Writes the blank forms and tables under templates/ anew: python docs/blanks.py."""

from __future__ import annotations

from pathlib import Path

from clusterform.writing import FORMATS, kinds_of, new_blank

FOLDER = Path(__file__).resolve().parents[1] / "templates"


def main() -> None:
    """All of every edition that has a folder there."""
    for folder in FOLDER.iterdir():
        if folder.name.isdecimal():
            for kind in kinds_of(folder.name):
                for file_format in FORMATS:
                    made = new_blank(kind, file_format, folder.name)
                    (folder / f"{kind}.{file_format}").write_bytes(made)


if __name__ == "__main__":
    main()
