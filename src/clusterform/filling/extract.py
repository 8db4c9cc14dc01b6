"""A filled form as plain data: every answer with text, value, state and place, validated by the form's own model."""

from __future__ import annotations

from typing import Any

from clusterform.answers import Answer, Contact, CountNames, EvidenceLine, FilledForm, Ticks
from clusterform.figures import Figure
from clusterform.filling.schema import file_model
from clusterform.finding import Location


def extracted(form: FilledForm) -> dict[str, Any]:
    """The form's kind and edition, its answers by part and field, its own target rows and its evidence list.

    Of a summary its lines, by column.
    """
    if not form.fields:
        return {
            "form": form.form,
            "edition": form.edition,
            "rows": [{"summary": row.form, **row.cells} for row in form.summary],
        }
    answers: dict[str, dict[str, Any]] = {}
    for path, item in form.fields.items():
        section, _, name = path.partition(".")
        columns = {column: _answer(answer) for column, answer in form.places(path)}
        answers.setdefault(section, {})[name] = columns if item.columns else columns[None]
    data = {
        "form": form.form,
        "edition": form.edition,
        "answers": answers,
        "added_targets": [_added(target) for target in form.extra_targets],
        "evidence": None if form.evidence is None else [_evidence(item) for item in form.evidence],
    }
    model = file_model(form.edition, form.form).model_validate(data)
    return model.model_dump(mode="json", by_alias=True)


def _answer(answer: Answer) -> dict[str, Any]:
    data: dict[str, Any] = {
        "text": answer.text,
        "state": answer.state.value,
        "place": _place(answer.location),
    }
    value = answer.value
    if isinstance(value, Figure):
        data["value"] = value.value
    elif isinstance(value, Ticks):
        data |= {"value": value.ticked, "undecided": value.undecided, "remark": value.remark}
    elif isinstance(value, CountNames):
        data["value"] = {"count": value.count.value if value.count else None, "names": value.names_text}
    elif isinstance(value, Contact):
        data["value"] = {"person": value.person, "phone": value.phone}
    elif isinstance(value, str):
        data["value"] = value
    return data


def _place(location: Location) -> dict[str, Any] | None:
    place = {key: value for key, value in location._asdict().items() if value is not None and key != "page"}
    return place or None


def _added(target: Any) -> dict[str, Any]:
    values = {column: answer.text for column, answer in target.values.items()}
    return {
        "table": target.table,
        "direction": target.direction,
        "indicator": target.indicator,
        "values": values,
    }


def _evidence(line: EvidenceLine) -> dict[str, Any]:
    return {**line.texts, "place": _place(line.location)}
