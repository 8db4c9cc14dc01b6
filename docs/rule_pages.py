"""A page for each rule in each language, their table and their place in the site's contents: docs/build.py writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from clusterform.finding import RulePage
from clusterform.forms.edition import edition_names
from clusterform.forms.ruleset import load_ruleset
from clusterform.messages import Text
from clusterform.reports import rule_page

INDENT = " " * 10
BACK = {"zh": "[全部规则](index.md)", "en": "[All rules](index.md)"}
CODE = re.compile(r"^\| ([A-Z]+\d+) \|", re.MULTILINE)
FIRST = {"zh": "概览", "en": "Overview"}


def pages(language: str) -> dict[str, str]:
    """By the file's name, each rule of the newest edition as a page of its own."""
    return {
        f"{page.code}.md": f"{rule_page.as_markdown(page, language).removeprefix('##')}\n{BACK[language]}\n"
        for page in _every(language)
    }


def table(language: str) -> str:
    """The families one after the other, each rule with a link to its page."""
    parts = []
    for title, members in _families(language):
        linked = CODE.sub(r"| [\1](\1.md) |", rule_page.table(members, language))
        parts.append(f"## {title}\n\n{linked}")
    return "\n" + "\n".join(parts) + "\n"


def contents(language: str) -> str:
    """The lines of mkdocs.yml under the rules."""
    lines = [f"{INDENT}- {FIRST[language]}: {language}/rules/index.md"]
    for title, members in _families(language):
        lines += [
            f"{INDENT}- {title}:",
            *(f"{INDENT}    - {language}/rules/{page.code}.md" for page in members),
        ]
    return "".join(f"{line}\n" for line in lines)


def _families(language: str) -> Iterator[tuple[str, list[RulePage]]]:
    for family, members in groupby(_every(language), key=lambda page: page.code[:3]):
        known = Text(f"family.{family}")
        yield f"{family} {(known if known.known else Text('family.other'))[language]}", list(members)


def _every(language: str) -> list[RulePage]:
    ruleset = load_ruleset(edition_names()[-1], ())
    return [rule.page(language, ruleset.limits_of(rule)) for rule in ruleset.rules]
