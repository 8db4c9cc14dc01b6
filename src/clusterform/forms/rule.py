"""A rule: what it checks, how much it weighs, what it says and which clause asks for it. Read from YAML."""

from __future__ import annotations

from dataclasses import field
from typing import Any

from clusterform.checks.reader import CheckParams, Words
from clusterform.checks.registry import kinds
from clusterform.data_files import rules_file
from clusterform.definition import Definition, made_from
from clusterform.errors import DataError
from clusterform.finding import Severity
from clusterform.forms.across import FOLDER_KINDS
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


class Basis(Definition):
    """Which document and which clause ask for it."""

    document: str
    clause: str


class Rule(Definition):
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
    variants: dict[str, Words] = field(default_factory=dict)
    """Other messages, by the variant a check names."""
    forms: tuple[str, ...] = ("application", "review")
    needs: tuple[str, ...] = ()
    """Codes or their beginnings (CF1): these rules go first, and an answer they report is not judged again."""
    doubts: bool = True
    """Whether an error of this rule puts the answer in doubt for the rules that need it."""
    west: Severity | None = None
    """The severity for a cluster of the western region (西部地区可适当放宽)."""
    fixable: bool = False
    criterion: bool = False
    """A criterion of recognition: a form on which it cannot be judged is not cleared."""
    checks: tuple[CheckParams, ...]


def _with_params(data: Any) -> Any:
    """The rule's data with its checks as their kinds take them."""
    if not isinstance(data, dict) or not isinstance(data.get("checks"), list | tuple):
        return data
    return {**data, "checks": tuple(_params(item) for item in data["checks"])}


def _params(item: Any) -> CheckParams:
    """ValueError for an unknown kind, and for what the kind does not take."""
    if isinstance(item, CheckParams):
        return item
    name = item.get("kind") if isinstance(item, dict) else None
    known = {**{name: kind.params for name, kind in kinds().items()}, **FOLDER_KINDS}
    params = known.get(str(name))
    if params is None:
        raise ValueError(f"unknown kind {name!r}; known kinds: {', '.join(sorted(known))}")
    return made_from(params, item)


def make_rule(data: Any, where: str) -> Rule:
    """One rule from its YAML data; DataError says file, rule and what is wrong."""
    try:
        return made_from(Rule, _with_params(data))
    except ValueError as error:
        code = data.get("code", "?") if isinstance(data, dict) else "?"
        raise DataError(f"{where} 的规则 {code} 有误：{error}", f"{where}, rule {code}: {error}") from error


@kept
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
