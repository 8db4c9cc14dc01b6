"""What lies in a folder: documents that may be forms, and what is left out at once, by where it lies and what it is."""

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from clusterform.errors import UsageError, refusal
from clusterform.evidence.source import member_name
from clusterform.messages import Joined, Text
from clusterform.parsers.container.sniff import foreign_by_head
from clusterform.patterns import pattern
from clusterform.regions import names_place
from clusterform.text import fold
from clusterform.words import words

_EVIDENCE = pattern(
    r"^(?:.*[^{folder.joined}、+＋&])??{folder.evidence}{folder.evidence_endings}[\d{numerals}（）()]*$"
)
_EVIDENCE_FILE = pattern(r"{folder.evidence_file}|^evidence", re.IGNORECASE)
_LIST = pattern(r"{folder.list}|evidence", re.IGNORECASE)


def is_evidence(name: str) -> bool:
    """Whether a folder's name says 佐证材料: 佐证材料, 东海县申报表-佐证材料, but not 申报表及佐证材料."""
    return bool(_EVIDENCE.match(name.strip())) or fold(name) == "evidence"


def is_evidence_file(stem: str) -> bool:
    return bool(_EVIDENCE_FILE.search(stem))


def evidence_for(form: Path, only: bool, entries: Iterable[Path]) -> Path | None:
    """The folder or zip among `entries` that is the form's: called after it, else, where it is the only form, any one."""
    found = [entry for entry in entries if is_evidence(_stem(entry))]
    own = _named_after(form, found)
    if own is not None:
        return own
    plain = [entry for entry in found if _is_plain(entry)]
    if len(plain) != 1:
        return None
    return plain[0] if only else inside(form, plain[0])


def inside(form: Path, evidence: Path) -> Path | None:
    """What in a folder of evidence is called after the form."""
    return _named_after(form, [e for e in _entries(evidence) if e.is_dir() or e.suffix.lower() == ".zip"])


def state_of(form: Path, evidence: Path | None) -> str:
    """What of the files beside a form its result depends on: they are not read, their sizes and times tell."""
    entries = _entries(form.parent)
    lists = [entry for entry in entries if _LIST.search(entry.name)]
    lines = [entry.name for entry in entries] if lists else []
    lines += [_state_line(entry, entry.name) for entry in lists]
    if evidence is not None:
        lines.append(evidence.name)
        if evidence.is_file():
            lines.append(_state_line(evidence, evidence.name))
        for top, folders, names in os.walk(evidence):
            folders.sort()
            here = Path(top)
            lines += [
                _state_line(here / name, (here / name).relative_to(evidence).as_posix())
                for name in sorted(names)
            ]
    return "\n".join(lines)


def _named_after(form: Path, entries: Sequence[Path]) -> Path | None:
    """The one entry whose name begins with the form's, or is the form's."""
    own = fold(form.stem)
    found = [entry for entry in entries if own and fold(_stem(entry)).startswith(own)]
    exact = [
        entry
        for entry in found
        if fold(_stem(entry)).removeprefix(own) in ("", *words("folder.evidence_names"))
    ]
    best = exact or found
    return best[0] if len(best) == 1 else None


def _is_plain(entry: Path) -> bool:
    """佐证材料 and nothing that could be another form's name."""
    return fold(_stem(entry)).lstrip("0123456789") in (*words("folder.evidence_names"), "evidence")


def _stem(entry: Path) -> str:
    return entry.stem if entry.suffix.lower() == ".zip" else entry.name


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _state_line(path: Path, name: str) -> str:
    try:
        status = path.stat()
    except OSError:
        return name
    return f"{name} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"


