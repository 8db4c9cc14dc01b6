"""How a check reads a form: figures or a reason why there is none. The base of every kind of check."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

from clusterform.answers import (
    ABSENT,
    Answer,
    FilledForm,
    State,
    TicksAnswer,
    figure_of,
    ticks_of,
)
from clusterform.asked import Asked, asked_of
from clusterform.fields import NUMERIC, Address, Field, Kind
from clusterform.figures import Figure, printed
from clusterform.finding import FormPart, Location, Severity
from clusterform.messages import Fact, Text
from clusterform.models import Model
from clusterform.text import fold


class NameOf(NamedTuple):
    """Annotates a text that must be the name of something; empty where the parameter has that default."""

    what: str
    of: str = ""
    """The parameter that names the rows whose column or option it is."""


RowName = Annotated[str, NameOf("row")]
"""A field's path: leading_industry.total_output."""
Formula = Annotated[str, NameOf("formula")]
"""Rows joined by signs, see checks/formula.py."""
LimitName = Annotated[str, NameOf("limit")]
"""A threshold of rules/limits or of the user's rule file."""
FormName = Annotated[str, NameOf("form")]
SummaryColumn = Annotated[str, NameOf("summary-column")]
SectionKey = Annotated[str, NameOf("section")]
Noticed = Annotated[str, NameOf("observation")]
"""What reading a form may notice."""


T = TypeVar("T")
_FILLED, _NO_VALUE, _COUNT = State.FILLED, State.NO_VALUE, Kind.COUNT
"""At hand: each of the form's answers is compared with them, and an enumeration takes four times as long to give them."""


class BilingualText(Model):
    zh: str
    en: str


_BINDS: dict[str, tuple[str, Callable[[Decimal, Decimal], bool]]] = {
    "at_least": ("≥", ge),
    "more_than": (">", gt),
    "at_most": ("≤", le),
    "less_than": ("<", lt),
}


class LimitSource(Model):
    """Where a threshold is written."""

    document: str
    clause: str = ""


class Limit(Model):
    """A threshold by name, as rules/limits or a rule file gives it. The word says how it binds."""

    name: str
    word: Literal["at_least", "more_than", "at_most", "less_than"]
    """at_least (不低于, 以上), more_than (高于), at_most (不超过), less_than."""
    value: Decimal
    unit: str
    certainty: Literal["confirmed", "inferred"]
    """Inferred: no clause says it; such a limit can only warn."""
    source: LimitSource
    since: str = ""
    """The day from which the value holds, such as 2027-01-01; empty where the file names none."""
    changed: bool = False
    """By a rule file."""

    @property
    def certain(self) -> bool:
        """Whether it is confirmed by a source."""
        return self.certainty == "confirmed"

    @property
    def basis(self) -> str:
        """What asks for a value that the rule's own clause may not name: a rule file's, or one from a certain day on."""
        source = " ".join(part for part in (self.source.document, self.source.clause) if part)
        if self.since:
            return Text("limits.since", source=source, day=self.since).zh
        return source if self.changed else ""

    @property
    def in_signs(self) -> str:
        """In signs that need no language: ≥ 40 亿元, from a certain day on ≥ 40 亿元 [2027-01-01 →]."""
        day = f"[{self.since} →]" if self.since else ""
        return " ".join(part for part in (self.sign, f"{self.value:f}", self.unit, day) if part)

    def holds(self, value: Decimal) -> bool:
        return _BINDS[self.word][1](value, self.value)

    @property
    def sign(self) -> str:
        """How it binds, in a sign that needs no language."""
        return _BINDS[self.word][0]

    def shown(self, *, counted: bool = False) -> str:
        """The number: two places, but of a count."""
        return f"{self.value:f}" if counted else printed(self.value)

    def bound(self, *, counted: bool = False) -> str:
        """As a sign and a number: ≥ 40.00, of a count ≥ 40."""
        return f"{self.sign} {self.shown(counted=counted)}"


