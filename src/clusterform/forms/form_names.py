"""How a form or a table may be asked for: by its key, its official title, its annex, or what people call it."""

from __future__ import annotations

from clusterform.checks.reader import BilingualText
from clusterform.forms.edition import load_edition
from clusterform.forms.lists import ListDef
from clusterform.forms.model import FormDef, load_form
from clusterform.forms.summaries import list_kinds, load_list, load_summaries
from clusterform.messages import Pair
from clusterform.text import fold


def key_of_form(name: str, edition: str) -> str:
    """The key of the form or table that is meant; the name as it is where none is."""
    keys = (*load_edition(edition).forms, *list_kinds(edition))
    if name in keys:
        return name
    meant = (key for key in keys if fold(name) in map(fold, _names(_definition(key, edition))))
    return next(meant, name)


def short_name(form: str, edition: str) -> BilingualText:
    """What reports call a form or summary of the edition."""
    if form in load_edition(edition).forms:
        return load_form(edition, form).short
    return next(summary.short for summary in load_summaries(edition) if summary.form == form)


def with_titles(keys: tuple[str, ...], edition: str) -> tuple[Pair, ...]:
    """The keys for a message, in Chinese with their names: 申报表（application）."""
    return tuple(Pair(f"{_definition(key, edition).called[0]}（{key}）", key) for key in keys)


def _definition(key: str, edition: str) -> FormDef | ListDef:
    return load_form(edition, key) if key in load_edition(edition).forms else load_list(edition, key)


def _names(item: FormDef | ListDef) -> tuple[str, ...]:
    return tuple(name for name in (item.title, item.annex, *item.called, *item.spellings) if name)
