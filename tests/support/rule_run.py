"""Filled forms made by hand from plain texts, and single rules run over them, without a file or a parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clusterform.answers import CountNames, FilledForm, Observation, State
from clusterform.checks.check import Check
from clusterform.checks.reader import Reader, Unknown
from clusterform.data_files import rules_file
from clusterform.engine import Outcome, Terms, run_rules
from clusterform.evidence_line import EvidenceLine
from clusterform.fields import NUMERIC, Field, Kind
from clusterform.figures import Figure
from clusterform.finding import Finding, Location
from clusterform.forms.limits import load_limits
from clusterform.forms.model import load_form
from clusterform.forms.rule import Rule, make_rule, rules_in
from clusterform.forms.ruleset import in_order
from clusterform.yaml_file import read_yaml
from support.by_hand import Ticks, Written, form_of

EDITION = "2025"
Texts = Mapping[str, Any]
"""Path, or path@column, to a text, or to a tuple of option keys for boxes."""


def answer(item: Field, text: Any) -> Written:
    """One answer as the readers would make it of that text; None is a row that was not found."""
    if text is None:
        return Written("", State.ABSENT)
    if isinstance(text, tuple):
        boxes = {o.key: Location(table=1, row=n + 1, cell=2) for n, o in enumerate(item.options)}
        return Written("", State.FILLED if text else State.BLANK, Ticks(text, boxes=boxes))
    if not text.strip():
        return Written(text, State.BLANK)
    if text == "无":
        return Written(text, State.NONE)
    if text == "/":
        return Written(text, State.STAND_IN)
    return Written(text, State.FILLED, _value(item, text))


def _value(item: Field, text: str) -> Figure | CountNames | str | None:
    number = re.search(r"\d+(?:\.\d+)?", text)
    if item.kind is Kind.COUNT_NAMES:
        count = Decimal(number[0]) if number else None
        return CountNames(count=count, count_text=text, names="甲、乙")
    if item.kind in NUMERIC:
        return _figure(number[0], counted=item.kind is Kind.COUNT) if number else None
    return text


def _figure(text: str, *, counted: bool) -> Figure:
    return Figure(Decimal(text), len(text.partition(".")[2]), counted)


def filled(
    form: str,
    texts: Texts,
    evidence: Iterable[tuple[str, str]] | None = None,
    observations: Iterable[Observation] = (),
) -> FilledForm:
    """A form with these answers; every other place is absent. `evidence` are subjects and titles."""
    definition = load_form(EDITION, form)
    answers = {}
    for spot, text in texts.items():
        path, _, column = spot.partition("@")
        answers[path, column or None] = answer(definition.fields[path], text)
    lines = None
    if evidence is not None:
        lines = tuple(
            EvidenceLine(
                {"number": str(n), "subject": subject, "title": title, "pages": str(n)},
                Location(table=9, row=n + 1),
            )
            for n, (subject, title) in enumerate(evidence, 1)
        )
    return form_of(
        form,
        definition.fields,
        answers,
        roles=definition.edition.years.as_dict(),
        observations=tuple(observations),
        evidence=lines,
        section_titles={s.number: s.heading for s in definition.sections if s.heading},
    )


def rules(*codes: str) -> list[Rule]:
    """The shipped rules of these codes or beginnings, read from the files of their families only."""
    families = {code[:3].lower() for code in codes}
    folder = rules_file("editions", EDITION, "rules")
    found = [
        make_rule(item, file.name, EDITION)
        for file in folder.iterdir()
        if file.name[:3] in families
        for item in rules_in(read_yaml(file))
    ]
    return list(in_order(rule for rule in found if rule.code.startswith(codes)))


@dataclass(frozen=True, slots=True)
class Run:
    """What the rules said; a crashed rule fails the test at once."""

    outcome: Outcome

    @property
    def findings(self) -> list[Finding]:
        return self.outcome.findings

    def only(self) -> Finding:
        """The one finding there must be."""
        assert len(self.findings) == 1, [f.message for f in self.findings]
        return self.findings[0]

    def silent(self) -> bool:
        """Whether nothing was found, and nothing had to be skipped either."""
        return not self.findings and not self.outcome.skipped


def run(form: FilledForm, *codes: str, **terms: Any) -> Run:
    """These rules over the form, with the national thresholds; both languages' messages must be complete."""
    limits = load_limits("2025")
    outcomes = [
        run_rules(form, rules(*codes), Terms(language=language, limits=limits, **terms))
        for language in ("en", "zh")
    ]
    for outcome in outcomes:
        assert not outcome.crashed, outcome.crashed
        assert all(f.message and "{" not in f.message for f in outcome.findings)
    return Run(outcomes[1])


def columns_told(check: Check, form: Reader, column_of: Callable[[Any], str]) -> list[str]:
    """The columns in which a check of one row finds something; those of its places in brackets that cannot be judged."""
    told = []
    for place in check.places(form):
        try:
            hit = check.judge(form, place)
        except Unknown:
            told.append(f"({column_of(place)})")
        else:
            told += [] if hit is None else [str(hit.column)]
    return told
