"""Rules that hold the forms against the province's summaries, in both directions."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from clusterform.answers import SummaryRow
from clusterform.batch.cluster_names import ByCluster, name_key, overlap, region_places
from clusterform.batch.digest import Digest
from clusterform.batch.folder import Folder, FolderCheck, distinct, form_words, paths
from clusterform.batch.recommending_unit import origin_of
from clusterform.checks.reader import Hit, SummaryColumn
from clusterform.finding import Severity
from clusterform.forms.lists import SummaryDef
from clusterform.grouped import grouped
from clusterform.messages import Fact
from clusterform.patterns import pattern
from clusterform.text import NONE, fold

_PHONE = pattern(r"\d(?:[\s\-—–()（）]*+\d){5,}")
_SPLIT = pattern(r"[、,，;；/\s]+")


def summary_value(row: SummaryRow, column: str) -> str:
    """The column's text; contact and telephone may stand in one column together."""
    both = row.cells.get("contact_and_phone", "")
    own = row.cells.get(column, "")
    if column == "phone" and not own:
        own = "、".join(_PHONE.findall(both))
    elif column == "contact" and not own:
        own = _PHONE.sub("", both).strip(" 、,，;；:：/")
    return "" if fold(own) in {"", NONE} else own


def agrees(column: str, listed: str, region: str, digest: Digest) -> bool:
    """Whether the form says the same; one that says nothing there has a finding of its own. `region`: the line's."""
    if column == "name":
        key = name_key(listed, region)
        return digest.key is None or (key is not None and key.same(digest.key))
    if column == "region":
        return _same_place(listed, digest)
    if column == "operator":
        return _one_holds_other(listed, [digest.operator])
    if column == "contact":
        people = [fold(p) for p in digest.people]
        return not people or any(
            fold(name) in person or person in fold(name)
            for name in _SPLIT.split(listed)
            if fold(name)
            for person in people
        )
    return _same_phone(listed, digest)


def _same_place(listed: str, digest: Digest) -> bool:
    """By codes where both have them; a place without one counts as it is written."""
    here, there = origin_of(listed, "", ""), region_places(digest.region)
    if here.county and digest.origin.county:
        return here.county == digest.origin.county
    if there and (places := region_places(listed)):
        return overlap(places, there)
    if here.unit is not None and digest.origin.unit is not None:
        return here.unit == digest.origin.unit or _one_holds_other(listed, [digest.region])
    return not digest.region or _one_holds_other(listed, [digest.region, digest.name])


def _one_holds_other(listed: str, given: Sequence[str]) -> bool:
    texts = [fold(text) for text in given if fold(text)]
    return not texts or any(fold(listed) in text or text in fold(listed) for text in texts)


def _same_phone(listed: str, digest: Digest) -> bool:
    """Whether any number is one of the form's; with or without the area code."""
    theirs = [d for phone in digest.phones for d in _numbers(phone)]
    return not theirs or any(
        one.endswith(two) or two.endswith(one) for one in _numbers(listed) for two in theirs
    )


def _numbers(text: str) -> list[str]:
    found = ["".join(c for c in number if c.isdecimal()) for number in _PHONE.findall(text)]
    return [number for number in found if len(number) >= 7]


def form_value(column: str, digest: Digest) -> str:
    if column in {"contact", "phone"}:
        return "、".join(dict.fromkeys(digest.people if column == "contact" else digest.phones))
    return str(getattr(digest, column))


class SummaryLine(NamedTuple):
    file: Digest
    row: SummaryRow

    @property
    def name(self) -> str:
        return self.row.cells.get("name", "")

    @property
    def region(self) -> str:
        return self.row.cells.get("region", "")


_Pair = tuple[SummaryLine, tuple[Digest, ...]]


class MatchedSummary(NamedTuple):
    summary: SummaryDef
    files: tuple[Digest, ...]
    pairs: tuple[_Pair, ...]
    lines: tuple[SummaryLine, ...]
    """Without a form."""
    forms: tuple[tuple[Digest, ...], ...]
    """On no line, by cluster."""


def matched(folder: Folder) -> Iterator[MatchedSummary]:
    """Each summary's lines with the forms of the same cluster: by name, else one and one that remain of a county."""
    for summary in folder.summaries:
        files = folder.with_summary(summary.form)
        lines = [SummaryLine(file, row) for file in files for row in file.rows if row.form == summary.form]
        groups = distinct(folder.of(summary.of))
        pairs = list(_by_name(lines, groups))
        lines, groups = _rest(lines, groups, pairs)
        pairs += _by_county(lines, groups)
        lines, groups = _rest(lines, groups, pairs)
        yield MatchedSummary(summary, files, tuple(pairs), tuple(lines), tuple(groups))


