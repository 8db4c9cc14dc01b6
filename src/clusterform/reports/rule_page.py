"""A rule as its own manual page, and the table of all rules, for the commands and the documentation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from clusterform.finding import RulePage
from clusterform.messages import Text


def as_text(page: RulePage, language: str) -> str:
    lines = [f"{page.code}  {page.title}", f"{page.name}  {Text(f'severity.{page.severity}')[language]}"]
    for heading, body in _parts(page, language):
        lines += ["", heading, *(f"  {line}" for line in body.splitlines())]
    return "\n".join(lines) + "\n"


def as_markdown(page: RulePage, language: str) -> str:
    """The page as a section of the documentation."""
    severity = Text(f"severity.{page.severity}")[language]
    lines = [f"### {page.code} {_escaped(page.title)}", "", f"`{page.name}` · {severity}"]
    for heading, body in _parts(page, language):
        lines += ["", f"**{heading}** {_escaped(' '.join(body.split()))}"]
    return "\n".join(lines) + "\n"


def as_json(pages: Sequence[RulePage], _language: str) -> str:
    """All pages as one list; they are in their language already."""
    return json.dumps([page._asdict() for page in pages], ensure_ascii=False, indent=2) + "\n"


def listing(pages: Sequence[RulePage], language: str) -> str:
    """One line a rule: code, severity, what it checks."""
    return "".join(f"{p.code}  {Text(f'severity.{p.severity}')[language]}  {p.title}\n" for p in pages)


def table(pages: Iterable[RulePage], language: str) -> str:
    heads = [Text(f"rule.{key}")[language] for key in ("code", "title", "severity", "basis")]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for page in pages:
        severity = Text(f"severity.{page.severity}")[language]
        lines.append(_row([page.code, _escaped(page.title), severity, _escaped(page.basis)]))
    return "\n".join(lines) + "\n"


def as_document(pages: Sequence[RulePage], language: str) -> str:
    """The table of all rules, then every page under its family: the documentation's generated part."""
    parts = [table(pages, language)]
    for family, members in groupby(pages, key=lambda page: page.code[:3]):
        known = Text(f"family.{family}")
        title = (known if known.known else Text("family.other"))[language]
        parts += [f"## {family} {title}\n", *(as_markdown(page, language) for page in members)]
    return "\n".join(parts)


def _parts(page: RulePage, language: str) -> list[tuple[str, str]]:
    bodies = ((key, getattr(page, key)) for key in ("why", "computed", "limits", "wrong", "right", "basis"))
    return [(Text(f"rule.{key}")[language], body) for key, body in bodies if body]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(data: str) -> str:
    """Markdown's own marks as text: a blank line of underscores or a wildcard must show as it is."""
    line = " ".join(data.split())
    return "".join(f"\\{char}" if char in "\\`*_|<>[]~#" else char for char in line)
