"""What a person has to confirm: what the forms of a run share is said once, as a list to tick off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from clusterform.conclusion import Closed
from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.reports import ReportRequest, finding_text

TICK, DONE, UNDONE = "□", "√", "－"
"""To be confirmed; seen to; known, yet not seen to."""
_EXCEPTIONS = 8
"""An item that more forms of its kind are without is left to each form that has it."""
ItemKey = tuple[str, str | None, str | None, str]
"""Rule, label, column head, and what a person came to: what makes two findings of two forms one item."""


class Item(NamedTuple):
    finding: Finding
    """The first form's."""
    part: str
    """The heading that it stands under; empty where several forms share it, for they may differ."""
    alike: bool
    """Whether every form's message is the same."""
    forms: int
    without: tuple[str, ...] = ()
    """The few forms of the same kind that are without it."""
    named: tuple[str, ...] = ()
    """Of what is open no more the forms, where they are few."""


class Checklist(NamedTuple):
    items: tuple[Item, ...] = ()
    """To be confirmed."""
    closed: Mapping[Closed, tuple[Item, ...]] = MappingProxyType({})
    """What is open no more, by the reason; none without items."""
    several: bool = False
    """Whether the run has more than one file."""

    def own(self, file: FileReport) -> list[Finding]:
        """The findings of a form that are not on the list."""
        keys = {_key(item.finding) for item in self.items}
        return [
            f
            for f in file.findings
            if not f.closed and (f.severity is not Severity.MANUAL or _key(f) not in keys)
        ]

    def to_do(self, file: FileReport) -> bool:
        """Whether there is something to do for this form by itself, or something was asked of it."""
        ended = file.status in {Status.UNREADABLE, Status.INCOMPLETE, Status.FAIL}
        has_findings = any(f.severity is not Severity.INFO for f in self.own(file))
        return ended or has_findings or bool(file.unjudged) or file.evidence is not None or not self.several


class _ItemBuilder:
    def __init__(self, finding: Finding, part: str) -> None:
        self.finding = finding
        self.part = part
        self.alike = True
        self.files: dict[str, str] = {}
        """Path to kind of form."""

    def add(self, finding: Finding, file: FileReport) -> None:
        self.alike = self.alike and finding.told == self.finding.told
        self.files[file.path] = file.form


class ChecklistBuilder:
    """Collects the items while a report walks over its files: paths are kept, findings not."""

    def __init__(self, report: Report, language: str) -> None:
        self._files = report.files
        self._language = language
        self._several = len(report.files) > 1
        self._items: dict[ItemKey, _ItemBuilder] = {}
        self._paths: dict[str, str] = {}

    def through(self, files: Iterable[FileReport]) -> Iterator[FileReport]:
        """The same files; the list is complete once all have gone by."""
        for file in files:
            self._paths[file.path] = file.form
            for finding in file.findings:
                if (finding.closed or finding.severity is Severity.MANUAL) and not finding.files:
                    self._item(finding, file).add(finding, file)
            yield file

    def _item(self, finding: Finding, file: FileReport) -> _ItemBuilder:
        key = _key(finding)
        if key not in self._items:
            part = "" if self._several else finding_text.section_title(finding.section, file, self._language)
            self._items[key] = _ItemBuilder(finding, part)
        return self._items[key]

    def checklist(self) -> Checklist:
        """The items that the forms share, in the order in which they came; a walk of its own where none was made."""
        if not self._paths:
            for _ in self.through(self._files):
                pass
        kinds = Counter(self._paths.values())
        made = (_item(item, self._paths, kinds, several=self._several) for item in self._items.values())
        found = [item for item in made if item is not None]
        by_reason = {
            why: tuple(item for item in found if item.finding.closed is why) for why in (None, *Closed)
        }
        return Checklist(
            by_reason.pop(None), {w: items for w, items in by_reason.items() if items}, self._several
        )


def _item(item: _ItemBuilder, paths: dict[str, str], kinds: Counter[str], *, several: bool) -> Item | None:
    """None for what only some forms have: it is said of each of them. What is open no more is always on a list."""
    if item.finding.closed:
        named = tuple(item.files) if several and len(item.files) <= _EXCEPTIONS else ()
        return Item(item.finding, item.part, item.alike, len(item.files), named=named)
    asked = set(item.files.values())
    lacking = sum(kinds[kind] for kind in asked) - len(item.files)
    if several and (len(item.files) < 2 or lacking > min(_EXCEPTIONS, len(item.files) - 1)):
        return None
    without = (
        tuple(p for p, kind in paths.items() if kind in asked and p not in item.files) if lacking else ()
    )
    return Item(item.finding, item.part, item.alike, len(item.files), without)


def _key(finding: Finding) -> ItemKey:
    said = "" if finding.conclusion is None else finding.conclusion.said
    return finding.rule, finding.label, finding.column, said


def heading(found: Checklist, language: str) -> str:
    key = "report.checklist-shared" if found.several else "report.checklist"
    return Text(key, count=len(found.items))[language]


def lists(found: Checklist, language: str) -> Iterator[tuple[str, str, tuple[Item, ...]]]:
    """The lists that have any items, each with its heading and the mark of its items: to be confirmed, then what is closed."""
    if found.items:
        yield heading(found, language), TICK, found.items
    for why, items in found.closed.items():
        yield closed_heading(why, items, language), UNDONE if why is Closed.KNOWN else DONE, items


def closed_heading(why: Closed, items: Sequence[object], language: str) -> str:
    return Text(f"report.{why}", count=len(items))[language]


def place(item: Item, language: str) -> str:
    """Where to look, in how many forms, and which of their kind are without it."""
    parts = [item.part, finding_text.place(item.finding, language)]
    if item.named:
        parts.append(Text("join.list")[language].join(map(finding_text.visible, item.named)))
    elif item.forms > 1:
        names = Text("join.list")[language].join(finding_text.visible(path) for path in item.without)
        key = "checklist.without" if item.without else "checklist.forms"
        parts.append(Text(key, count=item.forms, names=names)[language])
    return " · ".join(part for part in parts if part)


def instruction(item: Item, request: ReportRequest, language: str) -> str:
    """What to do: as every form is told, else what the rule asks for, as their figures differ; or what a person came to."""
    page = next((page for page in request.rules() if page.code == item.finding.rule), None)
    if item.alike or page is None:
        message = item.finding.told
    elif item.finding.conclusion is not None:
        message = item.finding.conclusion.said
    else:
        message = Text("checklist.each", why=page.why)[language]
    told = finding_text.shortened(message, finding_text.MESSAGE_LIMIT, language)
    expected = finding_text.value_and_expected(item.finding, language)[1]
    if not (item.finding.closed and item.alike and expected):
        return told
    return Text("join.place")[language].join((told, Text("finding.expected", text=expected)[language]))
