"""A rule file to begin with: every threshold as it is, switched off, and how each part is written."""

from __future__ import annotations

from clusterform.data_files import templates_file
from clusterform.finding import Severity
from clusterform.forms.limits import load_limits
from clusterform.forms.rule import load_rules


def starter(edition: str, language: str) -> str:
    """YAML with comments in that language; it loads as it stands, and with every line of its thresholds switched on."""
    text = templates_file("rules", f"starter.{language}.yaml").read_text(encoding="utf-8")
    limits = load_limits(edition).values()
    settings = [f'{limit.name}: {{{limit.word}: "{limit.value:f}"}}' for limit in limits]
    width = max(map(len, settings))
    lines = [
        f"#   {setting:{width}}  # {limit.unit} {limit.source.clause}"
        for setting, limit in zip(settings, limits, strict=True)
    ]
    example = next(rule.code for rule in load_rules(edition) if rule.severity is Severity.WARNING)
    return text.format(edition=edition, limits="\n".join(lines), example=example)
