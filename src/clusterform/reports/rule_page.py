"""A rule as its own manual page, and the table of all rules, for the commands and the documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from clusterform.finding import Severity
from clusterform.messages import InBoth, Text
from clusterform.record import record


class BasisClause(Protocol):
    @property
    def document(self) -> str: ...
    @property
    def clause(self) -> str: ...


class ExampleWords(Protocol):
    @property
    def words(self) -> InBoth: ...


class RuleData(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def title(self) -> InBoth: ...
    @property
    def why(self) -> InBoth: ...
    @property
    def computed(self) -> InBoth | None: ...
    @property
    def wrong(self) -> ExampleWords: ...
    @property
    def right(self) -> ExampleWords: ...
    @property
    def basis(self) -> BasisClause: ...


@record
class RulePage:
    code: str
    name: str
    severity: Severity
    title: str
    why: str
    computed: str | None
    """None where nothing is computed."""
    wrong: str
    right: str
    basis: str
    """Document and clause."""
    limits: str = ""
    """The thresholds that it judges by, as they are in this run."""


def page_of(rule: RuleData, language: str, limits: Sequence[str] = ()) -> RulePage:
    """The rule's texts in that language (zh or en), and its thresholds."""

    def in_its_language(words: InBoth) -> str:
        return words.zh if language == "zh" else words.en

    return RulePage(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        title=in_its_language(rule.title),
        why=in_its_language(rule.why),
        computed=in_its_language(rule.computed) if rule.computed is not None else None,
        wrong=in_its_language(rule.wrong.words),
        right=in_its_language(rule.right.words),
        basis=f"{rule.basis.document} {rule.basis.clause}".strip(),
        limits="\n".join(limits),
    )


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
    bodies = {
        "why": page.why,
        "computed": page.computed,
        "limits": page.limits,
        "wrong": page.wrong,
        "right": page.right,
        "basis": page.basis,
    }
    return [(Text(f"rule.{key}")[language], body) for key, body in bodies.items() if body]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(data: str) -> str:
    """Markdown's own marks as text: a blank line of underscores or a wildcard must show as it is."""
    line = " ".join(data.split())
    return "".join(f"\\{char}" if char in "\\`*_|<>[]~#" else char for char in line)
