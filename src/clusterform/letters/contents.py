"""What the letters of a run and their summary say, one notice for each form that its county must correct; and as files."""

from __future__ import annotations

import os.path
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, count
from pathlib import Path
from unicodedata import normalize

from clusterform.batch.digest import Digest
from clusterform.batch.run import RunOutcome
from clusterform.finding import FileReport, Finding, Severity, Status
from clusterform.forms.edition import load_edition
from clusterform.letters.template import NOTICE, SUMMARY, LetterTemplate
from clusterform.messages import Shortened, Text
from clusterform.reports import finding_text
from clusterform.reports.overview import named, row_of
from clusterform.reports.summary import differences, summarise

_POINTS = 3
"""So many of a form's mistakes are named in the summary."""
_POINT = 60
"""Characters of one of them."""
_LONGEST = 60
"""Characters of a name; a Chinese one takes three bytes, of which systems allow 255."""
_TAKEN = str.maketrans(dict.fromkeys('<>:"/\\|?*', "_"))
"""What Windows has no place for in a name."""


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One line of a notice's table."""

    number: int
    place: str
    value: str
    """What the form shows."""
    remedy: tuple[str, ...]
    """What it should be, and what to do: a paragraph each."""
    basis: str


@dataclass(frozen=True, slots=True)
class CorrectionNotice:
    """The letter that goes with one form back to its county."""

    county: str
    """Empty where the form does not tell."""
    addressee: str
    cluster: str
    form: str
    """What the form is called."""
    file: str
    title: str
    """The ministry's notice by its title."""
    document: str
    """The same by its number."""
    found: str
    """How many places are to be corrected and to be checked, without what there is none of."""
    due: str
    """The day, or a line for a pen."""
    errors: tuple[CorrectionRow, ...]
    warnings: tuple[CorrectionRow, ...]
    confirm: tuple[str, ...]

    @property
    def needed(self) -> bool:
        """Whether there is something to mend: what is only to be confirmed sends no form back."""
        return bool(self.errors or self.warnings)


@dataclass(frozen=True, slots=True)
class ReviewedForm:
    """One line of the summary's table."""

    number: int
    county: str
    cluster: str
    form: str
    errors: int
    warnings: int
    confirm: int
    points: tuple[str, ...]
    ended: str
    """Whether it goes back."""


@dataclass(frozen=True, slots=True)
class UnreadFile:
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcrossRow:
    """What was found in several forms together."""

    severity: str
    message: str
    who: str
    """Who has to see to it."""
    files: str


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What the head of the department reads."""

    forms: tuple[ReviewedForm, ...]
    unread: tuple[UnreadFile, ...]
    across: tuple[AcrossRow, ...]
    tasks: tuple[str, ...]
    """What the province itself has to do with single files."""
    notes: tuple[str, ...]
    """What the run left out, or had otherwise than usual."""
    returned: int
    errors: int
    warnings: int
    confirm: int


def contents(outcome: RunOutcome, due: date | None) -> tuple[tuple[CorrectionNotice, ...], ReviewSummary]:
    """The notices that are needed, in the order of the files, and the summary of all files."""
    report, language = outcome.report, outcome.report.language
    notices: list[CorrectionNotice] = []
    forms: list[ReviewedForm] = []
    base = _base(outcome)
    unread = [UnreadFile(_path(item.path, base), item.why[language]) for item in outcome.left if item.form]
    tasks: Counter[str] = Counter()
    for digest, file in zip(outcome.digests, report.files, strict=True):
        if file.status is Status.UNREADABLE:
            reason = Text("join.list")[language].join(finding_text.message(f, language) for f in file.own)
            unread.append(UnreadFile(_path(file.path, base), reason))
            continue
        if file.form not in report.forms:  # a summary, which is the province's own
            name = _path(file.path, base)
            tasks.update(
                Text("letter.of-file", file=name, text=task)[language] for task in _tasks(file, language)
            )
        else:
            tasks.update(_tasks(file, language, "province"))
            notice = notice_for(file, digest, due, language)
            forms.append(_reviewed(len(forms) + 1, file, notice, language))
            notices += [notice] if notice.needed else []
    summary = ReviewSummary(
        tuple(forms),
        tuple(unread),
        tuple(_across(finding, base, language) for finding in report.batch),
        tuple(Text("letter.task", task=task, count=count)[language] for task, count in tasks.items()),
        (*differences(report, language), *(left[language] for left in summarise(report).reservations)),
        len(notices),
        sum(form.errors for form in forms),
        sum(form.warnings for form in forms),
        sum(form.confirm for form in forms),
    )
    return tuple(notices), summary


def notice_for(file: FileReport, digest: Digest, due: date | None, language: str) -> CorrectionNotice:
    """What one form's county is told: its own affairs alone, the mistakes before what is only doubtful."""
    own = [f for f in file.findings if f.falls_to == "county" and not f.closed]
    errors = [f for f in own if f.severity is Severity.ERROR]
    warnings = [f for f in own if f.severity is Severity.WARNING]
    confirm = [finding_text.message(f, language) for f in own if f.severity is Severity.MANUAL]
    county = finding_text.visible(digest.origin.county_name or digest.region)
    department = finding_text.visible(digest.department)
    rows = tuple(_rows([*errors, *warnings], file, language))
    edition, row = load_edition(file.edition), row_of(file, language)
    found = {"letter.found-errors": len(errors), "letter.found-warnings": len(warnings)}
    return CorrectionNotice(
        county,
        department or Text("letter.department", county=county or Text("letter.blank"))[language],
        row.cluster,
        row.form,
        finding_text.visible(Path(file.path).name),
        edition.title,
        edition.notice,
        Text("join.list")[language].join(Text(k, count=n)[language] for k, n in found.items() if n),
        _day(due)[language],
        rows[: len(errors)],
        rows[len(errors) :],
        (*dict.fromkeys(confirm), *finding_text.unjudged(file, language)),
    )


