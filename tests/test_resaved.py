"""Re-saved by LibreOffice as .docx, by way of .odt and by way of .doc: the same answers, but for losses that are known."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clusterform.data_files import rules_file
from clusterform.yaml_file import read_yaml
from support.dress import CHINESE_DRESSES, DRESSES, strict
from support.encodings import ENCODINGS, UNDECIDED
from support.metamorphic import differences, group_order, plainly, rewritten, seen, written
from support.resave import ROUTES, resaved

FORM = "application"
SAME, MANUAL, LOST = "same", "manual", "lost"
"""Of a group of boxes re-saved: read as before, left to a person, read otherwise without a trace of the mark."""
KNOWN: dict[str, dict[str, str]] = {
    # what LibreOffice 7.4.7 makes of the mark; all other encodings come back the same
    "EQ": {"docx": MANUAL, "odt": MANUAL, "doc": MANUAL},
    "EQ among □": {"docx": MANUAL, "odt": MANUAL, "doc": MANUAL},
    "EQ wide": {"docx": MANUAL, "odt": MANUAL, "doc": MANUAL},
    "EQ split": {"docx": LOST, "odt": LOST, "doc": LOST},
    "EQ lowered": {"docx": LOST, "odt": LOST, "doc": LOST},
    "EQ frame": {"docx": LOST, "odt": LOST, "doc": LOST},
    "EQ with a result": {"docx": LOST, "odt": LOST, "doc": LOST},
    "EQ simple field": {"docx": LOST, "odt": LOST, "doc": LOST},
    "radical": {"docx": LOST, "odt": LOST, "doc": LOST},
    "circle, EQ": {"docx": LOST, "odt": LOST, "doc": LOST},
    "circle round □": {"docx": LOST, "odt": LOST, "doc": LOST},
    "circled number, EQ": {"docx": LOST, "odt": LOST, "doc": LOST},
    "w14 without w14:checked": {"docx": MANUAL, "odt": MANUAL},
    "ruby": {"doc": MANUAL},
    "EQ phonetic": {"doc": MANUAL},
    "w14 one glyph": {"doc": LOST},
    "w14 reversed": {"doc": LOST},
    "w14 unknown font": {"doc": LOST},
}
"""Encoding -> route -> what comes back, where it is not the same."""
KNOWN_DRESSES = {
    "content controls round paragraphs": frozenset(ROUTES),  # LibreOffice 7.4 writes their text several times
    "content controls round cells": frozenset(ROUTES),
    "text boxes": frozenset({"doc"}),  # the inner lines come back as one: options run together, to a person
}
"""Dresses that LibreOffice itself spoils, by route."""
BATCH = {"kept": 14, "lost": 6}
"""Encodings in one file: at most as many as it has groups."""
DRESSED = {
    **{f"dresses {at}": tuple(d for d in DRESSES if d not in KNOWN_DRESSES)[at::8] for at in range(8)},
    **{name: (name,) for name in KNOWN_DRESSES},
}
"""File -> its dresses: those that LibreOffice spoils apart. It takes its time for each file."""


def sheets() -> dict[str, tuple[str, ...]]:
    """File -> the encodings written by turns: those that are lost apart, so that the others' findings can be compared."""
    kept = [name for name in ENCODINGS if name not in KNOWN]
    found: dict[str, tuple[str, ...]] = {}
    for kind, names in (("kept", kept), ("lost", list(KNOWN))):
        for at in range(0, len(names), BATCH[kind]):
            found[f"{kind} {at // BATCH[kind]}"] = tuple(names[at : at + BATCH[kind]])
    return found


SHEETS = sheets()


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    """Route -> file -> what came back."""
    files = {name: written(FORM, *(ENCODINGS[e] for e in held)) for name, held in SHEETS.items()}
    files |= {name: written("review", dresses=dresses) for name, dresses in DRESSED.items()}
    files["strict"] = rewritten(written("review"), strict, every_part=True)
    return resaved(files, tmp_path_factory.mktemp("office"))


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("sheet", [name for name in SHEETS if name.startswith("kept")])
def test_encodings_come_back(sheet: str, route: str, back: dict[str, dict[str, Path]]) -> None:
    assert not differences(seen(back[route][sheet]), plainly(FORM))


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize("sheet", [*DRESSED, "strict"])
def test_dresses_come_back(sheet: str, route: str, back: dict[str, dict[str, Path]]) -> None:
    unlike = differences(seen(back[route][sheet]), plainly("review"))
    assert bool(unlike) == (route in KNOWN_DRESSES.get(sheet, ()))


