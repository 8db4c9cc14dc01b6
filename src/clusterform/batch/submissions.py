"""Two submissions, each a form or a folder of them: which of their forms is which, and what lies between them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterform.answers import FilledForm
from clusterform.batch.cluster_names import ByCluster, overlap
from clusterform.batch.digest import Digest
from clusterform.batch.folder import form_words
from clusterform.batch.run import RunOutcome
from clusterform.comparing.answers import changed_answers
from clusterform.comparing.findings import changes_across, finding_changes
from clusterform.comparison import Comparison, FormComparison, Presence, unread
from clusterform.errors import UsageError
from clusterform.finding import FileReport
from clusterform.grouped import grouped
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import UNKNOWN, read_form
from clusterform.settings import Settings


@dataclass(frozen=True, slots=True)
class Submission:
    """What was handed in at one time, and what was found in it."""

    path: Path
    """As it was given: a form or a folder."""
    outcome: RunOutcome


@dataclass(frozen=True, slots=True)
class _SubmittedForm:
    digest: Digest
    file: FileReport
    path: Path
    inside: Path
    """Where it lies below its folder."""

    def answers(self, settings: Settings) -> FilledForm:
        return read_form(open_form(self.path), settings, self.path.stem)


def refuse_unlike(old: Path, new: Path) -> None:
    """UsageError for a form held against a folder."""
    if old.exists() and new.exists() and old.is_dir() != new.is_dir():
        raise UsageError("compare.file-and-folder", old=old, new=new)


def compare_submissions(
    old: Submission, new: Submission, settings: Settings, *, left_only: bool = False
) -> Comparison:
    """UsageError where two forms are of different kinds or editions; in a folder such forms are no pair."""
    before, after = _forms(old), _forms(new)
    if not new.path.is_dir():
        pairs = {0: 0}
        _refuse_others(before[0].digest, after[0].digest)
    else:
        pairs = _pairs(before, after)
    forms = [
        _compared(before[pairs[number]] if number in pairs else None, form, settings)
        for number, form in enumerate(after)
    ]
    paired = set(pairs.values())
    forms += [
        FormComparison(form.file, Presence.OLD) for number, form in enumerate(before) if number not in paired
    ]
    identity = _identities(before, after, pairs)
    unsure = {identity(form.file.path) for form in forms if form.unread}
    together = changes_across(old.outcome.report.batch, new.outcome.report.batch, identity, unsure)
    paths = (old.path.as_posix(), new.path.as_posix())
    return Comparison(*paths, tuple(forms), together, settings.language, left_only)


def _forms(submission: Submission) -> list[_SubmittedForm]:
    root, outcome = submission.path, submission.outcome
    return [
        _SubmittedForm(digest, file, path, path.relative_to(root) if root.is_dir() else Path(path.name))
        for digest, file, path in zip(outcome.digests, outcome.report.files, outcome.checked, strict=True)
    ]


def _refuse_others(old: Digest, new: Digest) -> None:
    if UNKNOWN in (old.form, new.form):
        return
    if old.form != new.form:
        names = {"old": form_words(old.edition, old.form), "new": form_words(new.edition, new.form)}
        raise UsageError("compare.other-form", **names)
    if old.edition != new.edition:
        raise UsageError("compare.other-edition", old=old.edition, new=new.edition)


def _compared(old: _SubmittedForm | None, new: _SubmittedForm, settings: Settings) -> FormComparison:
    """Where either cannot be read nothing is gone, and all that is found now is to be looked at."""
    found = finding_changes((), new.file.own)
    if old is None:
        return FormComparison(new.file, Presence.NEW, findings=found)
    if unread(old.file) or unread(new.file):
        return FormComparison(new.file, old=old.file, findings=found)
    was = old.answers(settings)
    same = old.digest.sha256 == new.digest.sha256 and old.path.stem == new.path.stem
    now = was if same else new.answers(settings)
    findings = finding_changes(old.file.own, new.file.own)
    return FormComparison(new.file, old=old.file, answers=changed_answers(was, now), findings=findings)


_Find = Callable[[_SubmittedForm], Iterable[int]]


def _pairs(before: Sequence[_SubmittedForm], after: Sequence[_SubmittedForm]) -> dict[int, int]:
    """Of the new forms by their numbers the number of the old one, by cluster, then by where they lie, then by name."""
    by_cluster: defaultdict[tuple[str, str], ByCluster[int]] = defaultdict(ByCluster)
    for number, form in enumerate(before):
        by_cluster[form.digest.form, form.digest.edition].add(form.digest.key, number)
    by_place = grouped((form.inside.as_posix(), number) for number, form in enumerate(before))
    by_name = grouped((form.inside.name, number) for number, form in enumerate(before))
    names = Counter(form.inside.name for form in after)

    def of_cluster(new: _SubmittedForm) -> Iterable[int]:
        return by_cluster[new.digest.form, new.digest.edition].find(new.digest.key)

    def where_it_lies(new: _SubmittedForm) -> Iterable[int]:
        return (n for n in by_place.get(new.inside.as_posix(), ()) if _may_be(before[n], new))

    def of_name(new: _SubmittedForm) -> Iterable[int]:
        """Where only one form is called so: in many folders every county's form is."""
        found = by_name.get(new.inside.name, ())
        alone = len(found) == 1 and names[new.inside.name] == 1
        return (n for n in found if alone and _may_be(before[n], new))

    def both(one: _Find, other: _Find) -> _Find:
        return lambda new: [number for number in one(new) if number in set(other(new))]

    return _paired(
        [both(of_cluster, where_it_lies), both(of_cluster, of_name), of_cluster, where_it_lies, of_name],
        after,
    )


def _paired(ways: Sequence[_Find], after: Sequence[_SubmittedForm]) -> dict[int, int]:
    """The surest way first for all forms, so that none takes another's."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for find in ways:
        for number, form in enumerate(after):
            found = () if number in pairs else (n for n in find(form) if n not in taken)
            first = next(iter(found), None)
            if first is not None:
                pairs[number] = first
                taken.add(first)
    return pairs


def _may_be(old: _SubmittedForm, new: _SubmittedForm) -> bool:
    """Whether two forms of one name may be one: of a kind, where both can be read, and not of two places."""
    one, other = old.digest, new.digest
    if UNKNOWN in (one.form, other.form):
        return True
    if (one.form, one.edition) != (other.form, other.edition):
        return False
    return one.key is None or other.key is None or overlap(one.key.places, other.key.places)


def _identities(
    before: Sequence[_SubmittedForm], after: Sequence[_SubmittedForm], pairs: Mapping[int, int]
) -> Callable[[str], Hashable]:
    """By path the form that it is in both submissions."""
    found: dict[str, Hashable] = {form.file.path: number for number, form in enumerate(before)}
    found |= {after[new].file.path: old for new, old in pairs.items()}
    return lambda path: found.get(path, path)
