"""Folding: how official labels and what stands on a form are compared. Never used for the text that is shown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TA = ord("它")


class _Kept(dict[int, str]):
    """Character -> what is left of it: letters, digits and %, in one width and one case."""

    def __missing__(self, code: int) -> str:
        if code == _TA:
            return "他"  # 其它 and 其他 are one word to whoever types the form again
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


_CHINESE_YEAR = re.compile(r"二[〇○零OＯ0０][〇○零OＯ0０一二三四五六七八九]{2}(?=\s*年)")
_DIGITS = str.maketrans("〇○零OＯ０一二三四五六七八九", "000000123456789")


def arabic_years(text: str) -> str:
    """The text with years such as 二〇二五年 in digits, character for character."""
    if "二" not in text:
        return text
    return _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), text)


_CHINESE = "[一二三四五六七八九十]+"
_NUMBERING = re.compile(
    rf"\s*(?:[★☆*●◆▲■—–-]+\s*)?(?:第\s*(?:{_CHINESE}|\d{{1,2}})\s*(?:部分|章|节|条)|附?表\s*(?:{_CHINESE}|\d{{1,2}})(?!\d)"
    rf"|[（(【\[]\s*(?:{_CHINESE}|\d{{1,2}})\s*[)）】\]]|\d{{1,2}}(?:[.．]\d{{1,2}})+(?!\d)|{_CHINESE}是|其{_CHINESE}"
    rf"|(?:{_CHINESE}|\d{{1,3}})\s*[、.．。,，:：)）]|{_CHINESE}\s+(?=\S)|[①-⑳]|[★☆*●◆▲■—–-]+)\s*[、.．,，:：]?\s*(?!\d{{1,3}}(?!\d))"
)


def unnumbered(text: str) -> str:
    """The text without a leading number such as 一、 （二） 3. 8.1 ① 第四部分."""
    found = _NUMBERING.match(text)
    return text[found.end() :] if found else text
