"""Which evidence belongs to which form of a folder, and whether it is still what it was."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from clusterform.patterns import pattern
from clusterform.text import fold

_EVIDENCE = pattern(
    r"^(?:.*[^及和与、+＋&])??(?:佐证|证明)(?:材料)?(?:附件|文件|目录)?[\d一二三四五六七八九十（）()]*$"
)
_EVIDENCE_FILE = pattern(r"佐证|证明材料|材料清单|^evidence", re.IGNORECASE)
_LIST = pattern(r"清单|目录|evidence", re.IGNORECASE)


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
    try:
        entries = sorted(e for e in evidence.iterdir() if e.is_dir() or e.suffix.lower() == ".zip")
    except OSError:
        return None
    return _named_after(form, entries)


def state_of(form: Path, evidence: Path | None) -> str:
    """What of the files beside a form its result depends on: they are not read, their sizes and times tell."""
    lists = [entry for entry in _entries(form.parent) if _LIST.search(entry.name)]
    lines = [] if not lists else [entry.name for entry in _entries(form.parent)]
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
        if fold(_stem(entry)).removeprefix(own) in {"", "佐证材料", "证明材料", "佐证"}
    ]
    best = exact or found
    return best[0] if len(best) == 1 else None


def _is_plain(entry: Path) -> bool:
    """佐证材料 and nothing that could be another form's name."""
    return fold(_stem(entry)).lstrip("0123456789") in {"佐证材料", "证明材料", "佐证", "evidence"}


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
