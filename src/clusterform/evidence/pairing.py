"""Lines of evidence lists paired with files, and what is to be said of both. The heart of --evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from clusterform.answers import FilledForm, Observation
from clusterform.claims.claims import Claim
from clusterform.claims.codes import printed
from clusterform.claims.matching import Matcher
from clusterform.errors import UnreadableError
from clusterform.evidence import observations
from clusterform.evidence.copies import FileUse, repeated
from clusterform.evidence.inspect import Inspected, inspect
from clusterform.evidence.lists import ListFile, list_beside, lists_in
from clusterform.evidence.names import FileNames, FoundFiles, names_a_file, names_anything, stem_of
from clusterform.evidence.page_range import beyond, last_page
from clusterform.evidence.source import FileSource, ListedFile, opened
from clusterform.evidence.unlisted import Unlisted, own_copies
from clusterform.evidence_line import FILES, EvidenceLine
from clusterform.grouped import grouped
from clusterform.text import fold

FEWEST_MISSING = 3
"""Where so many files are listed and none is there, the folder is the wrong one: said once."""


MOST_LISTS = 60
"""So many files are read as lists; the forms have about ten rows that ask for one."""


@dataclass(slots=True)
class _PairedLine:
    """One line on its way to its files."""

    item: EvidenceLine
    claims: tuple[Claim, ...] = ()
    entries: list[ListedFile] = field(default_factory=list)
    named: bool = False
    """Whether the list says which file."""


def with_evidence(form: FilledForm, evidence: Path, form_path: Path) -> FilledForm:
    """The form with its evidence paired; what is wrong with files goes to the observations.

    UsageError where `evidence` is no folder and no zip.
    """
    try:
        with opened(evidence, [form_path]) as source:
            return _Pairing(form, source, form_path).result()
    except UnreadableError as error:
        seen = observations.archive(evidence.name, error)
        return form.noticing(seen)


def with_list(form: FilledForm, found: ListFile) -> FilledForm:
    """The form with a list that lies beside it; the files themselves are not looked at."""
    seen = [observations.bad_list(found)] if found.fault is not None else []
    items = merged(form.evidence or (), [found]) if found.fault is None else form.evidence
    return form.model_copy(update={"evidence": items}).noticing(*seen)


def merged(own: Iterable[EvidenceLine], lists: Iterable[ListFile]) -> tuple[EvidenceLine, ...]:
    """All lines, one that stands on two lists once."""
    found: dict[tuple[str, ...], EvidenceLine] = {}
    for item in (*own, *(item for one in lists for item in one.items)):
        texts = (item.code + item.subject, item.title, item.file, item.pages)
        found.setdefault(tuple(map(fold, texts)), item)
    return tuple(found.values())


class _Pairing:
    """One form and one source; the list may lie in it, or beside the form."""

    def __init__(self, form: FilledForm, source: FileSource, path: Path) -> None:
        self.form = form
        self.path = path
        self.source = source
        self.matcher = Matcher.of(form)
        self.seen: list[Observation] = []
        lists = list(lists_in(source))
        names = {one.name for one in lists}
        beside = list_beside(path)
        if beside is not None and beside.name not in names:
            lists.append(beside)
        self.seen += [observations.bad_list(one) for one in lists if one.fault is not None]
        self.listed = form.evidence is not None or any(one.fault is None for one in lists)
        self.entries = [entry for entry in source.entries if entry.name not in names]
        self.names = FileNames(self.entries, source.label)
        items = merged(form.evidence or (), [one for one in lists if one.fault is None])
        self.lines = [_PairedLine(item, self.matcher.match(item).claims) for item in items]
        self.inspected: dict[str, Inspected] = {}

    def result(self) -> FilledForm:
        """Lines to their named files, the rest by code and title, then every paired file opened."""
        self._named_files()
        used = {entry.name for line in self.lines for entry in line.entries}
        rest = Unlisted([e for e in self.entries if e.name not in used], self.matcher)
        rest.drop(self._copies(rest))
        self._unnamed_lines(rest)
        extra = [_PairedLine(_as_item(entry, claims), claims, [entry]) for entry, claims in rest.fitting()]
        self._leftovers(rest, extra)
        self.lines += extra
        self._open_all()
        items = tuple(self._with_files(line) for line in self.lines)
        return self.form.model_copy(
            update={
                "evidence": items if self.listed or extra else None,
                "evidence_folder": self.source.label,
                "observations": (*self.form.observations, *self.seen),
            }
        )

    def _copies(self, rest: Unlisted) -> list[ListedFile]:
        """Copies of the form, save one that the list calls by its name."""
        titles = {fold(line.item.title) for line in self.lines}
        strangers = [e for e in rest.strangers() if fold(stem_of(e.name)) not in titles]
        return own_copies(self.form, self.path, self.source, strangers) if strangers else []

    def _named_files(self) -> None:
        missing: list[tuple[_PairedLine, FoundFiles]] = []
        for line in self.lines:
            name = line.item.file.strip() if names_anything(line.item.file) else ""
            if not name and (names_a_file(line.item.pages) or self._stands_for_files(line.item.pages)):
                name = line.item.pages.strip()
            if not name:
                continue
            line.named = True
            for found in self.names.find(name):
                if found.fault == "missing":
                    missing.append((line, found))
                elif found.fault:
                    self.seen.append(observations.listed(line.item, name, found))
                line.entries += () if found.fault else found.entries
        named = [line for line in self.lines if line.named]
        if len(missing) >= FEWEST_MISSING and not any(line.entries for line in named):
            self.seen.append(observations.all_missing(len(named), self.source.label))
        else:
            self.seen += [
                observations.missing(line.item, self.source.label, self.names.near(found.text))
                for line, found in missing
            ]

    def _stands_for_files(self, pages: str) -> bool:
        """Whether what stands under 页码或文件 is the name of something there, such as a folder."""
        text = pages.strip()
        return bool(text) and not fold(text).isdecimal() and any(f.entries for f in self.names.find(text))

    def _unnamed_lines(self, rest: Unlisted) -> None:
        """Lines that name no file: the file called like the material, or by the same code; else the only one left."""
        open_lines = [line for line in self.lines if not line.named]
        for line in open_lines:
            line.entries += rest.take(line.item, line.claims)
        held = {claim.key for line in self.lines if line.entries for claim in line.claims}
        wanting = [
            line
            for line in open_lines
            if not line.entries
            and line.item.title
            and not held.issuperset(claim.key for claim in line.claims)
        ]
        volume = rest.only()
        if wanting and volume is not None and all(last_page(line.item.pages) for line in wanting):
            for line in wanting:
                line.entries.append(volume)
            rest.drop([volume])
            wanting = []
        if wanting:
            self.seen.append(observations.unpaired([line.item for line in wanting], rest.strangers()))
            rest.drop(rest.strangers())

    def _leftovers(self, rest: Unlisted, extra: list[_PairedLine]) -> None:
        """Files on no list. With no list at all, one named after what it proves is where it should be."""
        strangers = rest.strangers()
        if self.listed:
            strangers = [*strangers, *(line.entries[0] for line in extra)]
        elif not extra:
            return  # nothing could be paired, which is said once with what needs evidence
        self.seen += observations.on_no_list(sorted(strangers, key=lambda e: e.name), listed=self.listed)

    def _open_all(self) -> None:
        uses = grouped(
            (entry.name, FileUse(line.item, frozenset(claim.key for claim in line.claims), entry))
            for line in self.lines
            for entry in line.entries
        )
        lists = 0
        for name, file_uses in uses.items():
            counted = lists < MOST_LISTS and any(key[1] is None for use in file_uses for key in use.claims)
            found = self.inspected[name] = inspect(self.source, file_uses[0].entry, counted=counted)
            lists += bool(found.file.rows)
            if found.fault and found.fault != "large":
                self.seen.append(observations.faulty(file_uses[0].item, found))
        untold = {
            "evidence-unopened": [name for name, found in self.inspected.items() if found.fault == "large"],
            "evidence-unread": [name for name, found in self.inspected.items() if found.unread],
        }
        self.seen += [observations.left_alone(what, names) for what, names in untold.items() if names]
        alone = [(line.item, line.entries[0].name) for line in self.lines if len(line.entries) == 1]
        self.seen += beyond(alone, self.inspected)
        good = [
            use for name, file_uses in uses.items() if not self.inspected[name].fault for use in file_uses
        ]
        self.seen += repeated(good, self.source)

    def _with_files(self, line: _PairedLine) -> EvidenceLine:
        files = tuple(self.inspected[entry.name].file for entry in line.entries)
        return replace(line.item, files=files)


def _as_item(entry: ListedFile, claims: Iterable[Claim]) -> EvidenceLine:
    """A file that stands on no list, as a line that names itself."""
    code = "、".join(dict.fromkeys(printed(claim.code) for claim in claims))
    return EvidenceLine({"subject": entry.name, "title": stem_of(entry.name), "code": code}, source=FILES)
