"""A filled form in pydantic models: a section for each part, in it an answer for each field, and what was noticed."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import ConfigDict, PlainSerializer, field_serializer, model_validator
from pydantic import Field as ModelField
from pydantic.json_schema import SkipJsonSchema

from clusterform.evidence_line import EvidenceLine
from clusterform.fields import Address, Field, Kind
from clusterform.figures import Figure
from clusterform.finding import NOWHERE, FormPart, Location
from clusterform.messages import Fact
from clusterform.models import (
    AnswerLocation,
    AsIs,
    FormModel,
    Model,
    Number,
    PrintedFigure,
    Written,
    written_place,
)


class State(StrEnum):
    """What stands in an answer's place."""

    FILLED = "filled"
    BLANK = "blank"
    NONE = "none"  # 无: said to be none, which is an answer
    STAND_IN = "stand_in"  # /, —, N/A, 暂无 …: meant as 无, not written so
    PLACEHOLDER = "placeholder"  # the form's own guidance, or ____ left standing
    UNREADABLE = "unreadable"  # something stands there that is not the kind asked for
    NO_VALUE = (
        "no_value"  # a formula that was never calculated, or whose result is an error; said once as CF016
    )
    ABSENT = "absent"  # the row itself was not found; said once as CF011


EMPTY = frozenset({State.BLANK, State.PLACEHOLDER})
"""Nobody has written there."""


class Contact(Model):
    """A person and telephone numbers."""

    person: Written = ""
    phone: Written = ""


class CountNames(Model):
    """数量：_个 名称：_."""

    count: Number = None
    """None where the count is blank or no number."""
    names: Written = ""
    count_text: SkipJsonSchema[Written] = ModelField(default="", exclude=True)


Value = Decimal | CountNames | Contact | tuple[str, ...] | str | None


class Answer(Model):
    """What stands in one place of the form."""

    text: Written = ModelField(default="", description="As the form shows it.")
    """Without the printed unit and notes."""
    state: State = State.FILLED
    place: AnswerLocation = NOWHERE
    value: Value = None
    """What the text says; None where it says nothing of the kind asked for."""
    flaws: SkipJsonSchema[tuple[str, ...]] = ModelField(default=(), exclude=True)
    """Ways in which a number is written wrongly though its value is plain: unit, thousands, full_width,
    inner_space, percent, approximate, sign, note_mark."""

    @property
    def decimal(self) -> Decimal | None:
        """The number, where the answer is one."""
        value = self.value
        return value if isinstance(value, Decimal) else None


class TextAnswer(Answer):
    """Running text, a name, a date, a telephone."""

    value: str | None = None


class NumberAnswer(Answer):
    """A figure."""

    value: Number = None
    figure: PrintedFigure = ModelField(default=None, exclude=True)


def number_answer(
    text: str, state: State, figure: Figure | None, place: Location, flaws: tuple[str, ...] = ()
) -> NumberAnswer:
    """An answer that asks for a figure, with the figure or without."""
    value = None if figure is None else figure.value
    return NumberAnswer.made(text=text, state=state, place=place, value=value, flaws=flaws, figure=figure)


class ContactAnswer(Answer):
    """A person and telephone numbers in one line."""

    value: Contact | None = None


class CountNamesAnswer(Answer):
    """数量 and 名称 as one answer."""

    value: CountNames | None = None


class TicksAnswer(Answer):
    """A group of boxes: the keys of the options ticked, in the form's order."""

    value: Annotated[
        tuple[str, ...] | None, PlainSerializer(lambda keys: keys or (), return_type=tuple[str, ...])
    ] = None
    """None where there are no boxes."""
    undecided: tuple[str, ...] = ()
    """Options whose box cannot be read with certainty."""
    remark: Written = ""
    """What was written beside the options, such as an explanation."""
    stressed: SkipJsonSchema[tuple[str, ...]] = ModelField(default=(), exclude=True)
    """Where nothing is ticked: the options that stand out by their look, which may have been meant as a choice."""
    boxes: Annotated[SkipJsonSchema[Mapping[str, Location]], AsIs()] = ModelField(
        default_factory=dict, exclude=True
    )
    """Where the box of each option stands."""

    @property
    def ticked(self) -> tuple[str, ...]:
        """The keys ticked; none where there are no boxes."""
        return self.value or ()


