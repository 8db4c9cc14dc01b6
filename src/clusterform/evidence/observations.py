"""What is noticed of evidence and its files, as observations that the rules CF404 to CF407 report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from clusterform.answers import Observation
from clusterform.errors import ClusterformError
from clusterform.evidence.inspect import Inspected
from clusterform.evidence.lists import ListFile
from clusterform.evidence.names import FoundFiles, ending_of, names_anything
from clusterform.evidence.source import ListedFile
from clusterform.evidence_line import EvidenceFile, EvidenceLine
from clusterform.finding import EVIDENCE_LIST
from clusterform.messages import Clause, Fact, Text

_EACH, _NAMED = 8, 8
"""So many files on no list are told one by one, and so many are named where there are more."""


def _seen(what: str, item: EvidenceLine | None, value: str, **facts: Fact) -> Observation:
    label = ""
    where: Fact = ""
    if item is not None and not item.unlisted:
        source, number, label = item.source, item.number.strip(), item.called
        line = ("line-of" if source else "line") if number else "named-list" if source else "list"
        where = Text(f"where.{line}", source=source, number=number)
    return Observation(
        what,
        EVIDENCE_LIST,
        label=label or value or Text("section.evidence").zh,
        value=value if item is not None and value in {item.file, item.pages} else None,
        location=item.location if item is not None else Observation(what).location,
        facts={"value": value, "where": where, **facts},
    )


def archive(name: str, error: ClusterformError) -> Observation:
    return _seen("evidence-file", None, name, variant="archive", reason=error.text)


def bad_list(found: ListFile) -> Observation:
    reason = "" if found.fault is None else Clause(found.fault.text)
    return _seen("evidence-file", None, found.name, variant="list", reason=reason)


def missing(item: EvidenceLine, folder: str, near: str) -> Observation:
    """A listed file that is not there; `near` is one of a name like it."""
    facts = {"variant": "near", "near": near} if near else {}
    name = item.file if names_anything(item.file) else item.pages
    return _seen("evidence-missing", item, name, folder=folder, **facts)


def all_missing(count: int, folder: str) -> Observation:
    return _seen("evidence-missing", None, "", variant="all", count=str(count), folder=folder)


def listed(item: EvidenceLine, name: str, found: FoundFiles) -> Observation:
    names = "、".join(entry.name for entry in found.entries[:_NAMED])
    return _seen("evidence-missing", item, name, variant=found.fault, names=names)


def _some(names: Sequence[str]) -> str:
    """As many as can be read."""
    return "、".join(names[:_NAMED]) + ("…" if len(names) > _NAMED else "")


def unpaired(items: Sequence[EvidenceLine], left: Sequence[ListedFile]) -> Observation:
    """Lines that name no file, and that no file is called after."""
    return _seen(
        "evidence-unpaired",
        None,
        "",
        variant="files-left" if left else "no-files",
        count=str(len(items)),
        titles=_some([f"“{item.title.strip()}”" for item in items]),
        files=str(len(left)),
        names=_some([entry.name for entry in left]),
    )


def faulty(item: EvidenceLine, found: Inspected) -> Observation:
    what = "evidence-strange" if found.fault == "strange" else "evidence-file"
    name = found.file.name
    really = Text(f"really.{found.really}")
    if not really.known:
        really = Text("really.other")
    return _seen(what, item, name, variant=found.fault, really=really, ending=ending_of(name) or "—")


def left_alone(what: str, names: Sequence[str]) -> Observation:
    """Files that were not looked into, which says nothing against them."""
    return _seen(what, None, _some(names), count=str(len(names)))


def past_the_end(item: EvidenceLine, file: EvidenceFile, last: int) -> Observation:
    return _seen(
        "evidence-pages", item, file.name, pages=item.pages.strip(), last=str(last), count=str(file.pages)
    )


def on_no_list(entries: Sequence[ListedFile], *, listed: bool) -> Iterator[Observation]:
    """Files that stand on no list; many are told together."""
    variant = "" if listed else "unnamed"
    if len(entries) > _EACH:
        names, many = _some([entry.name for entry in entries]), "many-unnamed" if variant else "many"
        yield _seen("evidence-unlisted", None, names, variant=many, count=str(len(entries)))
        return
    for entry in entries:
        facts = {"variant": variant} if variant else {}
        yield _seen("evidence-unlisted", None, entry.name, **facts)


def shared(item: EvidenceLine, name: str, items: Iterable[EvidenceLine]) -> Observation:
    return _seen("evidence-shared", item, name, subjects=_subjects(items))


def copied(item: EvidenceLine, uses: Sequence[tuple[str, EvidenceLine]]) -> Observation:
    names = "、".join(dict.fromkeys(name for name, _ in uses[:_NAMED]))
    return _seen(
        "evidence-shared",
        item,
        names + ("…" if len(uses) > _NAMED else ""),
        variant="copies",
        count=str(len(uses)),
        subjects=_subjects(use for _, use in uses),
    )


def _subjects(items: Iterable[EvidenceLine]) -> str:
    names = (item.called or item.file for item in items)
    return _some([f"“{text}”" for text in dict.fromkeys(names)])
