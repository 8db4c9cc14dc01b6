"""Finds the causes behind a form's failures, and which of them each explains."""

from __future__ import annotations

from collections.abc import Sequence

from clusterform.causes.search import search
from clusterform.causes.slip import Edit
from clusterform.causes.system import Relation, System, relations_of
from clusterform.checks.reader import Reader
from clusterform.forms.rule import Rule
from clusterform.record import record

WORK = 600
"""Evaluations of a relation that a form may cost; a clean one costs none."""


@record
class Explanation:
    """Edits as good as each other, the first of them to be reported, and the failures that any of them explains."""

    edits: tuple[Edit, ...]
    relations: tuple[Relation, ...]


def explanations(rules: Sequence[Rule], reader: Reader) -> list[Explanation]:
    """What explains the relations that fail on the form, by the rules that ask for them."""
    system = System(relations_of(rules, reader), reader, WORK)
    return [
        Explanation(edits, tuple(system.relations[n] for n in sorted(edits[0].explains)))
        for edits in search(system)
    ]