ABSENT = TextAnswer.made(state=State.ABSENT)
_OWN_KINDS: dict[Kind, type[Answer]] = {
    Kind.DECIMAL: NumberAnswer,
    Kind.COUNT: NumberAnswer,
    Kind.TARGET: NumberAnswer,
    Kind.CONTACT: ContactAnswer,
    Kind.COUNT_NAMES: CountNamesAnswer,
    Kind.CHOICE: TicksAnswer,
    Kind.CHOICES: TicksAnswer,
}


def answer_kind(kind: Kind) -> type[Answer]:
    """The model of the answers to a field of that kind."""
    return _OWN_KINDS.get(kind, TextAnswer)


def figure_of(answer: Answer) -> Figure | None:
    """The figure, where the answer is one."""
    return answer.figure if isinstance(answer, NumberAnswer) else None


def ticks_of(answer: Answer) -> TicksAnswer | None:
    """The answer itself, where it is a group of boxes that was found."""
    return answer if isinstance(answer, TicksAnswer) and answer.value is not None else None


def shown_answer(field: Field, answer: Answer) -> str:
    """What a person sees in an answer's place: of boxes the labels ticked, and what was written beside them."""
    ticks = ticks_of(answer)
    if ticks is None:
        return answer.text
    labels = [field.option(key).label for key in ticks.ticked]
    return "；".join([*labels, *([ticks.remark] if ticks.remark else [])])


class Observation(NamedTuple):
    """Something noticed while the file was read, which a rule of kind `observed` may report."""

    what: str
    """Its name, such as label-missing; the rules refer to it."""
    section: FormPart | None = None
    field: str | None = None
    label: str | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    location: Location = NOWHERE
    facts: Mapping[str, Fact] = {}
    """Values for the message's placeholders."""
    covers: tuple[str, ...] = ()
    """The labels that it is said of, where it is said once for several."""
    also: tuple[Address, ...] = ()
    """Other answers that show the same, and of which nothing more is said."""


def _texts(values: Mapping[str, Answer]) -> dict[str, str]:
    return {column: answer.text for column, answer in values.items()}


class ExtraTarget(Model):
    """A row that the county added to a target table (鼓励增加考核指标): the texts by column."""

    table: str
    """The column set of the table."""
    direction: str
    """The path of the direction it stands under; empty where it has none."""
    indicator: str
    values: Annotated[Mapping[str, NumberAnswer], AsIs(), PlainSerializer(_texts, return_type=dict[str, str])]


class SummaryRow(NamedTuple):
    """One line of a province's summary: its texts by column."""

    form: str
    """recommendation-summary or review-summary: one file may hold both."""
    cells: Mapping[str, str]
    location: Location = NOWHERE


class AttributeMapping(FormModel):
    """Answers by their keys, which are its attributes as well."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[Any, AsIs()]]

    @property
    def by_key(self) -> Mapping[str, Any]:
        """All of them."""
        return self.__pydantic_extra__

    def __getitem__(self, key: str) -> Any:
        return self.by_key[key]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...


class Columns(AttributeMapping):
    """The answers of a row, one for each year or other column, by the column's key."""


class Section(AttributeMapping):
    """The answers of one part of the form, each under the key of its field: those that its definition asks for."""

    asks: Annotated[Mapping[str, Field], AsIs()] = ModelField(exclude=True)
    """The part's fields, by the last word of their paths."""

    @model_validator(mode="after")
    def _as_defined(self) -> Self:
        for name, given in self.by_key.items():
            field = self.asks.get(name)
            if field is None:
                raise ValueError(f"no field {name}")
            kind = answer_kind(field.kind)
            answers: Mapping[Any, Answer] = given.by_key if isinstance(given, Columns) else {None: given}
            if not answers.keys() <= {column for _, column in field.places} or any(
                type(answer) is not kind for answer in answers.values()
            ):
                raise ValueError(f"{name} does not take such an answer")
        return self


