"""The table of words: what it may hold, and that each of its words is used."""

from __future__ import annotations

import re
from pathlib import Path

from clusterform.data_files import rules_file, templates_file
from clusterform.patterns import pattern
from clusterform.words import lists_of, word, words, written_out
from clusterform.yaml_file import read_yaml

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "clusterform"
BY_ROOM = {"options"}
"""Rooms that are taken as a whole."""


def test_every_word_is_used() -> None:
    table = read_yaml(rules_file("words.yaml"))
    rooms = {room for room, names in table.items() if isinstance(names, dict)}
    named = {name for room in rooms - BY_ROOM for name in (f"{room}.{key}" for key in table[room])}
    named |= table.keys() - rooms
    source = "".join(path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py")))
    source = source.replace("halves.{half}", "halves.count")
    used = set(re.findall(r"\{([a-z]+\.[a-z_]+|numerals|digits|counters)\}", source))
    used |= set(re.findall(rf"\"((?:{'|'.join(rooms)})\.[a-z_]+|digits|counters)\"", source))
    looks = templates_file("book", "looks.yaml").read_text(encoding="utf-8")
    used |= set(re.findall(rf": ((?:{'|'.join(rooms)})\.[a-z_]+)", looks))
    assert named <= used


def test_a_list_is_a_choice_and_a_text_stands_as_it_is() -> None:
    assert words("cluster.last") == ("集群", "产业")
    assert word("halves.count_spaced") == r"数\s*+量"
    assert written_out("^{cluster.last}[{counters}]{2,3}$") == "^(?:集群|产业)[个家项]{2,3}$"
    assert pattern("{halves.count_spaced}").match("数 量")
    assert lists_of("subjects")["letter"] == words("subjects.letter")
