"""Which findings of a submission are gone in the next, which remain and which are new.

A finding is known by its rule and its place in the form, never by where it stands in the file nor by words: rows are
inserted, and a message tells figures that change. Where a place has several of a rule their values tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from clusterform.comparison import FindingChanges
from clusterform.conclusion import Closed
from clusterform.finding import Finding, Severity
from clusterform.grouped import grouped
from clusterform.parsers.container.own_marks import OWN_MARKS

_Numbered = tuple[int, Finding]
_Pairs = Iterator[tuple[int, int]]


def finding_changes(old: Iterable[Finding], new: Iterable[Finding]) -> FindingChanges:
    """Of one form. What a finding explains or stands for was told with it, and is neither gone nor new when told alone."""
    before, after = _counted(old), _counted(new)
    return _changes(before, after, list(_by_place(before, after, _same_of_form)))


def changes_across(
    old: Iterable[Finding],
    new: Iterable[Finding],
    form_of: Callable[[str], Hashable],
    unsure: AbstractSet[Hashable],
) -> FindingChanges:
    """Of what was found across forms; `form_of` tells by its path which form a file is in both submissions.

    A finding is the same where it concerns one of the same forms, or has the same value, such as a cluster's name. None
    of a form that is `unsure`, as it could not be read, is gone.
    """

    def concerned(finding: Finding) -> frozenset[Hashable]:
        return frozenset(map(form_of, finding.files))

    def same(olds: Sequence[_Numbered], news: Sequence[_Numbered]) -> _Pairs:
        waiting, later = list(olds), []
        for number, finding in news:
            mine = concerned(finding)
            found = next((old for old in waiting if not mine.isdisjoint(concerned(old[1]))), None)
            if found is None:
                later.append((number, finding))
            else:
                waiting.remove(found)
                yield found[0], number
        yield from _of_one_value(waiting, later)

    before, after = _counted(old), _counted(new)
    found = _changes(before, after, list(_by_place(before, after, same)))
    gone = tuple(finding for finding in found.gone if unsure.isdisjoint(concerned(finding)))
    return replace(found, gone=gone, before=found.before - len(found.gone) + len(gone))


def _counted(findings: Iterable[Finding]) -> list[Finding]:
    """What somebody must look at: neither what is good to know, nor marks of this program in a copy that came back."""
    return [f for f in findings if f.severity is not Severity.INFO and f.variant != OWN_MARKS]


def _changes(
    before: Sequence[Finding], after: Sequence[Finding], pairs: Sequence[tuple[int, int]]
) -> FindingChanges:
    held, goes_on = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    lost = [finding for number, finding in enumerate(before) if number not in held]
    come = [finding for number, finding in enumerate(after) if number not in goes_on]
    gone = _untold(lost, after, come)
    added = _untold(come, before, lost)
    remaining = [finding for finding in after if not any(finding is new for new in added)]
    return FindingChanges(
        gone=tuple(gone),
        remaining=_open(remaining),
        added=_open(added),
        confirmed=tuple(finding for finding in after if finding.closed is Closed.CONFIRMED),
        waived=tuple(finding for finding in after if finding.closed is Closed.WAIVED),
        before=len(before),
    )


def _open(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if not finding.closed)


def _untold(
    findings: Sequence[Finding], others: Sequence[Finding], apart: Sequence[Finding]
) -> list[Finding]:
    """Those that no other tells of with its own, and that tell of none of those that stand apart."""
    told = {place for other in others for place in _told_with(other)}
    alone = {place for other in apart for place in _own_places(other)}
    return [
        finding
        for finding in findings
        if told.isdisjoint(_own_places(finding)) and alone.isdisjoint(_told_with(finding))
    ]


def _own_places(finding: Finding) -> set[Hashable]:
    found: set[Hashable] = {(finding.rule, finding.section, finding.label)}
    return found | ({(finding.rule, finding.field, finding.column)} if finding.field else set())


def _told_with(finding: Finding) -> set[Hashable]:
    """The places of what its cause explains, and of the rows that it stands for."""
    explained = {(item.rule, item.spot.field, item.spot.column) for item in finding.explains}
    return explained | {(finding.rule, finding.section, label) for label in finding.covers}


def _by_place(
    before: Sequence[Finding],
    after: Sequence[Finding],
    same: Callable[[Sequence[_Numbered], Sequence[_Numbered]], _Pairs],
) -> _Pairs:
    """The numbers of findings of both that are one, place by place."""
    olds, news = (grouped((_place(f), (n, f)) for n, f in enumerate(side)) for side in (before, after))
    for place in {**olds, **news}:
        yield from same(olds.get(place, ()), news.get(place, ()))


def _place(finding: Finding) -> Hashable:
    """Of what has neither field nor label, such as the file itself, its kind of message tells what it is."""
    if finding.field is None and finding.label is None:
        return finding.rule, finding.section, finding.variant
    return finding.rule, finding.field or (finding.section, finding.label), finding.column


def _same_of_form(olds: Sequence[_Numbered], news: Sequence[_Numbered]) -> _Pairs:
    """In their order, where values tell nothing apart; else those of one value."""
    if max(len({finding.value for _, finding in side}) for side in (olds, news)) <= 1:
        yield from ((old, new) for (old, _), (new, _) in zip(olds, news, strict=False))
        return
    yield from _of_one_value(olds, news)


def _of_one_value(olds: Sequence[_Numbered], news: Sequence[_Numbered]) -> _Pairs:
    before, after = (grouped((finding.value, number) for number, finding in side) for side in (olds, news))
    for value, numbers in after.items():
        yield from zip(before.get(value, ()), numbers, strict=False)
