"""One file, from its bytes to its report. Whatever the file is, the answer is a FileReport."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from clusterform.answers import FilledForm, Observation
from clusterform.edition_rules import EditionRules
from clusterform.engine import Outcome, Terms, run_rules
from clusterform.errors import UnreadableError
from clusterform.filling.document_texts import DocumentTexts
from clusterform.filling.identity import identity_answer
from clusterform.filling.read import fill_form
from clusterform.filling.recognise import recognise
from clusterform.finding import OWN_OUTPUT, EvidenceNeed, FileReport, Report, RulePage, Severity, Status
from clusterform.forms.edition import editions_meant, load_edition, newest_edition
from clusterform.forms.lists import form_names, short_name
from clusterform.forms.model import FormDef
from clusterform.forms.rule import load_rules
from clusterform.messages import Fact
from clusterform.parsers.container.own_marks import blank_mark, copy_mark, mark_for
from clusterform.parsers.container.package import Package, open_form
from clusterform.parsers.raw import RawDocument
from clusterform.parsers.read import read_document
from clusterform.regions import is_west, split_region
from clusterform.series import figures_of
from clusterform.settings import CONCLUSIONS, Settings

if TYPE_CHECKING:
    from clusterform.conclusions.applied import Conclusions
    from clusterform.paging.compare import Blank

UNKNOWN = "unknown"
_CORE = "docProps/core.xml"

_NOTHING = FilledForm.model_construct(form=UNKNOWN, edition="")
"""As long as nothing is read."""


class Case(NamedTuple):
    """One file on its way: each step passes it on with what it has found out."""

    path: Path
    name: str
    """As the report calls it."""
    evidence: Path | None = None
    """The folder or zip of evidence that is its own."""
    package: Package | None = None
    document: RawDocument | None = None
    texts: DocumentTexts | None = None
    """All that the document says."""
    definition: FormDef | None = None
    """The form that the document is; None while that is not known, and of a summary, which has no parts."""
    form: FilledForm = _NOTHING


@dataclass(frozen=True)
class Checker:
    """Checks files under one settings; rules and references are read once."""

    settings: Settings

    _editions: dict[str, EditionRules] = field(default_factory=dict, init=False, repr=False, compare=False)

    def rules_of(self, edition: str | None = None) -> EditionRules:
        """The rules for forms of an edition, read when the first such form is there.

        None: what a file goes by that is no form known here, the edition that the settings name or the newest.
        """
        edition = edition or self.settings.edition or newest_edition()
        if edition not in self._editions:
            self._editions[edition] = EditionRules(edition, self.settings)
        return self._editions[edition]

    def report(self, files: Collection[FileReport], editions: Iterable[str], **further: Any) -> Report:
        """The report of a run over files of these editions."""
        ruled = [self.rules_of(edition) for edition in sorted(set(editions))] or [self.rules_of()]
        differs = ruled[-1].differs
        looked = [rule for rules in ruled for rule in rules.rules]
        return Report(
            "、".join(rules.edition for rules in ruled),
            tuple(dict.fromkeys(name for rules in ruled for name in rules.ruleset.names)),
            files,
            self.settings.language,
            forms=tuple(dict.fromkeys(f for rules in ruled for f in load_edition(rules.edition).forms)),
            settings=differs._replace(in_force=all(rules.differs.in_force for rules in ruled)),
            waivers=()
            if self.conclusions is None
            else self.conclusions.uses(files, further["batch"], looked),
            **further,
        )

    def rule_pages(self, report: Report) -> tuple[RulePage, ...]:
        """The rules of a run as pages, by code."""
        editions = report.edition.split("、")
        rules = {rule.code: rule for edition in editions for rule in self.rules_of(edition).rules}
        return tuple(rule.page(report.language) for _, rule in sorted(rules.items()))

    def made_ready(self) -> Checker:
        """The same, once all that the settings name is read; UsageError where something of it is wrong."""
        usual = self.rules_of()
        if usual.rules and usual.terms:
            _ = self.blank, self.conclusions
        return self

    def check(self, path: Path, name: str | None = None) -> FileReport:
        return self.concluded(self.examine(path, name, self.settings.evidence)[0])

    def concluded(self, file: FileReport) -> FileReport:
        """The report with what is known of its findings beforehand."""
        return file if self.conclusions is None else self.conclusions.applied(file)

    def examine(
        self,
        path: Path,
        name: str | None = None,
        evidence: Path | None = None,
        package: Package | None = None,
    ) -> tuple[FileReport, FilledForm]:
        """The report of one file, and what was read. UsageError where there is no such file.

        `evidence`: the folder or zip that is the file's own; `package`: what is to be read in the file's stead.
        """
        case = Case(path, name or path.as_posix(), evidence, package)
        try:
            for step in STEPS:
                case = step(self, case)
        except UnreadableError as error:
            return self.unread(error, case.name, case.package)
        return self._judged(case)

    def unread(
        self, error: UnreadableError, name: str, package: Package | None = None
    ) -> tuple[FileReport, FilledForm]:
        """The report of a file that could not be read, and the form of which only that is known."""
        return self._judged(Case(Path(name), name, package=package, form=_unread(error, self.settings)))

    def judged(self, form: FilledForm, name: str) -> FileReport:
        """What the rules say of a form as it was read."""
        return self._judged(Case(Path(name), name, form=form))[0]

    def _judged(self, case: Case) -> tuple[FileReport, FilledForm]:
        form, ruled = case.form, self.rules_of(case.form.edition)
        report = _report(case, run_rules(form, ruled.rules, self._terms_for(form, ruled.terms)))
        figures = figures_of(form, ruled.ruleset.limits)
        return report._replace(figures=figures, evidence=self._check_list(form)), form

    def _check_list(self, form: FilledForm) -> tuple[EvidenceNeed, ...] | None:
        """What needs evidence and where it is; None where that was not asked for, or nothing could be read."""
        if not self.settings.check_list or form.form == UNKNOWN:
            return None
        from clusterform.evidence.needs import needs

        return needs(form)

    @cached_property
    def blank(self) -> Blank | None:
        """The pages of the blank form; None where none was given."""
        if self.settings.blank is None:
            return None
        from clusterform.paging.compare import read_blank

        return read_blank(self.settings.blank, self.settings.edition)

    @cached_property
    def conclusions(self) -> Conclusions | None:
        """What is known of findings beforehand; None where no file says anything."""
        if not any(getattr(self.settings, name) for name in CONCLUSIONS):
            return None
        from clusterform.conclusions.applied import read_conclusions

        editions = dict.fromkeys((self.rules_of().edition, *editions_meant(self.settings.edition)))
        own = (rule for edition in editions for rule in self.rules_of(edition).ruleset.rules)
        shipped = (rule for edition in editions for rule in load_rules(edition))
        forms = {name: key for edition in editions for name, key in form_names(edition).items()}
        return read_conclusions(self.settings, (*shipped, *own), forms)

    def _terms_for(self, form: FilledForm, terms: Terms) -> Terms:
        """Under --region auto the form's own 所属地区 tells whether the cluster is western."""
        if self.settings.region != "auto" or not is_west(identity_answer(form, "region").text):
            return terms
        return terms._replace(west=True)


