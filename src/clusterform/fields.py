"""What a form asks: its fields, options and columns, as plain frozen data. Made from the definitions in rules/."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from clusterform.models import Model

Address = tuple[str, str | None]
"""One answer of a form: the path of its field, and its column where the field is a row; else None."""


class Kind(StrEnum):
    """What sort of answer a field takes."""

    TEXT = "text"
    PERSON = "person"
    PHONE = "phone"
    CONTACT = "contact"  # a person and a telephone in one answer
    CLUSTER_NAME = "cluster_name"
    REGION = "region"
    DATE = "date"
    PROSE = "prose"  # running text with a limit of characters
    FORMULA = "formula"  # a formula written out, not a figure
    DECIMAL = "decimal"
    COUNT = "count"
    TARGET = "target"  # a figure with or without its unit, or none
    CHOICE = "choice"  # exactly one option
    CHOICES = "choices"  # any number of options
    COUNT_NAMES = "count_names"  # 数量：_个 名称：_
    SIGNATURE = "signature"
    SEAL = "seal"


class NoneAllowed(StrEnum):
    """Whether 无 can be a row's answer (无相关情况时应填写“无”)."""

    CAN = "can"
    CANNOT = "cannot"  # a cluster that applies always has one
    COMPUTED = "computed"  # a rate, where the rows it follows from give none
    FIRST = "first"  # in the first year alone, whose year before is not on the form


NUMERIC = frozenset({Kind.DECIMAL, Kind.COUNT, Kind.TARGET})
BOXES = frozenset({Kind.CHOICE, Kind.CHOICES})
"""Kinds answered by ticks."""


class Option(NamedTuple):
    """One box of a group."""

    key: str
    label: str
    """The official text, without the note that asks for an explanation."""
    spellings: tuple[str, ...] = ()
    explain: bool = False
    """Ticking it asks for an explanation (需附情况说明)."""
    evidence: bool = False
    """Ticking it asks for evidence."""
    code: str = ""
    """Its number on the form, such as 2.3-④, for the evidence list."""


class Column(NamedTuple):
    """One column of a row: a year, a target's head, or a cell of the standards table."""

    key: str
    label: str


class AnswerLimits(Model):
    """What an answer may be: as the form's definition says it of a row, and as rules ask it of a field."""

    unit: str = ""
    required: bool = True
    none: NoneAllowed = NoneAllowed.CAN
    none_with: str = ""
    """Path of the row beside which a person decides: where that is 无 in every year, 无 may stand here too."""
    nought: bool = True
    """Whether 0 can be the answer."""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    limit: int | None = None
    """The most characters allowed."""
    spoken: tuple[str, ...] = ()
    """Of a target: the words by which running text speaks of it; “…” in one stands for a few characters."""
    year: int | None = None
    """Of running text: the year whose interim targets it tells."""


class Field(AnswerLimits):
    """One answer, or one row of answers, that the form asks for."""

    path: str
    """section.key, such as leading_industry.output_growth."""
    section: int
    label: str
    kind: Kind
    columns: tuple[Column, ...] = ()
    """Empty: the row takes one answer, whose column is None."""
    group: str = ""
    """The label of the group of rows it belongs to, such as 创新平台建设情况."""
    options: tuple[Option, ...] = ()
    evidence: bool = False
    """The row asks for a list or evidence where its figure is not zero."""
    evidence_code: str = ""
    evidence_names: tuple[str, ...] = ()
    """Texts by which an evidence list may name the row, the group's label among them."""

    @cached_property
    def places(self) -> tuple[Address, ...]:
        """Where it is answered, in the form's order: in each of its columns, or in its one place."""
        return tuple((self.path, column.key) for column in self.columns) or ((self.path, None),)

    def option(self, key: str) -> Option:
        """The option of that key; KeyError where there is none."""
        for option in self.options:
            if option.key == key:
                return option
        raise KeyError(key)

    def can_be_none(self, column: str | None) -> bool:
        """Whether 无 can be the answer there."""
        if self.none is NoneAllowed.FIRST:
            return bool(self.columns) and column == self.columns[0].key
        return self.none in (NoneAllowed.CAN, NoneAllowed.COMPUTED)

    def column_key(self, label: str | None) -> str | None:
        """The key of the column with that official head; None where there is none such."""
        return next((c.key for c in self.columns if c.label == label), None)

    def column_label(self, key: str | None) -> str | None:
        """The official head of a column."""
        return next((c.label for c in self.columns if c.key == key), None)
