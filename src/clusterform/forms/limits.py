"""Thresholds by name, from rules/limits/<name>.yaml or a province's own file that changes some of those."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from clusterform.checks.reader import Limit
from clusterform.checks.target_figures import Average
from clusterform.data_files import rules_file
from clusterform.errors import DataError
from clusterform.forms.edition import Edition, load_edition
from clusterform.messages import Joined, Shortened, Text
from clusterform.nearest import with_suggestion
from clusterform.patterns import pattern
from clusterform.snapshot import kept
from clusterform.validation import MisfitError, made_from
from clusterform.yaml_file import KeyPath, MarkedFile, read_marked, read_yaml

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

LOWER, UPPER = ("at_least", "more_than"), ("at_most", "less_than")
WORDS = (*LOWER, *UPPER)
_KEYS = (*WORDS, "unit", "certainty", "source")
_FIGURE = pattern(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_NUMBER = pattern(r"([+-]?[0-9]+(?:\.[0-9]+)?)[^0-9a-z:/~-]*")
"""A figure with no more than a unit behind it: what was meant is plain."""
_AVERAGE = pattern(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})?")
_AVERAGE_KEYS = ("value", "year", "source")
_APART = Decimal(100)
"""A figure in another unit that is so many times off was hardly meant."""
_LONGEST = 40
"""Characters of a figure; no threshold has more."""


def read_limits(path: Traversable | Path, edition: Edition) -> Mapping[str, Limit]:
    """The limits of a file by name, over those of the shipped file it extends; DataError tells every mistake.

    Of a limit with values by date the one that holds on the edition's deadline. A source without a document is the
    edition's notice.
    """
    file = read_marked(path)
    data = file.data if isinstance(file.data, dict) else {}
    if not isinstance(data.get("limits"), dict):
        file.refuse((), Text("limits.no-mapping"))
    unknown_keys(file, (), data, ("extends", "source", "limits"))
    base = {} if data.get("extends") is None else _base(file, str(data["extends"]), edition)
    found = {**base, **limits_in(file, base, edition.deadline, edition.notice)}
    file.settle()
    return found


def _base(file: MarkedFile, name: str, edition: Edition) -> Mapping[str, Limit]:
    """The limits of the shipped file that this one extends; one level deep."""
    path = rules_file("limits", f"{name}.yaml")
    if name not in limit_names():
        file.refuse(("extends",), Text("limits.extends", name=name, known=limit_names()))
    inner = read_marked(path)
    if isinstance(inner.data, dict) and "extends" in inner.data:
        further = str(inner.data["extends"])
        file.refuse(("extends",), Text("limits.extends-further", name=name, further=further))
    return read_limits(path, edition)


def limits_in(
    file: MarkedFile, base: Mapping[str, Limit], on: date, document: str, *, changed: bool = False
) -> dict[str, Limit]:
    """The file's own limits as they are on that day, each over the base's of that name; faults are told to the file.

    `document`: the source of a limit that names none, where the file names none for all.
    """
    head = file.data.get("source")
    reader = _LimitReader(file, base, head, document, changed)
    made = {name: reader.read(name, data, on) for name, data in file.data["limits"].items()}
    return {name: limit for name, limit in made.items() if limit is not None}


@dataclass(frozen=True, slots=True)
class _LimitReader:
    """Reads a file's limits one by one."""

    file: MarkedFile
    base: Mapping[str, Limit]
    head: Any
    """The file's source for all limits that give none."""
    document: str
    changed: bool

    def read(self, name: str, data: Any, on: date) -> Limit | None:
        """The limit as it is on that day; None where it is told what is wrong, be it with another day's value."""
        place: KeyPath = ("limits", name)
        faults = len(self.file.faults)
        made: dict[str, Limit | None] = {}
        for since, (inner, values) in _by_date(self.file, place, data).items():
            made[since] = self._limit(inner, values, since)
        in_force = max((since for since in made if since <= on.isoformat()), default=None)
        if in_force is None and len(self.file.faults) == faults:
            first = Text("limits.not-yet", name=name, first=min(made), day=on.isoformat())
            self.file.add((*place, "values"), first)
        return made[in_force] if in_force is not None and len(self.file.faults) == faults else None

    def _limit(self, place: KeyPath, data: dict[str, Any], since: str) -> Limit | None:
        name = str(place[1])
        old = self.base.get(name)
        if self.base and old is None and "unit" not in data:
            fault = with_suggestion(Text("limits.no-limit", name=name), name, self.base)
            self.file.add(place, Text("limits.needs-unit", fault=fault))
            return None
        bound = _bound(self.file, place, data, old)
        if bound is None:
            return None
        word, value = bound
        unit, value = _in_unit(self.file, place, data, value, old)
        whole = {
            "name": name,
            "word": word,
            "value": value,
            "unit": unit,
            "certainty": data.get("certainty", "confirmed" if old is None else old.certainty),
            "source": self._source(data, old),
            "since": since if old is None or word in data else old.since,
            "changed": self.changed,
        }
        try:
            return made_from(Limit, {key: item for key, item in whole.items() if item is not None})
        except MisfitError as error:
            for wrong in error.wrong:
                key = ".".join(map(str, (name, *wrong.place)))
                self.file.add((*place, *wrong.place), Joined("join.colon", (key, wrong.text)))
            return None

    def _source(self, data: dict[str, Any], old: Limit | None) -> Any:
        """Its own, else the file's; a clause alone is one of the file's document."""
        given = data.get("source", self.head)
        if given is None:
            return {"document": self.document} if self.changed else old.source if old is not None else None
        if not isinstance(given, dict) or "document" in given:
            return given
        shared = self.head.get("document") if isinstance(self.head, dict) else None
        return {"document": shared or self.document, **given}