def _opened(_: Checker, case: Case) -> Case:
    return case if case.package is not None else case._replace(package=open_form(case.path))


def _read(checker: Checker, case: Case) -> Case:
    """With what the file holds."""
    package, edition = case.package, checker.settings.edition
    if package is None:
        return case
    if package.has(_CORE) and OWN_OUTPUT.encode() in package.read(_CORE):
        raise UnreadableError("own-output", "file.own-output")
    document = read_document(package)
    if package.kind == "xlsx":
        from clusterform.filling.sheet_names import with_hidden_parts

        document = with_hidden_parts(document, edition)
    return case._replace(document=document)


def _recognised(checker: Checker, case: Case) -> Case:
    """With the form that the document is; UnreadableError where it is no form or summary known here."""
    document, edition = case.document, checker.settings.edition
    if document is None:
        return case
    texts = DocumentTexts(document.blocks)
    try:
        return case._replace(texts=texts, definition=recognise(document, edition, texts))
    except UnreadableError:
        from clusterform.filling.summary import read_summary

        summary = read_summary(document, edition, case.path.stem)
        if summary is None:
            raise
        return case._replace(form=summary)


def _filled(_: Checker, case: Case) -> Case:
    """With the answers."""
    if case.document is None or case.definition is None:
        return case
    return case._replace(form=fill_form(case.document, case.definition, case.texts))