def _by_name(lines: Sequence[SummaryLine], groups: Sequence[tuple[Digest, ...]]) -> Iterator[_Pair]:
    """Each line with the cluster of its name; of several in places that may be meant, one without a line yet."""
    known: ByCluster[tuple[Digest, ...]] = ByCluster()
    for group in groups:
        known.add(next((digest.key for digest in group if digest.key is not None), None), group)
    taken: set[int] = set()
    for line in lines:
        found = known.find(name_key(line.name, line.region))
        if found:
            group = next((g for g in found if id(g) not in taken), found[0])
            taken.add(id(group))
            yield line, group


def _rest(
    lines: Sequence[SummaryLine], groups: Sequence[tuple[Digest, ...]], pairs: Sequence[_Pair]
) -> tuple[list[SummaryLine], list[tuple[Digest, ...]]]:
    with_form = {id(line) for line, _ in pairs}
    on_line = {id(group) for _, group in pairs}
    return [x for x in lines if id(x) not in with_form], [g for g in groups if id(g) not in on_line]


def _by_county(lines: Sequence[SummaryLine], groups: Sequence[tuple[Digest, ...]]) -> list[_Pair]:
    """The one line and the one cluster that a county has left: the same under two names."""
    by_line = grouped((origin_of(line.region, line.name, "").county, line) for line in lines)
    by_group = grouped((group[0].origin.county, group) for group in groups)
    return [
        (here[0], by_group[county][0])
        for county, here in by_line.items()
        if county and len(here) == 1 and len(by_group.get(county, ())) == 1
    ]


class NotOnSummary(FolderCheck, kind="not_on_summary"):
    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each cluster on no line; where the folder has no such summary at all, once, for a person."""
        for match in matched(folder):
            facts = _names(folder, match.summary)
            if not match.files:
                forms = folder.of(match.summary.of)
                if forms:
                    facts |= {"count": str(len(forms))}
                    yield Hit(
                        files=paths(forms),
                        facts=facts,
                        variant="no-summary",
                        severity=Severity.MANUAL,
                        changes=(),
                    )
                continue
            for group in match.forms:
                name = group[0].name or group[0].path
                yield Hit(files=paths(group), value=name, facts=facts, changes=paths(match.files))


class WithoutForm(FolderCheck, kind="without_form"):
    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each line whose cluster has no form; an error only where every file could be read."""
        for match in matched(folder):
            facts = _names(folder, match.summary)
            for line in match.lines:
                yield Hit(
                    files=(line.file.path,),
                    value=line.name,
                    facts={**facts, "count": str(folder.unread)},
                    variant="unread" if folder.unread else None,
                    severity=Severity.WARNING if folder.unread else None,
                    location=line.row.location,
                )


class SummaryDiffers(FolderCheck, kind="summary_differs"):
    """A summary's line that says otherwise than the form."""

    columns: tuple[SummaryColumn, ...]

    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each column in which a line says otherwise than every form of the cluster."""
        for match in matched(folder):
            labels = {column.key: column.label for column in match.summary.columns}
            for line, group in match.pairs:
                for column in self.columns:
                    listed = summary_value(line.row, column)
                    if not listed or any(agrees(column, listed, line.region, digest) for digest in group):
                        continue
                    facts = {**_names(folder, match.summary), "cluster": group[0].name}
                    yield Hit(
                        files=(line.file.path, *paths(group)),
                        value=listed,
                        expected=form_value(column, group[0]),
                        label=labels[column],
                        facts=facts,
                        location=line.row.location,
                        changes=(line.file.path,),
                    )


def _names(folder: Folder, summary: SummaryDef) -> dict[str, Fact]:
    return {"form": form_words(folder.edition.edition, summary.of), "summary": summary.short}


class ReasonGiven(FolderCheck, kind="reason_given"):
    """A review that failed, without its reason."""

    def places(self, folder: Folder) -> Iterator[Hit]:
        """Each review that did not pass and has no reason; no result, or one that says neither, is a person's to see."""
        for summary in folder.summaries:
            if not summary.failed:
                continue
            for file in folder.with_summary(summary.form):
                for row in file.rows:
                    found = _reason(SummaryLine(file, row), summary) if row.form == summary.form else None
                    if found is not None:
                        yield found


def _reason(line: SummaryLine, summary: SummaryDef) -> Hit | None:
    cells = line.row.cells
    result, reason = cells.get("result"), cells.get("reason", "")
    if result is None or (fold(reason) and fold(reason) != NONE):
        return None
    folded = fold(result)
    failed = folded.startswith(tuple(map(fold, summary.failed)))
    if not failed and folded.startswith(tuple(map(fold, summary.passed))):
        return None
    return Hit(
        files=(line.file.path,),
        value=result,
        facts={"cluster": line.name},
        variant=None if failed else "unclear" if folded else "no-result",
        severity=None if failed else Severity.WARNING,
        location=line.row.location,
    )
