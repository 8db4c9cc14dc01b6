"""Whose findings are looked at: one file's, or a folder's, and which forms a finding is about whatever they are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from clusterform.finding import FileReport, Finding
from clusterform.text import fold


class Owner(NamedTuple):
    """A form, as far as it stays the same from one submission to the next."""

    form: str
    cluster: str
    """Folded."""
    sha256: str

    @property
    def identity(self) -> tuple[str, str]:
        """One that names no cluster is known by its bytes."""
        return self.form, self.cluster or self.sha256


def owner(form: str, cluster: str | None, sha256: str | None) -> Owner:
    return Owner(form, fold(cluster or ""), sha256 or "")


class Owners(NamedTuple):
    """`file`: whose findings they are; None: those across the forms of a folder, which name their files."""

    file: FileReport | None
    by_path: Mapping[str, Owner]

    @classmethod
    def of_file(cls, file: FileReport) -> Owners:
        return cls(file, {file.path: owner(file.form, file.cluster, file.sha256)})

    def of(self, finding: Finding) -> tuple[Owner, ...]:
        """The forms that a finding is about."""
        paths = finding.files if self.file is None else (self.file.path,)
        return tuple(self.by_path[path] for path in paths if path in self.by_path)
