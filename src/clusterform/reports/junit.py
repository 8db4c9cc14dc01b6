"""The report as JUnit XML: a test case a form. What must be corrected is its failure, the rest its output."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from clusterform.finding import FileReport, Finding, Report, Status
from clusterform.messages import Text
from clusterform.patterns import pattern
from clusterform.reports import ReportRequest, finding_text
from clusterform.reports.overview import COUNTED, row_of, told_below
from clusterform.reports.summary import closing, summarise

_NO_XML = pattern("[\ufffe\uffff]")
"""What XML cannot hold in any spelling, beside the controls that are made visible anyway."""
_BROKEN = frozenset({Status.UNREADABLE, Status.INCOMPLETE})


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """One suite. The counts stand in its head, so the files are gone through once for them."""
    language = request.language
    summary = summarise(report)
    across = any(finding.wrong for finding in report.batch)
    counts = {
        "tests": str(summary.files + bool(report.batch)),
        "failures": str(summary.failed + across),
        "errors": str(summary.unreadable + summary.incomplete),
    }
    head = "".join(f" {name}={quoteattr(number)}" for name, number in counts.items())
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="clusterform"{head}>\n  <testsuite name="clusterform"{head} skipped="0">\n'
    yield "    <properties>\n"
    for name, value in (("edition", report.edition), ("rulesets", ", ".join(report.rulesets))):
        yield f'      <property name="{name}" value={quoteattr(_clean(finding_text.visible(value)))}/>\n'
    yield "    </properties>\n"
    for file in report.files:
        yield from _case(file, language)
    if report.batch:
        yield from _across(report, language)
    text = escape(_clean(closing(report, summary, language)))
    yield f"    <system-out>{text}</system-out>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _case(file: FileReport, language: str) -> Iterator[str]:
    broken = file.status in _BROKEN
    row = row_of(file, language)
    wrong = [_text(f, file, language) for f in file.findings if f.wrong]
    rest = [_text(f, file, language) for f in file.findings if not f.wrong]
    notes = finding_text.notes(file, language)
    heads = Text("join.list")[language].join(
        f"{Text(f'head.{s}')[language]} {n}" for s, n in zip(COUNTED, row.counts, strict=True)
    )
    return _testcase(
        (finding_text.form_name(file.form_names, language), row.path),
        ("error" if broken else "failure", f"{finding_text.status(file, language)}: {heads}"),
        [*wrong, *notes] if broken else wrong,
        [finding_text.file_line(file, language), *rest, *([] if broken else notes)],
    )


def _across(report: Report, language: str) -> Iterator[str]:
    wrong = [_text(f, None, language) for f in report.batch if f.wrong]
    rest = [_text(f, None, language) for f in report.batch if not f.wrong]
    name = Text("head.batch")[language]
    return _testcase((name, name), ("failure", f"{Text('head.error')[language]} {len(wrong)}"), wrong, rest)


def _testcase(
    named: tuple[str, str], ended: tuple[str, str], wrong: list[str], rest: list[str]
) -> Iterator[str]:
    """Group and name, then kind and headline of what is wrong: all in one element, as many viewers show only the first."""
    group, name = (quoteattr(_clean(part)) for part in named)
    yield f"    <testcase classname={group} name={name}>\n"
    if wrong:
        kind, headline = ended
        body = escape(_clean("\n\n".join(wrong)))
        yield f"      <{kind} type={quoteattr(kind)} message={quoteattr(_clean(headline))}>{body}</{kind}>\n"
    if rest:
        body = escape(_clean("\n\n".join(rest)))
        yield f"      <system-out>{body}</system-out>\n"
    yield "    </testcase>\n"


def _text(finding: Finding, file: FileReport | None, language: str) -> str:
    part = finding_text.section_title(finding.section, file, language) if file is not None else ""
    head = [
        f"[{finding_text.severity(finding, language)}]",
        finding_text.visible(finding.rule),
        part,
        finding_text.place(finding, language),
        finding_text.location(finding.location, language),
    ]
    return "\n".join(["  ".join(item for item in head if item), *told_below(finding, language)])


def _clean(data: str) -> str:
    return _NO_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", data)
