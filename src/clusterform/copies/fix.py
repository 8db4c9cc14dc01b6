"""`fix`: a copy of a checked file with the repairs that are safe, each of them listed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from clusterform.answers import FilledForm
from clusterform.copies.annotate import Annotated, annotated, checked_package, ending_of, with_comments
from clusterform.copies.repairs import Repair, repairs_of
from clusterform.copies.word_copy import fix_docx
from clusterform.copies.workbook_copy import fix_xlsx
from clusterform.errors import UnreadableError
from clusterform.finding import FileReport, Finding, Report
from clusterform.messages import Pair
from clusterform.parsers.container.package import open_package
from clusterform.pipeline import UNKNOWN, Checker, read_form
from clusterform.settings import Settings
from clusterform.writing.text_edits import bare


@dataclass(frozen=True, slots=True)
class FixOptions:
    """Which repairs are made, and how they are written."""

    codes: tuple[str, ...] = ()
    """Beginnings of rules' codes; none: every rule's."""
    accepted: bool = False
    """Plain text instead of tracked changes."""
    language: str = "zh"
    """Of the notes in a workbook."""
    rounding: bool = False
    """Figures of more than two decimals are rounded."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A copy, and what is otherwise in it."""

    data: bytes
    ending: str
    """The file's own, of a .doc or .wps .docx."""
    made: tuple[Repair, ...]
    left: tuple[Repair, ...]
    """Repairs that were not made: of those that bring no finding more than the answer would have to be touched."""


def fixed(checker: Checker, path: Path, how: FixOptions, evidence: Path | None = None) -> Fixed:
    """The copy of one file; `evidence` as `examine` takes it. Errors as of `annotated`.

    It is read again before it is given back. A repair is only made where its answer, and no other, is then read as
    intended, and where no rule finds more than before: 88.0 that agrees with a rate where 88.00 does not was not exact.
    """
    checker.rules_of().require_known(how.codes)
    report, form = checker.examine(path, evidence=evidence)
    package = checked_package(path, report)
    if form.form == UNKNOWN:
        why = report.findings[0].message
        raise UnreadableError("unknown-form", Pair(why, why))
    trial = _Trial(checker, report, form)
    wanted = repairs_of(report, form, how.codes, rounding=how.rounding)
    tried, all_made = wanted, None
    while True:
        data, made = (
            fix_docx(package, report, tried, tracked=not how.accepted)
            if package.kind == "docx"
            else fix_xlsx(package, tried, how.language)
        )
        read = read_form(open_package(data), Settings(edition=report.edition or None), path.stem)
        all_made = all_made or read
        safe = trial.safe(read, made)
        if safe == made:
            left = [trial.told(all_made, repair, made) for repair in wanted if repair not in made]
            return Fixed(data, ending_of(path, package), tuple(made), tuple(left))
        tried = safe


def fixed_and_annotated(  # noqa: PLR0913  (as `annotated`, and what it is judged with)
    checker: Checker,
    path: Path,
    report: Report,
    file: FileReport,
    evidence: Path | None = None,
    *,
    legend: bool = False,
) -> Annotated:
    """A copy with what is safe mended, and comments on what the rules find then; findings across forms stay."""
    if all(finding.fix is None for finding in file.findings):
        return annotated(path, report, file, legend=legend)
    mended = fixed(checker, path, FixOptions(language=report.language), evidence)
    package = open_package(mended.data)
    judged, _ = checker.examine(path, file.path, evidence, package)
    across = tuple(finding for finding in file.findings if finding.files)
    left = judged._replace(findings=(*across, *checker.concluded(judged).findings))
    return mended.ending, with_comments(package, report, left, mended.made, legend=legend)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A form as it was handed in, beside which copies of it are judged."""

    checker: Checker
    report: FileReport
    form: FilledForm

    def safe(self, read: FilledForm, made: Sequence[Repair]) -> list[Repair]:
        """Those of the repairs that change their answer as intended; none where any other answer is read otherwise."""
        mended = {repair.address for repair in made}
        others = ((place, a) for place, a in self.form.answers.items() if place not in mended)
        if any(bare(answer) != bare(read.answer(*place)) for place, answer in others):
            return []
        right = [repair for repair in made if _is_read(repair, read)]
        if not self._brought(read, right):
            return right
        kept: list[Repair] = []
        for repair in right:
            if not self._brought(read, [*kept, repair]):
                kept.append(repair)
        return kept

    def told(self, read: FilledForm, repair: Repair, made: Sequence[Repair]) -> Repair:
        """The repair with what it would bring beside those that were made, if it was `read` as intended."""
        brings = self._brought(read, [*made, repair]) if _is_read(repair, read) else ()
        return replace(repair, brings=brings)

    def _brought(self, read: FilledForm, repairs: Sequence[Repair]) -> tuple[Finding, ...]:
        """What with these repairs the rules find and did not find before."""
        answers = {**self.form.answers, **{r.address: read.answer(*r.address) for r in repairs}}
        before = Counter(map(_place, self.report.findings))
        found = []
        for finding in self.checker.judged(self.form.with_answers(answers), self.report.path).findings:
            before[_place(finding)] -= 1
            if before[_place(finding)] < 0:
                found.append(finding)
        return tuple(found)


def _is_read(repair: Repair, read: FilledForm) -> bool:
    return read.answer(*repair.address).text == repair.after


def _place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.severity, finding.field, finding.column, finding.label
