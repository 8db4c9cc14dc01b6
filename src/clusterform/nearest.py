"""What may have been meant by a name that is none."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.messages import InBoth, Joined, Text

_FITS = 60
"""Likeness (difflib), in hundredths, under which a name is no slip of the other."""
_TIED = 3
_LISTED = 14
"""So many names are told in full where none is like the word."""


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known names that the word may be a slip of, the likest first, at most three; none where none is like it."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(b=word.casefold(), autojunk=False)
    likeness: dict[str, int] = {}
    for name in known:
        matcher.set_seq1(name.casefold())
        if matcher.quick_ratio() * 100 >= _FITS:
            likeness[name] = int(matcher.ratio() * 100)
    best = max(likeness.values(), default=0)
    alike = [name for name, ratio in likeness.items() if ratio >= max(_FITS, best - _TIED)]
    return tuple(sorted(alike, key=lambda name: -likeness[name])[:3])


def suggestion(word: str, known: Iterable[str]) -> Text | None:
    """The nearest names; all of them where none is near and they are few; else nothing."""
    names = tuple(dict.fromkeys(known))
    near = nearest(word, names)
    if near:
        return Text("nearest.names", names=near)
    return Text("nearest.known", names=names) if 0 < len(names) <= _LISTED else None


def with_suggestion(fault: InBoth, word: str, known: Iterable[str]) -> InBoth:
    """What is said of a name that is none, and behind it what may have been meant."""
    near = suggestion(word, known)
    return fault if near is None else Joined("join.hint", (fault, near))


def hint(word: str, known: Iterable[str]) -> Joined | str:
    """What may have been meant, to stand behind a sentence of the catalogue; empty where that is not known."""
    near = suggestion(word, known)
    return "" if near is None else Joined("join.hint", ("", near))
