"""From the text of an answer to its value and state, by the kind of field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache

from clusterform.answers import (
    Answer,
    Contact,
    ContactAnswer,
    CountNames,
    CountNamesAnswer,
    State,
    TextAnswer,
    answer_kind,
    number_answer,
)
from clusterform.fields import NUMERIC, Field, Kind
from clusterform.filling.numbers import (
    count_and_names,
    number_words,
    plain_number,
    read_number,
    read_target,
    unit_in,
)
from clusterform.filling.pieces import Piece, join
from clusterform.filling.placeholders import is_placeholder, is_wholly_placeholder
from clusterform.forms.model import RowDef
from clusterform.patterns import pattern
from clusterform.text import NONE, fold, fold_prefix
from clusterform.words import word, words

_EDGES = " \t\r\n　_＿:：;；"
_STROKES = frozenset("-—/\\–―")
"""As many of them as there are, put for 无; of others one alone."""
_LONE_STROKES = ("−", "~")
_LONGEST_STAND_IN = 200
_FIGURED = NUMERIC | {Kind.COUNT_NAMES, Kind.CONTACT, Kind.PHONE, Kind.DATE}
"""Kinds whose figures are read: a note's number beside one is none of its digits."""
_SIGNED = (Kind.SEAL, Kind.SIGNATURE)
_ZERO_FIRMS = pattern(r"0\s*{none.zero}")
_FORM_BLANKS = pattern(r"[\s_＿]+")
_STROKE = pattern(r"[/\\／]+|[—―–－-]{1,2}(?![—―–－-])")
"""Put for 无 before what the form prints; a longer line of dashes may be the printed blank itself."""
_STRUCK = pattern(rf"[:：]\s*(?:{_STROKE.pattern})")
_PHONE_START = pattern(r"[(（]?[+＋]?[0-9０-９][0-9０-９()（）.．/·\-－—–‐\s]{5,}")
_SEALED = pattern(r"(?<!\s)\s*+[(（]\s*+{beside.seal}\s*+[)）]$")
_FORMAT_NOUGHTS = pattern(r"^0++(?=\d)")
_BESIDE_COUNT = pattern(
    r"^{halves.count_spaced}\s*+[:：]?\s*+|(?<=[\d{counters}{beside.things}])\s*+[(（](?![^()（）]{0,9}(?:{beside.doubt}))[^()（）]*+[)）]\s*+$"
)
"""What the form or a remark says beside a count; what puts it in doubt, or is a note's mark, stays."""
_CONTACT_WORDS = pattern(r"{beside.contact}|[:：]")


def convert(item: Field, row: RowDef, pieces: Sequence[Piece]) -> Answer:
    """The answer in these pieces. Boxes are read elsewhere (boxes.read_group).

    It is judged as it was typed, and told as it is shown.
    """
    if len(pieces) == 1 and not pieces[0].marks:
        shown = piece = pieces[0]  # as nearly always
    else:
        shown, piece = _shown_and_typed(pieces, item)
    if item.kind in NUMERIC:
        plain = plain_number(piece.text, counted=item.kind is Kind.COUNT)
        if plain is not None:
            return number_answer(shown.text.strip(), State.FILLED, plain, shown.location)
    if shown.marks and any(mark.origin == "formula" for mark in shown.marks):
        return answer_kind(item.kind).made(
            text=shown.text.strip(), state=State.NO_VALUE, place=shown.location
        )
    answer = _converted(item, row, piece)
    if piece.text == shown.text:
        return answer
    return answer.but(text=_answered(item, row, shown.text))


def _shown_and_typed(pieces: Sequence[Piece], item: Field) -> tuple[Piece, Piece]:
    if item.kind in _FIGURED:
        pieces = [piece.with_small_figures() for piece in pieces]
    shown = join(pieces)
    return shown, _as_typed(pieces, item) if shown.marks or len(pieces) > 1 else shown


def _as_typed(pieces: Sequence[Piece], item: Field) -> Piece:
    """A number's text without what its format writes, and without the row's own unit in a cell of its own."""
    if item.kind not in NUMERIC and item.kind is not Kind.COUNT_NAMES:
        return join(list(pieces))
    own = {
        "",
        fold(item.unit),
        *(number_words().counters if item.kind in (Kind.COUNT, Kind.COUNT_NAMES) else ()),
    }
    first = pieces[0].location
    units = {n for n, p in enumerate(pieces) if p.location != first and _adds_nothing(p.text, own)}
    return join([_unformatted(piece, own) for n, piece in enumerate(pieces) if n not in units])


