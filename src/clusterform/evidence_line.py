"""A line of the evidence list, and the files that were paired with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from clusterform.finding import NOWHERE, Location


class EvidenceFile(NamedTuple):
    """A file given as evidence, as far as it was looked into."""

    name: str
    """Its path in the folder, with forward slashes."""
    pages: int | None = None
    """None where it has none, or they were not counted."""
    rows: tuple[int, ...] = ()
    """Of a table: how many entries it may be said to hold, the likeliest first."""


class _Column:
    """What stands in the column of that name; empty where there is none."""

    def __set_name__(self, _: type, name: str) -> None:
        self.key = name

    def __get__(self, line: EvidenceLine, _: type) -> str:
        return line.texts.get(self.key, "")


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One line of the evidence list. Its columns are those of rules/evidence_list.yaml; a few have a meaning here."""

    texts: Mapping[str, str]
    """What stands in its columns, by their keys; nothing for one that is empty."""
    location: Location = NOWHERE
    """Where it stands in the form itself; a line from elsewhere has none."""
    source: str = ""
    """The list it stands on: empty for the form's own, the file's name for one beside it."""
    files: tuple[EvidenceFile, ...] = ()
    """The files it was paired with."""
    empty: bool = False
    """Nothing is named where its list asks for the material, or 无, 待补充."""

    number = _Column()
    code = _Column()
    """Of an option or a row."""
    subject = _Column()
    """The option, row or code that it belongs to."""
    title = _Column()
    """What the material is called."""
    kind = _Column()
    """Who vouches for it: a department, a third party, the applicant."""
    file = _Column()
    """The file's name as the list gives it."""
    pages = _Column()
    """Its pages, or what stands under a head that takes a page or a file."""

    @property
    def called(self) -> str:
        """What a person knows it by: what it belongs to, else what the material is called."""
        return self.subject.strip() or self.code.strip() or self.title.strip()

    @property
    def unnumbered(self) -> Mapping[str, str]:
        """All its texts but the number, which another list counts anew."""
        return {key: text for key, text in self.texts.items() if key != "number"}

    @property
    def given(self) -> bool:
        """Whether it gives any material; a line prefilled with its code alone waits for one."""
        if self.empty and not self.files:
            return False
        written = self.title.strip() or self.file.strip() or self.pages.strip()
        return bool(self.files or written or (self.subject and not self.code))

    @property
    def unlisted(self) -> bool:
        """Whether it is no line of a list, but a file named after what it proves."""
        return self.source == FILES


FILES = "*"
"""The source of a line that is a file and no line: no list can have this name."""
