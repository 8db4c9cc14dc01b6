"""What the parameters of a check name: rows, columns, options, thresholds. Looked up once, when a rule file is read."""

from __future__ import annotations

from typing import Annotated

from clusterform.record import record


@record
class Names:
    """Annotates a text that must be the name of something; empty where the parameter has that default."""

    what: str
    of: str = ""
    """The parameter that names the rows whose column or option it is."""


Row = Annotated[str, Names("row")]
"""A field's path: leading_industry.total_output."""
Formula = Annotated[str, Names("formula")]
"""Rows joined by signs, see checks/formula.py."""
LimitName = Annotated[str, Names("limit")]
"""A threshold of rules/limits or of the user's rule file."""
FormName = Annotated[str, Names("form")]
SummaryColumn = Annotated[str, Names("summary-column")]
SectionKey = Annotated[str, Names("section")]
Noticed = Annotated[str, Names("observation")]
"""What reading a form may notice."""
