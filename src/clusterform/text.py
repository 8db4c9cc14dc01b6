"""Folding: how official labels and what stands on a form are compared. Never used for the text that is shown."""

from __future__ import annotations

import unicodedata
from functools import lru_cache


class _Kept(dict[int, str]):
    """Character -> what is left of it: letters, digits and %, in one width and one case."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code)).casefold()
        kept = "".join(c for c in folded if c.isalnum() or c == "%")
        self[code] = kept
        return kept


_KEPT = _Kept()


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """The text without spaces, punctuation, boxes and underscores, in one width and one case."""
    return text.translate(_KEPT)


def fold_prefix(text: str, folded_prefix: str) -> int | None:
    """How many characters of `text` fold to `folded_prefix`; None where it does not begin so."""
    rest = folded_prefix
    for index, char in enumerate(text):
        if not rest:
            return index
        kept = char.translate(_KEPT)
        if not rest.startswith(kept):
            return None
        rest = rest[len(kept) :]
    return None if rest else len(text)
