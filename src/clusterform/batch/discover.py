"""What lies in a folder: documents that may be forms, and what is left out at once, by where it lies and what it is."""

from __future__ import annotations

import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path, PurePosixPath

from clusterform.batch.beside import evidence_for, is_evidence, is_evidence_file
from clusterform.batch.blank_form import somebodys
from clusterform.errors import UsageError, refusal
from clusterform.evidence.zip_names import member_name
from clusterform.parsers.container.sniff import foreign_by_head
from clusterform.patterns import pattern
from clusterform.record import record

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
_FORM = pattern("申报[表书]|复核表|汇总表|申请表")
_LETTER = pattern("函|通知|请示|报告|说明|指南|须知|目录|清单|名单|示例|范本|制度|纪要|方案")
_SYSTEM = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information", "@eaDir", "#recycle"})
_AS_XML = frozenset({"wordflat", "wordml", "excelml"})
_TOLD = 10
"""Files left out that are named where nothing is left to check."""
_HEAD = 4096
"""Bytes at a file's start that tell what it is."""
_MAIN_PARTS = frozenset({"word/document.xml", "xl/workbook.xml"})


class Called(IntEnum):
    """How sure it is that a document is a form before it is opened; the higher, the more is reported whatever is inside."""

    ANYTHING = 0
    """Reported on where it is a form that somebody has filled in."""
    FORM = 1
    """Its name says form: reported on even where it is none."""
    OWN = 2
    """It is some county's by its name: reported on even where nothing is filled in."""
    ASKED_FOR = 3
    """The user named the file: reported on even where this program wrote it."""


@record
class Candidate:
    """A document to look into."""

    path: Path
    called: Called = Called.ANYTHING
    evidence: Path | None = None
    """The folder or zip of evidence that is its own."""

    @property
    def name(self) -> str:
        """As reports show it."""
        return self.path.as_posix()


@record
class Left:
    """A document left out, and why: said, so that no form vanishes in silence."""

    path: Path
    zh: str
    en: str
    form: bool = False
    """It is called, or holds what is called, a form: without it the folder's check is not complete."""


def _packed(path: Path) -> Left:
    zh = "压缩包里的表没有检查，请解压后再检查"
    return Left(path, zh, "forms in an archive are not checked; unpack it first", form=True)


def _closed(error: OSError) -> Left:
    zh = f"文件夹打不开（{refusal(error)}），里面的表没有检查"
    return Left(Path(error.filename), zh, f"the folder cannot be opened ({error.strerror})", form=True)


def _no_file(path: Path) -> Left:
    zh = "打不开：链接指向的文件不在，或不是普通文件"
    return Left(path, zh, "a link to a file that is not there, or no plain file", form=True)


def _elsewhere(path: Path) -> Left:
    zh = "是指向别处的链接，里面的表没有检查；请直接检查它指向的文件夹"
    en = "a link to a folder elsewhere, whose forms are not checked; check that folder itself"
    return Left(path, zh, en, form=True)


def _within(link: Path, folder: Path) -> bool:
    """Whether what a link leads to is walked anyhow."""
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(folder))


@record
class Found:
    """What a search found, in the order of paths."""

    candidates: tuple[Candidate, ...]
    left: tuple[Left, ...] = ()


def discover(paths: Iterable[Path]) -> Found:
    """Files as named, folders searched, each file once. UsageError where a path is missing, or nothing is found."""
    found: dict[Path, Candidate] = {}
    left: list[Left] = []
    for path in paths:
        if not path.exists():
            raise UsageError(f"找不到文件：{path}", f"No such file: {path}")
        inside = list(_inside(path)) if path.is_dir() else [Candidate(path, Called.ASKED_FOR)]
        if not any(isinstance(item, Candidate) for item in inside):
            shut = [item for item in inside if isinstance(item, Left) and item.form]
            if shut:
                raise nothing_left(shut)
            raise UsageError(
                f"文件夹里没有可检查的申报表：{path}", f"The folder holds no form to check: {path}"
            )
        for item in inside:
            if isinstance(item, Left):
                left.append(item)
            else:
                found.setdefault(item.path.resolve(), item)
    return Found(tuple(found.values()), tuple(left))


def nothing_left(left: Iterable[Left]) -> UsageError:
    """That no document turned out to be a filled form, with the first of them."""
    items = sorted(left, key=lambda item: item.path)[:_TOLD]
    zh = ["没有可检查的申报表，这些文件不是填好的表：", *(f"  {item.path}  {item.zh}" for item in items)]
    en = ["No filled form to check. Left out:", *(f"  {item.path}  {item.en}" for item in items)]
    return UsageError("\n".join(zh), "\n".join(en))


def says_form(name: str) -> bool:
    """Whether a file's name says that it is a form, and not a letter about one."""
    return bool(_FORM.search(name)) and not _LETTER.search(name)


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
        paired = [
            replace(item, evidence=evidence_for(item.path, len(forms) == 1, beside))
            if isinstance(item, Candidate) and item in forms
            else item
            for item in (_alone(item, candidates) for item in found)
        ]
        yield from paired
        taken = {item.evidence for item in paired if isinstance(item, Candidate)}
        yield from (_packed(path) for path in files if path not in taken and packs_forms(path))
        links = [here / name for name in folders if (here / name).is_symlink()]
        yield from (_elsewhere(path) for path in links if not _within(path, folder))
    yield from map(_closed, closed)


def _alone(item: Candidate | Left, candidates: Sequence[Candidate]) -> Candidate | Left:
    """A form that cannot be checked is missed only where no document lies beside it: a scan is sent with its form."""
    return replace(item, form=item.form or not candidates) if isinstance(item, Left) else item


def packs_forms(path: Path) -> bool:
    """Whether an archive holds forms, by its own name or by those in it, and is no evidence."""
    ending = path.suffix.lower()
    if ending not in _ARCHIVES or is_evidence(path.stem) or is_evidence_file(path.stem):
        return False
    if says_form(path.stem) or ending != ".zip":
        return says_form(path.stem)
    try:
        with zipfile.ZipFile(path) as package:
            inside = [PurePosixPath(member_name(info)) for info in package.infolist()]
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    return any(p.suffix.lower() in DOCUMENTS and says_form(p.stem) and not _hidden(p.name) for p in inside)


def _hidden(name: str) -> bool:
    return name.startswith((".", "~$", "~WRL")) or name in _SYSTEM


def _candidate(path: Path) -> Candidate | Left | None:
    ending = path.suffix.lower()
    if not os.path.isfile(path):  # noqa: PTH113  (a link into a folder closed to us is none, which pathlib would raise)
        return _no_file(path) if says_form(path.stem) else None
    if ending in _UNREAD and says_form(path.stem):
        return Left(
            path,
            "PDF、OFD 无法检查，请同时提供 Word 或 Excel 文件",
            "PDF and OFD cannot be checked; give the Word or Excel file too",
        )
    if is_evidence_file(path.stem) and not says_form(path.stem):
        return None
    if (
        ending in DOCUMENTS
        or (ending == ".xml" and _is_office_xml(path))
        or (not _OTHERS.fullmatch(ending) and _is_office(path))
    ):
        if not says_form(path.stem):
            return Candidate(path)
        return Candidate(path, Called.OWN if somebodys(path) else Called.FORM)
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
    try:
        with zipfile.ZipFile(path) as package:
            return not _MAIN_PARTS.isdisjoint(package.namelist())
    except (OSError, zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
