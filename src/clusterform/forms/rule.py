"""A rule: what it checks, how much it weighs, what it says and which clause asks for it. Read from YAML."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import Field, ValidationError, field_validator

from clusterform.checks.reader import CheckParams, Words
from clusterform.checks.registry import kinds
from clusterform.data_files import rules_file
from clusterform.errors import DataError
from clusterform.finding import Severity
from clusterform.forms.edition import Frozen
from clusterform.yaml_file import read_yaml


class Basis(Frozen):
    """Which document and which clause ask for it."""

    document: str
    clause: str


class Rule(Frozen):
    """One rule, its own manual page."""

    code: str
    name: str
    severity: Severity
    basis: Basis
    title: Words
    why: Words
    """Why it is asked, in a sentence or two."""
    computed: Words | None = None
    """How it is computed, where it is."""
    wrong: str
    """A wrong example."""
    right: str
    """The same made right."""
    message: Words
    variants: dict[str, Words] = Field(default_factory=dict)
    """Other messages, by the variant a check names."""
    forms: tuple[str, ...] = ("application", "review")
    needs: tuple[str, ...] = ()
    """Codes or their beginnings (CF1): these rules go first, and an answer they report is not judged again."""
    doubts: bool = True
    """Whether an error of this rule puts the answer in doubt for the rules that need it."""
    west: Severity | None = None
    """The severity for a cluster of the western region (西部地区可适当放宽)."""
    fixable: bool = False
    checks: tuple[CheckParams, ...]

    @field_validator("checks", mode="before")
    @classmethod
    def _known_kinds(cls, value: Any) -> Any:
        return tuple(_params(item) for item in value)


def _params(item: Any) -> CheckParams:
    if isinstance(item, CheckParams):
        return item
    name = item.get("kind") if isinstance(item, dict) else None
    kind = kinds().get(str(name))
    if kind is None:
        raise ValueError(f"unknown kind {name!r}; known kinds: {', '.join(sorted(kinds()))}")
    return kind.params.model_validate(item)


def make_rule(data: Any, where: str) -> Rule:
    """One rule from its YAML data; DataError says file, rule and what is wrong."""
    try:
        return Rule.model_validate(data)
    except ValidationError as error:
        code = data.get("code", "?") if isinstance(data, dict) else "?"
        problems = "; ".join(f"{'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in error.errors())
        raise DataError(
            f"{where} 的规则 {code} 有误：{problems}", f"{where}, rule {code}: {problems}"
        ) from error


@cache
def load_rules(edition: str) -> tuple[Rule, ...]:
    """The edition's rules, in the order of their codes."""
    folder = rules_file("editions", edition, "rules")
    rules = [
        make_rule(item, file.name)
        for file in sorted(folder.iterdir(), key=lambda f: f.name)
        if file.name.endswith(".yaml")
        for item in read_yaml(file)["rules"]
    ]
    return tuple(sorted(rules, key=lambda r: r.code))
