"""The names that a rule gives: rows, columns, options, thresholds, forms, placeholders. Each must be the name of something.

A rule that names a row wrongly would never run, and nobody would know. Looked up when a user's file is read; the
shipped rules are held to it by a test.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from clusterform.checks.check import FOLDER
from clusterform.checks.formula import Operand, cells
from clusterform.checks.formula_parser import CellName, parse
from clusterform.checks.reader import Limit, NameOf
from clusterform.checks.row_names import wrong_names
from clusterform.fields import BOXES, Field
from clusterform.forms.edition import load_edition
from clusterform.forms.example import Example, address
from clusterform.forms.lists import load_summaries
from clusterform.forms.model import FormDef, load_form
from clusterform.forms.rule import Rule, load_rules
from clusterform.messages import InBoth, Text
from clusterform.models import Model, parts_of
from clusterform.nearest import with_suggestion
from clusterform.validation import MisfitError, Wrong
from clusterform.yaml_file import KeyPath

_ROLES = ("first", "middle", "last")
_ALWAYS = ("place", "label", "column", "value", "expected", "unit", "group")
"""What every message may have, see the engine."""
_UNKNOWN = "unknown"
"""What a file is called that is no form."""


class Known(NamedTuple):
    forms: Mapping[str, FormDef]
    form_names: tuple[str, ...]
    limits: Mapping[str, Limit]
    rules: tuple[Rule, ...]
    shipped: tuple[Rule, ...]
    summary_columns: tuple[str, ...]

    @classmethod
    def of(cls, edition: str, limits: Mapping[str, Limit], rules: tuple[Rule, ...]) -> Known:
        """All that an edition has, with these thresholds and rules."""
        forms = {name: load_form(edition, name) for name in load_edition(edition).forms}
        summaries = load_summaries(edition)
        names = (*forms, *(summary.form for summary in summaries), _UNKNOWN, FOLDER)
        columns = tuple(dict.fromkeys(c.key for summary in summaries for c in summary.columns))
        return cls(forms, names, limits, rules, load_rules(edition), columns)


class Named(NamedTuple):
    names: NameOf
    text: str
    place: KeyPath
    holder: Model
    """What has the parameter: the rows whose column or option it is stand in it as well."""


def unknown_names(rule: Rule, known: Known) -> Iterator[Wrong]:
    """Every name of a rule that nothing bears."""
    for number, form in enumerate(rule.forms):
        if form not in known.form_names:
            yield _none(("forms", number), form, "form", known.form_names)
    for number, code in enumerate(rule.needs):
        if not any(other.code.startswith(code) for other in known.rules):
            codes = [other.code for other in known.rules]
            yield _none(("needs", number), code, "rule", codes)
    yield from _texts(rule, known)
    for key, example in (("wrong", rule.wrong), ("right", rule.right)):
        yield from (wrong.under(key) for wrong in unknown_answers(rule, example, known))
    others_too = any(name not in known.form_names for name in rule.forms)
    forms = [form for name, form in known.forms.items() if others_too or name in rule.forms]
    for number, params in enumerate(rule.checks):
        look = _Look(rule, forms, known)
        for named in names_in(params):
            yield from (wrong.under("checks", number) for wrong in look.wrong(named))
        yield from (wrong.under("checks", number) for wrong in look.without_column(params))


def unknown_answers(rule: Rule, example: Example, known: Known) -> Iterator[Wrong]:
    """Every row, column and option of an example that no form of its rule has."""
    names = [name for name in rule.forms if name in known.forms]
    if not example.answers or not names:
        return
    if example.form and example.form not in names:
        yield _none(("form",), example.form, "form", names)
        return
    forms = [known.forms[name] for name in names if example.form in ("", name)]
    for name, given in example.answers.items():
        yield from (wrong.under(name) for wrong in _unknown_answer(name, given, forms))


def _unknown_answer(name: str, given: str | tuple[str, ...], forms: list[FormDef]) -> Iterator[Wrong]:
    years = tuple(str(year) for year in forms[0].edition.years.reported)
    path, column = address(name, years)
    rows = [form.fields[path] for form in forms if path in form.fields]
    if not rows and name.isascii():
        yield _none((), path, "row", [path for form in forms for path in form.fields])
    elif not rows:
        yield from _unknown_label(name, forms)
    elif column not in {*(c.key for row in rows for c in row.columns)} and (column or rows[0].columns):
        heads = tuple(dict.fromkeys(c.label for row in rows for c in row.columns))
        fault = Text("condition.which-column", name=rows[0].label, columns=heads)
        yield Wrong((), fault if heads else Text("rule-file.no-column", column=str(column)))
    elif (rows[0].kind in BOXES) is isinstance(given, str):
        yield Wrong((), Text("misfit.list" if rows[0].kind in BOXES else "misfit.string"))
    else:
        options = [option.key for row in rows for option in row.options]
        ticked = () if isinstance(given, str) else given
        yield from (_none((), key, "option", options) for key in ticked if key not in options)


def _unknown_label(name: str, forms: list[FormDef]) -> Iterator[Wrong]:
    try:
        forms[0].row_names.operand(CellName(tuple(name.split(".")), ""), 0)
    except MisfitError as error:
        yield from (Wrong((), wrong.text) for wrong in error.wrong)


def limits_named(rule: Rule) -> Iterator[str]:
    for params in rule.checks:
        yield from (named.text for named in names_in(params) if named.names.what == "limit")


def names_in(holder: Model, place: KeyPath = ()) -> Iterator[Named]:
    """Every name that a check's parameters give, those inside included; defaults are no names."""
    for name, item in parts_of(type(holder)).items():
        value = getattr(holder, name)
        if value != item.get_default(call_default_factory=True):
            hint = Annotated[item.annotation, *item.metadata] if item.metadata else item.annotation
            yield from _inside(hint, value, (*place, name), holder)


