"""A JSON report of an earlier run: what it found already does not count again. What a person had closed in it does.

A finding is known by form and cluster, rule, label, column and value, never by where it stands. Where a form has
several that are alike, so many are known as it had.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from clusterform.conclusion import Conclusion, Verdict
from clusterform.conclusions.owners import Owner, Owners, owner
from clusterform.conclusions.waivers import SETTLED
from clusterform.errors import DataError, refusal
from clusterform.finding import Finding
from clusterform.forms.rule import Rule
from clusterform.messages import Text

_VERSION = "1"
"""Of the report's shape that is read."""
_FACTS = ("rule", "label", "column", "value")
_CLOSED = ("confirmed", "waived")
"""Keys of findings that a person had closed."""
Fingerprint: TypeAlias = tuple[frozenset[tuple[str, str]], tuple[str | None, ...]]


@dataclass(frozen=True, slots=True)
class Baseline:
    known: Mapping[Fingerprint, int]
    """How many of one form are alike."""
    binding: frozenset[str]
    """Of rules whose findings count however long they are known."""
    language: str

    def tied(self, findings: Sequence[Finding], owners: Owners) -> tuple[Finding, ...]:
        seen: Counter[Fingerprint] = Counter()
        known = Conclusion(Verdict.KNOWN, said=Text("baseline.known")[self.language])
        tied = []
        for finding in findings:
            settled = finding.conclusion is not None and finding.conclusion.verdict in SETTLED
            if settled or finding.rule in self.binding:
                tied.append(finding)
                continue
            own = _fingerprint(owners.of(finding), [getattr(finding, name) for name in _FACTS])
            seen[own] += 1
            held = seen[own] <= self.known.get(own, 0)
            tied.append(finding._replace(conclusion=known) if held else finding)
        return tuple(tied)


def _fingerprint(owners: Iterable[Owner], facts: Iterable[str | None]) -> Fingerprint:
    return frozenset(own.identity for own in owners), tuple(facts)


def read_baseline(path: Path, rules: Iterable[Rule], language: str) -> Baseline:
    """DataError where the file is no report of this program."""
    if not path.exists():
        raise DataError("baseline.unreadable", path=path, reason=Text("path.missing"))
    try:
        known = _known(json.loads(path.read_bytes()))
    except OSError as error:
        raise DataError("baseline.unreadable", path=path, reason=refusal(error)) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DataError("baseline.no-report", path=path) from error
    return Baseline(known, frozenset(rule.code for rule in rules if not rule.waivable), language)


def _known(report: Any) -> Mapping[Fingerprint, int]:
    """Errors of many kinds where it is no report."""
    if report["version"] != _VERSION:
        raise ValueError(report["version"])
    known: Counter[Fingerprint] = Counter()
    owners = {
        f["path"]: owner(_text(f["form"]) or "", _text(f["cluster"]), _text(f["sha256"]))
        for f in report["files"]
    }
    for file in report["files"]:
        own = (entry for entry in file["findings"] if "files" not in entry)
        known |= Counter(_print(entry, [file["path"]], owners) for entry in own if _is_open(entry))
    across = report["batch"]["findings"]
    return known | Counter(_print(e, e.get("files", ()), owners) for e in across if _is_open(e))


def _is_open(entry: Mapping[str, Any]) -> bool:
    return not any(key in entry for key in _CLOSED)


def _print(entry: Mapping[str, Any], paths: Iterable[str], owners: Mapping[str, Owner]) -> Fingerprint:
    about = [owners[path] for path in paths if path in owners]
    return _fingerprint(about, [_text(entry[name]) for name in _FACTS])


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value