def _adds_nothing(text: str, own: Collection[str]) -> bool:
    """Whether a cell beside the figure holds the row's own unit or a sign that is none; ‰ is one that folds to nothing."""
    folded = fold(text)
    return bool(text.strip() and folded in own and (folded or not unit_in(text)))


def _unformatted(piece: Piece, own: Collection[str]) -> Piece:
    """A piece without the separators, the leading noughts and the unit that a number's format writes."""
    text = piece.text
    for mark in sorted(piece.marks, key=lambda m: -m.offset):
        end = mark.offset + mark.length
        if mark.origin == "number":
            text = text[: mark.offset] + _FORMAT_NOUGHTS.sub("", mark.shown) + text[end:]
        elif mark.origin == "literal" and fold(text[mark.offset : end]) in own:
            text = text[: mark.offset] + text[end:]
    return piece._replace(text=text)


def _answered(item: Field, row: RowDef, text: str) -> str:
    """The text without what the form prints about the answer."""
    bare = text.strip() if _bare_line(text, item, row) else without_print(text, row)
    counter = word("halves.counter")
    return bare.removesuffix(counter).strip(_EDGES) if counter in row.prompts else bare


def _converted(item: Field, row: RowDef, piece: Piece) -> Answer:
    text = _answered(item, row, piece.text)
    if not text and (piece.drawn if item.kind is Kind.FORMULA else item.kind in _SIGNED and piece.images):
        return TextAnswer.made(place=piece.location)
    state = _state(text, item)
    if item.kind is Kind.COUNT_NAMES and state not in (State.NONE, State.BLANK):
        return _count_names(text, piece)
    if state is not State.FILLED:
        return answer_kind(item.kind).made(text=text, state=state, place=piece.location)
    if item.kind in NUMERIC:
        return _number(text, item, row, piece)
    if item.kind is Kind.CONTACT:
        return _contact(text, piece)
    return TextAnswer.made(text=text, value=text, place=piece.location)


def _bare_line(text: str, item: Field, row: RowDef) -> bool:
    """A line ____ that the form does not print there itself."""
    return "_" in text and bool(item.section) and not row.prompts and _FORM_BLANKS.fullmatch(text) is not None


def without_print(text: str, row: RowDef) -> str:
    """The text without what the form itself prints there: prompts, notes, underscores around the answer."""
    left = text.strip(_EDGES)
    printed = row.printed
    if not printed:
        return _unsealed(left)
    if fold(left) in printed:
        return _left_over(left)
    lines = [
        line
        for line in left.split("\n")
        if not fold(line) or fold(line) not in printed or _STROKE.match(line)
    ]
    left = "\n".join(_without_ends(line, printed) for line in lines)
    return _unsealed(left.strip(_EDGES))


def _unsealed(text: str) -> str:
    """The text without （盖章） behind it."""
    return _SEALED.sub("", text) if text.endswith((")", "）")) else text


def _left_over(text: str) -> str:
    """Only print stood there: blank, unless it is a pattern such as XX省, or a stroke (/个), in the answer's place."""
    stroke = _STROKE.match(text)
    if stroke is not None:
        return stroke[0]
    return text if re.search(r"[XＸ]{2}", text) or _STRUCK.search(text) else ""


def _without_ends(line: str, printed: Sequence[str]) -> str:
    """A line without print before and behind the answer."""
    marks, folded = tuple(filter(None, printed)), fold(line)
    if folded and not folded.startswith(marks) and not folded.endswith(marks):
        return line
    for mark in marks:
        start = fold_prefix(line, mark) if fold(line).startswith(mark) else None
        if start is not None and line[start:].strip(_EDGES + "）)"):
            line = line[start:].lstrip("）)").strip(_EDGES)
        end = fold_prefix(line[::-1], mark[::-1]) if fold(line).endswith(mark) else None
        if end is not None and len(line) > end:
            left = line[: len(line) - end].strip(_EDGES).rstrip("（(")
            if _opened(left) <= _opened(line):  # in 5个（其中3个） the last 个 is none of the print
                line = left.strip(_EDGES)
    return _left_over(line) if fold(line) in printed else line


def _opened(text: str) -> int:
    """How many brackets stay open."""
    return sum(map(text.count, "（(")) - sum(map(text.count, "）)"))


