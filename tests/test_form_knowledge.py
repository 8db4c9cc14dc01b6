"""No form is known to the code: its words, keys and years stand in YAML. What is left is listed here, with the reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from clusterform.forms.edition import edition_names, load_edition
from clusterform.forms.lists import load_evidence_list, load_summaries
from clusterform.forms.model import every_row, load_form
from clusterform.text import fold

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "clusterform"
YEAR = re.compile(r"(?<![0-9])20[12][0-9](?![0-9])")
ADDRESS = re.compile(r"https?://\S+")
"""Standards have years in their addresses."""
SHORTEST = 5
"""Characters: a shorter label, such as 联系人, is a word like any other."""
EXPLAINED = {
    "reports/sarif.py": "a word of the SARIF standard",
}
"""Files that still hold some, and what."""
CHINESE = re.compile("[\u3007\u4e00-\u9fff]")
CHINESE_HELD = {
    "checks/formula_parser.py": "words of the language in which rules are written: 且, 合计",
    "checks/row_names.py": "as above, the years by their role: 首年",
    "filling/boxes/read.py": "characters that are drawn for a box: 口",
    "parsers/checkbox.py": "as above",
    "parsers/docx/fields.py": "as above, those that Word puts round a character",
    "parsers/xlsx/chinese_digits.py": "digits as Excel writes them in Chinese",
    "parsers/xlsx/date_shown.py": "dates as Excel writes them in Chinese",
    "parsers/xlsx/number_format.py": "what Excel calls its formats in Chinese",
    "text.py": "numerals, numbering, note signs and variants of characters, which folding takes for one",
}
"""Files with Chinese characters, and what they are: signs and grammar, not what people call things."""


def words() -> Iterator[str]:
    """Titles, headings and labels of every form and list, folded."""
    lists = [load_evidence_list(), *(s for edition in edition_names() for s in load_summaries(edition))]
    yield from (made.title for made in lists)
    yield from (column.label for made in lists for column in made.columns)
    for edition in edition_names():
        for name in load_edition(edition).forms:
            form = load_form(edition, name)
            yield form.title
            yield from (section.heading for section in form.sections)
            yield from (row.label for section in form.sections for row in every_row(section.rows))


def keys() -> set[str]:
    """What forms and summaries are called in the data."""
    return {
        key
        for edition in edition_names()
        for key in (*load_edition(edition).forms, *(s.form for s in load_summaries(edition)))
    }


def rows() -> set[str]:
    """The paths of all rows of all forms."""
    return {
        path
        for edition in edition_names()
        for name in load_edition(edition).forms
        for path in load_form(edition, name).rows
    }


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that is no docstring, with its line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    described = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in described:
            yield node.lineno, node.value


def known_of(text: str, names: set[str], labels: list[str]) -> bool:
    """Whether a text is or holds a form's name or row, a year, or a label."""
    folded, dated = fold(ADDRESS.sub("", text)), YEAR.search(ADDRESS.sub("", text))
    return text in names or dated is not None or any(label in folded for label in labels)


def test_no_form_s_words_keys_or_years_in_the_code() -> None:
    names = keys() | rows()
    labels = [word for word in {fold(text) for text in words()} if len(word) >= SHORTEST]
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, text in texts_of(path):
            if known_of(text, names, labels):
                found.setdefault(path.relative_to(PACKAGE).as_posix(), []).append((line, text))
    assert {file: texts for file, texts in found.items() if file not in EXPLAINED} == {}
    assert not EXPLAINED.keys() - found.keys(), "no longer needed"


def test_chinese_stands_in_data_and_not_in_the_code() -> None:
    """What people write in a form is in rules/, what is said to them in messages/."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        for _, text in texts_of(path)
        if CHINESE.search(text)
    }
    assert found == CHINESE_HELD.keys()
