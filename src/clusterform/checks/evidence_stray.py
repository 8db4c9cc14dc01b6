"""Kind `evidence_stray`: evidence for a box not ticked, a row of zero, or nothing on the form; or who knows for which."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.checks.check import Check
from clusterform.checks.evidence_missing import LIST_SECTION
from clusterform.checks.reader import Hit, Reader
from clusterform.claims.claims import Claim, key_of
from clusterform.claims.codes import printed
from clusterform.claims.matching import Match, Matched, names_something
from clusterform.evidence_line import EvidenceLine
from clusterform.messages import Fact, Text
from clusterform.text import fold

Line = tuple[EvidenceLine, Match]
"""A line of the list and what it fits."""
_NAMED = 4
"""So many boxes and rows are named; of the rest the number."""


class EvidenceStray(Check, kind="evidence_stray"):
    """`words`: what the form asks for apart from its boxes and rows, such as 计算公式."""

    words: tuple[str, ...] = ()

    def places(self, reader: Reader) -> Iterator[Line]:
        """Each line that says anything, with what it fits; a doubtful one with what it may yet be needed for.

        Of a list that tells of no line what it is for nothing is said: a person compares it whole.
        """
        matched = reader.shared("evidence", Matched.of)
        if matched.titles_only:
            return
        lines = [(line, match) for line, match in matched.lines if line.given and _says_anything(line)]
        proven = {key_of(claim) for _, match in lines for claim in match.sure}
        for line, match in lines:
            if match.doubt == "several":
                wanting = [c for c in match.claims if c.asked and key_of(c) not in proven]
                yield line, Match(tuple(wanting), "several") if len(wanting) > 1 else Match(match.claims)
            else:
                yield line, match

    def judge(self, reader: Reader, place: Line) -> Hit | None:
        """A line that fits anything ticked or not zero is right, and so is one for a row that asks for none.

        What is blank or missing is another rule's to report, and its evidence may well be due.
        """
        line, match = place
        found = match.claims
        if match.doubt:
            return _hit(line, match.doubt, found)
        if any(claim.asked or claim.open for claim in found):
            return None
        if not found and (
            _asked_in_words(self, line) or names_something((line.subject, line.title), reader.form)
        ):
            return None
        return _hit(line, "unasked" if found else None, found)


def _hit(line: EvidenceLine, variant: str | None, found: tuple[Claim, ...]) -> Hit:
    subject = line.subject.strip() or line.code.strip() or line.title.strip()
    names = [f"{printed(claim.code)} {claim.label}" for claim in found[:_NAMED]]
    key = "checks.many" if len(found) > len(names) else "checks.all"
    if line.unlisted:
        variant = "file-unasked"
    return Hit(
        section=LIST_SECTION,
        label=subject,
        value=line.title.strip() or subject,
        variant=variant,
        facts={
            "number": line.number.strip() or "—",
            "named": found[0].label if found else "",
            "code": printed(found[0].code) if found else "",
            "all": Text(key, names=tuple(f"“{name}”" for name in names), count=len(found)),
            **_where(line),
        },
        location=line.location,
    )


def _where(line: EvidenceLine) -> dict[str, Fact]:
    """Which list: the form's own goes without saying."""
    source = line.source
    return {"where": Text("checks.source", name=source) if source else ""}


def _says_anything(line: EvidenceLine) -> bool:
    return any(text.strip() for text in (line.subject, line.title, line.code))


def _asked_in_words(params: EvidenceStray, line: EvidenceLine) -> bool:
    text = fold(line.subject + line.title)
    return any(fold(word) in text for word in params.words)