def _day(due: date | None) -> Text:
    if due is None:
        return Text("letter.due-open")
    return Text("letter.date", year=due.year, month=due.month, day=due.day)


def _rows(findings: Iterable[Finding], file: FileReport, language: str) -> Iterator[CorrectionRow]:
    for number, finding in enumerate(findings, 1):
        value, expected = finding_text.value_and_expected(finding, language)
        remedy = [Text("finding.expected", text=expected)[language]] if expected else []
        remedy += [finding_text.message(finding, language), *finding_text.further(finding, language)]
        remedy += filter(None, [finding_text.covered(finding, language)])
        if finding.files:
            names = named((Path(path).name for path in finding.files), language)
            remedy.append(Text("batch.files", names=names)[language])
        basis = finding_text.visible(finding.basis)
        yield CorrectionRow(number, _place(finding, file, language), value, tuple(remedy), basis)


def _place(finding: Finding, file: FileReport, language: str) -> str:
    """The part, the label, and where it is in the file."""
    if finding.files:
        return Text("letter.across")[language]
    label = finding_text.place(finding, language)
    part = finding_text.section_title(finding.section, file, language)
    where = finding_text.location(finding.location, language)
    return "\u3000".join(piece for piece in (part, label, where) if piece)


def _reviewed(number: int, file: FileReport, notice: CorrectionNotice, language: str) -> ReviewedForm:
    ended = [Text("letter.returned" if notice.needed else "letter.not-returned")]
    if file.status is Status.INCOMPLETE:
        ended.append(Text("ended.incomplete"))
    if file.unjudged:
        ended.append(Text("ended.unjudged"))
    graver = Severity.ERROR if notice.errors else Severity.WARNING
    told = [f for f in file.findings if f.falls_to == "county" and f.severity is graver and not f.closed]
    first = (Shortened(finding_text.first_sentence(f, language), _POINT)[language] for f in told)
    points = list(dict.fromkeys(first))
    more = [Text("letter.more", count=len(told))[language]] if len(points) > _POINTS else []
    return ReviewedForm(
        number,
        notice.county,
        notice.cluster or notice.file,
        notice.form,
        len(notice.errors),
        len(notice.warnings),
        len(notice.confirm),
        (*points[:_POINTS], *more),
        Text("join.list")[language].join(text[language] for text in ended),
    )


def _tasks(file: FileReport, language: str, falls_to: str = "") -> Iterator[str]:
    """What somebody, or who is named, has to see to in this file by itself."""
    found = (f for f in file.own if f.severity is not Severity.INFO and not f.closed)
    return (finding_text.message(f, language) for f in found if falls_to in {"", f.falls_to})


def _across(finding: Finding, base: str, language: str) -> AcrossRow:
    return AcrossRow(
        Text(f"severity.{finding.severity}")[language],
        finding_text.message(finding, language),
        Text(f"letter.falls-to-{finding.falls_to}")[language],
        named((_path(path, base) for path in finding.files), language),
    )


def _base(outcome: RunOutcome) -> str:
    """The folder that all files lie in: names are told from there. Empty where they lie on several drives."""
    folders = [path.absolute().parent for path in (*outcome.checked, *(item.path for item in outcome.left))]
    try:
        return os.path.commonpath(folders)
    except ValueError:
        return ""


def _path(path: str | Path, base: str) -> str:
    inside = Path(os.path.relpath(path, base)) if base else Path(path)
    return finding_text.visible(inside.as_posix())


def letter_files(
    outcome: RunOutcome, templates: Mapping[str, LetterTemplate], due: date | None
) -> dict[str, bytes]:
    """Every letter and the summary, by the names of their files."""
    notices, summary = contents(outcome, due)
    language = outcome.report.language
    files: dict[str, bytes] = {}
    names = _file_names(notices, language)
    for name, notice in zip(names, notices, strict=True):
        files[name] = templates[NOTICE].filled(notice)
    files[f"{Text('letter.summary')[language]}.docx"] = templates[SUMMARY].filled(summary)
    return files


def _file_names(notices: tuple[CorrectionNotice, ...], language: str) -> Iterator[str]:
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
    shown = "".join(char for char in normalize("NFC", text) if char.isprintable())
    return shown.translate(_TAKEN)[:_LONGEST].strip(" .")
