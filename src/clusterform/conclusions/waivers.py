"""Waivers: findings that may stay as they are, for a reason and until a day. They are shown all the same, and do not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from clusterform.checks.check import FOLDER
from clusterform.conclusion import Conclusion, Verdict, Waiver, WaiverState, WaiverUse
from clusterform.conclusions.owners import Owner, Owners, owner
from clusterform.finding import FileReport, Finding, Status
from clusterform.forms.rule import Rule
from clusterform.messages import Text
from clusterform.text import fold, narrow

SETTLED = frozenset({Verdict.CONFORMS, Verdict.EXPLAINED, Verdict.FAILS, Verdict.WAIVED})
"""What somebody has decided of a finding, which nothing that comes after it changes."""


def today() -> str:
    """Of the clock on the wall, as 2026-03-01."""
    return datetime.now(UTC).astimezone().date().isoformat()


@dataclass(frozen=True, slots=True)
class Waivers:
    entries: tuple[Waiver, ...]
    language: str
    today: str
    """As 2026-03-01."""

    def tied(self, findings: Sequence[Finding], owners: Owners) -> tuple[Finding, ...]:
        return tuple(self._concluded(finding, owners.of(finding)) for finding in findings)

    def _concluded(self, finding: Finding, owners: Sequence[Owner]) -> Finding:
        if finding.conclusion is not None and finding.conclusion.verdict in SETTLED:
            return finding
        about = [waiver for waiver in self.entries if _is_about(waiver, finding, owners)]
        held = next((waiver for waiver in about if not self._expired(waiver)), None)
        if held is not None:
            return finding._replace(conclusion=self._said(held, Verdict.WAIVED))
        if about and finding.conclusion is None:
            return finding._replace(conclusion=self._said(about[-1], Verdict.EXPIRED))
        return finding

    def _expired(self, waiver: Waiver) -> bool:
        return waiver.until < self.today

    def _said(self, waiver: Waiver, verdict: Verdict) -> Conclusion:
        facts = {"reason": waiver.reason, "who": waiver.who, "until": waiver.until}
        said = Text(f"waiver.{verdict}", **facts)[self.language]
        return Conclusion(verdict, waiver.who, waiver.until, waiver.reason, said)

    def uses(
        self, files: Collection[FileReport], across: Sequence[Finding], rules: Iterable[Rule]
    ) -> tuple[WaiverUse, ...]:
        """What became of each; `rules`: those that looked."""
        looked = {rule.code: rule.forms for rule in rules}
        about, reached = Counter[Waiver](), set[Waiver]()
        by_path: dict[str, Owner] = {}
        for file in files:
            own = owner(file.form, file.cluster, file.sha256)
            by_path[file.path] = own
            for waiver in self.entries:
                about[waiver] += sum(_is_about(waiver, finding, (own,)) for finding in file.own)
                if _is_for(waiver, own) and _looked(looked.get(waiver.rule, ()), file):
                    reached.add(waiver)
        owners = Owners(None, by_path)
        for waiver in self.entries:
            about[waiver] += sum(_is_about(waiver, f, owners.of(f)) for f in across)
        return tuple(
            WaiverUse(waiver, self._state(waiver, about[waiver], reached), about[waiver])
            for waiver in self.entries
        )

    def _state(self, waiver: Waiver, found: int, reached: Collection[Waiver]) -> WaiverState:
        if self._expired(waiver):
            return WaiverState.EXPIRED
        if found:
            return WaiverState.USED
        return WaiverState.UNUSED if waiver in reached else WaiverState.IDLE


def _looked(forms: Collection[str], file: FileReport) -> bool:
    """Whether a rule for these forms has looked at a file: one across forms at all, one of what is no form at any."""
    return file.status in {Status.PASS, Status.FAIL} and (file.form in forms or FOLDER in forms)


def _is_about(waiver: Waiver, finding: Finding, owners: Sequence[Owner]) -> bool:
    """Of a finding across forms every one that must change has to be the waiver's, as it closes it for all."""
    if waiver.rule != finding.rule:
        return False
    places = ((waiver.label, finding.label), (waiver.column, finding.column))
    if any(asked and fold(asked) != fold(found or "") for asked, found in places):
        return False
    if waiver.value and narrow(waiver.value).strip() != narrow(finding.value or "").strip():
        return False
    named = [own for own in owners if own.cluster] or owners
    return any(_is_for(waiver, own) for own in owners) and all(_is_cluster(waiver, own) for own in named)


def _is_for(waiver: Waiver, own: Owner) -> bool:
    return waiver.form in {"", own.form} and _is_cluster(waiver, own)


def _is_cluster(waiver: Waiver, own: Owner) -> bool:
    return not waiver.cluster or fold(waiver.cluster) == own.cluster
