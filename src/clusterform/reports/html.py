"""The report, or a comparison, as one HTML page: readable and complete without scripts, printable on A4, asking nothing of a network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clusterform import __version__
from clusterform.comparison import Comparison
from clusterform.data_files import templates_file
from clusterform.finding import FileReport, Finding, Report, Severity, Status
from clusterform.messages import Text
from clusterform.reports import (
    ReportRequest,
    charts,
    checklist,
    comparison_words,
    evidence_list,
    finding_text,
)
from clusterform.reports.as_json import COMPARISON_VERSION, VERSION
from clusterform.reports.checklist import Checklist
from clusterform.reports.first_page import first_page
from clusterform.reports.overview import COUNTED, counted_rules, relative_to_report, row_of, uri
from clusterform.reports.summary import closing_line, differences, next_step

if TYPE_CHECKING:
    from jinja2 import Environment

_PIECES = 200
"""So many bits of the page are put together before they are written."""
_SUMMARY = 60
"""Characters of a long answer that stand there before it is opened."""
_TEMPLATES = (
    *("base.html", "page.html", "content.html", "comparison.html", "comparison_content.html"),
    "parts.html",
)


def render(report: Report, request: ReportRequest) -> Iterator[str]:
    """The page, piece by piece; the files are gone through for the counts, the overview and the parts."""
    page = page_environment().get_template("page.html")
    stream = page.stream(**_content(report, request), **helpers(request))
    stream.enable_buffering(_PIECES)
    return iter(stream)


def render_content(report: Report, request: ReportRequest) -> str:
    """What stands between the page's head and its foot, to be put into another page of the same style."""
    content = page_environment().get_template("content.html")
    return content.render(**_content(report, request), **helpers(request))


def page_environment(
    folder: str = "report",
    templates: Sequence[str] = (),
    *,
    styles: Sequence[str] = (),
    scripts: Sequence[str] = (),
) -> Environment:
    """Everything from a form goes through `seen` and is then escaped, whatever the template does.

    Another page of the same design has its own templates, style and scripts in a folder beside the report's.
    """
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    def safe(value: Any) -> Any:
        return finding_text.seen(value) if isinstance(value, str) and not isinstance(value, Markup) else value

    sources = {name: _read(name) for name in _TEMPLATES} | {t: _read(t, folder) for t in templates}
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        loader=DictLoader(sources),
        finalize=safe,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name, own, further in (("style", "page.css", styles), ("script", "page.js", scripts)):
        data = _read(own) + "".join(_read(part, folder) for part in further)
        environment.globals[name] = Markup(data)  # noqa: S704  (our own file, and without it no hash would fit)
        environment.globals[f"{name}_hash"] = _hash(data)
    return environment


def _read(name: str, folder: str = "report") -> str:
    return templates_file(folder, name).read_text(encoding="utf-8")


def _hash(data: str) -> str:
    """As a content security policy names what may run or apply."""
    return f"sha256-{b64encode(sha256(data.encode()).digest()).decode()}"


def _content(report: Report, request: ReportRequest) -> dict[str, Any]:
    first = first_page(report, request)
    summary = first.summary
    return {
        "report": report,
        "several": len(report.files) > 1,
        "first": first,
        "summary": summary,
        "rules": counted_rules(summary, request),
        "language": request.language,
        "edition": finding_text.edition(report, request.language),
        "parts_of": partial(_parts_of, confirm=first.confirm, language=request.language),
        "closing": closing_line(summary, request.language),
        "next": next_step(summary, request.language),
        "differences": differences(report, request.language),
        "version": __version__,
        "format_version": VERSION,
        "statuses": [status.value for status in Status],
        "severities": list(Severity),
    }


def helpers(request: ReportRequest) -> dict[str, Any]:
    """What the templates call; all of it in the report's language."""
    language = request.language

    return {
        "t": lambda key, **facts: Text(key, **facts)[language],
        "place": partial(finding_text.place, language=language),
        "severity": partial(finding_text.severity, language=language),
        "location": partial(finding_text.location, language=language),
        "unjudged": partial(finding_text.unjudged, language=language),
        "evidence": evidence_list,
        "further": partial(finding_text.further, language=language),
        "confirm_heading": partial(checklist.heading, language=language),
        "shortened": lambda data: finding_text.shortened(data, _SUMMARY, language),
        "row_of": partial(row_of, language=language),
        "form_name": partial(finding_text.form_name, language=language),
        "href": lambda path: uri(relative_to_report(path, request.target)) if request.linked else "",
        "years": partial(charts.years, language=language),
        "aims": partial(charts.aims, language=language),
        "by_rule": partial(charts.by_rule, language=language),
        "drawn": lambda figures: bool(figures.years or figures.aims),
    }


def _parts_of(file: FileReport, confirm: Checklist, language: str) -> list[tuple[str, list[Finding]]]:
    return [
        (finding_text.section_title(section, file, language), findings)
        for section, findings in finding_text.by_section(confirm.own(file))
    ]


def render_comparison(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    yield _comparison("comparison.html", comparison, request)


def render_comparison_content(comparison: Comparison, request: ReportRequest) -> str:
    """What stands between the page's head and its foot, to be put into another page of the same style."""
    return _comparison("comparison_content.html", comparison, request)


def _comparison(template: str, comparison: Comparison, request: ReportRequest) -> str:
    language = request.language
    page = page_environment().get_template(template)
    words = {
        name: partial(getattr(comparison_words, name), language=language)
        for name in ("state_lines", "answer_place", "settled_line")
    }
    content = {
        "comparison": comparison,
        "forms": comparison_words.shown(comparison),
        "settled": comparison_words.settled,
        "across_is_shown": comparison_words.across_is_shown(comparison),
        "closing": comparison_words.headline(comparison, language),
        "left": comparison_words.left_line(comparison, language),
        "file_line": partial(finding_text.file_line, language=language),
        "severities": COUNTED,
        "language": language,
        "version": __version__,
        "format_version": COMPARISON_VERSION,
    }
    return page.render(**content, **words, **helpers(request))
