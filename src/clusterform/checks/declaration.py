"""Dates, and what is signed, sealed and dated by hand."""

from datetime import date

from clusterform.answers import EMPTY, State
from clusterform.checks.check import RowCheck, Scope
from clusterform.checks.reader import Hit, Reader, RowName
from clusterform.fields import Address, Kind
from clusterform.finding import Severity
from clusterform.patterns import pattern
from clusterform.text import CHINESE_DIGITS, CHINESE_NUMBERS, narrow

_WORD = "[0-9{digits}]"
_WRITTEN = pattern(
    rf"({_WORD}{{2,4}}){{date.year}}(?:({_WORD}{{1,3}}){{date.months}}(?:({_WORD}{{1,3}})[{{date.day_endings}}]?)?)?"
)
_DASHES = str.maketrans(dict.fromkeys("—–―－‐‑‒−~～", "-"))
_POINTED = pattern(r"(\d{4})[-./·•、,\\]{1,2}(\d{1,2})(?:[-./·•、,\\]{1,2}(\d{1,2}))?[.]?(?!\d)")
_SPACED = pattern(r"(\d{4})[\s_]{1,9}(\d{1,2})[\s_]{1,9}(\d{1,2})[\s_]{0,9}")
_SOLID = pattern(r"(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)")
_NO_MONTH = pattern(
    rf"{_WORD}{{2,4}}\s{{0,9}}{{date.year}}(?:{{date.part}}|[\s_＿/—–-]{{0,40}}(?:{{date.month}}[\s_＿/—–-]{{0,40}}(?:{{date.day}})?)?)"
)
_SPACES = pattern(r"[\s_]")
_PRINTED = pattern(r"[\s_{date.year}{date.month}{date.day}]")
"""What the form itself prints for a date."""
_DIGIT = pattern(r"\d")
_CLOCK = pattern(r"[T\s]\d{1,2}:\d{2}(?::\d{2})?")


class DateGiven(Scope, kind="date_given"):
    """A date is one, and lies between the edition's year and the notice's deadline.

    Year and deadline are the edition's.
    """

    looks_at = (Kind.DATE,)

    def judge(self, form: Reader, place: Address) -> Hit | None:
        """The printed 年 月 日 alone is a blank, which is not said here. A day may be left open, the month may not."""
        answer = form.sure(*place)
        if answer.state is not State.FILLED or not _PRINTED.sub("", answer.text):
            return None
        item, given = form.fields[place[0]], read_date(answer.text)
        label = f"{item.group}（{item.label}）" if item.group else None  # its own is printed at every seal
        if _NO_MONTH.fullmatch(answer.text.strip()):
            return Hit(*place, variant="no_month", label=label) if item.required else None
        if given is None:
            return Hit(*place, variant="none", label=label)
        deadline, year = str(form.form.roles["deadline"]), form.form.edition
        facts = {"deadline": deadline, "year": year}
        if year.isdigit() and given.year != int(year):
            early = given.year < int(year)
            return Hit(*place, variant="early" if early else "future", facts=facts, label=label)
        late = given.isoformat() > deadline
        return Hit(*place, expected=f"≤ {deadline}", facts=facts, label=label) if late else None


def read_date(text: str) -> date | None:
    """2025年6月20日, 2025.6.20, 2025-06-20, 二〇二五年六月. None for no date; a missing month or day is 1."""
    wide = _CLOCK.sub("", narrow(text)).translate(_DASHES)
    spaced = _SPACED.fullmatch(wide.strip())
    plain = _SPACES.sub("", wide) if spaced is None else "-".join(spaced.groups())
    found = _WRITTEN.search(plain) or _POINTED.search(plain) or _SOLID.search(plain)
    if found is None or _DIGIT.search(plain[: found.start()] + plain[found.end() :]):
        return None
    year, month, day = (_number(part) if part else 1 for part in found.groups())
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _number(text: str) -> int:
    """Digits of either script; 十 stands between tens and ones."""
    digits = text.translate(CHINESE_DIGITS)
    return CHINESE_NUMBERS.get(text) or (int(digits) if digits.isdigit() else 0)


class SignOff(RowCheck, kind="sign_off"):
    """A signature, seal, date or opinion of the declaration that a person must look for.

    `after`: looked at only where that answer is filled; an opinion not yet given has no seal and date.
    """

    after: RowName = ""
    mailing: Severity | None = None
    """How much it weighs once the folder is about to go out."""

    def judge(self, reader: Reader, place: str) -> Hit | None:
        """Blank, or a date with its year alone, is for a person to look at; a picture over the spot of a seal is only worth knowing."""
        if self.after and reader.answer(self.after).state in {*EMPTY, State.ABSENT}:
            return None
        answer = reader.sure(place)
        if answer.state in EMPTY or _NO_MONTH.fullmatch(answer.text.strip()):
            mailing = reader.options.get("mailing") is True
            return Hit(field=place, severity=self.mailing if mailing else None)
        if answer.state is State.FILLED and reader.fields[place].kind is Kind.SEAL:
            return Hit(field=place, variant="picture", severity=Severity.INFO)
        return None
