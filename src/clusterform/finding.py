"""What a check says of a form: findings, their severity and place. Frozen, and imports nothing of ours but `conclusion`.

Records and no pydantic models: nobody writes a report but the program, which reads back only what it kept itself, so
that there is nothing to look over; and a model takes several times as long to set up at every start.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from math import inf
from typing import Final, Literal, NamedTuple

from clusterform.conclusion import Closed, Conclusion, WaiverUse

OWN_OUTPUT = "clusterform-output"
"""The category in the properties of workbooks and letters that hold results: in a folder they are no forms."""


EVIDENCE_LIST: Final = "evidence-list"
"""What the list of evidence is called where a form would be named by its key, or a part by its number."""
FormPart = int | Literal["evidence-list"]
"""Where in a form something stands: 0 the cover, 1 and on its parts by their numbers, or its list of evidence."""
_LIST_NUMBER = 10
Responsible = Literal["county", "province"]
"""Whose affair a finding is: the county's that fills in the form, or the province's that recommends it."""


class Severity(StrEnum):
    """How much a finding weighs, heaviest first."""

    ERROR = "error"
    """The form would be sent back, or it breaks a written requirement."""
    WARNING = "warning"
    """Probably wrong."""
    MANUAL = "manual"
    """A person must look: a seal, a signature, an industry average."""
    INFO = "info"
    """Worth knowing."""

    @property
    def rank(self) -> int:
        """0 of the heaviest."""
        return list(Severity).index(self)


class Status(StrEnum):
    """How the check of one file ended."""

    PASS = "pass"  # noqa: S105  (the contract's word for a clean form, not a secret)
    FAIL = "fail"
    UNREADABLE = "unreadable"
    INCOMPLETE = "incomplete"


class Location(NamedTuple):
    """Where something stands in the file. Counts start at 1, in document order.

    A tuple, as cells are: a form has five hundred of each.
    """

    page: int | None = None
    """A hint only: pages depend on the program that lays the form out."""
    table: int | None = None
    row: int | None = None
    cell: int | None = None
    sheet: str | None = None
    ref: str | None = None
    """A cell's address in a workbook, such as C7."""


NOWHERE = Location()


def section_order(section: FormPart | None) -> float:
    """The file itself, the cover, the parts by their numbers, the evidence list."""
    if section is None:
        return -1
    return section if isinstance(section, int) else inf


def section_number(section: FormPart | None, parts: Iterable[int]) -> int | None:
    """As programs are told it: the evidence list is 10, of a form with ten parts or more the number after its last."""
    if section != EVIDENCE_LIST:
        return section
    return max(_LIST_NUMBER, 1 + max(parts, default=0))


class RelatedAnswer(NamedTuple):
    """One answer of the form, as a finding names it beside its own."""

    field: str
    label: str
    column: str | None = None
    """The year or column head."""


class Cause(NamedTuple):
    """The single edit that makes several figures agree."""

    kind: str
    """Such as exchanged, unit, digit, point, sign, figure."""
    cells: tuple[RelatedAnswer, ...]
    """The answers edited, the finding's own first."""
    expected: tuple[str | None, ...] = ()
    """What each of them would be, in their order; None where it is not one figure."""


class Explained(NamedTuple):
    """A failure that a cause explains: it is not reported by itself."""

    rule: str
    spot: RelatedAnswer


class Finding(NamedTuple):
    """One mistake, or one thing to look at."""

    rule: str
    """The stable code, such as CF201."""
    name: str
    severity: Severity
    section: FormPart | None
    """None: the file itself."""
    field: str | None
    """The answer's path, such as leading_industry.output_growth."""
    label: str | None
    """The official label, or the option's text."""
    column: str | None
    """The year or column head the answer stands under."""
    value: str | None
    """What the form shows."""
    expected: str | None
    """What would be right, where that can be computed."""
    message: str
    basis: str
    """The clause that asks for it."""
    location: Location = NOWHERE
    variant: str = ""
    """Which of the rule's messages it has; empty for the first."""
    fix: str | None = None
    """The text that `clusterform fix` would write in its place."""
    cause: Cause | None = None
    """The single edit behind several failures, where one was found."""
    explains: tuple[Explained, ...] = ()
    """The failures that the cause explains."""
    covers: tuple[str, ...] = ()
    """The labels that a folded finding stands for, such as every row of a blank part."""
    files: tuple[str, ...] = ()
    """Of a finding across forms: the paths it concerns, as the report names them; empty for one file's own."""
    changes: tuple[str, ...] = ()
    """Of a finding across forms: the files that must change, on which it counts; empty where it counts on the folder."""
    falls_to: Responsible = "county"
    """Who has to see to it."""
    conclusion: Conclusion | None = None
    """What is known of it beforehand."""

    @property
    def closed(self) -> Closed | None:
        """Why it is open no more; None where somebody has to see to it."""
        return None if self.conclusion is None else self.conclusion.closes

    @property
    def wrong(self) -> bool:
        """Whether it must be corrected still."""
        return self.severity is Severity.ERROR and not self.closed

    @property
    def told(self) -> str:
        """The message, behind what is known of it."""
        return self.message if self.conclusion is None else f"{self.conclusion.said}{self.message}"


class Skipped(NamedTuple):
    """A check that could not be made, and why."""

    rule: str
    reason: str
    field: str | None = None
    column: str | None = None


class Unjudged(NamedTuple):
    """A criterion of recognition that could not be judged: without it no form is cleared."""

    rule: str
    field: str
    """The answer that it lacks."""
    label: str = ""
    """That answer's official label."""


