"""Finding a file by the name that a list gives it: case, width and spaces aside, and never outside the folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from clusterform.evidence.source import ListedFile
from clusterform.grouped import grouped
from clusterform.patterns import pattern
from clusterform.text import fold, unified
from clusterform.words import words

_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})
"""Names under which Windows opens a device and no file, with any ending."""
_SPLIT = pattern(r"[\n;；、,，]+")
_SLASHES = pattern(r"[\\/]+")
_DRIVE = pattern(r"[a-z]:|[a-z][a-z0-9+.-]+://|file:", re.IGNORECASE)
_LEAD = pattern(r"({evidence.counted})?\s*([0-9]{1,3})(?![0-9]|\.[0-9])(?:\s*[-_、:]\s*$)?")
"""A number that files are counted by: 附件3 商标.pdf, 03 商标.pdf. Not 3.1, which is a code."""
_SHORTEST_NEAR = 4
_ENDING = pattern(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


@dataclass(frozen=True, slots=True)
class FoundFiles:
    entries: tuple[ListedFile, ...] = ()
    fault: str = ""
    """missing, several (which of these?), outside or device; empty where it was found."""
    text: str = ""
    """Of a missing one: the name."""


class FileNames:
    """The files of a folder by their names."""

    def __init__(self, entries: Iterable[ListedFile], label: str) -> None:
        self._label = _key(label)
        own = [(_parts(entry.name)[-1], entry) for entry in entries]
        self._by_base = grouped(own)
        self._by_loose = grouped((_loose(base), entry) for base, entry in own)
        self._by_stem = grouped((fold(stem_of(base)), entry) for base, entry in own)
        self._by_lead = grouped((_lead(lead), e) for base, e in own if (lead := _LEAD.match(base)))
        self._by_folder = grouped((folder, e) for _, e in own for folder in _folders(_parts(e.name)[:-1]))

    def find(self, text: str) -> list[FoundFiles]:
        """What the cell names: one file, a folder with all it holds, or several names one after the other."""
        whole = self._one(text)
        if whole.fault != "missing":
            return [whole]
        pieces = [piece for piece in (p.strip() for p in _SPLIT.split(text)) if piece]
        if len(pieces) < 2:
            return [whole]
        found = [self._one(piece) for piece in pieces]
        named = all(_ENDING.search(piece) for piece in pieces)
        return found if named or any(f.entries for f in found) else [whole]

    def near(self, text: str) -> str:
        """The one file whose name holds this one, or is held by it; empty for none or several."""
        stem = fold(stem_of(_parts(text)[-1])) if _parts(text) else ""
        if len(stem) < _SHORTEST_NEAR:
            return ""
        held = [
            entry.name
            for other, entries in self._by_stem.items()
            if stem in other or (len(other) >= _SHORTEST_NEAR and other in stem)
            for entry in entries
        ]
        return held[0] if len(held) == 1 else ""

    def _one(self, text: str) -> FoundFiles:
        if fault := _refused(text):
            return FoundFiles(fault=fault)
        parts = _parts(text)
        if parts and len(parts) > 1 and parts[0] == self._label:
            parts = parts[1:]
        if not parts:
            return FoundFiles(fault="missing", text=text)
        ways = (
            self._by_base.get(parts[-1], ()),
            self._by_loose.get(_loose(parts[-1]), ()),
            () if _ENDING.search(parts[-1]) else self._by_stem.get(fold(parts[-1]), ()),
        )
        for way in ways:
            below = [entry for entry in way if _lies_under(entry, parts[:-1])]
            exact = [entry for entry in below if _parts(entry.name)[:-1] == parts[:-1]]
            if len(below) == 1 or len(exact) == 1:
                return FoundFiles(tuple(below if len(below) == 1 else exact))
            if below:
                return FoundFiles(tuple(below), "several")
        inside = self._by_folder.get("/".join(parts)) or self._numbered(parts)
        return FoundFiles(tuple(inside)) if inside else FoundFiles(fault="missing", text=text)

    def _numbered(self, parts: tuple[str, ...]) -> list[ListedFile]:
        """All files that begin with the number which is the whole name: 附件3 is 附件3-1.pdf and 附件3-2.pdf."""
        lead = _LEAD.match(parts[-1])
        if lead is None or lead.end() != len(parts[-1]):
            return []
        return [e for e in self._by_lead.get(_lead(lead), ()) if _lies_under(e, parts[:-1])]


def _folders(around: tuple[str, ...]) -> Iterator[str]:
    """How the folders around a file may be called: each by its path, and by its own name."""
    for depth, folder in enumerate(around):
        yield "/".join(around[: depth + 1])
        if depth:
            yield folder


def names_anything(text: str) -> bool:
    """Whether a cell for a file's name is filled with one, and not with a stroke or a word for elsewhere."""
    return fold(text) not in words("evidence.nowhere")


def names_a_file(text: str) -> bool:
    return _ENDING.search(text.strip()) is not None


def stem_of(name: str) -> str:
    """A file's own name without folders and ending; a dot in 2.3-④ begins no ending."""
    return _ENDING.sub("", name.rpartition("/")[2])


def ending_of(name: str) -> str:
    """The ending in lower case with its dot; empty for none."""
    found = _ENDING.search(unicodedata.normalize("NFKC", name))
    return found[0].lower() if found else ""


def _refused(text: str) -> str:
    """Why such a name is never looked for."""
    plain = unicodedata.normalize("NFKC", text).strip()
    depth = 0
    for part in _SLASHES.split(plain):
        depth += -1 if part == ".." else int(part not in {"", "."})
        if depth < 0:
            return "outside"
        if part.partition(".")[0].strip().casefold() in _DEVICES:
            return "device"
    return "outside" if plain.startswith(("/", "\\", "~/")) or _DRIVE.match(plain) else ""


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """The folders and the file of a path, folded; a step back takes the folder before it away."""
    parts: list[str] = []
    for part in _SLASHES.split(name):
        if part.strip() == "..":
            parts[-1:] = []
        elif part.strip() not in {"", "."}:
            parts.append(_key(part))
    return tuple(parts)


def _key(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", unified(name)).casefold().split())


def _lead(found: re.Match[str]) -> tuple[str, int]:
    return found[1] or "", int(found[2])


def _loose(base: str) -> str:
    """Spaces and punctuation aside, the ending kept."""
    return f"{fold(stem_of(base))}{ending_of(base)}"


def _lies_under(entry: ListedFile, folders: tuple[str, ...]) -> bool:
    own = _parts(entry.name)[:-1]
    return not folders or own[len(own) - len(folders) :] == folders
