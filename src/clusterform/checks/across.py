"""What rules across a folder's forms give their kind of check. The checks themselves stand in batch/, which knows folders."""

from __future__ import annotations

from decimal import Decimal

from clusterform.checks.check import Check
from clusterform.checks.names import FormName, LimitName, SummaryColumn


class FolderParams(Check):
    """The base of all kinds that look at a folder and not at one form."""


class Quota(FolderParams, kind="quota"):
    """More applications than the unit may recommend."""

    form: FormName


class Twice(FolderParams, kind="twice"):
    """The same cluster, or the same file, more than once."""


class SameCounty(FolderParams, kind="same_county"):
    """One county with several clusters."""

    form: FormName


class NotOnSummary(FolderParams, kind="not_on_summary"):
    """A form whose cluster is on no summary."""


class WithoutForm(FolderParams, kind="without_form"):
    """A summary's line whose cluster has no form."""


class SummaryDiffers(FolderParams, kind="summary_differs"):
    """A summary's line that says otherwise than the form."""

    columns: tuple[SummaryColumn, ...]


class ReasonGiven(FolderParams, kind="reason_given"):
    """A review that failed, without its reason."""


class BothForms(FolderParams, kind="both_forms"):
    """One cluster that applies and is reviewed."""

    form: FormName
    reviewed: FormName


class NearNames(FolderParams, kind="near_names"):
    """A county that applies and is reviewed under nearly the same name."""

    form: FormName
    reviewed: FormName
    general: tuple[str, ...]
    """Words that say little of an industry, left out of the comparison; one that holds another before it."""
    share: Decimal
    """In percent: so much of the longer name that is left must be the same."""


class CorpsCity(FolderParams, kind="corps_city"):
    """A city of the corps whose form says 新疆."""


class OtherUnit(FolderParams, kind="other_unit"):
    """A form from another province."""


class AlikeProse(FolderParams, kind="alike_prose"):
    """Texts of different clusters with nearly the same wording."""

    limit: LimitName
    """The limit that says how much may be the same."""


FOLDER = "folder"
"""What such a rule names in `forms`: no form is called so, so none is judged by it."""
