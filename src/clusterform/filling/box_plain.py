"""Groups of boxes as nearly every form has them: each official option, in its order, behind a plain □ or ☑.

`boxes.read_group` reads these as well, and all others; here it takes a tenth of the time. Anything that is not
exactly so is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from clusterform.answers import State, TicksAnswer
from clusterform.fields import Option
from clusterform.finding import Location
from clusterform.parsers.raw import Mark
from clusterform.patterns import pattern
from clusterform.text import fold

_EMPTY, _TICKED = "□☐", "☑☒"
_BOX = pattern(f"[{_EMPTY}{_TICKED}]")
_OTHER_SIGN = pattern(rf"[^\w\s{_EMPTY}{_TICKED}、，。；：:;,.()（）“”\"‘’'·—_/…《》-]|[口囗〇ⅤⅩVvRXx]")
"""Any character that is not a letter, a space or punctuation, and letters that are used as signs: folding drops the
former, so that a tick among the words would not be seen."""
_PRINTED = pattern(r"\s*+(?:[(（]\s*+(?:注|需|如涉及)[^()（）]*+[)）])?\s*+")
_LEAD_IN = pattern(r"\s*(?:[^\n]{0,40}[:：]\s*)?")


def read_plain_group(
    text: str, marks: Sequence[Mark], options: tuple[Option, ...], location: Location
) -> TicksAnswer | None:
    """The ticks of a group that is just as printed; None where anything is otherwise."""
    if marks or _OTHER_SIGN.search(text) or ("☒" in text and re.search("[☑□]", text)):
        return None
    boxes = list(_BOX.finditer(text))
    if len(boxes) != len(options) or not boxes or not _LEAD_IN.fullmatch(text[: boxes[0].start()]):
        return None
    ends = [*(box.start() for box in boxes[1:]), len(text)]
    for option, box, end in zip(options, boxes, ends, strict=True):
        if not _is_option(text[box.end() : end], option):
            return None
    ticked = tuple(o.key for o, box in zip(options, boxes, strict=True) if box[0] in _TICKED)
    return TicksAnswer.made(
        text=text.strip(),
        state=State.FILLED if ticked else State.BLANK,
        place=location,
        value=ticked,
        boxes={o.key: location for o in options},
    )


def _is_option(text: str, option: Option) -> bool:
    """The option's own text, with a printed note behind it or nothing."""
    bare = text.strip()
    if bare == option.label or fold(bare) == fold(option.label):
        return True
    start = bare.startswith(option.label)
    return start and _PRINTED.fullmatch(bare[len(option.label) :]) is not None
