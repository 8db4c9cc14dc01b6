"""The letters of a run as files, each under a name that every system takes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain, count

from clusterform.batch.run import RunOutcome
from clusterform.letters.contents import CorrectionNotice, contents
from clusterform.letters.template import NOTICE, SUMMARY, LetterTemplate
from clusterform.messages import Text

_LONGEST = 60
"""Characters of a name; a Chinese one takes three bytes, of which systems allow 255."""
_TAKEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
"""What Windows has no place for in a name."""


def letter_files(
    outcome: RunOutcome, templates: Mapping[str, LetterTemplate], due: date | None
) -> dict[str, bytes]:
    """Every letter and the summary, by the names of their files."""
    notices, summary = contents(outcome, due)
    language = outcome.report.language
    files: dict[str, bytes] = {}
    names = _names(notices, language)
    for name, notice in zip(names, notices, strict=True):
        files[name] = templates[NOTICE].filled(notice)
    files[f"{Text('letter.summary')[language]}.docx"] = templates[SUMMARY].filled(summary)
    return files


def _names(notices: tuple[CorrectionNotice, ...], language: str) -> Iterator[str]:
    """A name for each, of which no two are one on a system that takes capitals and small letters for the same."""
    taken: set[str] = set()
    for notice in notices:
        cluster = notice.cluster or notice.file
        about = cluster if notice.county in cluster else notice.county + cluster
        stem = f"{Text('letter.notice')[language]}-{_plain(about)}"
        names = chain([stem], (f"{stem}-{number}" for number in count(2)))
        name = next(name for name in names if name.casefold() not in taken)
        taken.add(name.casefold())
        yield f"{name}.docx"


def _plain(text: str) -> str:
    """What of a text may stand in a file's name."""
    shown = "".join(char for char in unicodedata.normalize("NFC", text) if char.isprintable())
    return shown.translate(_TAKEN)[:_LONGEST].strip(" .")
