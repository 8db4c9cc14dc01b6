"""What there are blanks of in the edition that most tests are about."""

from __future__ import annotations

from clusterform.forms.edition import load_edition
from clusterform.forms.lists import list_kinds
from clusterform.writing import kinds_of

EDITION = "2025"
FORMS, LISTS, KINDS = load_edition(EDITION).forms, list_kinds(EDITION), kinds_of(EDITION)
