"""Chinese telephone numbers as people write them: mobile, area code, local, extension, 400, short."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from clusterform.answers import Contact, State
from clusterform.checks.check import Scope
from clusterform.checks.reader import Hit, Reader
from clusterform.fields import Address, Kind
from clusterform.finding import Severity
from clusterform.patterns import pattern
from clusterform.regions import AreaCode, area_codes
from clusterform.text import narrow

_DASHES = str.maketrans(dict.fromkeys("—–―－‐‑‒−~～_·•", "-") | dict.fromkeys("．。", "."))
_MAIL = pattern(r"[\w+-]{1,64}(?:\.[\w+-]{1,64}){0,4}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4}")
_OTHER_IDS = pattern(
    r"(?:qq|{phone.other_numbers}){phone.other_endings}[ :-]{0,3}[a-z0-9_-]{5,20}", re.IGNORECASE
)
"""What may stand beside a number and is none itself."""
_GAP = r"[-. ]?"
_COUNTRY = r"\(?(?:(?:\+|00) ?86|86(?=[-. )]|1[3-9]\d{9}(?!\d)))\)?[-. ]{0,3}"
_MOBILE = (
    rf"1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}|1[3-9]\d\d{_GAP}\d{{3}}{_GAP}\d{{4}}|1[3-9]\d{_GAP}\d{{3}}{_GAP}\d{{5}}"
    rf"|1[3-9]\d\d{_GAP}\d{{4}}{_GAP}\d{{3}}|1[3-9]\d{{3}}{_GAP}\d{{3}}{_GAP}\d{{3}}|1[3-9]\d(?:{_GAP}\d\d){{4}}"
)
_LOCAL = (
    rf"\d{{3,4}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}}|\d{{3}}{_GAP}\d{{5}}|\d{{1,4}}(?:[-. ]\d{{2,3}}){{2,3}}"
)
_NUMBER = pattern(
    rf"(?<!\d)(?:(?:{_COUNTRY})?0?(?P<mobile>{_MOBILE})"
    rf"|(?:{_COUNTRY}(?:[(]0[)][-. ]{{0,2}}[(]?|[(]?0?)|[(\[]?0)(?P<area>10|2\d|[3-9]\d\d)[)\]]?[-. /]{{0,3}}(?P<local>{_LOCAL})"
    rf"|(?P<hotline>[48]00{_GAP}(?:\d{{3}}{_GAP}\d{{4}}|\d{{4}}{_GAP}\d{{3}}|\d{{5}}{_GAP}\d\d|\d[-. ]\d{{3}}[-. ]\d{{3}}))"
    rf"|(?<![a-z])(?<!\d\d[-.()])(?<!\d\d[)]-)(?P<alone>(?![48]00)[2-9]\d{{2,3}}{_GAP}\d{{4}})"
    rf"|(?<!\d\d[-.()])(?P<short>9[56]\d{{3,6}})"
    rf")(?!\d|[a-z](?![a-z\d]))(?: {{0,3}}(?:{{phone.extension}}|ext|x|#|-|\(){{phone.extension_number}}[.:：]? {{0,3}}\d{{1,6}}\)?(?!\d))?",
    re.IGNORECASE,
)
_NO_DIGIT = pattern(r"\D")
_RUN = pattern(r"\d[\d ().-]*")
_SEVEN = 7
"""Digits of a local number, where it has not eight."""
_FEWEST = 5
"""Shorter leftovers are a list's numbering, a further extension (6018826/27), a room."""


class Numbers(NamedTuple):
    known: tuple[str, ...]
    """Digits alone, without country and area code and extension, which may or may not be written."""
    unlike: str | None
    """The first piece that is like no number, or the whole text where no number is found in it."""
    doubtful: tuple[str, AreaCode] | None = None
    """A number with a digit less or more than its area code has, or a code that was given up."""


@lru_cache(maxsize=256)
def read_numbers(text: str) -> Numbers:
    """The numbers in a text; words, names and mail addresses beside them do not matter. Asked several times of each."""
    wide = _MAIL.sub(" ", " ".join(narrow(text).translate(_DASHES).split()))
    found = list(_NUMBER.finditer(_OTHER_IDS.sub("、", wide)))
    if found:
        wide = _OTHER_IDS.sub("、", wide)
    else:  # 微信 13805181234: the only number there is
        found = list(_NUMBER.finditer(wide))
    known = tuple(digits for match in found if (digits := _digits(match)))
    if not known:
        return Numbers((), text.strip())
    unlike = next(_unlike(wide, found), None)
    return Numbers(known, unlike, next((d for m in found if (d := _doubtful(m)) is not None), None))


def _digits(match: re.Match[str]) -> str:
    """The number without country and area code; empty where the area has no such number."""
    area = match["area"]
    whole = next(g for name, g in match.groupdict().items() if g and name != "area")
    digits = _NO_DIGIT.sub("", whole)
    if area is None:
        return digits
    code = area_codes().get(area)
    fewest = 8 if len(area) == 2 else 7
    return digits if code is not None and fewest <= len(digits) <= 8 and digits[0] not in "01" else ""


def _doubtful(match: re.Match[str]) -> tuple[str, AreaCode] | None:
    code = area_codes().get(match["area"] or "")
    digits = _digits(match)
    if code is None or not digits or (len(digits) == code.digits and not code.former):
        return None
    return match.group().strip(), code


def _unlike(text: str, found: list[re.Match[str]]) -> Iterator[str]:
    """What is like no number: a match that the area codes refuse, and runs of digits that match nothing."""
    at = 0
    for match in found:
        yield from _runs(text[at : match.start()])
        if not _digits(match):
            yield match.group().strip()
        at = match.end()
    yield from _runs(text[at:])


def _runs(text: str) -> Iterator[str]:
    for run in _RUN.finditer(text):
        if sum(c.isdigit() for c in run.group()) >= _FEWEST:
            yield run.group().strip(" -.(")


class PhoneNumber(Scope, kind="phone_number"):
    """A telephone is like some Chinese number."""

    looks_at = (Kind.PHONE, Kind.CONTACT)

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """A blank is not said again. A contact is read whole: 微信 or QQ may stand before the number it belongs to."""
        answer = form.sure(*place)
        phone = answer.value.phone if isinstance(answer.value, Contact) else answer.text
        if answer.state is not State.FILLED or not phone.strip():
            return None
        numbers = read_numbers(answer.text)
        if numbers.unlike is not None:
            return Hit(*place, value=phone if numbers.unlike == answer.text.strip() else numbers.unlike)
        if numbers.doubtful is None:
            return None
        shown, code = numbers.doubtful
        return Hit(
            *place,
            value=shown,
            facts={"code": f"0{code.code}", "digits": str(code.digits), "places": code.places},
            variant="former" if code.former else "fewer" if code.digits > _SEVEN else "more",
            severity=Severity.WARNING,
        )
