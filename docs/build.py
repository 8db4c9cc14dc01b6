"""Writes the generated parts of the documentation: python docs/build.py. A test compares them."""  # noqa: INP001

from __future__ import annotations

from pathlib import Path

from clusterform.forms.edition import edition_names
from clusterform.forms.rule import load_rules
from clusterform.reports.rule_page import as_document, page_of

DOCS = Path(__file__).parent
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
PAGES = {"zh": DOCS / "rules.zh-CN.md", "en": DOCS / "rules.md"}


def rebuilt(language: str) -> str:
    """The page with what stands between its markers made anew from the newest edition's rules."""
    before, rest = PAGES[language].read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    pages = [page_of(rule, language) for rule in load_rules(edition_names()[-1])]
    return f"{before}{BEGIN}\n\n{as_document(pages, language)}\n{END}{after}"


def main() -> None:
    for language, path in PAGES.items():
        path.write_text(rebuilt(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
