"""A check without --evidence: the list may lie beside the form; the files it names are left alone, which is said."""

from __future__ import annotations

import os
import re
from pathlib import Path

from clusterform.answers import FilledForm, Observation
from clusterform.messages import Text
from clusterform.patterns import pattern

_LIST = pattern("{folder.list}|evidence", re.IGNORECASE)


def without_files(form: FilledForm, path: Path) -> FilledForm:
    """The form with the list beside it, where it has none of its own."""
    if form.evidence is None and _may_lie_beside(path):
        from clusterform.evidence.lists import list_beside
        from clusterform.evidence.pairing import with_list

        found = list_beside(path)
        form = form if found is None else with_list(form, found)
    if any(line.file for line in form.evidence or ()):
        reason = Text("evidence-folder.not-given")
        return form.noticing(Observation("evidence-unchecked", facts={"reason": reason}))
    return form


def _may_lie_beside(path: Path) -> bool:
    try:
        with os.scandir(path.resolve().parent) as found:
            return any(_LIST.search(entry.name) for entry in found)
    except OSError:
        return False
