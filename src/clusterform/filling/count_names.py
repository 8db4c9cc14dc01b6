"""数量 and 名称 in one text, as people write them: which part is the count, and which are the names."""

from __future__ import annotations

from clusterform.patterns import pattern
from clusterform.record import record

_COUNT = pattern(r"数\s*+量\s*+(?:[(（][个家项][)）])?\s*+[:：]?\s*+")
_COUNT_BEHIND = pattern(r"数\s*+量\s*+[:：]?\s*+")
_NAMES = pattern(r"名\s*+称\s*+[:：]?")
_NAMES_COLON = pattern(r"名\s*+称\s*+[:：]\s*+")
_LEADING = pattern(
    r"(?:数\s*+量\s*+[:：]?)?\s*+(?P<count>[\d０-９]++)"
    r"(?:[^\S\n]*+[个家项]|\s*+[个家项](?=[^\S\n]*+\n|\s*+(?:[:：,，、(（]|\Z)))?+(?P<gap>\s*+)"
)
"""A counter in the next line is one only where nothing but a sign follows it: else it begins the names."""
_TOTAL = pattern(r"共(?:计)?\s*+(?P<count>[\d０-９]++)\s*+[个家项]")
_PARTS = "；;，,。"
"""What may stand between the count and the word 名称."""
_BEFORE_NAMES = ":：,，、(（"


@record
class CountAndNames:
    """Both, as they are written."""

    count: str
    names: str


def count_and_names(text: str) -> CountAndNames | None:
    """数量：3 个 名称：甲、乙、丙; 名称：… 数量：3; 3家：甲…; 甲、乙、丙，共3家. None where it is none of these."""
    return _labelled(text) or _names_first(text) or _leading(text) or _total_behind(text)


def _labelled(text: str) -> CountAndNames | None:
    count = _COUNT.search(text)
    names = _NAMES.search(text, count.end()) if count is not None else None
    if count is None or names is None:
        return None
    between = text[count.end() : names.start()].rstrip()
    return CountAndNames(
        between[:-1].rstrip() if between.endswith(tuple(_PARTS)) else between, text[names.end() :]
    )


def _names_first(text: str) -> CountAndNames | None:
    names = _NAMES_COLON.search(text)
    count = _COUNT_BEHIND.search(text, names.end()) if names is not None else None
    if names is None or count is None:
        return None
    return CountAndNames(text[count.end() :], text[names.end() : count.start()].rstrip())


def _leading(text: str) -> CountAndNames | None:
    """The count first; what follows must be parted from it by a sign or a line end."""
    found = _LEADING.match(text)
    if found is None:
        return None
    names = text[found.end() :]
    if not names:
        return CountAndNames(found["count"], "")
    if names.startswith(tuple(_BEFORE_NAMES)):
        names = names[1:].lstrip()
    elif "\n" not in found["gap"]:
        return None
    return CountAndNames(found["count"], names[:-1] if names.endswith((")", "）")) else names)


def _total_behind(text: str) -> CountAndNames | None:
    at = text.rfind("共")
    found = _TOTAL.fullmatch(text, at) if at > 0 else None
    names = text[: max(at, 0)].rstrip()
    return CountAndNames(found["count"], names) if found is not None and names else None
