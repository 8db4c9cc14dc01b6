"""What a person sees of a finding: where it stands, and cell text, which is hostile input, safe to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, Literal

from clusterform.conclusion import Closed
from clusterform.finding import (
    EVIDENCE_LIST,
    Cause,
    FileReport,
    Finding,
    FormPart,
    Location,
    RelatedAnswer,
    Report,
    Severity,
    Status,
    section_order,
)
from clusterform.messages import Text

if TYPE_CHECKING:
    from clusterform.comparison import ChangedAnswer

VALUE_LIMIT = 120
"""Characters that are printed of a cell's text, or of a label; the JSON has them all."""
MESSAGE_LIMIT = 1000
COVER = 0
ACROSS: Final = "across"
ReportPart = FormPart | Literal["across"] | None
"""What findings stand under in a report: a place of the form, the file itself, or a folder's forms together."""
_NATIONAL = "national/"
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Controls (ANSI sequences begin with one), direction marks, zero-width characters, half surrogate pairs."""


class _Visible(dict[int, str]):
    """Character -> itself, a space for a line break or tab, or its escape where it cannot be seen."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\n\r\t\v":
            shown = " "
        elif unicodedata.category(char) in _INVISIBLE:
            shown = char.encode("unicode_escape").decode("ascii")
        else:
            shown = char
        self[code] = shown
        return shown


_VISIBLE = _Visible()


def visible(data: str) -> str:
    """The text on one line, with everything that would act on a terminal, or hide, written as its escape."""
    return seen(data).strip()


def seen(data: str) -> str:
    """The same, with the spaces at both ends."""
    return data.translate(_VISIBLE)


def shortened(data: str, language: str, limit: int = VALUE_LIMIT) -> str:
    """The visible text, cut after `limit` characters, with how many there are in all."""
    if len(data) <= limit:
        return visible(data)
    return visible(data[:limit]) + Text("finding.shortened", count=len(data))[language]


def columns_of(data: str) -> int:
    """How many columns it takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in data)


def place(finding: Finding, language: str) -> str:
    """The official label and the column's head; where there is neither, the part or the file itself."""
    if named := answer_place(finding, language):
        return named
    if finding.files:
        return Text("place.batch")[language]
    return Text("place.whole" if finding.section is None else "place.part")[language]


def answer_place(of: Finding | RelatedAnswer | ChangedAnswer, language: str) -> str:
    """The official label and the column's head; empty where there is neither."""
    parts = (shortened(part, language) for part in (of.label, of.column) if part)
    return " ".join(filter(None, parts))


def location(where: Location, language: str) -> str:
    """“第 3 张表 第 6 行 第 4 格”, or the sheet and cell of a workbook; empty where it is not known."""
    counted = ((name, getattr(where, name)) for name in ("page", "table", "row", "cell"))
    parts = [Text(f"place.{name}", number=n)[language] for name, n in counted if n is not None]
    if where.sheet:
        parts.append(Text("place.sheet", name=shortened(where.sheet, language))[language])
    if where.ref:
        parts.append(visible(where.ref))
    return Text("join.place")[language].join(parts)


def finding_lines(finding: Finding, language: str) -> list[str]:
    """The lines under a finding's first: what stands there, what is expected, the message, the fix."""
    lines = []
    value, expected = value_and_expected(finding, language)
    if finding.covers:
        lines.append(covered(finding, language))
    elif value:
        lines.append(Text("finding.value", text=value)[language])
    if expected:
        lines.append(Text("finding.expected", text=expected)[language])
    if finding.told:
        lines.append(message(finding, language))
    lines += further(finding, language)
    if finding.fix is not None:
        lines.append(Text("finding.fix", text=shortened(finding.fix, language))[language])
    return lines


def value_and_expected(finding: Finding, language: str) -> tuple[str, str]:
    """An answer and what it should be, each empty where there is none.

    What is found of a form or a folder as a whole has none, and its message says both: no form is to be filled in with a quota.
    """
    if finding.files and finding.label is None:
        return "", ""
    value = finding.value if finding.value or finding.value is None else Text("finding.blank")[language]
    shown, expected = (shortened(text or "", language) for text in (value, finding.expected))
    return shown, expected


def severity(finding: Finding, language: str) -> str:
    """How much it weighs; of what is open no more, why."""
    return Text(f"severity.{finding.closed or finding.severity}")[language]


def message(finding: Finding, language: str) -> str:
    return shortened(finding.told, language, MESSAGE_LIMIT)


def first_sentence(finding: Finding, language: str) -> str:
    """What is wrong. What to do stands behind it."""
    first, found, _ = visible(finding.told).partition("。" if language == "zh" else ". ")
    return first + found.strip()


