"""Chinese telephone numbers as people write them: mobile, area code, local, extension, 400, short."""

from __future__ import annotations

import re
import unicodedata

from clusterform.record import record

_DASHES = str.maketrans(dict.fromkeys("—–―－‐‑‒−~～", "-"))
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COUNTRY = r"(?:\(?(?:\+|00)86\)?[- ]*|86[- ]+)"
_NUMBER = re.compile(
    rf"(?<!\d)(?:"
    rf"{_COUNTRY}?(?P<mobile>1[3-9]\d[- ]?\d{{4}}[- ]?\d{{4}})"
    rf"|(?:{_COUNTRY}\(?0?[1-9]\d{{1,2}}\)?|\(?0\d{{2,3}}\)?)[- ]*(?P<local>\d{{3,4}}[- ]?\d{{4}})"
    rf"|(?P<hotline>[48]00[- ]?(?:\d{{3}}[- ]?\d{{4}}|\d{{4}}[- ]?\d{{3}}))"
    rf"|(?<![a-z])(?P<alone>[2-9]\d{{2,3}}[- ]?\d{{4}})"
    rf"|(?P<short>9[56]\d{{3,6}})"
    rf")(?!\d)(?:\s*(?:转|分机|ext\.?|x|#|-|\()\s*\d{{1,6}}\)?(?!\d))?",
    re.IGNORECASE,
)
_RUN = re.compile(r"\d[\d\s()-]*\d")


@record
class Numbers:
    """The telephone numbers of one answer."""

    known: tuple[str, ...]
    """Digits alone, without country and area code and extension, which may or may not be written."""
    unlike: str | None
    """The first piece that is like no number, or the whole text where no number is found in it."""


def read_numbers(text: str) -> Numbers:
    """The numbers in a text; words, names and mail addresses beside them do not matter."""
    wide = _MAIL.sub(" ", unicodedata.normalize("NFKC", text).translate(_DASHES))
    known = tuple(re.sub(r"\D", "", next(g for g in m.groups() if g)) for m in _NUMBER.finditer(wide))
    if not known:
        return Numbers((), text.strip())
    runs = (m.group().strip() for m in _RUN.finditer(_NUMBER.sub("、", wide)))
    return Numbers(known, next((r for r in runs if sum(c.isdigit() for c in r) >= 5), None))