class RunSettings(NamedTuple):
    """What a run's options, files and rules change about the check; the defaults change nothing."""

    file: str | None = None
    """The project file that was obeyed."""
    rules: tuple[str, ...] = ()
    """Rule files beside the national ones."""
    selected: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    """Codes or their beginnings, switched off by an option or taken away by a rule file."""
    severity: Mapping[str, str] = {}
    """The severity set for a code."""
    limits: tuple[str, ...] = ()
    """Thresholds that are not the national ones, each with the national one behind it."""
    added: tuple[str, ...] = ()
    """Rules that a rule file adds."""
    reworded: tuple[str, ...] = ()
    """Rules of the edition of which a rule file changes more than their severity."""
    averages: tuple[str, ...] = ()
    """Industry averages given, with their years and sources."""
    waivers: str | None = None
    """The file of waivers."""
    baseline: str | None = None
    """An earlier report, beside which only what is new counts."""
    confirmed: str | None = None
    region: str = "auto"
    in_force: bool = True
    """Whether the edition is that of the notice in force."""
    left_out: tuple[str, ...] = ()
    """Rules of the edition that did not look."""
    lowered: tuple[str, ...] = ()
    """Rules that weigh less than the edition has it, or look at other things."""
    loosened: tuple[str, ...] = ()
    """Thresholds that let more pass than the national ones."""


DEFAULTS = RunSettings()


class Series(NamedTuple):
    """A figure of several years, for a report that draws it."""

    label: str
    """The official label."""
    unit: str
    points: tuple[tuple[str, str | None], ...]
    """Column head and figure, a decimal as text; None where there is none."""


class Aim(NamedTuple):
    """A target and the least it may be; figures are decimals as text, None where there is none."""

    label: str
    column: str
    unit: str
    value: str | None
    floor: str | None
    reached: bool
    """Whether the figure is high enough; false too where one of the two is missing."""


class Figures(NamedTuple):
    """The few figures of a form that a reviewer looks at first."""

    years: tuple[Series, ...] = ()
    aims: tuple[Aim, ...] = ()


NO_FIGURES = Figures()


class EvidenceProof(NamedTuple):
    """Where one piece of evidence is found."""

    source: str
    """The list's file; empty for the form's own list."""
    number: str
    """The line's own number."""
    title: str
    kind: str
    files: tuple[str, ...]
    pages: str
    listed: bool = True
    """False: no list names it; the file is called after what it proves."""
    missing: bool = False
    """Its file was looked for and is not there."""


class EvidenceNeed(NamedTuple):
    """A box or row that needs evidence, and what there is for it."""

    code: str
    label: str
    figure: str
    """What the form shows in a row that asks for a list; empty for a ticked box."""
    proofs: tuple[EvidenceProof, ...] = ()

    @property
    def met(self) -> bool:
        return any(not proof.missing for proof in self.proofs)


class FileReport(NamedTuple):
    path: str
    sha256: str | None
    form: str
    """The key of a form or summary of the edition, or unknown."""
    status: Status
    cluster: str | None
    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    """Criteria that could not be judged."""
    crashed: tuple[Skipped, ...] = ()
    """Rules that broke while they ran, with what broke them: never a finding against the form."""
    section_titles: Mapping[int, str] = {}
    """The form's part headings by number, for reports that group by part."""
    place: str | None = None
    """所属地区, as the cover gives it."""
    figures: Figures = NO_FIGURES
    evidence: tuple[EvidenceNeed, ...] | None = None
    """The check-list of evidence, where one was asked for."""
    edition: str = ""
    """The edition of its form; empty where it is none known here."""
    form_names: Mapping[str, str] = {}
    """What its form is called, by language; empty as above."""
    copy: str = ""
    """What kind of copy made here it is, `annotated` or `fixed`; empty where it is none."""

    @property
    def own(self) -> tuple[Finding, ...]:
        """What was found in the file by itself: what was found across forms is told once, for all of them."""
        return tuple(finding for finding in self.findings if not finding.files)

    def count(self, severity: Severity) -> int:
        """Those that are open."""
        return sum(1 for f in self.findings if f.severity is severity and not f.closed)

    @property
    def closed(self) -> Counter[Closed]:
        """How many are open no more, by the reason."""
        return Counter(f.closed for f in self.findings if f.closed)


class Report(NamedTuple):
    edition: str
    """That of its forms, or several, joined by 、."""
    rulesets: tuple[str, ...]
    files: Collection[FileReport]
    """In a stable order. A folder's may be read from disk as it is walked, again each time: never index or copy it."""
    language: str = "zh"
    batch: tuple[Finding, ...] = ()
    """What the rules across forms found."""
    settings: RunSettings = DEFAULTS
    """What differs from a plain run."""
    waivers: tuple[WaiverUse, ...] = ()
    crashed: tuple[Skipped, ...] = ()
    """Rules across forms that broke."""
    together: bool = True
    """Whether the rules across forms looked, where there are several forms for them to look at."""
    forms: tuple[str, ...] = ()
    """The kinds of form that there are, whether any of the files is one or not."""
    unfinished: int = 0
    """Files not looked at, as the user broke the run off."""
    unopened: int = 0
    """Documents of the folder that look like forms but were not checked, such as a form saved as PDF."""


class RulePage(NamedTuple):
    """One rule explained, in one language."""

    code: str
    name: str
    severity: Severity
    title: str
    why: str
    computed: str | None
    """None where nothing is computed."""
    wrong: str
    right: str
    basis: str
    """Document and clause."""
    limits: str = ""
    """The thresholds that it judges by, as they are in this run."""
