"""Which form of which edition a document is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from clusterform.errors import UnreadableError
from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.front_matter import folded_titles
from clusterform.filling.labels import label_index
from clusterform.filling.pieces import texts_of
from clusterform.forms.edition import editions_meant, load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.parsers.raw import RawDocument, Table
from clusterform.patterns import pattern
from clusterform.text import fold
from clusterform.words import word

_LEAST_LABELS = 8
"""So many of a form's labels make it that form though its title is gone."""
_FEW_LABELS = 4
"""A document with fewer of them is no form at all, but a letter or a list."""
_TITLE = 60
"""Characters that a title takes, over all its lines; a longer text is none."""
_YEAR_HEAD = pattern(r"(20\d\d){heads.year_end}")
_YEAR = pattern(r"20\d\d")


def recognise(
    document: RawDocument, edition: str | None = None, texts: DocumentTexts | None = None
) -> FormDef:
    """The form's definition, of whichever edition shipped it is, or of the one named; UnreadableError where it is none.

    `other-edition`, `unknown-form`, or `no-form` where it has nothing of a form. `texts`: the document's, where they
    are at hand.
    """
    forms = [load_form(e, name) for e in editions_meant(edition) for name in load_edition(e).forms]
    texts = texts or DocumentTexts(document.blocks)
    titled = [form for form in forms if _is_titled(texts, folded_titles(form))]
    kinds = {form.form for form in titled}
    if len(kinds) == 1:
        (kind,) = kinds
    else:
        count, kind = _by_labels(set(map(fold, texts.all)), titled or forms)
        if count < _LEAST_LABELS and not titled:
            what = "unknown-form" if count >= _FEW_LABELS else "no-form"
            raise UnreadableError(what, "file.unknown-form", title=_first_line(document))
    return _by_years(document, texts.all, [form for form in titled or forms if form.form == kind])


def _is_titled(texts: DocumentTexts, titles: tuple[str, ...]) -> bool:
    """Whether a form's title stands there; a letter before a form may name both.

    Titles are looked for in short texts, and may be cut over several lines.
    """
    ends = {last for _, last in texts.places(titles)}
    return any(fold(_short_before(texts.all, number)).endswith(titles) for number in ends)


def _short_before(texts: list[str], number: int) -> str:
    """A short text with those before it, as much of them as a title takes; nothing where it is a long one."""
    held = ""
    while number >= 0 and len(held) < _TITLE and len(bare := texts[number].strip()) <= _TITLE:
        held = bare + held
        number -= 1
    return held[-_TITLE:]


def _by_labels(texts: set[str], forms: list[FormDef]) -> tuple[int, str]:
    """The kind of form most of whose labels stand in the document, and how many do."""
    return max((len(texts & _labels(form, "rows")), form.form) for form in forms)


def _labels(form: FormDef, layout: str) -> set[str]:
    return set(label_index(form.edition.edition, form.form, layout).exact)


class _Fit(NamedTuple):
    """How the years of a document fit an edition; the greater the better."""

    heads: int
    """Heads of year columns that are the edition's, less those that are not."""
    labels: int
    """The same of other labels with a year in them, such as 2027 年目标值."""


def _by_years(document: RawDocument, said: list[str], forms: list[FormDef]) -> FormDef:
    """Of one form in several editions the one whose years stand there; `other-edition` where they are none's.

    Editions that follow one another share years, so that all of them count, each at its place.
    """
    rows = [row for row in _header_rows(document) if len(row) > 1]
    texts = set[str]()
    if len(forms) > 1 or not rows:
        texts = {fold(text) for text in said if _YEAR.search(text)}
    fits = [(_Fit(_fit_of_heads(rows, form), _fit_of_labels(texts, form)), form) for form in forms]
    fit, form = max(fits, key=lambda item: (item[0], item[1].edition.edition))
    rows = [row for row in rows if len(row) >= len(form.edition.years.reported)]
    last = str(form.edition.years.reported[-1])
    if fit.heads < 0 or (rows and not any(last in row for row in rows)) or (not rows and fit.labels < 0):
        years = f"（{'、'.join(rows[0])} {word('date.year')}）" if rows else ""
        raise UnreadableError("other-edition", "file.other-edition", title=form.title + years)
    return form


def _fit_of_heads(rows: Iterable[list[str]], form: FormDef) -> int:
    years = [str(year) for year in form.edition.years.reported]
    return sum(2 * _agreeing(row, years) - len(years) for row in rows if len(row) >= len(years))


def _agreeing(row: list[str], years: list[str]) -> int:
    """How many years stand at their places, oldest or newest first; with more heads than years, anywhere."""
    if len(row) > len(years):
        return len(set(years).intersection(row))
    return max(sum(map(str.__eq__, years, heads)) for heads in (row, row[::-1]))


def _fit_of_labels(texts: set[str], form: FormDef) -> int:
    if not texts:
        return 0
    labels = {
        label
        for label in _labels(form, "headings")
        if _YEAR.search(label) and not _YEAR_HEAD.fullmatch(label)
    }
    alike = {_YEAR.sub("", label) for label in labels}
    return sum(1 if text in labels else -1 for text in texts if _YEAR.sub("", text) in alike)


def _header_rows(document: RawDocument) -> Iterator[list[str]]:
    """The years that stand in the first rows of tables beside 年度."""
    for block in document.blocks:
        for row in block.rows[:3] if isinstance(block, Table) else ():
            folded = [fold(c.text) for c in row]
            if word("heads.year") in folded:
                yield [m[1] for text in folded if (m := _YEAR_HEAD.fullmatch(text))]


def _first_line(document: RawDocument) -> str:
    """What a person would call it by: a sheet's name is mostly Sheet1."""
    blocks = tuple(b for b in document.blocks if isinstance(b, Table) or not b.sheet_name)
    return next((text.strip()[:60] for text in texts_of(blocks) if text.strip()), "")