def weight(*limits: Limit) -> Severity | None:
    """An inferred threshold can only warn; None leaves the rule's own severity."""
    return None if all(limit.certain for limit in limits) else Severity.WARNING


def sources(*limits: Limit) -> str | None:
    """What asks for these thresholds where one says it itself; None leaves the rule's own clause."""
    return "；".join(dict.fromkeys(limit.basis for limit in limits if limit.basis)) or None


class Hit(NamedTuple):
    """A check's finding before the engine stamps code, severity, message and basis on it."""

    field: str | None = None
    """The field's path. Its section, label, column head and place are looked up."""
    column: str | None = None
    value: str | None = None
    """What the form shows; left None, the answer's own text is taken."""
    expected: str | None = None
    facts: Mapping[str, Fact] = {}
    """Values for the message's placeholders beside {label} {column} {value} {expected} {unit} {group}."""
    variant: str | None = None
    """Which of the rule's `variants` says it; None: its `message`."""
    severity: Severity | None = None
    """Where it weighs otherwise than the rule does by default."""
    label: str | None = None
    """In place of the field's label: an option's text, an evidence line's."""
    section: FormPart | None = None
    location: Location | None = None
    fix: str | None = None
    basis: str | None = None
    """In place of the rule's clause: what asks for a threshold of a rule file, or from a certain day on."""
    taints: tuple[tuple[str, str | None], ...] = ()
    """Further answers in doubt for the same cause; the answer reported is in doubt anyway."""
    covers: tuple[str, ...] = ()
    """The labels of the answers that it stands for: no other rule says of them what it says."""
    files: tuple[str, ...] = ()
    """Of a folder: the paths it concerns, in the folder's order."""
    changes: tuple[str, ...] | None = None
    """The paths of the files that must change; None: all that it concerns. Empty: the folder as a whole."""


