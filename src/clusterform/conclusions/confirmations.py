"""What people have confirmed: read from the sheet that a workbook report gives for it, and tied to the findings of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from clusterform.conclusion import Conclusion, Verdict
from clusterform.conclusions.owners import Owners
from clusterform.confirmation_key import CONFIRMATION_HEADS, ConfirmationKey, key_of, read_key
from clusterform.errors import DataError, UnreadableError
from clusterform.finding import Finding, Severity
from clusterform.messages import LANGUAGES, Text
from clusterform.parsers.xlsx.filled_sheet import FilledRow, day_of, filled_rows
from clusterform.text import fold

_GIVEN = (Verdict.CONFORMS, Verdict.FAILS, Verdict.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Confirmations:
    """The conclusions by what they are about: by place, then by the answers that were seen there."""

    by_place: Mapping[str, Mapping[str, Conclusion]]
    language: str

    def tied(self, findings: Sequence[Finding], owners: Owners) -> tuple[Finding, ...]:
        """What was found wanting must be corrected."""
        keys = [key_of(f, owners.file) if f.severity is Severity.MANUAL else None for f in findings]
        seen = {str(key) for key in keys}
        pairs = zip(findings, keys, strict=True)
        return tuple(f if key is None else self._concluded(f, key, seen) for f, key in pairs)

    def _concluded(self, finding: Finding, key: ConfirmationKey, seen: set[str]) -> Finding:
        at_place = self.by_place.get(key.place, {})
        conclusion = at_place.get(key.answers)
        if conclusion is None:
            former = [c for answers, c in at_place.items() if f"{key.place}-{answers}" not in seen]
            if not former:
                return finding
            return finding._replace(conclusion=self._said(former[-1], Verdict.CHANGED))
        severity = Severity.ERROR if conclusion.verdict is Verdict.FAILS else finding.severity
        return finding._replace(conclusion=self._said(conclusion, conclusion.verdict), severity=severity)

    def _said(self, conclusion: Conclusion, verdict: Verdict) -> Conclusion:
        """With the sentence that reports show of it."""
        key = "confirmation.remarked" if conclusion.remark else "confirmation.plain"
        facts = {"by": conclusion.by, "when": conclusion.when, "remark": conclusion.remark}
        what = Text(key, verdict=Text(f"verdict.{conclusion.verdict}"), **facts)
        said = Text(f"confirmation.{verdict}", what=what)[self.language]
        return conclusion._replace(verdict=verdict, said=said)


def read_confirmations(path: Path, language: str) -> Confirmations:
    """DataError where the file is no such sheet, or what is filled in is not clear.

    Two forms of one cluster may ask for the same: that is confirmed once every row of it is filled in.
    """
    found: dict[str, dict[str, Conclusion]] = {}
    still_open: list[ConfirmationKey] = []
    for row in _rows(path):
        read = _read(row, path)
        if read is None:
            key = read_key(row.texts.get("confirmation-key", ""))
            still_open += [key] if key is not None else []
            continue
        key, conclusion = read
        held = found.setdefault(key.place, {}).setdefault(key.answers, conclusion)
        if held.verdict is not conclusion.verdict:
            raise DataError("confirmed.contradicts", path=path, place=row.place)
        found[key.place][key.answers] = conclusion
    for key in still_open:
        found.get(key.place, {}).pop(key.answers, None)
    return Confirmations(found, language)


def _rows(path: Path) -> list[FilledRow]:
    try:
        rows = filled_rows(path, CONFIRMATION_HEADS, CONFIRMATION_HEADS)
    except UnreadableError as error:
        raise DataError("confirmed.unreadable", path=path, reason=error.text) from error
    if rows is None:
        raise DataError("confirmed.no-sheet", path=path)
    return rows


def _read(row: FilledRow, path: Path) -> tuple[ConfirmationKey, Conclusion] | None:
    """What a row says; None where nothing is filled in."""
    verdict, by, when = (row.texts.get(key, "") for key in CONFIRMATION_HEADS[:3])
    remark, code = (row.texts.get(key, "") for key in CONFIRMATION_HEADS[3:])
    if not (verdict or by or when):
        return None
    known = {fold(Text(f"verdict.{v}")[language]): v for v in _GIVEN for language in LANGUAGES}
    given = known.get(fold(verdict))
    if verdict and given is None:
        words = tuple(Text(f"verdict.{v}") for v in _GIVEN)
        raise DataError("confirmed.unknown", path=path, place=row.place, value=verdict, known=words)
    needed = {"conclusion": verdict, "confirmed-by": by, "confirmed-on": when}
    if given is Verdict.EXPLAINED:
        needed["remark"] = remark
    missing = tuple(Text(f"head.{key}") for key, text in needed.items() if not text)
    if missing or given is None:
        raise DataError("confirmed.half", path=path, place=row.place, missing=missing)
    key = read_key(code)
    if key is None:
        raise DataError("confirmed.no-key", path=path, place=row.place)
    day = day_of(when)
    if day is None:
        raise DataError("confirmed.no-day", path=path, place=row.place, value=when)
    return key, Conclusion(given, by, day, remark)
