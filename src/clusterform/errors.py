"""The ways a run can end early, each with the exit status of the contract."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from clusterform.messages import Bilingual, Text

if TYPE_CHECKING:
    from clusterform.finding import Location


class BilingualError(Exception):
    """What is wrong, as a text in both languages; a fact of sentences, and by itself in English."""

    text: Bilingual

    def __str__(self) -> str:
        return self.en

    @property
    def zh(self) -> str:
        return self.text.zh

    @property
    def en(self) -> str:
        return self.text.en


class ClusterformError(BilingualError):
    """A mistake that the user can mend; its text says how, and is named by its key and facts."""

    exit_code = 2

    def __init__(self, text: str | Bilingual, /, **facts: object) -> None:
        super().__init__(text)
        self.text = text if isinstance(text, Bilingual) else Text(text, **facts)


class UsageError(ClusterformError):
    """Wrong use: an option, a path, nothing to check."""


class DataError(ClusterformError):
    """A rule, form, edition or settings file is wrong; the text names file and line."""


_NAMED = 80
"""Characters of a name that are told."""


def refusal(error: OSError) -> Text | str:
    """Why the system refused a file; its own words where the reason is a rare one."""
    known = Text(f"system.{errno.errorcode.get(error.errno or 0)}")
    return known if known.known else error.strerror or str(error)


def refused(error: OSError) -> UsageError:
    """That the system takes no such name, or lets nobody see what lies there; the name as far as it is read at a glance."""
    name = str(error.filename)
    name = name if len(name) <= _NAMED else f"…{name[-_NAMED:]}"
    return UsageError("path.refused", name=name, reason=refusal(error))


class UnreadableError(ClusterformError):
    """The input is no form that can be read: `what` names the observation that the CF00x rules report."""

    exit_code = 3

    def __init__(
        self, what: str, text: str | Bilingual, /, *, location: Location | None = None, **facts: object
    ) -> None:
        super().__init__(text, **facts)
        self.args = (what, text)
        self.what = what
        self.title = str(facts.get("title", ""))
        """What a person would call a document that is no form known here."""
        self.location = location
