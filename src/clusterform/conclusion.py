"""What is known of a finding beforehand: a person's conclusion, a waiver, an earlier report. Frozen, beside `finding`."""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """What a person said of something left to a person, then what a waiver or an earlier report says of anything."""

    CONFORMS = "conforms"
    FAILS = "fails"
    EXPLAINED = "explained"
    CHANGED = "changed"
    """Said of another answer than stands there now."""
    WAIVED = "waived"
    """A waiver says why it may stay as it is."""
    EXPIRED = "expired"
    """A waiver said so, until a day that is past."""
    KNOWN = "known"
    """An earlier report has it already."""


PERSONAL = frozenset({Verdict.CONFORMS, Verdict.FAILS, Verdict.EXPLAINED, Verdict.CHANGED})
"""What comes of a person's conclusion."""


class Closed(StrEnum):
    """Why a finding is open no more, and counts by itself."""

    CONFIRMED = "confirmed"
    WAIVED = "waived"
    KNOWN = "known"


class Conclusion(NamedTuple):
    """What a person, a waiver or an earlier report says of a finding."""

    verdict: Verdict
    by: str = ""
    when: str = ""
    """Year, month and day, as 2026-03-01; of a waiver the last on which it holds."""
    remark: str = ""
    """Of a waiver the reason."""
    said: str = ""
    """All of it as a sentence, which reports show."""

    @property
    def closes(self) -> Closed | None:
        """Why nobody has to see to the finding any more; None where somebody has."""
        return _CLOSING.get(self.verdict)


_CLOSING = {
    Verdict.CONFORMS: Closed.CONFIRMED,
    Verdict.EXPLAINED: Closed.CONFIRMED,
    Verdict.WAIVED: Closed.WAIVED,
    Verdict.KNOWN: Closed.KNOWN,
}


class WaiverState(StrEnum):
    """What became of a waiver in a run."""

    USED = "used"
    UNUSED = "unused"
    """Nothing was found that it is about."""
    EXPIRED = "expired"
    IDLE = "idle"
    """None of the files is one that it is for, or its rule did not look."""


class Waiver(NamedTuple):
    """What may stay as it is, and why; what is empty limits nothing."""

    rule: str
    form: str
    """The key of a form."""
    cluster: str
    label: str
    column: str
    value: str
    reason: str
    who: str
    until: str
    """The last day on which it holds, as 2026-03-01."""
    place: str = ""
    """Where in its file it stands."""


class WaiverUse(NamedTuple):
    """A waiver as a run found it."""

    waiver: Waiver
    state: WaiverState
    findings: int = 0
    """How many it is about."""
