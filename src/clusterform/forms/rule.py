"""A rule: what it checks, how much it weighs, what it says and which clause asks for it. Read from YAML."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic import Field as ModelField

from clusterform.checks.check import Check, kinds
from clusterform.checks.reader import BilingualText
from clusterform.data_files import rules_file
from clusterform.errors import DataError
from clusterform.finding import RulePage, Severity
from clusterform.forms.edition import files_in, load_edition, merged, with_years
from clusterform.forms.example import Example, with_examples
from clusterform.messages import Fact, Joined, Text, in_language
from clusterform.models import Model, parts_of
from clusterform.nearest import suggestion
from clusterform.snapshot import kept
from clusterform.validation import MisfitError, Wrong, made_from
from clusterform.yaml_file import read_yaml


class Basis(Model):
    document: str
    clause: str


class Rule(Model):
    """One rule, its own manual page."""

    code: str
    name: str
    severity: Severity
    basis: Basis
    title: BilingualText
    why: BilingualText
    """Why it is asked, in a sentence or two."""
    computed: BilingualText | None = None
    """How it is computed, where it is."""
    wrong: Example
    """A wrong example."""
    right: Example
    """The same made right."""
    message: BilingualText
    variants: dict[str, BilingualText] = ModelField(default_factory=dict)
    """Other messages, by the variant a check names."""
    forms: tuple[str, ...]
    """Where it names none: every form of the edition."""
    needs: tuple[str, ...] = ()
    """Codes or their beginnings (CF1): these rules go first, and an answer they report is not judged again."""
    doubts: bool = True
    """Whether an error of this rule puts the answer in doubt for the rules that need it."""
    west: Severity | None = None
    """The severity for a cluster of the western region (西部地区可适当放宽)."""
    waivable: bool = True
    """Whether a waiver, or an earlier report, may let what it finds pass."""
    fixable: bool = False
    gives_way: bool = False
    """How a figure is written is not said where another rule says what the figure itself should be."""
    criterion: bool = False
    """A criterion of recognition: a form on which it cannot be judged is not cleared."""
    checks: tuple[Check, ...]

    @cached_property
    def is_relation(self) -> bool:
        """Whether any of its checks is about relations between the form's figures."""
        return any(check.is_relation() for check in self.checks)

    def goes_after(self, code: str) -> bool:
        """Whether it needs that rule."""
        return code != self.code and code.startswith(self.needs)

    def page(self, language: str, limits: Iterable[str] = ()) -> RulePage:
        """The rule as its manual page, with the thresholds that it judges by."""
        return RulePage(
            code=self.code,
            name=self.name,
            severity=self.severity,
            title=in_language(self.title, language),
            why=in_language(self.why, language),
            computed=self._computed(language),
            wrong=in_language(self.wrong.words, language),
            right=in_language(self.right.words, language),
            basis=f"{self.basis.document} {self.basis.clause}".strip(),
            limits="\n".join(limits),
        )

    def _computed(self, language: str) -> str | None:
        """How it is computed, in the rule's words; without any, what its checks say of themselves."""
        if self.computed is not None:
            return in_language(self.computed, language)
        return "\n".join(check.in_words for check in self.checks if check.in_words) or None


def rule_from(data: Any, edition: str) -> Rule:
    """One rule from its YAML data; MisfitError with every mistake and its place."""
    data = with_examples(_in_edition(data, edition), edition)
    wrong: list[Wrong] = []
    checks: list[Check] = []
    given = data.get("checks") if isinstance(data, dict) else None
    for number, item in enumerate(given if isinstance(given, list | tuple) else ()):
        try:
            checks.append(_params(item))
        except MisfitError as error:
            wrong += (w.under("checks", number) for w in error.wrong)
    known = {**data, "checks": tuple(checks)} if isinstance(given, list | tuple) else data
    try:
        rule = made_from(Rule, known)
    except MisfitError as error:
        wrong += error.wrong
    if wrong:
        raise MisfitError(*wrong)
    return rule


