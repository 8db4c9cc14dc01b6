"""The report, or a comparison, as one HTML page: readable and complete without scripts, printable on A4, asking nothing of a network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import sha256
from types import ModuleType
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
    from jinja2 import Environment, Template

_PIECES = 200
"""So many bits of the page are put together before they are written."""
_SUMMARY = 60
"""Characters of a long answer that stand there before it is opened."""
_TEMPLATES = ("base", "page", "page_content", "comparison", "comparison_content", "parts")


def render(told: Report | Comparison, request: ReportRequest) -> Iterator[str]:
    """The page, piece by piece; the files are gone through for the counts, the overview and the parts."""
    stream = _template(told).stream(**_facts(told, request))
    stream.enable_buffering(_PIECES)
    return iter(stream)


def render_content(told: Report | Comparison, request: ReportRequest) -> str:
    """What stands between the page's head and its foot, to be put into another page of the same style."""
    return _template(told, "_content").render(**_facts(told, request))


def _template(told: Report | Comparison, part: str = "") -> Template:
    name = "comparison" if isinstance(told, Comparison) else "page"
    return page_environment().get_template(f"{name}{part}.html")


def _facts(told: Report | Comparison, request: ReportRequest) -> dict[str, Any]:
    own = _of_comparison(told, request) if isinstance(told, Comparison) else _of_report(told, request)
    return {**own, **helpers(request)}


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

    sources = {f"{name}.html": _read(f"{name}.html") for name in _TEMPLATES}
    sources |= {name: _read(name, folder) for name in templates}
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


def _of_report(report: Report, request: ReportRequest) -> dict[str, Any]:
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
        **_said_in(
            language,
            finding_text,
            "place answer_place severity location unjudged further form_name file_line",
        ),
        **_said_in(language, charts, "years aims by_rule"),
        **_said_in(language, comparison_words, "state_lines settled_line"),
        "t": lambda key, **facts: Text(key, **facts)[language],
        "evidence": evidence_list,
        "confirm_heading": partial(checklist.heading, language=language),
        "shortened": lambda data: finding_text.shortened(data, language, _SUMMARY),
        "row_of": partial(row_of, language=language),
        "href": lambda path: uri(relative_to_report(path, request.target)) if request.linked else "",
        "drawn": lambda figures: bool(figures.years or figures.aims),
    }


def _said_in(language: str, module: ModuleType, names: str) -> dict[str, Any]:
    """Functions of a module, which say something of what they are given."""
    return {name: partial(getattr(module, name), language=language) for name in names.split()}


def _parts_of(file: FileReport, confirm: Checklist, language: str) -> list[tuple[str, list[Finding]]]:
    return [
        (finding_text.section_title(section, file, language), findings)
        for section, findings in finding_text.by_section(confirm.own(file))
    ]


def _of_comparison(comparison: Comparison, request: ReportRequest) -> dict[str, Any]:
    language = request.language
    return {
        "comparison": comparison,
        "forms": comparison_words.shown(comparison),
        "settled": comparison_words.settled,
        "across_is_shown": comparison_words.across_is_shown(comparison),
        "closing": comparison_words.headline(comparison, language),
        "left": comparison_words.left_line(comparison, language),
        "severities": COUNTED,
        "language": language,
        "version": __version__,
        "format_version": COMPARISON_VERSION,
    }
