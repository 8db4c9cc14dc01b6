"""What the rules across forms need to know of one file: little enough to keep for thousands.

Of a text that is the smallest hashes, by which texts that share most of their wording are found without comparing them
all: of its shingles of three characters, spaces, punctuation and figures left out. Of two texts alike by four fifths
about two thirds of the smallest hashes are the same.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from hashlib import sha256
from heapq import nsmallest
from typing import NamedTuple, Protocol
from zlib import crc32

from clusterform.answers import (
    Answer,
    Contact,
    CountNames,
    FilledForm,
    State,
    SummaryRow,
    TicksAnswer,
    ticks_of,
)
from clusterform.batch.cluster_names import NameKey, name_key
from clusterform.batch.recommending_unit import FormOrigin, origin_of
from clusterform.fields import Kind
from clusterform.filling.identity import identity_of, identity_text
from clusterform.finding import NOWHERE, FileReport, Status
from clusterform.messages import Text
from clusterform.text import fold

LENGTH = 16
"""Hashes kept of a text."""
_SIZE = 3
_FIGURES = {ord(digit): None for digit in "0123456789%"}


def wording(text: str) -> str:
    """The wording alone: what two clusters may copy from each other though the figures are their own."""
    return fold(text).translate(_FIGURES)


def shingles(text: str) -> Counter[str]:
    plain = wording(text)
    return Counter(plain[at : at + _SIZE] for at in range(len(plain) - _SIZE + 1))


def min_hashes(text: str) -> bytes:
    """The smallest hashes of the shingles, in order."""
    hashes = {crc32(shingle.encode()) for shingle in shingles(text)}
    return array("I", nsmallest(LENGTH, hashes)).tobytes()


def unpacked_hashes(packed: bytes) -> tuple[int, ...]:
    return tuple(array("I", packed))


def similarity(one: str, other: str) -> Decimal:
    """The percentage of wording that two texts share: shingles in both, of all shingles of both."""
    first, second = shingles(one), shingles(other)
    total = first.total() + second.total()
    if not total:
        return Decimal(0)
    return Decimal(200 * (first & second).total()) / Decimal(total)


_LEAST = 40
"""Shorter texts say too little to be copied."""


class Digest(NamedTuple):
    """One file in short. Texts as the form shows them."""

    path: str
    form: str
    status: Status
    sha256: str | None = None
    name: str = ""
    key: NameKey | None = None
    region: str = ""
    """Without what the form prints between the places."""
    origin: FormOrigin = FormOrigin()
    department: str = ""
    operator: str = ""
    people: tuple[str, ...] = ()
    """Everybody the form names as a contact."""
    phones: tuple[str, ...] = ()
    prose: tuple[tuple[str, bytes], ...] = ()
    """Field paths of the 200-character texts, each with its smallest hashes."""
    rows: tuple[SummaryRow, ...] = ()
    """Of a summary."""
    blank: bool = False
    """Nothing is filled in: it stands for no cluster."""
    edition: str = ""
    """The edition of its form; empty where it is none known here."""
    copy: str = ""
    """What kind of copy made here it is; empty where it is none."""
    answers: bytes = b""
    """The same of two files with the same answers; empty of one without any."""

    @classmethod
    def alone(cls, report: FileReport) -> Digest:
        """Of a file that is held against no other."""
        return cls(
            report.path, report.form, report.status, report.sha256, edition=report.edition, copy=report.copy
        )


def digest_of(report: FileReport, form: FilledForm) -> Digest:
    """The digest of a file that was read; of one that was not, little more than its path."""
    short = Digest.alone(report)
    if not form.fields:
        return short._replace(rows=form.summary, answers=_hash_of(row.cells for row in form.summary))
    if is_blank(form):
        return short._replace(blank=True)
    name, region = report.cluster or "", identity_text(form, "region")
    department = identity_text(form, "department")
    people, phones = _contacts(form)
    return short._replace(
        name=name,
        key=name_key(name, region),
        region=report.place or region,
        origin=origin_of(region, name, department),
        department=department,
        operator=identity_text(form, "operator"),
        people=people,
        phones=phones,
        prose=tuple((path, min_hashes(text)) for path, text in prose_of(form).items()),
        answers=answers_hash(form),
    )


class _Submitted(Protocol):
    """A file as far as it must be known to be told from a copy of it."""

    @property
    def path(self) -> str: ...
    @property
    def copy(self) -> str: ...
    @property
    def answers(self) -> bytes: ...


def copies_beside_originals(forms: Mapping[int, _Submitted]) -> dict[int, Text]:
    """The copies made here whose original is there too, by their numbers, with the reason to leave each out.

    With other answers than the original's it is somebody's new version, and stays.
    """
    inverse = sorted(forms.items(), reverse=True)  # of several originals the first is named
    originals = {form.answers: form.path for _, form in inverse if form.answers and not form.copy}
    return {
        number: Text("left.copy", original=originals[form.answers])
        for number, form in forms.items()
        if form.copy and form.answers in originals
    }


def answers_hash(form: FilledForm) -> bytes:
    """The same of two files with the same answers."""
    return _hash_of(_said(form))


def _said(form: FilledForm) -> Iterator[object]:
    """All that is filled in, wherever it stands and whatever it looks like."""
    yield form.form
    for address, answer in form.answers.items():
        ticks = ticks_of(answer)
        yield address, answer.text, ticks and (ticks.ticked, ticks.undecided, ticks.remark)
    for row in form.extra_targets:
        yield row.direction, row.indicator, [answer.text for answer in row.values.values()]
    yield from (line.texts for line in form.evidence or () if line.location != NOWHERE)


def _hash_of(said: Iterable[object]) -> bytes:
    """Empty where nothing is said."""
    told = [repr(item) for item in said]
    return sha256("\n".join(told).encode("utf-8", "surrogatepass")).digest() if told else b""


def prose_of(form: FilledForm) -> dict[str, str]:
    """The texts with a limit of characters, where long enough to be compared, by path: part eight has none."""
    found = {}
    for path, field in form.fields.items():
        if field.kind is Kind.PROSE and field.limit is not None:
            answer = form.answer(path)
            if answer.state is State.FILLED and len(wording(answer.text)) >= _LEAST:
                found[path] = answer.text
    return found


def _contacts(form: FilledForm) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and telephones of the parts that tell whose form it is, in the form's order."""
    parts = {path.partition(".")[0] for path in identity_of(form).paths}
    people: list[str] = []
    phones: list[str] = []
    for path, field in form.fields.items():
        if path.partition(".")[0] not in parts:
            continue
        answer: Answer = form.answer(path)
        if isinstance(answer.value, Contact):
            people.append(answer.value.person)
            phones.append(answer.value.phone)
        elif field.kind is Kind.PERSON:
            people.append(answer.text)
        elif field.kind is Kind.PHONE:
            phones.append(answer.text)
    return tuple(p for p in people if p.strip()), tuple(p for p in phones if p.strip())


_SAID = frozenset({State.NONE, State.STAND_IN, State.UNREADABLE, State.NO_VALUE})


def is_blank(form: FilledForm) -> bool:
    """No cluster's name, no figure and no tick: whatever else stands there is printed, or was left behind."""
    names = identity_of(form).name
    told = (
        _told(answer) or (path in names and answer.state is State.FILLED)
        for (path, _), answer in form.answers.items()
    )
    return bool(form.fields) and not any(told)


def _told(answer: Answer) -> bool:
    value = answer.value
    if isinstance(answer, TicksAnswer) and answer.value is not None:
        return bool(answer.ticked or answer.undecided)
    if isinstance(value, CountNames):
        return value.count is not None or bool(value.names)
    return answer.decimal is not None or answer.state in _SAID
