"""What rules across a folder's forms give their kind of check. The checks themselves stand in batch/, which knows folders."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from clusterform.checks.names import FormName, LimitName, SummaryColumn
from clusterform.checks.reader import CheckParams


class FolderParams(CheckParams):
    """The base of all kinds that look at a folder and not at one form."""


class Quota(FolderParams):
    """More applications than the unit may recommend."""

    kind: Literal["quota"]
    form: FormName


class Twice(FolderParams):
    """The same cluster, or the same file, more than once."""

    kind: Literal["twice"]


class SameCounty(FolderParams):
    """One county with several clusters."""

    kind: Literal["same_county"]
    form: FormName


class NotOnSummary(FolderParams):
    """A form whose cluster is on no summary."""

    kind: Literal["not_on_summary"]


class WithoutForm(FolderParams):
    """A summary's line whose cluster has no form."""

    kind: Literal["without_form"]


class SummaryDiffers(FolderParams):
    """A summary's line that says otherwise than the form."""

    kind: Literal["summary_differs"]
    columns: tuple[SummaryColumn, ...]


class ReasonGiven(FolderParams):
    """A review that failed, without its reason."""

    kind: Literal["reason_given"]


class BothForms(FolderParams):
    """One cluster that applies and is reviewed."""

    kind: Literal["both_forms"]


class NearNames(FolderParams):
    """A county that applies and is reviewed under nearly the same name."""

    kind: Literal["near_names"]
    general: tuple[str, ...]
    """Words that say little of an industry, left out of the comparison; one that holds another before it."""
    share: Decimal
    """In percent: so much of the longer name that is left must be the same."""


class CorpsCity(FolderParams):
    """A city of the corps whose form says 新疆."""

    kind: Literal["corps_city"]


class OtherUnit(FolderParams):
    """A form from another province."""

    kind: Literal["other_unit"]


class AlikeProse(FolderParams):
    """Texts of different clusters with nearly the same wording."""

    kind: Literal["alike_prose"]
    limit: LimitName
    """The limit that says how much may be the same."""


FOLDER_KINDS: dict[str, type[FolderParams]] = {
    "quota": Quota,
    "twice": Twice,
    "same_county": SameCounty,
    "not_on_summary": NotOnSummary,
    "without_form": WithoutForm,
    "summary_differs": SummaryDiffers,
    "reason_given": ReasonGiven,
    "both_forms": BothForms,
    "other_unit": OtherUnit,
    "near_names": NearNames,
    "corps_city": CorpsCity,
    "alike_prose": AlikeProse,
}
"""By the name that a rule gives."""
FOLDER = "folder"
"""What such a rule names in `forms`: no form is called so, so none is judged by it."""
