"""The JSON Schema of a user's rule file, for editors that complete and underline what is written."""

from __future__ import annotations

from typing import Any, get_args

from clusterform.checks.check import kinds
from clusterform.checks.reader import LimitSource
from clusterform.checks.target_figures import Average
from clusterform.finding import Severity
from clusterform.forms.edition import load_edition
from clusterform.forms.limits import WORDS, load_limits
from clusterform.forms.rule import Rule, load_rules
from clusterform.messages import Text
from clusterform.models import json_schema_of

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = {"type": ["string", "number"]}
_FILE = {"type": "string", "pattern": "\\.[Yy][Aa]?[Mm][Ll]$"}
_CASE = {
    "type": "object",
    "properties": {"rule": {"type": "string"}, "wrong": {"type": "object"}, "right": {"type": "object"}},
    "required": ["rule"],
    "additionalProperties": False,
}


def rule_file_schema(edition: str) -> dict[str, Any]:
    """Names of thresholds and codes of rules are the edition's; a file that it lets pass may still be refused when it is loaded."""
    definitions: dict[str, Any] = {}
    national = load_edition(edition).limits
    codes = [rule.code for rule in load_rules(edition)]
    rule, file = _rule(definitions), Text("rules.file")
    severities = {"enum": [severity.value for severity in Severity]}
    changed = {"type": "object", "properties": {"severity": severities, "reason": {"type": "string"}}}
    limits = {name: _limit(limit.unit) for name, limit in load_limits(edition).items()}
    return {
        "$schema": _DIALECT,
        "title": f"clusterform {file.zh} / {file.en} ({edition})",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "extends": {"anyOf": [{"enum": [national, f"{national}/{edition}"]}, _FILE]},
            "name": {"type": ["string", "integer"]},
            "source": json_schema_of(LimitSource),
            "limits": {"type": "object", "properties": limits, "additionalProperties": _limit(None)},
            "change": {"type": "object", "propertyNames": {"enum": codes}, "additionalProperties": changed},
            "remove": {
                "type": "object",
                "propertyNames": {"enum": codes},
                "additionalProperties": {"type": "string"},
            },
            "rules": {"type": "array", "items": rule},
            "cases": {"type": "array", "items": _CASE},
        },
        "$defs": definitions,
    }


def reference_schema() -> dict[str, Any]:
    """Of the file of industry averages that --reference takes."""
    sourced = {
        "type": "object",
        "properties": {
            "value": _NUMBER,
            "year": {"type": ["string", "integer"]},
            "source": {"type": "string"},
        },
        "required": ["value"],
        "additionalProperties": False,
    }
    averages = {name: {"anyOf": [_NUMBER, sourced]} for name in get_args(Average)}
    return {"$schema": _DIALECT, "type": "object", "properties": averages, "additionalProperties": False}


def _limit(unit: str | None) -> dict[str, Any]:
    """One threshold: a bound, what it is measured in, and where it is written; or its values by date."""
    fields: dict[str, Any] = {
        **dict.fromkeys(WORDS, _NUMBER),
        "unit": {"type": "string"} if unit is None else {"type": "string", "default": unit},
        "certainty": {"enum": ["confirmed", "inferred"]},
        "source": json_schema_of(LimitSource),
        "values": {"type": "object"},
    }
    return {"type": "object", "properties": fields, "additionalProperties": False}


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
