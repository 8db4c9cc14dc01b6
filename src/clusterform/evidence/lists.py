"""Evidence lists that stand in a file of their own: in the folder of evidence, or beside the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from clusterform.claims.matching import SHORTEST_PIECE
from clusterform.errors import ClusterformError, UnreadableError, refusal
from clusterform.evidence.names import ending_of, stem_of
from clusterform.evidence.source import FileSource, ListedFile
from clusterform.evidence.tables import CSV, LARGEST, OFFICE, YAML, tables_of, typed_lines
from clusterform.evidence_line import EvidenceLine
from clusterform.filling.layouts.evidence_list import items_of, loose_lines, named_columns
from clusterform.filling.outline import table_rows
from clusterform.finding import NOWHERE
from clusterform.patterns import pattern
from clusterform.text import fold

ENDINGS = CSV | YAML | OFFICE
_OWN_NAME = pattern(r"{evidence.list_file}|evidencelist")
"""A file of such a name is the list. A 专利清单 is not, whatever its columns are called."""
_MAYBE = pattern("{folder.list}")
_MOST_CANDIDATES = 20


@dataclass(frozen=True, slots=True)
class ListFile:
    name: str
    items: tuple[EvidenceLine, ...] = ()
    fault: ClusterformError | None = None


def is_list_name(name: str) -> bool:
    return ending_of(name) in ENDINGS and _OWN_NAME.search(fold(stem_of(name))) is not None


def lists_in(source: FileSource) -> Iterator[ListFile]:
    """The lists at the top of the folder, or of its only folder."""
    named: list[ListedFile] = []
    others: list[ListedFile] = []
    for entry in _top(source.entries):
        if entry.fault or ending_of(entry.name) not in ENDINGS or entry.size > LARGEST:
            continue
        if is_list_name(entry.name):
            named.append(entry)
        elif _MAYBE.search(stem_of(entry.name)):
            others.append(entry)
    for entry in named:
        yield _read(source, entry, sure=True)
    for entry in others[:_MOST_CANDIDATES]:
        found = _read(source, entry, sure=False)
        if found.items:
            yield found


def list_of_bytes(name: str, data: bytes, *, sure: bool = True) -> ListFile:
    """A list read from its bytes. Not `sure`: it counts only if its columns are those of an evidence list."""
    try:
        tables = tables_of(data, ending_of(name))
    except ClusterformError as error:
        return ListFile(name, fault=error)
    items: list[EvidenceLine] = []
    headed = False
    for table in tables:
        if sure or named_columns(table):
            found = items_of(table)
            headed = headed or found is not None
            items += found or ()
    if not headed and sure:
        rows = [row for table in [*tables, typed_lines(data, ending_of(name))] for row in table_rows(table)]
        items = [item for item in loose_lines(rows) if len(fold(item.title)) >= SHORTEST_PIECE]
    if not headed and not items:
        return ListFile(name, fault=UnreadableError("cannot-open", "list.no-header"))
    return ListFile(name, tuple(replace(item, source=name, location=NOWHERE) for item in items))


def list_beside(form: Path) -> ListFile | None:
    """The list that lies beside a form: named after it, or the only one where the form is alone in its folder."""
    names = sorted(path.name for path in form.resolve().parent.iterdir() if is_list_name(path.name))
    own = fold(form.stem)
    mine = [name for name in names if own and own in fold(stem_of(name))]
    if not mine and len(names) == 1 and _is_alone(form, names):
        mine = names
    if len(mine) != 1:
        return None
    path = form.resolve().parent / mine[0]
    if path == form.resolve() or not path.is_file() or path.stat().st_size > LARGEST:
        return None
    return list_of_bytes(path.name, path.read_bytes())


_FORMS = frozenset({".docx", ".docm", ".doc", ".wps", ".xlsx", ".xls", ".et"})


def _is_alone(form: Path, lists: Iterable[str]) -> bool:
    """Whether no other document beside the form could be the one that the list belongs to."""
    others = (path.name for path in form.resolve().parent.iterdir() if path.suffix.lower() in _FORMS)
    hidden = ("~$", ".")
    return not any(n for n in others if n != form.name and n not in lists and not n.startswith(hidden))


def _top(entries: tuple[ListedFile, ...]) -> Iterator[ListedFile]:
    firsts = {entry.name.partition("/")[0] for entry in entries if "/" in entry.name}
    only = next(iter(firsts)) if len(firsts) == 1 and all("/" in e.name for e in entries) else ""
    depth = 1 if only else 0
    return (entry for entry in entries if entry.name.count("/") == depth)


def _read(source: FileSource, entry: ListedFile, *, sure: bool) -> ListFile:
    try:
        with source.open(entry) as stream:
            data = stream.read(LARGEST)
    except OSError as error:
        fault = UnreadableError("cannot-open", "list.refused", reason=refusal(error))
        return ListFile(entry.name, fault=fault)
    except UnreadableError as error:
        return ListFile(entry.name, fault=error)
    return list_of_bytes(entry.name, data, sure=sure)