def further(finding: Finding, language: str) -> list[str]:
    """What a cause asks to be changed where that is more than one place, and what then agrees again."""
    lines = []
    if finding.cause is not None and len(finding.cause.cells) > 1:
        edits = Text("join.then")[language].join(_edits(finding.cause, language))
        lines.append(Text("finding.edits", places=edits)[language])
    if finding.explains:
        places = dict.fromkeys(answer_place(item.spot, language) for item in finding.explains)
        joined = Text("join.list")[language].join(places)
        lines.append(Text("finding.explains", count=len(finding.explains), places=joined)[language])
    return lines


def _edits(cause: Cause, language: str) -> Iterator[str]:
    """Each place to be edited, with what it would show where that is one figure."""
    for spot, to in zip_longest(cause.cells, cause.expected[: len(cause.cells)]):
        place = answer_place(spot, language)
        yield Text("finding.edit", place=place, to=visible(to))[language] if to else place


def covered(finding: Finding, language: str) -> str:
    """The labels that a finding stands for, each once, as many as can be read; empty where it stands for itself alone."""
    if not finding.covers:
        return ""
    labels = dict.fromkeys(visible(label) for label in finding.covers)
    room = VALUE_LIMIT
    kept = [label for label in labels if (room := room - len(label)) > 0]
    names = Text("join.list")[language].join(kept)
    names += Text("finding.more", count=len(labels))[language] if len(kept) < len(labels) else ""
    return Text("finding.covers", labels=names)[language]


def basis(finding: Finding, language: str) -> str:
    return Text("finding.basis", text=visible(finding.basis))[language] if finding.basis else ""


_NAMED_PARTS: Mapping[ReportPart, str] = {None: "file", ACROSS: "across", EVIDENCE_LIST: "evidence"}


def section_title(section: ReportPart, file: FileReport, language: str) -> str:
    """The part's official heading; a plain name where the form gives none."""
    if not isinstance(section, int):
        return Text(f"section.{_NAMED_PARTS[section]}")[language]
    title = shortened(file.section_titles.get(section, ""), language)
    key = "section.cover" if section == COVER else "section.numbered"
    return title or Text(key, number=section)[language]


def edition(report: Report, language: str) -> str:
    """Which notice the run went by, and what rules beside the national ones."""
    others = [visible(name) for name in report.rulesets if not name.startswith(_NATIONAL)]
    line = Text("report.edition", edition=visible(report.edition))[language]
    return line + (Text("report.rulesets", rulesets=tuple(others))[language] if others else "")


def by_section(findings: Iterable[Finding]) -> list[tuple[ReportPart, list[Finding]]]:
    """The findings under the form's parts, the file itself first and what was found across forms last.

    Their order within a part is kept.
    """
    groups: dict[ReportPart, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(ACROSS if finding.files else finding.section, []).append(finding)
    across = groups.pop(ACROSS, [])
    own = sorted(groups.items(), key=lambda group: section_order(group[1][0].section))
    return [*own, (ACROSS, across)] if across else own


def form_name(names: Mapping[str, str], language: str) -> str:
    """What a form is called, of its names by language."""
    return visible(names.get(language, "")) or Text("form.unknown")[language]


def file_line(file: FileReport, language: str) -> str:
    parts = [form_name(file.form_names, language), shortened(file.cluster or "", language)]
    return " · ".join(part for part in parts if part)


def status_key(file: FileReport) -> str:
    """How its check ended: the status; of a form that passes for mistakes that do not count, why they do not."""
    if file.status is not Status.PASS:
        return file.status
    errors = {f.closed for f in file.findings if f.severity is Severity.ERROR}
    return next((why for why in (Closed.KNOWN, Closed.WAIVED) if why in errors), file.status)


def status(file: FileReport, language: str) -> str:
    return Text(f"status.{status_key(file)}")[language]


def notes(file: FileReport, language: str) -> list[str]:
    """What else is to be said of a file: rules that broke, criteria not judged, and how many checks were skipped."""
    reasons = ((visible(item.rule), shortened(item.reason, language, MESSAGE_LIMIT)) for item in file.crashed)
    lines = [Text("report.crashed", rule=rule, reason=reason)[language] for rule, reason in reasons]
    lines += unjudged(file, language)
    if file.skipped:
        lines.append(Text("report.skipped", count=len(file.skipped))[language])
    return lines


def unjudged(file: FileReport, language: str) -> list[str]:
    """A line for each criterion that could not be judged, by what it lacks."""
    return [
        Text("report.unjudged", rule=visible(item.rule), label=visible(item.label or item.field))[language]
        for item in file.unjudged
    ]
