"""The ways a run can end early, each with the exit status of the contract."""

from __future__ import annotations

from clusterform.finding import Location


class ClusterformError(Exception):
    """A mistake that the user can mend; `zh` and `en` say how."""

    exit_code = 2

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


class UsageError(ClusterformError):
    """Wrong use: an option, a path, nothing to check."""


class DataError(ClusterformError):
    """A rule, form, edition or settings file is wrong; the text names file and line."""


class UnreadableError(ClusterformError):
    """The input is no form that can be read: `what` names the observation that the CF00x rules report."""

    exit_code = 3

    def __init__(
        self, what: str, reason_zh: str = "", reason_en: str = "", location: Location | None = None
    ) -> None:
        super().__init__(reason_zh, reason_en)
        self.what = what
        self.location = location