def _by_date(file: MarkedFile, place: KeyPath, data: Any) -> dict[str, tuple[KeyPath, dict[str, Any]]]:
    """What a limit says from each day on, with its place; by no day what it says once for all."""
    name = place[-1]
    if not isinstance(data, dict):
        file.add(place, Text("limits.one-mapping", name=name))
        return {}
    unknown_keys(file, place, data, (*_KEYS, "values"))
    if "values" not in data:
        return {"": (place, data)}
    own, values = {key: item for key, item in data.items() if key != "values"}, data["values"]
    place = (*place, "values")
    if not isinstance(values, dict) or not all(isinstance(item, dict) for item in values.values()):
        values = None
    if not values or any(word in own for word in WORDS):
        file.add(place, Text("limits.values", name=name))
        return {}
    for day in (day for day in values if not _is_date(day)):
        file.add((*place, day), Text("limits.no-date", name=name, day=day))
    if list(values) != sorted(values):
        file.add(place, Text("limits.unsorted", name=name))
    for day, item in values.items():
        unknown_keys(file, (*place, day), item, _KEYS)
    return {day: ((*place, day), {**own, **item}) for day, item in values.items()}


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _bound(
    file: MarkedFile, place: KeyPath, data: dict[str, Any], old: Limit | None
) -> tuple[str, Decimal] | None:
    """The word and the figure."""
    name = place[1]
    used = [word for word in WORDS if word in data]
    if not used and old is not None and "unit" not in data and data:
        return old.word, old.value
    if len(used) != 1:
        file.add(place, Text("limits.one-bound", name=name, words=WORDS))
        return None
    (word,) = used
    value = _figure(file, (*place, word), data[word])
    if old is not None and (word in LOWER) is not (old.word in LOWER):
        file.add((*place, word), Text("limits.reversed", name=name, old=old.word, given=word))
        return None
    return None if value is None else (word, value)


def _figure(file: MarkedFile, place: KeyPath, given: Any) -> Decimal | None:
    """Exactly the figure that is written; never through a binary float."""
    text = str(given).strip() if isinstance(given, int | str) and not isinstance(given, bool) else ""
    if len(text) <= _LONGEST and _FIGURE.fullmatch(text):
        return Decimal(text)
    meaning = text.strip("“”‘’") if len(text) <= _LONGEST else ""
    narrow = unicodedata.normalize("NFKC", meaning).replace(",", "").casefold()
    meant = _NUMBER.fullmatch("".join(narrow.split()))
    hint = f"{Decimal(meant[1]):f}" if meant else "70"
    key = "limits.empty" if given is None else "limits.quoted"
    shown = Text(key, given=Shortened(str(given), _LONGEST))
    file.add(place, Text("limits.no-figure", key=place[-1], given=shown, hint=hint))
    return None


