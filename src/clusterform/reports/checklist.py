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
    alike: bool = True
    """Whether every form's message is the same."""
    forms: int = 0
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
        left = (finding for finding in file.findings if not finding.closed)
        return [f for f in left if f.severity is not Severity.MANUAL or _key(f) not in keys]

    def to_do(self, file: FileReport) -> bool:
        """Whether there is something to do for this form by itself, or something was asked of it."""
        ended = file.status in {Status.UNREADABLE, Status.INCOMPLETE, Status.FAIL}
        has_findings = any(f.severity is not Severity.INFO for f in self.own(file))
        return ended or has_findings or bool(file.unjudged) or file.evidence is not None or not self.several


class ChecklistBuilder:
    """Collects the items while a report walks over its files: paths are kept, findings not."""

    def __init__(self, report: Report, language: str) -> None:
        self._files = report.files
        self._language = language
        self._several = len(report.files) > 1
        self._items: dict[ItemKey, Item] = {}
        self._having: dict[ItemKey, dict[str, str]] = {}
        """The forms that have an item: path to kind of form."""
        self._paths: dict[str, str] = {}

    def through(self, files: Iterable[FileReport]) -> Iterator[FileReport]:
        """The same files; the list is complete once all have gone by."""
        for file in files:
            self._paths[file.path] = file.form
            for finding in file.findings:
                if (finding.closed or finding.severity is Severity.MANUAL) and not finding.files:
                    self._add(finding, file)
            yield file

    def _add(self, finding: Finding, file: FileReport) -> None:
        key = _key(finding)
        item = self._items.get(key)
        if item is None:
            part = "" if self._several else finding_text.section_title(finding.section, file, self._language)
            self._items[key] = Item(finding, part)
        elif finding.told != item.finding.told:
            self._items[key] = item._replace(alike=False)
        self._having.setdefault(key, {})[file.path] = file.form

    def checklist(self) -> Checklist:
        """The items that the forms share, in the order in which they came; a walk of its own where none was made."""
        if not self._paths:
            for _ in self.through(self._files):
                pass
        kinds = Counter(self._paths.values())
        made = (self._item(item, self._having[key], kinds) for key, item in self._items.items())
        found = [item for item in made if item is not None]
        by_reason = {
            why: tuple(item for item in found if item.finding.closed is why) for why in (None, *Closed)
        }
        return Checklist(
            by_reason.pop(None), {w: items for w, items in by_reason.items() if items}, self._several
        )

    def _item(self, item: Item, files: Mapping[str, str], kinds: Counter[str]) -> Item | None:
        """None for what only some forms have: it is said of each of them. What is open no more is always on a list."""
        item = item._replace(forms=len(files))
        if item.finding.closed:
            few = self._several and len(files) <= _EXCEPTIONS
            return item._replace(named=tuple(files) if few else ())
        asked = set(files.values())
        lacking = sum(kinds[kind] for kind in asked) - len(files)
        if self._several and (len(files) < 2 or lacking > min(_EXCEPTIONS, len(files) - 1)):
            return None
        without = (path for path, kind in self._paths.items() if kind in asked and path not in files)
        return item._replace(without=tuple(without) if lacking else ())


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
    told = finding_text.shortened(message, language, finding_text.MESSAGE_LIMIT)
    expected = finding_text.value_and_expected(item.finding, language)[1]
    if not (item.finding.closed and item.alike and expected):
        return told
    return Text("join.place")[language].join((told, Text("finding.expected", text=expected)[language]))
