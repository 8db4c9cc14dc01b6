"""A filled form: every answer with its text, value, state and place, and what was noticed while reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field as data_field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clusterform.fields import Field
from clusterform.figures import Figure
from clusterform.finding import NOWHERE, Location
from clusterform.messages import Fact
from clusterform.record import record


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


@record
class CountNames:
    """The answer to 数量：_个 名称：_."""

    count: Figure | None
    """None where the count is blank or no number."""
    count_text: str
    names_text: str


@record
class Ticks:
    """The answer to a group of boxes: the option keys ticked, in the form's order."""

    ticked: tuple[str, ...]
    undecided: tuple[str, ...] = ()
    """Options whose box cannot be read with certainty."""
    remark: str = ""
    """What was written beside the options, such as an explanation."""
    locations: Mapping[str, Location] = data_field(default_factory=dict)


@record
class Contact:
    """A person and telephone numbers, as one line holds them."""

    person: str
    phone: str


Value = Figure | CountNames | Ticks | Contact | str | None


@record
class Answer:
    """What stands in one place of the form."""

    text: str
    """As the form shows it, without the printed unit and notes."""
    state: State
    value: Value = None
    location: Location = NOWHERE
    flaws: tuple[str, ...] = ()
    """Ways in which a number is written wrongly though its value is plain: unit, thousands, full_width,
    inner_space, percent, approximate, sign, note_mark."""

    @property
    def decimal(self) -> Decimal | None:
        """The number, where the answer is one."""
        return self.value.value if isinstance(self.value, Figure) else None


ABSENT = Answer("", State.ABSENT)


@record
class Observation:
    """Something noticed while the file was read, which a rule of kind `observed` may report."""

    what: str
    """Its name, such as label-missing; the rules refer to it."""
    section: int | None = None
    field: str | None = None
    label: str | None = None
    column: str | None = None
    value: str | None = None
    expected: str | None = None
    location: Location = NOWHERE
    facts: Mapping[str, Fact] = data_field(default_factory=dict)
    """Values for the message's placeholders."""


@record
class EvidenceFile:
    """A file given as evidence, as far as it was looked into."""

    name: str
    """Its path in the folder, with forward slashes."""
    pages: int | None = None
    """None where it has none, or they were not counted."""
    rows: tuple[int, ...] = ()
    """Of a table: how many entries it may be said to hold, the likeliest first."""


@record
class EvidenceLine:
    """One line of the evidence list. Its columns are those of rules/evidence_list.yaml; a few have a meaning here."""

    texts: Mapping[str, str]
    """What stands in its columns, by their keys; nothing for one that is empty."""
    location: Location = NOWHERE
    """Where it stands in the form itself; a line from elsewhere has none."""
    source: str = ""
    """The list it stands on: empty for the form's own, the file's name for one beside it."""
    files: tuple[EvidenceFile, ...] = ()
    """The files it was paired with."""

    @property
    def number(self) -> str:
        """序号."""
        return self.texts.get("number", "")

    @property
    def code(self) -> str:
        """The code of an option or a row, where the list has a column for it."""
        return self.texts.get("code", "")

    @property
    def subject(self) -> str:
        """The option, row or code that it belongs to."""
        return self.texts.get("subject", "")

    @property
    def title(self) -> str:
        """What the material is called."""
        return self.texts.get("title", "")

    @property
    def kind(self) -> str:
        """Who vouches for it: a department, a third party, the applicant."""
        return self.texts.get("kind", "")

    @property
    def file(self) -> str:
        """The file's name as the list gives it."""
        return self.texts.get("file", "")

    @property
    def pages(self) -> str:
        """Its pages, or what stands under a head that takes a page or a file."""
        return self.texts.get("pages", "")

    @property
    def unnumbered(self) -> Mapping[str, str]:
        """All its texts but the number, which another list counts anew."""
        return {key: text for key, text in self.texts.items() if key != "number"}

    @property
    def given(self) -> bool:
        """Whether it gives any material; a line prefilled with its code alone waits for one."""
        texts = (self.title, self.file, self.pages)
        return bool(self.files) or any(text.strip() for text in texts) or bool(self.subject and not self.code)

    @property
    def unlisted(self) -> bool:
        """Whether it is no line of a list, but a file named after what it proves."""
        return self.source == FILES


FILES = "*"
"""The source of a line that is a file and no line: no list can have this name."""


@record
class ExtraTarget:
    """A target row that the county added (鼓励增加考核指标)."""

    table: str
    direction: str
    indicator: str
    values: Mapping[str, Answer]


@record
class SummaryRow:
    """One line of a province's summary: its texts by column."""

    form: str
    """recommendation-summary or review-summary: one file may hold both."""
    cells: Mapping[str, str]
    location: Location = NOWHERE


@record
class FilledForm:
    """One form as filled. Answers are keyed by field path and column key (None where the row takes one answer)."""

    form: str
    edition: str
    fields: Mapping[str, Field]
    answers: Mapping[tuple[str, str | None], Answer]
    roles: Mapping[str, Any]
    """The edition's years by role: reported (three, in order), baseline, target, stages, deadline …."""
    observations: tuple[Observation, ...] = ()
    evidence: tuple[EvidenceLine, ...] | None = None
    """The form's own list and any beside it, and files named after what they prove; None where there is none."""
    evidence_folder: str | None = None
    """The folder or zip of evidence, as it was named; None where files were not looked at."""
    extra_targets: tuple[ExtraTarget, ...] = ()
    explanations: tuple[str, ...] = ()
    """Lines, folded, that are or head an explanation or a formula, wherever they stand."""
    section_titles: Mapping[int, str] = data_field(default_factory=dict)
    summary: tuple[SummaryRow, ...] = ()
    """The lines, where this is one of the province's summaries and no form with fields."""

    def answer(self, path: str, column: str | None = None) -> Answer:
        """The answer at a place; state ABSENT where the form has no such row."""
        return self.answers.get((path, column), ABSENT)

    def places(self, path: str) -> Iterator[tuple[str | None, Answer]]:
        """Each column of a field with its answer, in the form's order."""
        columns = self.fields[path].columns
        if not columns:
            yield None, self.answer(path)
        for column in columns:
            yield column.key, self.answer(path, column.key)
