"""A filled form as plain data: every answer with text, value, state and place."""

from __future__ import annotations

from typing import Any

from clusterform.answers import FilledForm
from clusterform.forms.lists import load_evidence_list


def extracted(form: FilledForm) -> dict[str, Any]:
    """The form's kind and edition, its answers by part and field, its own target rows and its evidence list.

    Of a summary its lines, by column.
    """
    if form.fields:
        data = form.model_dump(mode="json", by_alias=True)
        columns = dict.fromkeys(load_evidence_list().keys, "")
        data["evidence"] = data["evidence"] and [columns | line for line in data["evidence"]]
        return data
    return {
        "form": form.form,
        "edition": form.edition,
        "rows": [{"summary": row.form, **row.cells} for row in form.summary],
    }
