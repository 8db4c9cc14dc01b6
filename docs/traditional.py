"""Writes rules/traditional.txt: the traditional forms of the characters of the official texts and places (python docs/traditional.py, with opencc-python-reimplemented)."""

from __future__ import annotations

from pathlib import Path

import opencc

RULES = Path(__file__).parent.parent / "rules"
TABLE = Path(opencc.__file__).with_name("dictionary") / "TSCharacters.txt"
TEXTS = (
    *(RULES / "editions").glob("*/forms/*.yaml"),
    RULES / "evidence_list.yaml",
    RULES / "regions" / "gbt2260.txt",
)
HEAD = """\
# Traditional characters and the simplified ones of the official texts and places that each stands for, for labels, headings, options and places.
# Source: OpenCC, TSCharacters.txt (opencc-python-reimplemented 0.1.7), written by docs/traditional.py. A character that an official text uses itself stands for itself.
"""


def main() -> None:
    used = {char for text in TEXTS for char in text.read_text(encoding="utf-8")}
    pairs = (line.split() for line in TABLE.read_text(encoding="utf-8").splitlines())
    kept = sorted((old, new[0]) for old, *new in pairs if new[0] in used and old not in used)
    lines = "".join(f"{old}\t{new}\n" for old, new in kept)
    (RULES / "traditional.txt").write_text(HEAD + lines, encoding="utf-8")


if __name__ == "__main__":
    main()
