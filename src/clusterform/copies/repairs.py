"""What is safe to mend: an answer that says plainly what it means and is only written otherwise than the notice asks.

A figure that would have to be computed is never among these, and nothing is rounded unless that was asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusterform.answers import Answer, FilledForm, figure_of
from clusterform.fields import Address
from clusterform.figures import two_places
from clusterform.finding import FileReport, Finding

_MOST_PLACES = 2


@dataclass(frozen=True, slots=True)
class Repair:
    """One answer written anew."""

    address: Address
    finding: Finding
    """Whose rule asks for it."""
    before: str
    after: str
    brings: tuple[Finding, ...] = ()
    """What the rules would find more with it, for which it was not made."""


def repairs_of(
    file: FileReport, form: FilledForm, codes: Sequence[str] = (), *, rounding: bool = False
) -> list[Repair]:
    """The repairs of one file, each place once, in the form's order. `codes`: beginnings of rules' codes; none: all."""
    found: dict[Address, Repair] = {}
    for finding in file.findings:
        if not finding.rule.startswith(tuple(codes) or ""):
            continue
        address = _address(finding, form)
        if address is None or address in found:
            continue
        answer = form.answer(*address)
        after = finding.fix if finding.fix is not None else _rounded(finding, answer) if rounding else None
        if after is not None and after != answer.text:
            found[address] = Repair(address, finding, answer.text, after)
    return list(found.values())


def _address(finding: Finding, form: FilledForm) -> Address | None:
    """The one answer that a finding is of."""
    item = form.fields.get(finding.field or "")
    if item is None:
        return None
    address = item.path, item.column_key(finding.column)
    return address if finding.value == form.answer(*address).text else None


def _rounded(finding: Finding, answer: Answer) -> str | None:
    """The figure to two places, where that is what the finding expects."""
    figure = figure_of(answer)
    if figure is None or figure.places <= _MOST_PLACES or answer.flaws:
        return None
    rounded = str(two_places(figure.value))
    return rounded if rounded == finding.expected else None
