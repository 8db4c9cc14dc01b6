"""What a run is asked to do: the options of check, with their defaults."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from clusterform.finding import Severity

REGIONS = ("auto", "west")
LANGUAGES = ("zh", "en")


class Settings(NamedTuple):
    """The settings of one run; frozen, so that every file is judged alike."""

    file: Path | None = None
    """The project file that was obeyed."""
    edition: str | None = None
    """The edition whose forms and rules count; None: each file's own, as it is recognised."""
    language: str = "zh"
    region: str = "auto"
    """west: the cluster counts as western; auto: its 所属地区 tells."""
    rule_files: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    """Codes or their beginnings; empty: all rules."""
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = {}
    reference: Path | None = None
    """A YAML file of industry averages."""
    batch: bool = False
    """A folder is checked."""
    mailing: bool = False
    """It is about to go out: the province's own opinion must be there."""
    blank: Path | None = None
    """The blank form, to compare pages with; None: pages are left to a person."""
    evidence: Path | None = None
    """A folder or zip of evidence to pair with the list; None: files are not looked at."""
    confirmed: Path | None = None
    """A sheet of what people have confirmed."""
    waivers: Path | None = None
    """What may stay as it is, in YAML or a sheet."""
    baseline: Path | None = None
    """A JSON report of an earlier run of the folder, beside which only what is new counts."""
    check_list: bool = False
    """Whether the report ends with the check-list of evidence."""

    @property
    def named_files(self) -> tuple[Path, ...]:
        """All that the run reads beside the forms, over which nothing may be written."""
        own = (self.file, self.reference, self.blank, self.evidence, *(getattr(self, c) for c in CONCLUSIONS))
        return (*self.rule_files, *(path for path in own if path is not None))


CONCLUSIONS = ("confirmed", "waivers", "baseline")
"""The settings that name what is known of findings beforehand: no result depends on them, only what is said of it."""
