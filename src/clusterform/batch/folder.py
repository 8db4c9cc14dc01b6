"""A folder's forms as the rules across them see it, and what such a rule finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from clusterform.answers import FilledForm
from clusterform.batch.cluster_names import ByCluster
from clusterform.batch.digest import Digest
from clusterform.batch.recommending_unit import PROVINCE, Unit, unit_named
from clusterform.checks.check import FOLDER, Check
from clusterform.checks.reader import Hit, Limit
from clusterform.engine import Outcome, run_across
from clusterform.finding import Status
from clusterform.forms.edition import Edition, load_edition
from clusterform.forms.lists import SummaryDef, load_summaries, short_name
from clusterform.forms.model import load_form
from clusterform.messages import InBoth, Text
from clusterform.pipeline import Checker


@dataclass(frozen=True)
class Folder:
    digests: tuple[Digest, ...]
    edition: Edition
    summaries: tuple[SummaryDef, ...]
    limits: Mapping[str, Limit]
    given: Unit | None
    """The unit whose folder it is, where the user says so."""
    prose: Callable[[int], Mapping[str, str]]
    """The texts of one digest by its number, read again from disk."""

    @cached_property
    def form(self) -> FilledForm:
        return FilledForm.model_construct(form=FOLDER, edition=self.edition.edition)

    @cached_property
    def forms(self) -> tuple[Digest, ...]:
        """Applications and reviews, without the summaries and what could not be read."""
        return tuple(d for d in self.digests if d.form in self.edition.forms and not d.blank)

    def label_of(self, form: str, path: str) -> str:
        return load_form(self.edition.edition, form).fields[path].label

    def of(self, form: str) -> tuple[Digest, ...]:
        return tuple(d for d in self.digests if d.form == form and not d.blank)

    def with_summary(self, form: str) -> tuple[Digest, ...]:
        """The files with lines of that summary: a blank one is as good as none."""
        return tuple(d for d in self.digests if any(row.form == form for row in d.rows))

    @cached_property
    def unread(self) -> int:
        """Files that may hold a form, but could not be read or checked."""
        return sum(d.status in (Status.UNREADABLE, Status.INCOMPLETE) for d in self.digests)

    @cached_property
    def units(self) -> Mapping[Unit, int]:
        """The units that forms come from, with how many, the most first and then by code."""
        counted = Counter(d.origin.unit for d in self.forms if d.origin.unit is not None)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0].code)))

    @cached_property
    def unit(self) -> Unit | None:
        """Whose folder it is: as given, else where more than half of the forms come from; None where neither."""
        if self.given is not None:
            return self.given
        first = next(iter(self.units.items()), None)
        return first[0] if first is not None and 2 * first[1] > sum(self.units.values()) else None


class FolderCheck(Check):
    """A check whose subject is a folder. Its places are what it finds there: most compare every form with every other."""

    by_answers = True

    def places(self, folder: Folder) -> Iterator[Hit]:
        raise NotImplementedError

    def judge(self, _folder: Folder, place: Hit) -> Hit:
        return place


def distinct(digests: Sequence[Digest]) -> list[tuple[Digest, ...]]:
    """The forms by cluster: those with one name, or with the same bytes, together; in the folder's order."""
    groups: list[list[Digest]] = []
    by_name: ByCluster[list[Digest]] = ByCluster()
    by_bytes: dict[str, list[Digest]] = {}
    for digest in digests:
        named = by_name.find(digest.key)
        alike = by_bytes.get(digest.sha256 or "")
        group = named[0] if named else alike if alike is not None else []
        if not group:
            groups.append(group)
        group.append(digest)
        if not named:
            by_name.add(digest.key, group)
        if digest.sha256 is not None:
            by_bytes.setdefault(digest.sha256, group)
    return [tuple(group) for group in groups]


def paths(digests: Sequence[Digest]) -> tuple[str, ...]:
    return tuple(digest.path for digest in digests)


def form_words(edition: str, form: str) -> InBoth:
    """The name of a form or summary; without an edition it is none known here."""
    return short_name(form, edition) if edition else Text("form.unknown")


def is_apart(unit: Unit, own: Unit) -> bool:
    """Whether two units lie in one province, each recommending by itself: 大连 and 辽宁, the corps and 新疆."""
    if unit.kind == PROVINCE and own.kind == PROVINCE:
        return False
    return _province(unit) == _province(own)


def _province(unit: Unit) -> str:
    return unit.code[:2] if unit.code[:2].isdigit() else "65"


def joined(names: Sequence[str], most: int = 6) -> str:
    shown = "、".join(names[:most])
    return shown if len(names) <= most else f"{shown} …（{len(names)}）"


def listed(digests: Sequence[Digest]) -> str:
    """How they are called: each by its cluster, else by its path."""
    return joined([digest.name or digest.path for digest in digests])


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
        texts = lru_cache(_TEXTS_AT_HAND)(lambda place, own=numbers: prose(own[place]))
        own = tuple(digests[n] for n in numbers)
        known = load_edition(edition), load_summaries(edition), ruled.ruleset.limits
        folder = Folder(own, *known, given, texts)
        found = run_across(folder, ruled.rules, ruled.terms)
        whole.findings += found.findings
        whole.crashed += found.crashed
    whole.findings.sort(key=lambda f: f.rule)
    return whole
