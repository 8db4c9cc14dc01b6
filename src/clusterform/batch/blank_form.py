"""Blank forms that lie among filled ones: the notice itself, its annexes, a template."""

from __future__ import annotations

import re
from pathlib import Path

from clusterform.answers import Answer, CountNames, FilledForm, State, TicksAnswer
from clusterform.patterns import pattern
from clusterform.regions import names_place

_NAMES = ("cover.cluster_name", "basic_info.cluster_name")
_TEMPLATE = pattern("附件|附表|空白|空表|模板|样表|范本|格式|通知|template|blank", re.IGNORECASE)
_SAID = frozenset({State.NONE, State.STAND_IN, State.UNREADABLE, State.NO_VALUE})


def is_blank(form: FilledForm) -> bool:
    """No cluster's name, no figure and no tick: whatever else stands there is printed, or was left behind."""
    return bool(form.fields) and not any(_told(path, answer) for (path, _), answer in form.answers.items())


def has_own_name(path: Path) -> bool:
    """Whether the names of a file and its folder make it a county's own, which must not be passed over though blank."""
    return not _TEMPLATE.search(path.stem) and (names_place(path.stem) or names_place(path.parent.name))


def _told(path: str, answer: Answer) -> bool:
    value = answer.value
    if isinstance(answer, TicksAnswer) and answer.value is not None:
        return bool(answer.ticked or answer.undecided)
    if isinstance(value, CountNames):
        return value.count is not None or bool(value.names)
    if answer.decimal is not None or answer.state in _SAID:
        return True
    return path in _NAMES and answer.state is State.FILLED