class Unknown(Exception):  # noqa: N818  (what it says is no error: something is not known)
    """A figure that a check needs cannot be had; the check is skipped for this reason."""

    def __init__(self, reason: Fact, path: str | None = None, column: str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path
        self.column = column


class Reader(Asked):
    """A filled form as one rule sees it."""

    __slots__ = ("answers", "doubted", "figures", "form", "limits", "memo", "options", "reference", "uneven")

    def __init__(
        self,
        form: FilledForm,
        limits: Mapping[str, Limit] | None = None,
        reference: Mapping[str, Decimal] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> None:
        asked = asked_of(form)
        self.fields, self.roles, self.reported = asked.fields, asked.roles, asked.reported
        self.made = asked.made
        self.form = form
        self.limits = limits or {}
        self.doubted: Mapping[Address, str] = {}
        """Answers that a rule named in `needs` has already reported, with that rule's code."""
        self.reference = reference or {}
        """Industry averages the user gave, by name."""
        self.options = options or {}
        """Settings of the run that a check may look at, such as batch."""
        self.memo: dict[Hashable, Any] = {}
        """What checks have worked out about the form for each other; see `shared`."""
        self.answers: Mapping[Address, Answer] = form.answers
        """Every answer by its place. At hand here, as a model takes ten times as long to give them."""
        self.figures, self.uneven = _surveyed(form.answers, asked)

    def doubting(self, doubted: Mapping[Address, str]) -> "Reader":
        """The same form, with these answers in doubt."""
        if not doubted:
            return self
        other = copy(self)
        other.doubted = doubted
        other.figures = {place: figure for place, figure in self.figures.items() if place not in doubted}
        other.uneven = self.uneven | dict.fromkeys(doubted)
        return other

    def shared(self, key: Hashable, make: Callable[[FilledForm], T]) -> T:
        """What `make` finds out about the form, worked out once for all rules."""
        if key not in self.memo:
            self.memo[key] = make(self.form)
        found: T = self.memo[key]
        return found

    def lacking(self, key: str, path: str, column: str | None = None, /, **facts: Fact) -> Unknown:
        """Why what stands there cannot be had: a sentence that names the place."""
        return Unknown(Text(key, name=self.name(path, column), **facts), path, column)

    def _no_figure(self, state: State, path: str, column: str | None) -> Unknown:
        key = f"answer.{state}"
        return self.lacking(key if Text(key).known else f"answer.{State.UNREADABLE}", path, column)

    def answer(self, path: str, column: str | None = None) -> Answer:
        """The answer as it stands, whatever its state."""
        return self.answers.get((path, column), ABSENT)

    def sure(self, path: str, column: str | None = None) -> Answer:
        """The answer, if no earlier rule has put it in doubt; Unknown otherwise."""
        if self.doubted and (code := self.doubted.get((path, column))) is not None:
            raise self.lacking("skipped.reported", path, column, code=code)
        answer = self.answers.get((path, column), ABSENT)
        if answer.state is _NO_VALUE:  # an error such as #DIV/0! is no text to look for figures in
            raise self._no_figure(answer.state, path, column)
        return answer

    def figure(self, path: str, column: str | None = None, *, none_is_zero: bool = False) -> Figure:
        """The figure there; Unknown where there is none. 无 counts as zero only where asked."""
        figure = self.figures.get((path, column))
        if figure is not None:
            return figure
        answer = self.sure(path, column)
        if answer.state is State.NONE and none_is_zero:
            return Figure(Decimal(0), 0, counted=True)
        raise self._no_figure(answer.state, path, column)

    def ticks(self, path: str) -> TicksAnswer:
        """The boxes of a group; Unknown where the group was not found or a box cannot be decided."""
        answer = self.sure(path)
        ticks = ticks_of(answer)
        if ticks is not None and not ticks.undecided:
            return ticks
        raise self.lacking("answer.absent" if answer.state is State.ABSENT else "answer.undecided", path)

    def explains(self, words: Iterable[str], own: Iterable[str] = ()) -> bool:
        """Whether a line of the evidence list holds one of these words, or a text of the form itself one of them or its own."""
        listed = (fold(line.subject + line.title) for line in self.form.evidence or ())
        folded = frozenset(map(fold, words))
        if any(word in line for line in listed for word in folded):
            return True
        return any(word in text for text in self.form.explanations for word in (*folded, *map(fold, own)))

    def chosen(self, path: str) -> str:
        """The key of the one option ticked; Unknown where none or several are."""
        ticked = self.ticks(path).ticked
        if len(ticked) != 1:
            raise self.lacking("skipped.no-single-choice", path)
        return ticked[0]


def _surveyed(
    answers: Mapping[Address, Answer], asked: Asked
) -> tuple[dict[Address, Figure], dict[Address, None]]:
    """Every figure, and the places, in the form's order, where something else stands or it is not plain."""
    figures: dict[Address, Figure] = {}
    uneven: dict[Address, None] = {}
    for place, field in asked.decided("places", _places):
        answer = ABSENT if field is None else answers.get(place, ABSENT)
        figure = figure_of(answer)
        if field is not None and figure is not None and answer.state is not _NO_VALUE:
            figures[place] = figure
            if _is_plain(field, answer, figure):
                continue
        uneven[place] = None
    return figures, uneven


def _places(asked: Asked) -> list[tuple[Address, Field | None]]:
    """Every place, with its field where that asks for a figure."""
    fields = asked.fields.values()
    return [(place, field if field.kind in NUMERIC else None) for field in fields for place in field.places]


def _is_plain(field: Field, answer: Answer, figure: Figure) -> bool:
    """Whether it is a figure above nothing, written as asked and within its bounds."""
    value = figure.value
    return (
        answer.state is _FILLED
        and not answer.flaws
        and (figure.places == 0 or (figure.places == 2 and field.kind is not _COUNT))
        and value > 0
        and (field.minimum is None or value >= field.minimum)
        and (field.maximum is None or value <= field.maximum)
    )
