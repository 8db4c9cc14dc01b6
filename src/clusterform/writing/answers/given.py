"""The answers to write into a form: plain texts and ticks, looked over against the form's definition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field as data_field

from clusterform.evidence_line import EvidenceLine
from clusterform.record import record

Place = tuple[str, str | None]
"""A field's path and column key; None where the row takes one answer."""


@record
class Counted:
    """The answer to 数量：_个 名称：_, in its two halves; either may be empty."""

    count: str
    names: str


@record
class AddedRow:
    """A row of the county's own for a target table."""

    table: str
    """The column set of the table: targets, done."""
    direction: str
    """The key of the direction it stands under, such as plan.innovation_targets; empty where it has none."""
    indicator: str
    values: Mapping[str, str]
    """Texts by column."""


@record
class GivenForm:
    """The answers of one form. What is blank does not stand here."""

    form: str
    edition: str
    texts: Mapping[Place, str] = data_field(default_factory=dict)
    """Every text, lines parted by \\n. Of 数量 and 名称 the whole, as one text; of a group of boxes only 无."""
    ticks: Mapping[str, tuple[str, ...]] = data_field(default_factory=dict)
    """Option keys by path, in the form's order, for the groups with a tick."""
    remarks: Mapping[str, str] = data_field(default_factory=dict)
    """What is written beside the options, by path."""
    counted: Mapping[str, Counted] = data_field(default_factory=dict)
    """The halves of each answer of 数量 and 名称, by path; not where the whole is 无 or the like."""
    added: tuple[AddedRow, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