DOCUMENTS = frozenset(
    {".docx", ".docm", ".doc", ".wps", ".xlsx", ".xlsm", ".xls", ".et", ".rtf", ".odt", ".ods"}
)
"""Endings of what may hold a form."""
_OTHERS = pattern(
    r"\.(?:pdf|ofd|jpe?g|png|bmp|gif|tiff?|heic|zip|rar|7z|txt|csv|jsonl?|ya?ml|toml|html?|xml|sarif|md|ini|db|lnk|url"
    r"|mp[34]|avi|mov|pptx?|dps|exe|py|eml|msg)",
    re.IGNORECASE,
)
"""Endings of what holds none, whatever is inside."""
_ARCHIVES = frozenset({".zip", ".rar", ".7z"})
_UNREAD = frozenset({".pdf", ".ofd"})
"""A form may be saved so too, and can then not be read."""
_FORM = pattern("{folder.form}")
_LETTER = pattern("{folder.letter}")
_TEMPLATE = pattern("{folder.template}|template|blank", re.IGNORECASE)
_SYSTEM = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "#recycle"})
_AS_XML = frozenset({"wordflat", "wordml", "excelml"})
_TOLD = 10
"""Files left out that are named where nothing is left to check."""
_HEAD = 4096
"""Bytes at a file's start that tell what it is."""
_MAIN_PARTS = frozenset({"word/document.xml", "xl/workbook.xml"})


class NameConfidence(IntEnum):
    """How sure it is that a document is a form before it is opened; the higher, the more is reported whatever is inside."""

    ANYTHING = 0
    """Reported on where it is a form that somebody has filled in."""
    FORM = 1
    """Its name says form: reported on even where it is none."""
    OWN = 2
    """It is some county's by its name: reported on even where nothing is filled in."""
    ASKED_FOR = 3
    """The user named the file: reported on even where this program wrote it."""


class Candidate(NamedTuple):
    path: Path
    called: NameConfidence = NameConfidence.ANYTHING
    evidence: Path | None = None
    """The folder or zip of evidence that is its own."""

    @property
    def name(self) -> str:
        return self.path.as_posix()


class Left(NamedTuple):
    """A document left out, and why: said, so that no form vanishes in silence."""

    path: Path
    why: Text
    form: bool = False
    """It is called, or holds what is called, a form: without it the folder's check is not complete."""


def _within(link: Path, folder: Path) -> bool:
    """Whether what a link leads to is walked anyhow."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder))


class Discovery(NamedTuple):
    candidates: tuple[Candidate, ...]
    left: tuple[Left, ...] = ()


def discover(paths: Iterable[Path]) -> Discovery:
    """Files as named, folders searched, each file once, and rather itself than a link to it.

    UsageError where a path is missing, or nothing is found.
    """
    found: dict[Path, Candidate] = {}
    left: list[Left] = []
    for path in paths:
        if not path.exists():
            raise UsageError("path.no-file", path=path)
        inside = list(_inside(path)) if path.is_dir() else [Candidate(path, NameConfidence.ASKED_FOR)]
        if not any(isinstance(item, Candidate) for item in inside):
            shut = [item for item in inside if isinstance(item, Left)]
            if shut:
                raise nothing_left(shut)
            raise UsageError("left.nothing", path=path)
        for item in inside:
            if isinstance(item, Left):
                left.append(item)
            elif (held := found.get(real := item.path.resolve())) is None or held.path.is_symlink():
                found[real] = item
    return Discovery(tuple(found.values()), tuple(left))


def nothing_left(left: Iterable[Left]) -> UsageError:
    """That no document turned out to be a filled form, with the first of them."""
    items = sorted(left, key=lambda item: item.path)[:_TOLD]
    files = (Text("left.line", path=item.path, reason=item.why) for item in items)
    return UsageError("left.nothing-filled", files=Joined("join.lines", files))


def says_form(name: str) -> bool:
    """Whether a file's name says that it is a form, and not a letter about one."""
    return bool(_FORM.search(name)) and not _LETTER.search(name)


def has_own_name(path: Path) -> bool:
    """Whether the names of a file and its folder make it a county's own, which must not be passed over though blank."""
    return not _TEMPLATE.search(path.stem) and (names_place(path.stem) or names_place(path.parent.name))


