"""What the parameters of a check name: rows, columns, options, thresholds. Looked up once, when a rule file is read."""

from __future__ import annotations

from typing import Annotated

from clusterform.record import record


@record
class NameOf:
    """Annotates a text that must be the name of something; empty where the parameter has that default."""

    what: str
    of: str = ""
    """The parameter that names the rows whose column or option it is."""


RowName = Annotated[str, NameOf("row")]
"""A field's path: leading_industry.total_output."""
Formula = Annotated[str, NameOf("formula")]
"""Rows joined by signs, see checks/formula.py."""
LimitName = Annotated[str, NameOf("limit")]
"""A threshold of rules/limits or of the user's rule file."""
FormName = Annotated[str, NameOf("form")]
SummaryColumn = Annotated[str, NameOf("summary-column")]
SectionKey = Annotated[str, NameOf("section")]
Noticed = Annotated[str, NameOf("observation")]
"""What reading a form may notice."""