def _inside(hint: Any, value: Any, place: KeyPath, holder: Model) -> Iterator[Named]:
    """The names in a value of that kind."""
    origin, of = get_origin(hint), get_args(hint)
    if isinstance(value, Model):
        yield from names_in(value, place)
    elif origin is Annotated:
        if isinstance(value, str):
            yield from (Named(n, value, place, holder) for n in of[1:] if isinstance(n, NameOf))
        yield from _inside(of[0], value, place, holder)
    elif origin in {Union, UnionType}:
        for kind in of:
            yield from _inside(kind, value, place, holder)
    elif isinstance(value, list | tuple) and of:
        for number, item in enumerate(value):
            yield from _inside(of[0], item, (*place, number), holder)
    elif isinstance(value, Mapping) and of:
        for key, item in value.items():
            yield from _inside(of[0], key, (*place, key), holder)
            yield from _inside(of[1], item, (*place, key), holder)


class _Look(NamedTuple):
    rule: Rule
    forms: list[FormDef]
    known: Known

    def wrong(self, named: Named) -> Iterator[Wrong]:
        """What is wrong with a name; nothing where something bears it."""
        what, text, place = named.names.what, named.text, named.place
        of_form = {"row": self._row, "formula": self._formula, "condition": self._condition}
        of_rows = {"column": self._column, "option": self._option}
        if what in of_form:
            yield from of_form[what](text, place)
        elif what in of_rows:
            yield from of_rows[what](named)
        elif text not in (known := self._plain(named.names)):
            yield _none(place, text, what, known)

    def _plain(self, names: NameOf) -> Iterable[str]:
        """All names of a sort that has nothing to do with a rule's rows."""
        known = self.known
        if names.what == "limit":
            return known.limits
        if names.what == "section":
            return [section.key for form in self.forms for section in form.sections]
        if names.what == "observation":
            shipped = (named for rule in known.shipped for check in rule.checks for named in names_in(check))
            return [named.text for named in shipped if named.names == names]
        return known.form_names if names.what == "form" else known.summary_columns

    def _row(self, path: str, place: KeyPath) -> Iterator[Wrong]:
        if any(path in form.fields for form in self.forms):
            return
        others = [form.form for form in self.known.forms.values() if path in form.fields]
        if others:
            yield Wrong(place, Text("rule-file.other-form", row=path, forms=others))
            return
        labels = {item.label: p for form in self.forms for p, item in form.fields.items()}
        if path in labels:
            yield _none(place, path, "row-path", [labels[path]])
            return
        yield _none(place, path, "row", [p for form in self.forms for p in form.fields])

    def _formula(self, text: str, place: KeyPath) -> Iterator[Wrong]:
        try:
            found = dict.fromkeys(cells(parse(text)))
        except MisfitError as error:
            yield from (wrong.under(*place) for wrong in error.wrong)
            return
        for cell in found:
            yield from self._row(cell.path, place)
            yield from self._role(cell, place)

    def _condition(self, text: str, place: KeyPath) -> Iterator[Wrong]:
        wrong = wrong_names(text, [form.row_names for form in self.forms])
        yield from (fault.under(*place) for fault in wrong)

    def _role(self, cell: Operand, place: KeyPath) -> Iterator[Wrong]:
        """The year or column that a formula asks for in square brackets."""
        rows = [form.fields[cell.path] for form in self.forms if cell.path in form.fields]
        keys = self._keys(rows)
        roles = (*_ROLES, "previous") if keys & self._years() else ()
        if rows and cell.column is not None and cell.column not in (*keys, *roles):
            yield _none(place, f"{cell.path}[{cell.column}]", "column", (*roles, *sorted(keys)))

    def _keys(self, rows: Iterable[Field]) -> frozenset[str]:
        return frozenset(column.key for row in rows for column in row.columns)

    def _years(self) -> frozenset[str]:
        return frozenset(str(year) for form in self.forms for year in form.edition.years.reported)

    def _rows(self, named: Named) -> list[Field]:
        """The rows in the parameter that a column or an option belongs to."""
        value = getattr(named.holder, named.names.of)
        paths = [value] if isinstance(value, str) else value.values() if isinstance(value, Mapping) else value
        return [form.fields[path] for form in self.forms for path in paths if path in form.fields]

    def _column(self, named: Named) -> Iterator[Wrong]:
        rows = self._rows(named)
        if not rows or named.text == "":
            return  # a row that is none is told already
        keys = self._keys(rows)
        if not keys:
            yield Wrong(named.place, Text("rule-file.no-column", column=named.text))
            return
        roles = ("each", *_ROLES) if self._years() <= keys else ()
        if named.text not in keys and named.text not in roles:
            yield _none(named.place, named.text, "column", (*roles, *sorted(keys)))

    def without_column(self, params: Model) -> Iterator[Wrong]:
        """A row of several columns of which the rule names none would never be looked at."""
        for name, item in parts_of(type(params)).items():
            names = next((names for names in item.metadata if isinstance(names, NameOf)), None)
            if names is None or names.what != "column" or getattr(params, name) != "":
                continue
            named = Named(names, "", (name,), params)
            rows = self._rows(named)
            if rows and all(row.columns for row in rows):
                keys = tuple(dict.fromkeys(c.key for row in rows for c in row.columns))
                yield Wrong((names.of,), Text("rule-file.which-column", name=name, columns=keys))

    def _option(self, named: Named) -> Iterator[Wrong]:
        rows = self._rows(named)
        keys = list(dict.fromkeys(option.key for row in rows for option in row.options))
        if rows and named.text not in keys:
            labels = {option.label: option.key for row in rows for option in row.options}
            near = [labels[named.text]] if named.text in labels else keys
            yield _none(named.place, named.text, "option", near)