def _listed(lines: tuple[EvidenceLine, ...] | None) -> list[dict[str, Any]] | None:
    return lines if lines is None else [{**o.texts, "place": written_place(o.location)} for o in lines]


class FilledForm(FormModel):
    """One form as filled."""

    form: str
    edition: str
    answers: Annotated[Mapping[Address, Answer], AsIs()] = ModelField(default_factory=dict)
    """Every answer by its address, in the form's order."""
    extra_targets: tuple[ExtraTarget, ...] = ModelField(default=(), serialization_alias="added_targets")
    evidence: Annotated[tuple[EvidenceLine, ...] | None, AsIs(), PlainSerializer(_listed)] = None
    """The form's own list and any beside it, and files named after what they prove; None where there is none."""
    fields: Annotated[Mapping[str, Field], AsIs()] = ModelField(default_factory=dict, exclude=True)
    """What the form asks for, by path."""
    roles: Annotated[Mapping[str, Any], AsIs()] = ModelField(default_factory=dict, exclude=True)
    """The edition's years by role: reported (three, in order), baseline, target, stages, deadline …."""
    observations: Annotated[tuple[Observation, ...], AsIs()] = ModelField(default=(), exclude=True)
    evidence_folder: str | None = ModelField(default=None, exclude=True)
    """The folder or zip of evidence, as it was named; None where files were not looked at."""
    explanations: Annotated[tuple[str, ...], AsIs()] = ModelField(default=(), exclude=True)
    """Lines, folded, that are or head an explanation or a formula, wherever they stand."""
    section_titles: Annotated[Mapping[int, str], AsIs()] = ModelField(default_factory=dict, exclude=True)
    summary: Annotated[tuple[SummaryRow, ...], AsIs()] = ModelField(default=(), exclude=True)
    """The lines, where this is one of the province's summaries and no form with fields."""

    @field_serializer("answers")
    def _by_part(self, _: Any) -> dict[str, Any]:
        return {key: self.part(key) for key in dict.fromkeys(path.partition(".")[0] for path in self.fields)}

    def part(self, key: str) -> Section:
        """The answers of a part."""
        for kind in (Section, Columns):
            kind.model_rebuild()  # older releases of pydantic (2.12) do not build what they meet inside another model
        asks = {
            path.partition(".")[2]: item for path, item in self.fields.items() if path.startswith(f"{key}.")
        }
        held: dict[str, Any] = {}
        for name, item in asks.items():
            row: dict[str, Any] = {
                place[1] or "": self.answers[place] for place in item.places if place in self.answers
            }
            if row:
                held[name] = Columns.model_construct(**row) if item.columns else row[""]
        return Section.model_construct(asks=asks, **held)

    def __getattr__(self, name: str) -> Section:
        """A part of the form by its key."""
        if not any(path.startswith(f"{name}.") for path in self.__dict__.get("fields", ())):
            raise AttributeError(name)
        return self.part(name)

    def noticing(self, *seen: Observation) -> Self:
        """The form with more that was noticed."""
        return self.model_copy(update={"observations": (*self.observations, *seen)})

    def with_answers(self, answers: Mapping[Address, Answer]) -> Self:
        """The form with these answers instead of its own."""
        own = answers_of(self.fields, lambda field, column: answers.get((field.path, column)))
        return self.model_copy(update={"answers": own})

    def answer(self, path: str, column: str | None = None) -> Answer:
        """The answer at a place; state ABSENT where the form has no such row."""
        return self.answers.get((path, column), ABSENT)

    def places(self, path: str) -> Iterator[tuple[str | None, Answer]]:
        """Each column of a field with its answer, in the form's order."""
        for place in self.fields[path].places:
            yield place[1], self.answer(*place)


def answers_of(
    fields: Mapping[str, Field], answer_at: Callable[[Field, str | None], Answer | None]
) -> dict[Address, Answer]:
    """The answers of a form that asks for these fields, in its order; None leaves a place out."""
    return {
        place: answer
        for field in fields.values()
        for place in field.places
        if (answer := answer_at(field, place[1])) is not None
    }
