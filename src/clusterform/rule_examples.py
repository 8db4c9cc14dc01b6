"""Tries the examples of rules on a clean form: the wrong one must be found by its rule, the right one must not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from clusterform.answers import Answer, FilledForm, State, TicksAnswer, answers_of
from clusterform.checks.reader import BilingualText
from clusterform.data_files import clean_form
from clusterform.engine import Outcome, Terms, run_rules
from clusterform.errors import UsageError
from clusterform.fields import BOXES, Field
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.filling.read import roles_of
from clusterform.finding import Finding
from clusterform.forms.edition import load_edition
from clusterform.forms.example import Example, ExampleAnswer, address
from clusterform.forms.model import FormDef, load_form
from clusterform.forms.rule import Rule
from clusterform.forms.ruleset import RuleSet
from clusterform.messages import Text
from clusterform.parsers.container.package import open_form
from clusterform.patterns import pattern
from clusterform.pipeline import read_form
from clusterform.settings import Settings

_YEAR = pattern(r"(?<![0-9])20[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Trial:
    rule: str
    which: str
    """wrong or right."""
    form: str
    answers: BilingualText
    """What the example puts into the form, in words."""
    fault: Text | None
    """What is wrong with the example; None where it shows what it should."""
    found: Finding | None = None
    """What the rule says of the wrong one."""


class Trials:
    """Tries examples on the clean forms of an edition."""

    def __init__(self, edition: str, ruleset: RuleSet, language: str = "zh") -> None:
        self.edition = edition
        self.ruleset = ruleset
        self._language = language
        self._clean: dict[str, FilledForm] = {}

    def of(self, rules: Iterable[Rule]) -> Iterator[Trial]:
        """Each example that has answers, on each form that the rule is for, that asks for all of them and has a clean one."""
        for rule in rules:
            yield from self._both(rule, rule.wrong, rule.right)

    def of_cases(self) -> Iterator[Trial]:
        """The cases that the rule files give."""
        rules = {rule.code: rule for rule in self.ruleset.rules}
        for case in self.ruleset.cases:
            yield from self._both(rules[case.rule], case.wrong, case.right)

    def _both(self, rule: Rule, wrong: Example | None, right: Example | None) -> Iterator[Trial]:
        for which, example in (("wrong", wrong), ("right", right)):
            if example is None or not example.runs:
                continue
            for form in self._forms(rule, example):
                yield Trial(
                    rule.code, which, form.form, example.words, *self._tried(rule, which, example, form)
                )

    def _forms(self, rule: Rule, example: Example) -> list[FormDef]:
        names = [example.form] if example.form else [n for n in rule.forms if clean_form(n).is_file()]
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
        before, now = (self._judged(rule, filled, example) for filled in (clean, changed))
        known = {_finding_line(finding) for finding in before.findings}
        new = next((finding for finding in now.findings if _finding_line(finding) not in known), None)
        skipped = next((skip.reason for skip in now.skipped if skip not in before.skipped), None)
        return _misses(which, new, skipped), new

    def _clean_form(self, form: str) -> FilledForm:
        """Read once."""
        if form not in self._clean:
            path = Path(str(clean_form(form)))
            if not path.is_file():
                raise UsageError("example.no-form", form=form)
            clean = read_form(open_form(path), Settings())
            own = clean.edition == self.edition
            self._clean[form] = clean if own else _moved_to(load_form(self.edition, form), clean)
        return self._clean[form]

    def _judged(self, rule: Rule, form: FilledForm, example: Example) -> Outcome:
        """What the rule alone says of the form."""
        terms = Terms(language=self._language, limits=self.ruleset.limits, reference=example.reference)
        outcome = run_rules(form, self.ruleset.ordered, terms)
        return Outcome(
            findings=[finding for finding in outcome.findings if finding.rule == rule.code],
            skipped=[skip for skip in outcome.skipped if skip.rule == rule.code],
        )


def _misses(which: str, found: Finding | None, skipped: str | None) -> Text | None:
    """What is wrong with an example; a right one where nobody looked shows nothing."""
    if which == "right" and found is not None:
        return Text("example.found", message=found.message)
    if found is None and skipped is not None:
        return Text("example.skipped", reason=skipped)
    return Text("example.not-found") if which == "wrong" and found is None else None


def with_answers(form: FilledForm, definition: FormDef, answers: Mapping[str, ExampleAnswer]) -> FilledForm:
    """The form with other answers in these places, read as they would be from a file; KeyError names one it has not."""
    changed = dict(form.answers)
    years = tuple(str(year) for year in definition.edition.years.reported)
    for name, given in answers.items():
        path, column = address(name, years)
        if (path, column) not in changed:
            raise KeyError(name)
        if isinstance(given, str):
            answer = convert(definition.fields[path], definition.rows[path], [Piece(given)])
        else:
            answer = TicksAnswer.made(state=State.FILLED if given else State.BLANK, value=tuple(given))
        changed[path, column] = answer
    return form.with_answers(changed)


def _moved_to(definition: FormDef, clean: FilledForm) -> FilledForm:
    """The clean form of another edition as one of this edition: its years moved, rows that it has not left blank."""
    by = definition.edition.years.baseline - clean.roles["baseline"]

    def moved(text: str) -> str:
        return _YEAR.sub(lambda year: str(int(year[0]) + by), text)

    answers = {(path, column and moved(column)): answer for (path, column), answer in clean.answers.items()}

    def answer_at(field: Field, column: str | None) -> Answer:
        answer = answers.get((field.path, column))
        if field.kind in BOXES:
            return answer or TicksAnswer.made(state=State.BLANK, value=())
        text = moved(answer.text) if answer else ""
        return convert(field, definition.rows[field.path], [Piece(text)])

    return FilledForm.model_construct(
        form=definition.form,
        edition=definition.edition.edition,
        fields=definition.fields,
        roles=roles_of(definition),
        answers=answers_of(definition.fields, answer_at),
        evidence=clean.evidence,
        explanations=clean.explanations,
        section_titles=clean.section_titles,
    )


def _finding_line(finding: Finding) -> tuple[str | None, str | None, str]:
    return finding.field, finding.column, finding.message
