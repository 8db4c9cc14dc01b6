"""Groups of boxes whose tick may have been lost where the file was converted: named in what is said of the conversion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from clusterform.answers import Answer, Observation, ticks_of
from clusterform.fields import Address, Field, Kind
from clusterform.messages import Text

_NAMED = 6
"""So many groups are named; of the rest the number."""


def with_lost_ticks(
    seen: Iterable[Observation], fields: Mapping[str, Field], answers: Mapping[Address, Answer]
) -> tuple[Observation, ...]:
    """The observations; that of a conversion tells the groups left without a clear tick."""
    seen = tuple(seen)
    if not any(o.what == "converted" for o in seen):
        return seen
    names = [
        fields[path].label for (path, _), answer in answers.items() if _may_be_lost(fields[path], answer)
    ]
    if not names:
        return seen
    shown = "".join(f"“{name}”" for name in names[:_NAMED])
    lost = Text(
        "converted.look-at-many" if len(names) > _NAMED else "converted.look-at",
        names=shown,
        count=len(names),
    )
    return tuple(o._replace(facts={**o.facts, "lost": lost}) if o.what == "converted" else o for o in seen)


def _may_be_lost(item: Field, answer: Answer) -> bool:
    """Nothing ticked in a single choice, or a box that is not there."""
    ticks = ticks_of(answer)
    if ticks is None:
        return False
    return bool(ticks.undecided) or (item.kind is Kind.CHOICE and not ticks.ticked)
