"""How a threshold of rules/limits is said, how much missing it weighs, and what asks for it."""

from __future__ import annotations

from clusterform.checks.amounts import printed
from clusterform.checks.reader import Limit
from clusterform.finding import Severity
from clusterform.messages import Text

_SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "less_than": "<"}


def bound(limit: Limit, *, counted: bool = False) -> str:
    """The threshold as a sign and a number: ≥ 40.00, of a count ≥ 40."""
    return f"{_SIGNS[limit.word]} {threshold(limit, counted=counted)}"


def threshold(limit: Limit, *, counted: bool = False) -> str:
    """The number: two places, but of a count."""
    return f"{limit.value:f}" if counted else printed(limit.value)


def in_words(limit: Limit) -> Text:
    """How the threshold binds: a rule file may have changed 高于 to 不低于, and the message follows."""
    return Text(f"bound.{limit.word}")


def weight(*limits: Limit) -> Severity | None:
    """An inferred threshold can only warn; None leaves the rule's own severity."""
    return None if all(limit.certain for limit in limits) else Severity.WARNING


def sources(*limits: Limit) -> str | None:
    """What asks for these thresholds where a rule file has changed one; None leaves the rule's own clause."""
    return "；".join(dict.fromkeys(limit.source for limit in limits if limit.source)) or None
