"""Which stretch of a blank answer's text a given answer takes, round what the form prints there.

No layout is known here: the reader itself is asked. Each way of putting the text down is read as a check would read it,
and the first that gives the answer back is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from clusterform.answers import Answer, CountNames, State, TicksAnswer
from clusterform.fields import Field, Kind
from clusterform.filling.boxes.layout import AROUND
from clusterform.filling.convert import convert
from clusterform.filling.pieces import Piece
from clusterform.finding import NOWHERE
from clusterform.forms.model import RowDef
from clusterform.patterns import pattern
from clusterform.text import fold

_GAP = pattern(r"[_＿]++(?:[ \u3000\t]*+[_＿]++)*+|[ \u3000\t\xa0\u2002\u2003]{2,}")
"""A line ____ or spaces to write on."""
_ROOM = r"[ \t\u3000\xa0\u2002\u2003_＿]*"
_GAPS = {
    "count": pattern(rf"{{halves.count_spaced}}\s*+(?:[(（][{{counters}}][)）])?[:：]?(?P<gap>{_ROOM})"),
    "names": pattern(rf"{{halves.names_spaced}}[:：]?(?P<gap>{_ROOM})"),
}
_PATTERNS = frozenset({Kind.REGION, Kind.CLUSTER_NAME, Kind.DATE})
"""Answers in whose place the form prints a pattern, which they take the place of."""
_BLANK = frozenset({State.BLANK, State.PLACEHOLDER, State.ABSENT})


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Text in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def wanted(item: Field, row: RowDef, text: str) -> Answer:
    """The answer that a text is, where it stands alone in its place."""
    return convert(item, row, [Piece(text)])


def is_open(answer: Answer) -> bool:
    """Whether nothing was answered there yet."""
    return answer.state in _BLANK


def edits_for(item: Field, row: RowDef, printed: str, answer: Answer) -> list[TextEdit] | None:
    """How to put an answer into its place, of which `printed` is the text; None where no way is read as the answer."""
    want = bare(wanted(item, row, answer.text))
    for edits in _ways(item, printed, answer):
        if bare(wanted(item, row, edited(printed, edits))) == want:
            return edits
    return None


def gap_behind(half: str, printed: str) -> TextEdit | None:
    """The place of an answer behind 数量 or 名称 in a text, with nothing to put there yet; `half` is count or names."""
    found = _GAPS[half].search(printed)
    return TextEdit(*found.span("gap"), "") if found is not None else None


def edited(text: str, edits: list[TextEdit]) -> str:
    """The text with the edits made."""
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def bare(answer: Answer) -> Answer:
    """The answer as it is wherever it stands, to be compared: the print round boxes, 数量 and 名称 may differ."""
    if isinstance(answer, TicksAnswer):
        return bare_ticks(answer)
    counted = {"text": "", "flaws": ()} if isinstance(answer.value, CountNames) else {}
    return answer.but(place=NOWHERE, **counted)


def bare_ticks(answer: TicksAnswer) -> TicksAnswer:
    """The same of a group of boxes: what is ticked and what is written beside, or 无 for all of it."""
    unreadable = not answer.ticked and len(answer.undecided) == len(answer.boxes)  # by any program
    return TicksAnswer.made(
        text=fold(answer.text) if answer.state is State.NONE else "",
        value=answer.ticked,
        undecided=() if unreadable else answer.undecided,
        remark=fold(answer.remark.strip(AROUND)),
    )


def _ways(item: Field, printed: str, answer: Answer) -> Iterator[list[TextEdit]]:
    """Ways to write the answer, the most natural first."""
    text = answer.text
    start, end = len(printed) - len(printed.lstrip()), len(printed.rstrip())
    whole = TextEdit(start if item.kind is Kind.DATE else 0, end, text)  # spaces push a date to its place
    if not printed.strip(" \t\n\u3000\xa0\u2002\u2003_＿"):
        yield [TextEdit(0, len(printed.partition("\n")[0]), text)]  # the other lines only give it height
    if isinstance(answer.value, CountNames):
        yield from _both(printed, answer.value)
    if item.kind in _PATTERNS:
        yield [whole]
    for gap in _GAP.finditer(printed):
        yield [TextEdit(gap.start(), gap.end(), text)]
    yield [TextEdit(start, start, text)]
    yield [TextEdit(end, end, text)]
    yield [TextEdit(end, end, f"\n{text}")]
    yield [whole]


def _both(printed: str, counted: CountNames) -> Iterator[list[TextEdit]]:
    """The count behind 数量, the names behind 名称."""
    halves = {"count": counted.count_text, "names": counted.names}
    gaps = [(gap_behind(half, printed), text) for half, text in halves.items() if text]
    edits = [replace(gap, text=text) for gap, text in gaps if gap is not None]
    if len(edits) == len(gaps):
        yield edits
