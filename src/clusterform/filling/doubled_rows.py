"""Official rows that stand twice: which of the answers is to be collected nobody knows (CF011)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from clusterform.answers import Observation
from clusterform.fields import BOXES, Field
from clusterform.filling.outline import Outline
from clusterform.filling.pieces import Piece, join
from clusterform.filling.reading import Place, Reading
from clusterform.finding import Location
from clusterform.forms.model import FormDef
from clusterform.messages import Joined, Text
from clusterform.record import record
from clusterform.text import fold

_EACH = 3
"""More rows of one part are a table copied, which is said once."""


@record
class _Doubled:
    """One row, and the columns where its two answers differ."""

    item: Field
    location: Location
    other: tuple[tuple[str | None, str, str], ...]
    """Column, first and second answer."""


def doubled_rows(form: FormDef, outline: Outline, reading: Reading) -> Iterator[Observation]:
    """Each row whose answers stand in two places; a part that stands twice as a whole is said already (CF010)."""
    headings = [number for number, _, _ in outline.seen]
    by_part: dict[int, list[_Doubled]] = {}
    for path, location in reading.again.items():
        item = form.fields[path]
        second = {place: pieces for place, pieces in reading.second.items() if place[0] == path}
        if (
            second
            and headings.count(item.section) < 2
            and (row := _compared(item, location, second, reading))
        ):
            by_part.setdefault(item.section, []).append(row)
    for rows in by_part.values():
        yield from [_copied(rows)] if len(rows) > _EACH else map(_twice, rows)


def _compared(
    item: Field, location: Location, second: Mapping[Place, Sequence[Piece]], reading: Reading
) -> _Doubled | None:
    """None where the second place goes on with the first: other options of the same group."""
    other = []
    for place, pieces in second.items():
        first, again = (join(held).text.strip() for held in (reading.pieces[place], pieces))
        if item.kind in BOXES:
            differ = "".join(first.split()) != "".join(again.split())
        else:
            differ = fold(first) != fold(again)
        if differ:
            other.append((place[1], first, again))
    return _Doubled(item, location, tuple(other))


def _twice(row: _Doubled) -> Observation:
    item, other = row.item, row.other
    heads = {c.key: f"{c.label} " for c in item.columns}
    told = [(heads.get(column or "", ""), first, again) for column, first, again in other]
    facts = {
        "variant": "row-other" if other else "row-same",
        "both": Joined(
            "join.then",
            (
                Text("rows.both", head=head, first=_short(first), again=_short(again))
                for head, first, again in told
            ),
        ),
    }
    what = "row-doubled" if other else "row-repeated"
    return Observation(
        what,
        item.section,
        item.path,
        value=other[0][2] if other else None,
        location=row.location,
        facts=facts,
    )


def _copied(rows: list[_Doubled]) -> Observation:
    """Several rows of a part again, one below the other."""
    other = [row for row in rows if row.other]
    first = (other or rows)[0]
    facts = {
        "variant": "rows-other" if other else "rows-same",
        "count": str(len(rows)),
        "names": "、".join(f"“{row.item.label}”" for row in (other or rows)[:_EACH]),
    }
    what = "row-doubled" if other else "row-repeated"
    return Observation(what, first.item.section, label=first.item.label, location=first.location, facts=facts)


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"
