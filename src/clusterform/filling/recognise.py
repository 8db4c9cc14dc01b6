"""Which form of which edition a document is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clusterform.errors import UnreadableError
from clusterform.filling.front import folded_titles, last_letters
from clusterform.filling.labels import label_index
from clusterform.filling.pieces import texts_of
from clusterform.forms.edition import load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.raw import RawDocument, Table
from clusterform.text import fold

_LEAST_LABELS = 8
"""So many of a form's labels make it that form though its title is gone."""
_FEW_LABELS = 4
"""A document with fewer of them is no form at all, but a letter or a list."""
_TITLE = 60
"""Characters that a title takes, over all its lines; a longer text is none."""
_YEAR_HEAD = re.compile(r"(20\d\d)年?度?")


def recognise(document: RawDocument, edition: str) -> FormDef:
    """The form's definition; UnreadableError where it is none of the edition's.

    `other-edition`, `unknown-form`, or `no-form` where it has nothing of a form.
    """
    forms = [load_form(edition, name) for name in load_edition(edition).forms]
    titled = _by_title(document, forms)
    if len(titled) == 1:
        form = titled[0]
    else:
        count, form = _by_labels({fold(text) for text in texts_of(document.blocks)}, titled or forms)
        if count < _LEAST_LABELS and not titled:
            title = _first_line(document)
            raise UnreadableError("unknown-form" if count >= _FEW_LABELS else "no-form", title, title)
    _same_years(document, form)
    return form


def _by_title(document: RawDocument, forms: list[FormDef]) -> list[FormDef]:
    """The forms whose titles stand there; a letter before a form may name both.

    Titles are looked for in short texts, and may be cut over several lines.
    """
    titles = {form.form: folded_titles(form) for form in forms}
    ends = last_letters(title for found in titles.values() for title in found)
    found = dict[str, None]()
    texts = texts_of(document.blocks)
    for number, text in enumerate(texts):
        if ends.search(text):
            folded = fold(_short_before(texts, number))
            found |= {name: None for name, own in titles.items() if folded.endswith(own)}
    return [form for form in forms if form.form in found]


def _short_before(texts: list[str], number: int) -> str:
    """A short text with those right before it, as much of them as a title takes; nothing where it is a long one."""
    held = ""
    while number >= 0 and len(held) < _TITLE and 0 < len(bare := texts[number].strip()) <= _TITLE:
        held = bare + held
        number -= 1
    return held[-_TITLE:]


def _by_labels(texts: set[str], forms: list[FormDef]) -> tuple[int, FormDef]:
    """The form most of whose own labels stand in the document, and how many of all its labels do.

    Labels that all forms share do not count first.
    """
    keys = {form.form: set(label_index(form.edition.edition, form.form, "rows").exact) for form in forms}
    shared = set.intersection(*keys.values())
    scored = [(len(texts & (keys[f.form] - shared)), len(texts & keys[f.form]), f.form, f) for f in forms]
    best = max(scored, key=lambda s: s[:3])
    return best[1], best[3]


def _same_years(document: RawDocument, form: FormDef) -> None:
    """Another edition's form has other years over the same columns."""
    years = [str(y) for y in form.edition.years.reported]
    rows = [row for row in _header_rows(document) if len(row) >= len(years)]
    if rows and not any(years[-1] in row for row in rows):
        title = f"{form.title}（{'、'.join(rows[0])} 年）"
        raise UnreadableError("other-edition", title, title)


def _header_rows(document: RawDocument) -> Iterator[list[str]]:
    """The years that stand in the first rows of tables beside 年度."""
    for block in document.blocks:
        for row in block.rows[:3] if isinstance(block, Table) else ():
            folded = [fold(c.text) for c in row]
            if "年度" in folded:
                yield [m[1] for text in folded if (m := _YEAR_HEAD.fullmatch(text))]


def _first_line(document: RawDocument) -> str:
    """What a person would call it by: a sheet's name is mostly Sheet1."""
    blocks = tuple(b for b in document.blocks if isinstance(b, Table) or not b.sheet_name)
    return next((text.strip()[:60] for text in texts_of(blocks) if text.strip()), "")