def outcomes(back: dict[str, dict[str, Path]]) -> dict[str, dict[str, str]]:
    """Encoding -> route -> what became of its groups: the worst of them."""
    order = group_order(FORM)
    found: dict[str, dict[str, str]] = {}
    for sheet, held in SHEETS.items():
        for route in ROUTES:
            answers = seen(back[route][sheet]).answers
            for number, path in enumerate(order):
                name = held[number % len(held)]
                state = _outcome(answers[path, None], plainly(FORM).answers[path, None])
                worst = max(
                    state, found.setdefault(name, {}).get(route, SAME), key=[SAME, MANUAL, LOST].index
                )
                found[name][route] = worst
    return found


def _outcome(found: Any, wanted: Any) -> str:
    if found[1:] == wanted[1:]:
        return SAME
    right = set(found[1]) <= set(wanted[1]) <= {*found[1], *found[2]}
    return MANUAL if right else LOST


def test_losses_are_the_known_ones(back: dict[str, dict[str, Path]]) -> None:
    found = outcomes(back)
    assert set(found) == set(ENCODINGS)
    changed = {
        name: {route: state for route, state in states.items() if state != SAME}
        for name, states in found.items()
    }
    assert {name: states for name, states in changed.items() if states} == KNOWN


SIGN = {SAME: "✓", MANUAL: "☎", LOST: "✗"}
DOCS = Path(__file__).resolve().parents[1] / "docs"
HEADS = {
    "zh": {
        "encoding": "写法",
        "shown": "勾选 / 未勾选",
        "read": ("直接读取", "另存 .docx", "经 .odt", "经 .doc"),
    },
    "en": {
        "encoding": "Encoding",
        "shown": "Ticked / not",
        "read": ("As written", "As .docx", "By .odt", "By .doc"),
    },
}
RULE_HEADS = {"zh": ("写法", "何时算勾选", "依据"), "en": ("Encoding", "Ticked when", "Source")}
DRESS_HEADS = {"zh": "结构", "en": "Structure"}


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _head(*cells: str) -> str:
    return _row(*cells) + "|---" * len(cells) + "|\n"


def _families() -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = read_yaml(rules_file("box_encodings.yaml"))
    return data


def _encodings(language: str, found: dict[str, dict[str, str]]) -> str:
    """As written each is read: test_metamorphic.py has them one by one."""
    heads = HEADS[language]
    text = _head(heads["encoding"], heads["shown"], *heads["read"])
    for family, words in _families().items():
        for name, encoding in ENCODINGS.items():
            if encoding.family == family:
                again = (SIGN[found[name][route]] for route in ROUTES)
                text += _row(words[language], f"`{encoding.shown}`", SIGN[SAME], *again)
        for encoding in UNDECIDED.values():
            if encoding.family == family:
                text += _row(words[language], f"`{encoding.shown}`", SIGN[MANUAL], "", "", "")
    return text


def _rules(language: str) -> str:
    text = _head(*RULE_HEADS[language])
    for words in _families().values():
        text += _row(words[language], words[f"ticked_{language}"], words["source"])
    return text


def _dresses(language: str) -> str:
    text = _head(DRESS_HEADS[language], *HEADS[language]["read"])
    for name in [*DRESSES, "strict"]:
        again = (SIGN[LOST if route in KNOWN_DRESSES.get(name, ()) else SAME] for route in ROUTES)
        text += _row(CHINESE_DRESSES[name] if language == "zh" else name, SIGN[SAME], *again)
    return text


def test_the_pages_show_this_run(back: dict[str, dict[str, Path]], request: pytest.FixtureRequest) -> None:
    found = outcomes(back)
    for language in HEADS:
        path = DOCS / language / "checkboxes.md"
        page = real = path.read_text(encoding="utf-8")
        tables = {
            "encodings": _encodings(language, found),
            "families": _rules(language),
            "dresses": _dresses(language),
        }
        for name, table in tables.items():
            begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
            before, rest = real.split(begin)
            real = f"{before}{begin}\n{table}\n{end}{rest.split(end)[1]}"
        if request.config.getoption("--update-golden"):
            path.write_text(real, encoding="utf-8", newline="\n")
        else:
            assert page == real, "run pytest --update-golden and read docs/*/checkboxes.md"


def test_every_family_has_its_rule_and_a_form() -> None:
    assert {e.family for e in (ENCODINGS | UNDECIDED).values()} == set(_families())
    for words in _families().values():
        assert set(words) == {"zh", "en", "ticked_zh", "ticked_en", "source"}
        assert all(words.values())
