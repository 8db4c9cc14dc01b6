"""Kind `blank_answer`: a required answer is blank (填报说明第 2 条: 各必填栏目不得空缺)."""

from __future__ import annotations

from collections.abc import Iterator

from clusterform.answers import Contact, CountNames, State
from clusterform.checks.blank_parts import BlankPart, blank_parts
from clusterform.checks.places import Place, Scope, places_of
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Kind
from clusterform.messages import Text

_OTHERS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.SIGNATURE, Kind.SEAL})
"""Boxes, signatures and seals have rules of their own."""
_WRITTEN = tuple(kind for kind in Kind if kind not in _OTHERS)


class BlankAnswer(Scope, kind="blank_answer"):
    """`parts`: a part or a form wholly blank is one finding for all its answers, those of other rules among them."""

    parts: bool = False

    def places(self, form: Reader) -> Iterator[Place | BlankPart]:
        """Every required answer that is written, but for those of a part that is blank as a whole."""
        parts = blank_parts(form) if self.parts else ()
        yield from parts
        said = {place for part in parts for place in part.places}
        yield from (
            p for p in places_of(self, form, *_WRITTEN) if form.field(p[0]).required and p not in said
        )

    def judge(self, form: Reader, place: Place | BlankPart) -> Hit | None:
        """One finding for each blank; a contact line may lack the person or the telephone alone, and figures are no name."""
        if isinstance(place, BlankPart):
            return _whole(form, place)
        answer = form.sure(*place)
        value = answer.value
        if answer.state is State.BLANK:
            blank = not isinstance(value, CountNames) or not (value.count_text.strip() or value.names.strip())
            return Hit(*place, value="") if blank else None
        if isinstance(value, Contact) and answer.state is State.FILLED:
            missing = "phone" if not value.phone.strip() else "person" if not value.person.strip() else None
            return Hit(*place, variant=missing) if missing else None
        if form.field(place[0]).kind is Kind.PERSON and answer.state is State.FILLED:
            return None if any(c.isalpha() for c in answer.text) else Hit(*place, variant="person")
        return None


def _whole(form: Reader, part: BlankPart) -> Hit:
    """The labels stand there once for each blank; a group with any number of ticks is no cell."""
    groups = sum(1 for path, _ in part.places if form.field(path).kind is Kind.CHOICES)
    boxes = Text("checks.boxes-unticked", count=groups)
    return Hit(
        section=part.section,
        value="",
        variant="form" if part.section is None else "part" if part.section else "cover",
        location=None if part.section is None else form.answer(*part.places[0]).place,
        covers=tuple(form.field(path).label for path, _ in part.places),
        taints=part.places,
        facts={
            "part": form.form.section_titles.get(part.section or 0, ""),
            "count": str(len(part.places) - groups),
            "boxes": boxes if groups else "",
        },
    )
