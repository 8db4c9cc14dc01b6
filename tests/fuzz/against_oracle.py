"""Random forms, right and wrong, checked by the program and judged by an oracle that knows nothing of it.

    python tests/fuzz/against_oracle.py [FORMS] [SEED]

Prints each disagreement with what was done to the form, and exits with 1 where there is any.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS))

from oracle import Verdict, judge
from random_forms import consistent, spoilt

from clusterform.finding import FileReport, Finding, Severity
from clusterform.forms.model import load_form
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.answers import Filled
from support.forms import write

FORMS = ("application", "review")
BESIDE_FIGURES = frozenset({"CF403", "CF402"})
"""Rules on evidence, which the oracle does not judge: a row that is 无 asks for none."""


def places(report: FileReport) -> tuple[set[str], set[str]]:
    """The places that errors name, and those that they name or explain."""
    errors = [f for f in report.findings if f.severity is Severity.ERROR and f.rule not in BESIDE_FIGURES]
    named = {_spot(report.form, f.field, f.column) for f in errors if f.field}
    told = set(named)
    for finding in (f for f in report.findings if f.cause):
        told |= set(_explained(report.form, finding))
    return named, told


def _explained(form: str, finding: Finding) -> Iterator[str]:
    spots = [item.spot for item in finding.explains] + list(finding.cause.cells if finding.cause else ())
    for spot in spots:
        yield _spot(form, spot.field, spot.column)


def _spot(form: str, field: str, head: str | None) -> str:
    """part.row@column, by the column's head as a report gives it."""
    item = load_form("2025", form).fields.get(field)
    keys = {column.label: column.key for column in item.columns} if item else {}
    return f"{field}@{keys.get(head, head)}" if head else field


def disagreements(filled: Filled, report: FileReport) -> list[str]:
    """What program and oracle see differently."""
    verdict = judge(filled.texts)
    named, told = places(report)
    found = [f"missed: {spot} ({filled.texts[spot]!r})" for spot in sorted(verdict.wrong - told)]
    known = told | verdict.wrong | _beside_a_nought(filled, verdict, told)
    found += [f"missed: one of {sorted(spots)}" for spots in verdict.torn if not spots & known]
    here = {spot for spot in named if spot in filled.texts}
    found += [f"false: {spot} ({filled.texts[spot]!r})" for spot in sorted(here - verdict.allowed)]
    return found


def _beside_a_nought(filled: Filled, verdict: Verdict, told: set[str]) -> set[str]:
    """Amounts that are nothing where the rate of their year, which is told, says otherwise: a slip that is said once."""
    return {
        spot
        for spots in verdict.torn
        if spots & told
        for spot in spots
        if filled.texts[spot] in {"无", "0", "0.00"}
    }


def main() -> int:
    """Checks the forms one after the other."""
    given = [int(word) for word in sys.argv[1:3]]
    count, seed = (*given, *(2000, random.SystemRandom().randrange(10**9))[len(given) :])
    checker, bad, flawless = Checker(Settings()), 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(count):
            dice = random.Random(f"{seed} {number}")  # noqa: S311  (dice for tests)
            filled = consistent(FORMS[number % 2], dice)
            told = spoilt(filled, dice)
            path = Path(folder) / "form.docx"
            path.write_bytes(write(FORMS[number % 2], filled))
            report = checker.check(path)
            flawless += not told
            if found := disagreements(filled, report):
                bad += 1
                print(f"form {number} of seed {seed} ({FORMS[number % 2]})", *told, *found, sep="\n  ")
    print(
        f"{count} forms ({flawless} of them right), seed {seed}: {bad} on which oracle and program disagree"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