def _state(text: str, item: Field) -> State:
    folded = fold(text)
    if not text.strip() or (item.kind is Kind.DATE and folded in words("date.printed")):
        return State.BLANK
    if _is_none(folded):
        return State.NONE
    if folded in _put_for_none() and _stands_in(text, item):
        return State.STAND_IN
    if item.kind is Kind.COUNT_NAMES:
        return State.FILLED
    bare_line = _FORM_BLANKS.fullmatch(text) is not None
    return State.PLACEHOLDER if bare_line or is_placeholder(text, item) else State.FILLED


def _is_none(folded: str) -> bool:
    """Whether it is 无, or that several times over."""
    return bool(folded) and not folded.strip(NONE)


def is_no_answer(text: str) -> bool:
    """Whether a text names nothing: 无, what is put for it, or 待补充."""
    folded = fold(text)
    if _is_none(folded) or (folded in _put_for_none() and _is_stand_in(_bare(text))):
        return True
    return is_wholly_placeholder(text)


@cache
def _put_for_none() -> frozenset[str]:
    """All that is put for 无, folded: of any other text nothing more need be looked at. Strokes fold to nothing."""
    firms = (f"0{unit}" for unit in words("none.zero"))
    return frozenset(map(fold, ("-", *words("none.words"), *words("none.latin"), *firms)))


def _bare(text: str) -> str:
    """The text in one width, without a full stop; a long one as it is, as nothing so long is put for 无."""
    if len(text) > _LONGEST_STAND_IN:
        return text
    return unicodedata.normalize("NFKC", text).strip().strip("。.").strip().casefold()


def _is_stand_in(bare: str) -> bool:
    known = (*_LONE_STROKES, *words("none.words"), *words("none.latin"))
    return bare in known or (bool(bare) and _STROKES.issuperset(bare))


def _stands_in(text: str, item: Field) -> bool:
    """Whether the text is put for 无: /, —, 暂无, and 0家 where text is asked."""
    bare = _bare(text)
    if _is_stand_in(bare):
        return True
    return item.kind in (Kind.TEXT, Kind.PROSE) and _ZERO_FIRMS.fullmatch(bare) is not None


def _number(text: str, item: Field, row: RowDef, piece: Piece) -> Answer:
    if item.kind is Kind.TARGET:
        number = read_target(text)
    else:
        printed = tuple(p.strip("（(") for p in row.prompts)
        if word("halves.counter") in printed:
            printed = words("beside.counters")
            text = _BESIDE_COUNT.sub("", text).replace("_", "").strip(_EDGES)
        number = read_number(text, counted=item.kind is Kind.COUNT, unit=item.unit, printed=printed)
    figure, flaws = number or (None, ())
    state = State.FILLED if figure is not None else State.UNREADABLE
    return number_answer(text, state, figure, piece.location, flaws)


def _contact(text: str, piece: Piece) -> Answer:
    found = _PHONE_START.search(text)
    start = found.start() if found else len(text)
    behind = text[found.end() :] if found else ""
    person = _CONTACT_WORDS.sub(" ", text[:start]).strip(_EDGES + "、,，/()（）") or behind.strip(
        _EDGES + "、,，/()（）"
    )
    phone = text[start : found.end()] if found and person and behind.strip(_EDGES) == person else text[start:]
    found_both = Contact.made(person=person, phone=phone.strip(_EDGES + "()（）"))
    return ContactAnswer.made(text=text, value=found_both, place=piece.location)


def _count_names(text: str, piece: Piece) -> Answer:
    found = count_and_names(text)
    if found is None:
        return CountNamesAnswer.made(text=text, value=CountNames.made(names=text), place=piece.location)
    count_text = found.count.strip(_EDGES).removesuffix(word("halves.counter")).strip(_EDGES)
    names = found.names.strip(_EDGES)
    number = read_number(count_text, counted=True, printed=tuple(word("counters"))) if count_text else None
    figure = number.figure if number is not None else None
    if fold(count_text) == NONE and fold(names) in {"", NONE}:
        return CountNamesAnswer.made(text=NONE, state=State.NONE, place=piece.location)
    if not count_text and not names:
        return CountNamesAnswer.made(state=State.BLANK, value=CountNames.made(), place=piece.location)
    flaws = number.flaws if number is not None else ()
    value = CountNames.made(
        count=None if figure is None else figure.value, names=names, count_text=count_text
    )
    return CountNamesAnswer.made(text=text, value=value, place=piece.location, flaws=flaws)
