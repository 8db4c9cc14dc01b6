"""A folder's forms judged together: those of one edition by its rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from clusterform.batch.digest import Digest
from clusterform.batch.folder import Folder
from clusterform.batch.recommending_unit import unit_named
from clusterform.engine import Outcome, run_across
from clusterform.forms.edition import load_edition
from clusterform.forms.model import load_form
from clusterform.forms.summaries import load_summaries
from clusterform.pipeline import Checker

_TEXTS_AT_HAND = 64
"""So many forms' texts are kept while they are compared."""


def judge_folder(
    digests: Sequence[Digest],
    checker: Checker,
    prose: Callable[[int], Mapping[str, str]],
    province: str | None = None,
) -> Outcome:
    """The findings by rule, then in the folder's order. `prose` gives the texts of a digest by its number.

    What is no form known here goes with the edition that most of the forms are of.
    """
    given = None if province is None else unit_named(province)
    counted = Counter(digest.edition for digest in digests if digest.edition)
    usual = counted.most_common(1)[0][0] if counted else checker.rules_of().edition
    whole = Outcome()
    for edition in sorted(counted) or [usual]:
        ruled = checker.rules_of(edition)
        numbers = [n for n, digest in enumerate(digests) if (digest.edition or usual) == edition]
        folder = Folder(
            [digests[n] for n in numbers],
            load_edition(edition),
            load_summaries(edition),
            ruled.ruleset.limits,
            given,
        )
        folder.prose = lru_cache(_TEXTS_AT_HAND)(partial(_of_number, prose, numbers))
        folder.label_of = partial(_label, edition)
        found = run_across(folder, ruled.rules, ruled.terms)
        whole.findings += found.findings
        whole.crashed += found.crashed
    whole.findings.sort(key=lambda f: f.rule)
    return whole


def _of_number(
    prose: Callable[[int], Mapping[str, str]], numbers: Sequence[int], place: int
) -> Mapping[str, str]:
    return prose(numbers[place])


def _label(edition: str, form: str, path: str) -> str:
    return load_form(edition, form).fields[path].label
