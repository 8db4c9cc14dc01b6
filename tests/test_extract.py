"""`clusterform extract`: every answer with text, value, state and place, as JSON and as YAML, by the published schema."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from clusterform.forms.model import load_form
from support.forms import clean, write
from support.metamorphic import FORMS


def run(*arguments: object) -> str:
    command = [sys.executable, "-m", "clusterform", *map(str, arguments)]
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", env={**os.environ, "PYTHONUTF8": "1"}
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def path(form: str, tmp_path: Path) -> Path:
    place = tmp_path / f"{form}.docx"
    place.write_bytes(write(form))
    return place


def answers_of(data: dict[str, Any], form: str) -> Iterator[tuple[str, str | None, dict[str, Any]]]:
    """Every answer by field path and column."""
    for field, item in load_form("2025", form).fields.items():
        section, _, name = field.partition(".")
        found = data["answers"][section][name]
        for column in [c.key for c in item.columns] or [None]:
            yield field, column, found if column is None else found[column]


def test_json_follows_the_schema(form: str, path: Path) -> None:
    data = json.loads(run("extract", path))
    schema = json.loads(run("schema", form))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    for wrong in ({**data, "verdict": 1}, {**data, "answers": {**data["answers"], "cover": {"cluster": 1}}}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema, jsonschema.Draft202012Validator)


def test_yaml_says_the_same(path: Path, tmp_path: Path) -> None:
    data = json.loads(run("extract", path, "--format", "json"))
    assert yaml.safe_load(run("extract", path, "--format", "yaml")) == data
    copy = tmp_path / "answers.yaml"
    assert run("extract", path, "--format", "yaml", "-o", copy) == ""
    assert yaml.safe_load(copy.read_text(encoding="utf-8")) == data


def test_every_answer_has_text_value_state_and_place(form: str, path: Path) -> None:
    data = json.loads(run("extract", path))
    filled = clean(form)
    for field, column, answer in answers_of(data, form):
        assert {"text", "value", "state", "place"} <= set(answer)
        assert answer["state"] in {"filled", "blank", "none"}
        if field in filled.ticks:
            assert answer["value"] == sorted(filled.ticks[field], key=filled.ticks[field].index)
            assert answer["undecided"] == []
        elif answer["state"] == "filled" and filled.text(field, column):
            assert answer["text"]
            assert answer["value"]
        if answer["state"] == "filled" and not field.startswith(("cover", "plan")):
            assert answer["place"]["table"]
            assert answer["place"]["row"]
            assert answer["place"]["cell"]


def test_figures_keep_their_digits(path: Path) -> None:
    growth = json.loads(run("extract", path))["answers"]["leading_industry"]["total_output"]
    assert set(growth) == {"2022", "2023", "2024"}
    assert all(isinstance(answer["value"], str) for answer in growth.values())
    assert [answer["value"] for answer in growth.values()] == [answer["text"] for answer in growth.values()]


def test_what_is_not_filled_in_is_said(form: str, tmp_path: Path) -> None:
    place = tmp_path / "blank.docx"
    changes = {
        "set": {"basic_info.area": "约18"},
        "untick": {"basic_info.accidents": ["no"]},
        "drop_row": ["basic_info.operator"],
    }
    place.write_bytes(write(form, changes=changes))
    info = json.loads(run("extract", place))["answers"]["basic_info"]
    assert (info["area"]["text"], info["area"]["value"], info["area"]["state"]) == (
        "约18",
        None,
        "unreadable",
    )
    assert (info["accidents"]["value"], info["accidents"]["state"]) == ([], "blank")
    assert (info["operator"]["state"], info["operator"]["place"]) == ("absent", None)