def without_faults(data: Any, wrong: Iterable[Wrong], edition: str) -> Rule | None:
    """The rule with a shipped one's parts in place of what is wrong, so that the rest can be looked at; None where little is right."""
    if not isinstance(data, dict):
        return None
    other = load_rules(edition)[0]
    spare = {name: getattr(other, name) for name in parts_of(Rule)}
    places = {fault.place[:2] for fault in wrong if fault.place}
    parts = {place[0] for place in places}
    right = {key: value for key, value in data.items() if key in spare and key not in parts}
    if isinstance(given := data.get("checks"), list) and ("checks",) not in places:
        right["checks"] = [
            spare["checks"][0] if ("checks", n) in places else item for n, item in enumerate(given)
        ]
    try:
        return rule_from({**spare, **right}, edition)
    except MisfitError:
        return None


def _params(item: Any) -> Check:
    """MisfitError for an unknown kind, and for what the kind does not take."""
    if isinstance(item, Check):
        return item
    if not isinstance(item, dict):
        raise MisfitError.of(Text("misfit.check"))
    name = item.get("kind")
    known = kinds()
    kind = known.get(str(name))
    if kind is None:
        near = suggestion(str(name), sorted(known)) or Text("misfit.kinds")
        unknown = Joined("join.hint", (Text("misfit.kind", kind=str(name)), near))
        raise MisfitError(Wrong(("kind",) if "kind" in item else (), unknown))
    return made_from(kind, {key: value for key, value in item.items() if key != "kind"})


def make_rule(data: Any, where: str, edition: str) -> Rule:
    """One rule of an edition from its YAML data; DataError says file, rule and what is wrong."""
    try:
        basis = {"document": load_edition(edition).notice, **data["basis"]}
        return rule_from({**data, "basis": basis}, edition)
    except MisfitError as error:
        fault: Fact = error.text
    except (LookupError, TypeError) as error:
        fault = str(error)
    code = data.get("code", "?") if isinstance(data, dict) else "?"
    raise DataError("rule-file.shipped", file=where, code=code, fault=fault)


_FACTS = frozenset({"baseline", "target"})
"""Roles of years that messages have as facts of what was found."""


def _in_edition(data: Any, name: str) -> Any:
    """A rule's data with the edition's years where it names their roles, and its forms where it names none."""
    if not isinstance(data, dict):
        return data
    edition = load_edition(name)
    facts = {key: data[key] for key in ("message", "variants") if key in data}
    others = {key: value for key, value in data.items() if key not in facts}
    roles = {role: year for role, year in edition.roles.items() if role not in _FACTS}
    with_facts = with_years(facts, roles, known_only=True)
    return {"forms": edition.forms, **with_years(others, edition.roles, known_only=True), **with_facts}


@kept
def load_rules(edition: str) -> tuple[Rule, ...]:
    """The edition's rules, in the order of their codes: those of the edition it extends, with its own changes."""
    found: dict[str, tuple[dict[str, Any], str]] = {}
    for name, file in files_in(edition, "rules"):
        data = read_yaml(rules_file("editions", name, "rules", file))
        changes = data.get("rules") if isinstance(data, dict) else None
        if isinstance(changes, dict):
            codes = merged([rule for rule, _ in found.values()], changes)
            found = {rule["code"]: (rule, found.get(rule["code"], ("", file))[1]) for rule in codes}
        else:
            found |= {rule.get("code", "?"): (rule, file) for rule in rules_in(data)}
    return tuple(make_rule(*found[code], edition) for code in sorted(found))


_GROUP = {"common", "rules", "groups"}


def rules_in(group: Mapping[str, Any], common: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """The data of a group's rules and of the groups inside it, each rule with what `common` says for all of them."""
    if unknown := set(group) - _GROUP:
        raise DataError("rule-file.group", names=tuple(sorted(unknown)))
    shared = _joined(common or {}, group.get("common") or {})
    for item in group.get("rules") or ():
        rule = _joined(shared, item)
        for_each = rule.pop("check", None)
        if for_each:
            rule["checks"] = [{**for_each, **check} for check in rule["checks"]]
        yield rule
    for inner in group.get("groups") or ():
        yield from rules_in(inner, shared)


def _joined(common: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A rule's own keys stand before those of its group; needs, variants, basis and what each `check` has add up."""
    both = {**common, **own}
    if "needs" in both:
        both["needs"] = [*common.get("needs", ()), *own.get("needs", ())]
    for key in ("variants", "check", "basis"):
        if key in both:
            both[key] = {**common.get(key, {}), **own.get(key, {})}
    return both
