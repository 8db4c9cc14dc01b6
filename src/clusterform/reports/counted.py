"""How often each rule found something, with what the rule checks in plain words."""

from __future__ import annotations

from clusterform.record import record
from clusterform.reports.asked import Asked
from clusterform.reports.summary import RuleCount, Summary


@record
class CountedRule:
    """A line of the table of rules."""

    count: RuleCount
    title: str
    basis: str


def counted_rules(summary: Summary, asked: Asked) -> list[CountedRule]:
    """In the order of codes. A rule whose page is not at hand has its name alone."""
    pages = {page.code: page for page in asked.rules()} if summary.rules else {}
    found = []
    for item in summary.rules:
        page = pages.get(item.rule)
        found.append(CountedRule(item, page.title if page else item.name, page.basis if page else ""))
    return found
