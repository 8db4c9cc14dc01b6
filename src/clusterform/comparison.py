"""What lies between two submissions of a form, or of a folder of forms. Frozen, beside `finding`, so that reports see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from clusterform.finding import NOWHERE, FileReport, Finding, FormPart, Location, Severity, Status


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """One answer that reads otherwise now, or one line of a list."""

    section: FormPart | None
    field: str | None
    """None for a line of a list, and for a row that the county added."""
    label: str
    column: str | None
    before: str
    """As the form showed it; empty where nothing stood there."""
    after: str
    location: Location = NOWHERE
    """In the new form; of a line that is gone, in the old one."""


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """The findings of two submissions, held against each other."""

    gone: tuple[Finding, ...] = ()
    """As the old one has them."""
    remaining: tuple[Finding, ...] = ()
    """As the new one has them."""
    added: tuple[Finding, ...] = ()
    before: int = 0
    """How many the old one had."""
    confirmed: tuple[Finding, ...] = ()
    """Of the new one, those that a person has confirmed, which are neither left nor mended."""
    waived: tuple[Finding, ...] = ()
    """The same of those that a waiver explains."""

    @property
    def left(self) -> Iterator[tuple[Finding, bool]]:
        """What is to be done now, each with whether it is new."""
        yield from ((finding, True) for finding in self.added)
        yield from ((finding, False) for finding in self.remaining)


NO_CHANGES = FindingChanges()


def unread(file: FileReport) -> bool:
    """Whether there is a file of which nothing certain can be said."""
    return file.status in (Status.UNREADABLE, Status.INCOMPLETE)


class Presence(StrEnum):
    """In which of the two submissions a form is."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class FormComparison:
    """One form as it was and as it is."""

    file: FileReport
    """The new one; where the form is in the old submission alone the old one."""
    presence: Presence = Presence.BOTH
    old: FileReport | None = None
    """Of a form in both."""
    answers: tuple[ChangedAnswer, ...] = ()
    findings: FindingChanges = NO_CHANGES

    @property
    def unread(self) -> tuple[FileReport, ...]:
        """The files that could not be read, for which nothing was compared."""
        return tuple(file for file in (self.old, self.file) if file is not None and unread(file))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two submissions: one form, or all forms of two folders in the new one's order."""

    old: str
    new: str
    """The paths as they were given."""
    forms: tuple[FormComparison, ...]
    together: FindingChanges = NO_CHANGES
    """Of what was found across a folder's forms."""
    language: str = "zh"
    left_only: bool = False
    """Whether only what is left to do is shown."""

    @property
    def parts(self) -> Iterator[FindingChanges]:
        yield from (form.findings for form in self.forms)
        yield self.together

    @property
    def before(self) -> int:
        return sum(part.before for part in self.parts)

    @property
    def gone(self) -> int:
        return sum(len(part.gone) for part in self.parts)

    @property
    def remaining(self) -> int:
        return sum(len(part.remaining) for part in self.parts)

    @property
    def added(self) -> int:
        return sum(len(part.added) for part in self.parts)

    @property
    def confirmed(self) -> int:
        return sum(len(part.confirmed) for part in self.parts)

    @property
    def waived(self) -> int:
        return sum(len(part.waived) for part in self.parts)

    @property
    def changed(self) -> int:
        """Answers that read otherwise."""
        return sum(len(form.answers) for form in self.forms)

    @property
    def unread(self) -> tuple[FileReport, ...]:
        return tuple(file for form in self.forms for file in form.unread)

    def count(self, severity: Severity) -> int:
        """Findings of that severity that are left."""
        return sum(finding.severity is severity for part in self.parts for finding, _ in part.left)
