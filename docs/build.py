"""Writes the generated parts of the documentation: python docs/build.py. A test compares them."""  # noqa: INP001

from __future__ import annotations

from pathlib import Path

from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.model import load_form
from clusterform.forms.rule import load_rules
from clusterform.reports.rule_page import as_document, page_of
from clusterform.writing.book.book_lists import codes

DOCS = Path(__file__).parent
BEGIN, END = "<!-- rules: begin -->", "<!-- rules: end -->"
EVIDENCE = DOCS / "evidence.md"
PAGES = {"zh": DOCS / "rules.zh-CN.md", "en": DOCS / "rules.md"}


def rebuilt(language: str) -> str:
    """The page with what stands between its markers made anew from the newest edition's rules."""
    before, rest = PAGES[language].read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    pages = [page_of(rule, language) for rule in load_rules(edition_names()[-1])]
    return f"{before}{BEGIN}\n\n{as_document(pages, language)}\n{END}{after}"


def codes_rebuilt() -> str:
    """The page on evidence with the codes of the newest edition's forms made anew."""
    begin, end = "<!-- codes: begin -->", "<!-- codes: end -->"
    before, rest = EVIDENCE.read_text(encoding="utf-8").split(begin)
    return f"{before}{begin}\n\n{codes_table()}\n{end}{rest.split(end)[1]}"


def codes_table() -> str:
    """Every code once: what it stands for, and on which forms."""
    edition = edition_names()[-1]
    told: dict[tuple[str, str], list[str]] = {}
    for name in load_edition(edition).forms:
        form = load_form(edition, name)
        for code, label in codes(form):
            told.setdefault((code, label), []).append(form.title.removeprefix("中小企业特色产业集群"))
    lines = (f"| {code} | {label} | {'、'.join(forms)} |\n" for (code, label), forms in sorted(told.items()))
    return "| 编号 | 选项或栏目 | 表 |\n|---|---|---|\n" + "".join(lines)


def main() -> None:
    EVIDENCE.write_text(codes_rebuilt(), encoding="utf-8", newline="\n")
    for language, path in PAGES.items():
        path.write_text(rebuilt(language), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
