"""The JSON Schema of a user's rule file, for editors that complete and underline what is written."""

from __future__ import annotations

import json
from typing import Any, get_args

from clusterform.checks.check import kinds
from clusterform.checks.reader import LimitSource
from clusterform.checks.target_figures import Average
from clusterform.data_files import templates_file
from clusterform.finding import Severity
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import load_limits
from clusterform.forms.rule import Rule, load_rules
from clusterform.messages import Text
from clusterform.models import json_schema_of


def rule_file_schema(edition: str) -> dict[str, Any]:
    """Names of thresholds and codes of rules are the edition's; a file that it lets pass may still be refused when it is loaded."""
    made, file = _frame("rule_file"), Text("rules.file")
    parts, national = made["properties"], load_edition(edition).limits
    made["title"] = f"clusterform {file.zh} / {file.en} ({edition})"
    parts["extends"]["anyOf"][0]["enum"] = [national, f"{national}/{edition}"]
    parts["source"] = json_schema_of(LimitSource)
    limit = parts["limits"]["additionalProperties"]
    limit["properties"]["source"] = json_schema_of(LimitSource)
    for name, known in load_limits(edition).items():
        unit = {"unit": {"type": "string", "default": known.unit}}
        parts["limits"]["properties"][name] = {**limit, "properties": {**limit["properties"], **unit}}
    for key in ("change", "remove"):
        parts[key]["propertyNames"]["enum"] = [rule.code for rule in load_rules(edition)]
    severity = parts["change"]["additionalProperties"]["properties"]["severity"]
    severity["enum"] = [severity.value for severity in Severity]
    parts["rules"]["items"] = _rule(made["$defs"])
    return made


def reference_schema() -> dict[str, Any]:
    """Of the file of industry averages that --reference takes."""
    made = _frame("reference")
    made["properties"] = dict.fromkeys(get_args(Average), made["properties"][""])
    return made


def _frame(name: str) -> dict[str, Any]:
    """What is the same in every schema of that kind."""
    frame: dict[str, Any] = json.loads(templates_file("rules", f"{name}.schema.json").read_bytes())
    return frame


def _rule(definitions: dict[str, Any]) -> dict[str, Any]:
    """A rule as a file writes it: examples are answers, and each check names its kind."""
    made = json_schema_of(Rule)
    definitions |= made.pop("$defs", {})
    properties = made["properties"]
    for name in ("wrong", "right"):
        properties[name] = {"type": ["object", "string"]}
    properties["checks"] = {"type": "array", "minItems": 1, "items": {"anyOf": list(_checks(definitions))}}
    made["required"] = [name for name in made["required"] if name != "forms"]
    return made


def _checks(definitions: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, kind in sorted(kinds().items()):
        check = json_schema_of(kind)
        definitions |= check.pop("$defs", {})
        check["properties"] = {"kind": {"const": name}, **check.get("properties", {})}
        check["required"] = ["kind", *check.get("required", ())]
        check.pop("description", None)
        found.append(check)
    return found
