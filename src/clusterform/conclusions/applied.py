"""All that is known of findings beforehand, tied to them: what people confirmed, then waivers, then an earlier report."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from clusterform.conclusion import WaiverUse
from clusterform.conclusions.baseline import Baseline, read_baseline
from clusterform.conclusions.confirmations import Confirmations, read_confirmations
from clusterform.conclusions.owners import Owners
from clusterform.conclusions.waivers import WaiverNames, Waivers, read_waivers
from clusterform.finding import FileReport, Finding, Status
from clusterform.forms.rule import Rule
from clusterform.settings import Settings


@dataclass(frozen=True, slots=True)
class Conclusions:
    """It is tied to results when they are told, never to those that are kept: a waiver runs out."""

    sources: tuple[Confirmations | Waivers | Baseline, ...]
    """Each leaves alone what one before it has settled."""
    confirmations: Confirmations | None = None
    waivers: Waivers | None = None

    def applied(self, file: FileReport) -> FileReport:
        """The report of one file. What is open decides whether it passes."""
        findings = self.tied(file.findings, Owners.of_file(file))
        if file.status not in {Status.PASS, Status.FAIL}:
            return file._replace(findings=findings)
        wrong = any(finding.wrong for finding in findings)
        return file._replace(findings=findings, status=Status.FAIL if wrong else Status.PASS)

    def tied(self, findings: Sequence[Finding], owners: Owners) -> tuple[Finding, ...]:
        """The findings of one file, or those across forms."""
        found = tuple(findings)
        for source in self.sources:
            found = source.tied(found, owners)
        return found

    def uses(
        self, files: Collection[FileReport], across: Sequence[Finding], rules: Iterable[Rule]
    ) -> tuple[WaiverUse, ...]:
        """What became of each waiver; none where no file of them was given."""
        return () if self.waivers is None else self.waivers.uses(files, across, rules)


def read_conclusions(settings: Settings, rules: Sequence[Rule], forms: Mapping[str, str]) -> Conclusions:
    """All that the settings name; DataError where it cannot be read. `rules` and `forms`: what a waiver may name."""
    language = settings.language
    confirmations = None if settings.confirmed is None else read_confirmations(settings.confirmed, language)
    names = WaiverNames.of(rules, forms)
    waivers = None if settings.waivers is None else read_waivers(settings.waivers, names, language)
    baseline = None if settings.baseline is None else read_baseline(settings.baseline, rules, language)
    named = (confirmations, waivers, baseline)
    return Conclusions(tuple(source for source in named if source is not None), confirmations, waivers)
