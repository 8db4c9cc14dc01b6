"""One set of answers in any writing, and what the program reads of it: values, states and texts, and the findings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from clusterform.answers import CountNames, ticks_of
from clusterform.engine import run_rules
from clusterform.parsers.container.package import open_package
from clusterform.parsers.docx.read import read_docx
from clusterform.pipeline import Checker, read_form
from clusterform.settings import Settings
from clusterform.text import fold
from support.dress import TRACED, dressed
from support.encodings import Encoding
from support.forms import Ink, Layout, write

FORMS = ("application", "review")
CHECKER = Checker(Settings())
_REPORTED = "CF014"
"""The rule that reports tracked changes, comments and hidden text."""


@dataclass(frozen=True)
class Seen:
    """What the program made of a file."""

    answers: Mapping[tuple[str, str | None], Any]
    """By field and column: state, and ticked options, undecided ones and remark, or text and value."""
    findings: tuple[tuple[Any, ...], ...]
    """Rule, severity, place on the form and figures, without those on tracked changes and hidden text."""


def seen(data: bytes | Path) -> Seen:
    """The answers and findings of a file."""
    package = open_package(data)
    form = read_form(package, CHECKER.settings)
    outcome = run_rules(form, CHECKER.rules_of().rules, CHECKER.rules_of().terms)
    assert not outcome.crashed
    findings = tuple(
        (f.rule, f.severity.value, f.field, f.column, f.value, f.expected)
        for f in outcome.findings
        if f.rule != _REPORTED
    )
    return Seen({place: _plain(answer) for place, answer in form.answers.items()}, findings)


def group_order(form: str) -> list[str]:
    """The paths of the groups of boxes, in the order in which they stand in the document."""
    filled = read_form(open_package(write(form)), CHECKER.settings)
    places = [(a.place, path) for (path, _), a in filled.answers.items() if ticks_of(a)]
    return [
        path for _, path in sorted(places, key=lambda p: (p[0].table or 0, p[0].row or 0, p[0].cell or 0))
    ]


def _plain(answer: Any) -> tuple[Any, ...]:
    value = answer.value
    if ticks_of(answer):
        return (answer.state.value, answer.ticked, answer.undecided, fold(answer.remark))
    if isinstance(value, CountNames):  # its text shows 数量 and 名称 as the form prints them
        return (answer.state.value, value)
    return (answer.state.value, answer.text, value)


def rewritten(data: bytes, change: Callable[[str], str], every_part: bool = False) -> bytes:
    """The package with its document.xml changed; `every_part`: all parts of XML."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            whole = name == "word/document.xml" or (every_part and name.endswith((".xml", ".rels")))
            new.writestr(name, change(part.decode()) if whole else part)
    return held.getvalue()


def written(
    form: str,
    *encodings: Encoding,
    dresses: tuple[str, ...] = (),
    layout: Layout = "notice",
    **ink: Any,
) -> bytes:
    """The clean answers of a form: groups of boxes in these encodings by turns, the document in these dresses."""
    data = write(form, layout=layout, ink=Ink(encodings=encodings, **ink))
    return rewritten(data, lambda xml: dressed(xml, *dresses)) if dresses else data


@cache
def plainly(form: str) -> Seen:
    """What is read of the clean answers written in the plainest way: the measure of all others."""
    return seen(write(form))


def observed(data: bytes) -> set[str]:
    """What was noticed beside the answers."""
    return {o.what for o in read_docx(open_package(data)).observations}


def traces(*dresses: str) -> set[str]:
    """What these dresses must be noticed by."""
    return {TRACED[name] for name in dresses if name in TRACED}


def differences(found: Seen, wanted: Seen) -> dict[Any, Any]:
    """Where two readings differ: place -> (found, wanted); empty where they agree."""
    unlike: dict[Any, Any] = {
        place: (found.answers.get(place), answer)
        for place, answer in wanted.answers.items()
        if found.answers.get(place) != answer
    }
    if found.findings != wanted.findings:
        unlike["findings"] = (
            [f for f in found.findings if f not in wanted.findings],
            [f for f in wanted.findings if f not in found.findings],
        )
    return unlike
