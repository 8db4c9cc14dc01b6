"""An example of a rule: answers put into a clean form, where the rule then finds something, or nothing."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from pydantic import Field as ModelField

from clusterform.checks.formula_parser import CellName
from clusterform.checks.reader import BilingualText
from clusterform.fields import Field
from clusterform.forms.edition import load_edition
from clusterform.forms.model import FormDef, load_form
from clusterform.messages import Fact, Joined, Text
from clusterform.models import Model
from clusterform.validation import MisfitError

ExampleAnswer = str | tuple[str, ...]
_OWN = ("says", "form", "reference")
"""What an example may hold beside answers; the path of an answer has a point in it."""


class Example(Model):
    """In a rule's YAML `{leading_industry.output_growth@last: "16.57"}`, of boxes the keys of those ticked; or prose.

    Prose is for what no answer of one form shows: a damaged file, a folder's forms, evidence that lies beside.
    """

    answers: dict[str, ExampleAnswer] = ModelField(default_factory=dict)
    """By path, or path@column; first, middle and last are the years reported."""
    words: BilingualText
    """What a person reads: each answer under its label, and a sentence where the rule has one."""
    says: BilingualText | None = None
    """The sentence that the rule adds."""
    form: str = ""
    """The one form it is about, where the rule is for several."""
    reference: dict[str, Decimal] = ModelField(default_factory=dict)
    """Industry averages that the user would give."""

    @property
    def runs(self) -> bool:
        return bool(self.answers)


class RuleCase(Model):
    """What a rule file wants tried of any rule, such as one whose threshold it changes."""

    rule: str
    """Its code."""
    wrong: Example | None = None
    """Answers that the rule must find."""
    right: Example | None = None
    """Answers that it must let pass."""


def address(answer: str, years: tuple[str, ...]) -> tuple[str, str | None]:
    path, _, column = answer.partition("@")
    roles = dict(zip(("first", "middle", "last"), years, strict=True))
    return path, roles.get(column, column) or None


def with_examples(rule: Any, edition: str) -> Any:
    """A rule's data with its examples' answers put in words."""
    if not isinstance(rule, dict):
        return rule
    kept = load_edition(edition)
    given = rule.get("forms")
    asked = [
        name for name in (given if isinstance(given, list | tuple) else kept.forms) if name in kept.forms
    ]
    forms = [load_form(edition, name) for name in asked]
    return {**rule, **{key: _example(rule[key], forms) for key in ("wrong", "right") if key in rule}}


def _example(given: Any, forms: Iterable[FormDef]) -> Any:
    if isinstance(given, str):
        return {"words": {"zh": given, "en": given}}
    if not isinstance(given, dict):
        return given
    about = [form for form in forms if given.get("form", form.form) == form.form]
    answers = {_by_path(str(key), about): text for key, text in given.items() if key not in _OWN}
    says = given.get("says", {})
    return {
        **{key: given[key] for key in _OWN if key in given},
        "answers": answers,
        "words": {lang: _in_words(answers, about, says, lang) for lang in ("zh", "en")},
    }


def _by_path(name: str, forms: Iterable[FormDef]) -> str:
    """An answer's path, where a rule gives it in its official name as a condition does; what names none stays as it is."""
    for form in () if name.isascii() else forms:
        try:
            path, column = form.row_names.operand(CellName(tuple(name.split(".")), ""), 0)
        except MisfitError:
            continue
        return f"{path}@{column}" if column else path
    return name


def _in_words(answers: Mapping[str, Any], forms: Iterable[FormDef], says: Any, language: str) -> str:
    rows = groupby(answers.items(), key=lambda item: item[0].partition("@")[0])
    shown = [_shown(path, dict(given), forms)[language] for path, given in rows]
    sentence = says.get(language) if isinstance(says, dict) else None
    return Text("join.then")[language].join([*shown, *([sentence] if isinstance(sentence, str) else [])])


def _shown(path: str, given: Mapping[str, Any], forms: Iterable[FormDef]) -> Text:
    """A row's answers under its label, each with the head of its column."""
    form = next((form for form in forms if path in form.fields), None)
    if form is None:
        return Text("example.answer", place=path, text=tuple(map(str, given.values())))
    item = form.fields[path]
    years = tuple(str(year) for year in form.edition.years.reported)
    heads = [item.column_label(address(name, years)[1]) or "" for name in given]
    texts = [_text(item, text) for text in given.values()]
    if len(texts) == 1:
        return Text("example.answer", place=f"{item.label} {heads[0]}".strip(), text=texts[0])
    columns = (Joined("join.place", (h, t)) for h, t in zip(heads, texts, strict=True))
    return Text("example.answer", place=item.label, text=tuple(columns))


def _text(item: Field, given: Any) -> Fact:
    if isinstance(given, list | tuple):
        return " ".join(f"{'☑' if option.key in given else '□'}{option.label}" for option in item.options)
    return str(given) if given else Text("example.blank")