def _none(place: KeyPath, text: str, sort: str, known: Iterable[str]) -> Wrong:
    fault = Text("rule-file.no-name", name=text, sort=Text(f"sort.{sort}"))
    return Wrong(place, with_suggestion(fault, text, known))


def _texts(rule: Rule, known: Known) -> Iterator[Wrong]:
    """Placeholders in messages that the rule's kinds of check give nothing for, and variants that none of them says."""
    kinds = {getattr(params, "kind", "") for params in rule.checks}
    alike = [r for r in known.shipped if kinds & {getattr(params, "kind", "") for params in r.checks}]
    variants = {name for r in alike for name in r.variants}
    for name, words in {"": rule.message, **rule.variants}.items():
        place: KeyPath = ("variants", name) if name else ("message",)
        if name and name not in variants:
            yield _none(place, name, "variant", sorted(variants))
            continue
        given = (fact for check in rule.checks for fact in check.gives)
        facts = {*_ALWAYS, *given, *(fact for r in alike for fact in _facts(r, name))}
        for language in ("zh", "en"):
            for wrong in _wrong_placeholders(getattr(words, language), facts):
                yield Wrong((*place, language), wrong)


def _facts(rule: Rule, variant: str) -> Iterator[str]:
    """What the messages of a shipped rule show: its kind gives these."""
    for words in (rule.message, *(rule.variants[name] for name in rule.variants if name == variant)):
        for text in (words.zh, words.en):
            yield from (name for _, name, _, _ in string.Formatter().parse(text) if name)


def _wrong_placeholders(text: str, facts: set[str]) -> Iterator[InBoth]:
    try:
        found = [part for part in string.Formatter().parse(text) if part[1] is not None]
    except ValueError:
        yield Text("rule-file.brace")
        return
    for _, name, form, conversion in found:
        if name not in facts or form or conversion:
            fault = Text("rule-file.placeholder", name=name)
            yield with_suggestion(fault, str(name), sorted(facts))
