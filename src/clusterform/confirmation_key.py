"""What ties a person's conclusion to what it is about: form, cluster, rule, label, column and the figures found, no place in a file."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from clusterform.finding import FileReport, Finding
from clusterform.patterns import pattern
from clusterform.text import fold

CONFIRMATION_HEADS = ("conclusion", "confirmed-by", "confirmed-on", "remark", "confirmation-key")
"""The columns of the sheet that are read back, by the keys of their heads."""
_FIGURE = pattern(r"\d+(?:\.\d+)?")
_WRITTEN = pattern(r"[0-9a-f]{16}-[0-9a-f]{16}")
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class ConfirmationKey:
    place: str
    """The same for whatever is answered there."""
    answers: str

    def __str__(self) -> str:
        return f"{self.place}-{self.answers}"


def read_key(text: str) -> ConfirmationKey | None:
    """The key as it was written; None where the text is none."""
    written = text.strip().lower()
    return ConfirmationKey(*written.split("-")) if _WRITTEN.fullmatch(written) else None


def key_of(finding: Finding, file: FileReport | None = None) -> ConfirmationKey:
    """`file`: whose finding it is; None: of one across forms, which is about the files that it names.

    Other figures than the value itself, such as that of the year before, stand in the message in either language. A
    form that names no cluster is known by its bytes.
    """
    owner = ("", "") if file is None else (file.form, fold(file.cluster or "") or file.sha256)
    figures = sorted(set(_FIGURE.findall(finding.message)))
    return ConfirmationKey(
        _digest(*owner, finding.rule, finding.field, finding.label, finding.column),
        _digest(finding.value, finding.expected, *figures, *sorted(finding.files)),
    )


def _digest(*facts: str | None) -> str:
    return sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:_LENGTH]
