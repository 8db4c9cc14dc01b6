"""Tries the examples of rules on a clean form: the wrong one must be found by its rule, the right one must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from clusterform.answers import Answer, FilledForm, State, TicksAnswer
from clusterform.data_files import clean_form
from clusterform.engine import Terms, run_rules
from clusterform.errors import UsageError
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.finding import Finding
from clusterform.forms.edition import load_edition
from clusterform.forms.example import Example, ExampleAnswer, address
from clusterform.forms.model import FormDef, load_form
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet
from clusterform.messages import Text
from clusterform.parsers.container.opening import open_form
from clusterform.pipeline import read_form
from clusterform.record import record
from clusterform.settings import Settings


@record
class Trial:
    rule: str
    which: str
    """wrong or right."""
    form: str
    fault: Text | None
    """What is wrong with the example; None where it shows what it should."""
    found: Finding | None = None
    """What the rule says of the wrong one."""


class Trials:
    """Tries examples on the clean forms of an edition."""

    def __init__(self, edition: str, ruleset: RuleSet) -> None:
        self.edition = edition
        self.ruleset = ruleset
        self._clean: dict[str, FilledForm] = {}

    def of(self, rules: Iterable[Rule]) -> Iterator[Trial]:
        """Each example that has answers, on each form that the rule is for and that asks for all of them."""
        for rule in rules:
            for which, example in (("wrong", rule.wrong), ("right", rule.right)):
                for form in self._forms(rule, example) if example.runs else ():
                    yield Trial(rule.code, which, form.form, *self._tried(rule, which, example, form))

    def _forms(self, rule: Rule, example: Example) -> list[FormDef]:
        names = [example.form] if example.form else rule.forms
        known = [name for name in names if name in load_edition(self.edition).forms]
        forms = [load_form(self.edition, name) for name in known]
        paths = {name.partition("@")[0] for name in example.answers}
        return [form for form in forms if paths <= form.fields.keys()] or forms[:1]

    def _tried(
        self, rule: Rule, which: str, example: Example, form: FormDef
    ) -> tuple[Text | None, Finding | None]:
        """What is wrong with the example, and what the rule finds that it does not find on the clean form."""
        clean = self._clean_form(form.form)
        try:
            changed = with_answers(clean, form, example.answers)
        except KeyError as error:
            return Text("example.no-place", place=str(error.args[0])), None
        before = {_finding_line(f) for f in self._findings(rule, clean, example)}
        new = next(
            (f for f in self._findings(rule, changed, example) if _finding_line(f) not in before), None
        )
        if which == "wrong":
            return (Text("example.not-found") if new is None else None), new
        return (None if new is None else Text("example.found", message=new.message)), new

    def _clean_form(self, form: str) -> FilledForm:
        """Read once."""
        if form not in self._clean:
            path = Path(str(clean_form(form)))
            if not path.is_file():
                raise UsageError("example.no-form", form=form)
            self._clean[form] = read_form(open_form(path), Settings(edition=self.edition))
        return self._clean[form]

    def _findings(self, rule: Rule, form: FilledForm, example: Example) -> list[Finding]:
        terms = Terms(limits=self.ruleset.limits, reference=example.reference)
        return [f for f in run_rules(form, self.ruleset.ordered, terms).findings if f.rule == rule.code]


def with_answers(form: FilledForm, definition: FormDef, answers: Mapping[str, ExampleAnswer]) -> FilledForm:
    """The form with other answers in these places, read as they would be from a file; KeyError names one it has not."""
    changed = dict(form.answers)
    years = tuple(str(year) for year in definition.edition.years.reported)
    for name, given in answers.items():
        path, column = address(name, years)
        if (path, column) not in changed:
            raise KeyError(name)
        changed[path, column] = _answer(definition, path, given)
    return form.with_answers(changed)


def _answer(form: FormDef, path: str, given: ExampleAnswer) -> Answer:
    if isinstance(given, str):
        return convert(form.fields[path], form.rows[path], [Piece(given)])
    return TicksAnswer.made(state=State.FILLED if given else State.BLANK, value=tuple(given))


def _finding_line(finding: Finding) -> tuple[str | None, str | None, str]:
    return finding.field, finding.column, finding.message