def _inside(folder: Path) -> Iterator[Candidate | Left]:
    """Documents below a folder in a stable order. Links to folders are not followed, so that none is walked twice."""
    closed: list[OSError] = []
    for top, folders, names in os.walk(folder, onerror=closed.append):
        here = Path(top)
        files = [here / name for name in sorted(names) if not _hidden(name)]
        found = [item for path in files if (item := _candidate(path)) is not None]
        candidates = [item for item in found if isinstance(item, Candidate)]
        shown = sorted(name for name in folders if not _hidden(name))
        folders[:] = [name for name in shown if not (candidates and is_evidence(name))]
        beside = [*(here / name for name in shown), *(p for p in files if p.suffix.lower() == ".zip")]
        forms = [item for item in candidates if item.called] or candidates
        taken = set()
        for item in found:
            if isinstance(item, Left):
                # A scan is sent with its form: it is missed only where no document lies beside it.
                yield item._replace(form=item.form or not candidates)
                continue
            evidence = evidence_for(item.path, len(forms) == 1, beside) if item in forms else None
            taken.add(evidence)
            yield item._replace(evidence=evidence)
        packed = (p for p in files if p not in taken and _packs_forms(p, alone=not candidates))
        yield from (Left(path, Text("left.archive"), form=True) for path in packed)
        links = [here / name for name in folders if (here / name).is_symlink()]
        away = (path for path in links if not _within(path, folder))
        yield from (Left(path, Text("left.linked-folder"), form=True) for path in away)
    for error in closed:
        yield Left(Path(error.filename), Text("left.folder-closed", reason=refusal(error)), form=True)


def _packs_forms(path: Path, *, alone: bool) -> bool:
    """Whether an archive holds forms, by its own name or by those in it, and is no evidence.

    One that is called after a place, lies `alone` and cannot be looked through is taken for that place's form.
    """
    if path.suffix.lower() not in _ARCHIVES or is_evidence(path.stem) or is_evidence_file(path.stem):
        return False
    if says_form(path.stem):
        return True
    inside = _packed_in(path)
    closed = inside is None or any(p.suffix.lower() in _ARCHIVES for p in inside)
    if closed and alone and names_place(path.stem):
        return True
    return any(
        p.suffix.lower() in DOCUMENTS and says_form(p.stem) and not _hidden(p.name) for p in inside or ()
    )


def _packed_in(path: Path) -> list[PurePosixPath] | None:
    """What a .zip holds; None where it cannot be told."""
    try:
        with zipfile.ZipFile(path) as package:
            return [PurePosixPath(member_name(info)) for info in package.infolist()]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return None


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "~WRL")) or name in _SYSTEM


def _candidate(path: Path) -> Candidate | Left | None:
    ending = path.suffix.lower()
    if not os.path.isfile(path):  # noqa: PTH113  (a link into a folder closed to us is none, which pathlib would raise)
        return Left(path, Text("left.link-astray"), form=True) if says_form(path.stem) else None
    if ending in _UNREAD and says_form(path.stem):
        return Left(path, Text("left.pdf"))
    if is_evidence_file(path.stem) and not says_form(path.stem):
        return None
    if (
        ending in DOCUMENTS
        or (ending == ".xml" and _is_office_xml(path))
        or (not _OTHERS.fullmatch(ending) and _is_office(path))
    ):
        if not says_form(path.stem):
            return Candidate(path)
        return Candidate(path, NameConfidence.OWN if has_own_name(path) else NameConfidence.FORM)
    return None


def _is_office_xml(path: Path) -> bool:
    """Whether an .xml file is a Word or Excel document saved as XML."""
    try:
        with path.open("rb") as stream:
            return foreign_by_head(stream.read(_HEAD)) in _AS_XML
    except OSError:
        return False


def _is_office(path: Path) -> bool:
    """Whether a file of another ending, or none, is a Word or Excel package inside."""
    return not _MAIN_PARTS.isdisjoint(part.as_posix() for part in _packed_in(path) or ())