def _in_unit(
    file: MarkedFile, place: KeyPath, data: dict[str, Any], value: Decimal, old: Limit | None
) -> tuple[Any, Decimal]:
    """Unit and figure as the rules have them: a figure in another unit is converted, or refused."""
    given = data.get("unit", old.unit if old is not None else None)
    if old is None or not isinstance(given, str):
        return given, value
    amount = converted(value, given, old.unit)
    if amount is None:
        known = units_like(old.unit)
        key = "limits.uneven" if given in known else "limits.other-unit"
        fault = Text(key, value=f"{value:f}", given=given, unit=old.unit)
        if given not in known and len(known) > 1:
            fault = Text("limits.units", fault=fault, units=known)
        file.add((*place, "unit"), fault)
        return old.unit, value
    if amount != value and amount and not _APART > abs(amount / (old.value or amount)) > 1 / _APART:
        figures = {"value": f"{value:f}", "amount": f"{amount:f}", "old": f"{old.value:f}"}
        file.add((*place, "unit"), Text("limits.far-off", given=given, unit=old.unit, **figures))
    return old.unit, amount


def unknown_keys(file: MarkedFile, place: KeyPath, data: Mapping[str, Any], known: tuple[str, ...]) -> None:
    """Tells the file every key that is none of the known ones."""
    for key in data:
        if key in known:
            continue
        word = next((name for name in known if key.startswith((f"{name}:", f"{name}："))), None)
        unknown = with_suggestion(Text("misfit.unknown", key=key), key, known)
        file.add((*place, key), unknown if word is None else Text("yaml.glued-colon", key=word))


def limit_names() -> list[str]:
    folder = rules_file("limits")
    return sorted(f.name.removesuffix(".yaml") for f in folder.iterdir() if f.name.endswith(".yaml"))


@kept
def load_limits(edition: str) -> Mapping[str, Limit]:
    """The shipped limits of an edition; DataError where there are none of the name that it gives."""
    found = load_edition(edition)
    if found.limits not in limit_names():
        known = "、".join(limit_names())
        raise DataError("limits.no-file", name=found.limits, known=known)
    return read_limits(rules_file("limits", f"{found.limits}.yaml"), found)


@kept
def _units() -> Mapping[str, tuple[str, Fraction]]:
    """Of each unit what it measures, and how much it is."""
    return {
        _plain(unit): (sort, Fraction(size))
        for sort, units in read_yaml(rules_file("units.yaml")).items()
        for unit, size in units.items()
    }


def _plain(unit: str) -> str:
    return "".join(unicodedata.normalize("NFKC", unit).split())


def units_like(unit: str) -> tuple[str, ...]:
    """The units into which figures of this one can be turned, itself first."""
    sort = _units().get(_plain(unit), ("", Fraction(0)))[0]
    return (unit, *(name for name, (of, _) in _units().items() if of == sort and name != _plain(unit)))


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """The same amount in another unit; None where they measure different things, or it does not come out even."""
    if _plain(unit) == _plain(to):
        return value
    sort, size = _units().get(_plain(unit), ("", Fraction(0)))
    wanted, of = _units().get(_plain(to), ("?", Fraction(1)))
    if sort != wanted:
        return None
    amount = Fraction(value) * size / of
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact if Fraction(exact) == amount else None


def averages_in(path: Path) -> tuple[str, ...]:
    """The averages of such a file as a report names them: with year and source, where they are given."""
    return tuple(_average_shown(name, given) for name, given in read_marked(path).data.items())


def _average_shown(name: str, given: Any) -> str:
    parts = [given.get(key) for key in _AVERAGE_KEYS] if isinstance(given, dict) else [given]
    figure, *origin = (str(part) for part in parts if part is not None)
    return " ".join((name, f"{figure}%", *origin))


def read_reference(path: Path) -> dict[str, Decimal]:
    """Industry averages by name: internet, co2_reduction, energy_reduction, in percent.

    Each is a figure, or a mapping with its value, year and source.
    """
    file = read_marked(path)
    data = file.data if isinstance(file.data, dict) else {}
    unknown_keys(file, (), data, get_args(Average))
    averages: dict[str, Decimal] = {}
    for name, given in data.items():
        value = given
        if isinstance(given, dict):
            unknown_keys(file, (name,), given, _AVERAGE_KEYS)
            value = given.get("value")
        if _AVERAGE.fullmatch(str(value)):
            averages[name] = Decimal(str(value))
        else:
            file.add((name,), Text("reference.no-figure", name=name))
    if not data:
        file.add((), Text("reference.empty", names=get_args(Average)))
    file.settle()
    return averages