def _with_evidence(_: Checker, case: Case) -> Case:
    """With a list that lies beside the form, and with evidence the files themselves."""
    form = case.form
    if not form.fields:
        return case
    if case.evidence is not None:
        from clusterform.evidence.pairing import with_evidence

        return case._replace(form=with_evidence(form, case.evidence, case.path))
    if form.evidence is None or any(line.file for line in form.evidence):
        from clusterform.evidence.list_only import without_files

        return case._replace(form=without_files(form, case.path))
    return case


def _with_pages(checker: Checker, case: Case) -> Case:
    """With what is to be said of its pages, where any rule asks for it: LibreOffice takes its time."""
    package, form = case.package, case.form
    if package is None or not form.fields:
        return case
    if "pages" not in checker.rules_of(form.edition).wants:
        return case
    blank = None if package.kind == "xlsx" else checker.blank or _own_blank(checker, form, package)
    if blank is None:
        seen = [Observation("page-unchecked")]
    else:
        from clusterform.paging.compare import compare_pages

        seen = list(compare_pages(package, form, blank))
    return case._replace(form=form.noticing(*seen))


def _own_blank(checker: Checker, form: FilledForm, package: Package) -> Blank | None:
    """The project's own blank for a form made from it. In a folder of hundreds that is left to --blank."""
    if checker.settings.batch or blank_mark(package) != mark_for(form.form, form.edition):
        return None
    from clusterform.paging.compare import own_blank

    return own_blank(form.edition, form.form)


_Step = Callable[[Checker, Case], Case]
_READING: tuple[_Step, ...] = (_read, _recognised, _filled)
STEPS: tuple[_Step, ...] = (_opened, *_READING, _with_evidence, _with_pages)
"""What every file goes through before it is judged, alone or among hundreds."""


def read_form(package: Package, settings: Settings, name: str = "") -> FilledForm:
    """The answers of a file; UnreadableError where it is no form or summary known here. `name` is the file's."""
    case = Case(Path(f"{name}.{package.kind}"), name, package=package)
    for step in _READING:
        case = step(Checker(settings), case)
    return case.form


def _unread(error: UnreadableError, settings: Settings) -> FilledForm:
    """What could not be read, as a form of which only that is known."""
    facts: dict[str, Fact] = {"reason": error.text, "title": error.title}
    value = error.title if error.what.endswith(("form", "edition")) else None
    observation = Observation(error.what, value=value, facts=facts)
    return FilledForm.model_construct(
        form=UNKNOWN, edition=settings.edition or newest_edition(), observations=(observation,)
    )


def _report(case: Case, outcome: Outcome) -> FileReport:
    form = case.form
    return FileReport(
        path=case.name,
        sha256=case.package.sha256 if case.package is not None else None,
        form=form.form,
        status=_status(form, outcome),
        cluster=identity_answer(form, "name").text or None,
        findings=tuple(outcome.findings),
        skipped=tuple(outcome.skipped),
        unjudged=tuple(outcome.unjudged),
        crashed=tuple(outcome.crashed),
        section_titles=dict(form.section_titles),
        place=_place(identity_answer(form, "region").text),
        edition="" if form.form == UNKNOWN else form.edition,
        form_names={} if form.form == UNKNOWN else short_name(form.form, form.edition).as_dict(),
        copy=copy_mark(case.package) if case.package is not None else "",
    )


def _place(text: str) -> str | None:
    """所属地区 without the words the form prints between the places; as it stands where it names none."""
    return "".join(token.text for token in split_region(text)) or text or None


def _status(form: FilledForm, outcome: Outcome) -> Status:
    if outcome.crashed:
        return Status.INCOMPLETE
    if form.form == UNKNOWN:
        return Status.UNREADABLE
    return Status.FAIL if any(f.severity is Severity.ERROR for f in outcome.findings) else Status.PASS
