"""A comparison as one HTML page, of the report's own parts and style."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from clusterform import __version__
from clusterform.comparison import Comparison
from clusterform.reports import ReportRequest, comparison_words, finding_text
from clusterform.reports.comparison_json import VERSION
from clusterform.reports.html import helpers, page_environment
from clusterform.reports.overview import COUNTED


def render(comparison: Comparison, request: ReportRequest) -> Iterator[str]:
    yield _rendered("comparison.html", comparison, request)


def render_content(comparison: Comparison, request: ReportRequest) -> str:
    """What stands between the page's head and its foot, to be put into another page of the same style."""
    return _rendered("comparison_content.html", comparison, request)


def _rendered(template: str, comparison: Comparison, request: ReportRequest) -> str:
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
        "format_version": VERSION,
    }
    return page.render(**content, **words, **helpers(request))
