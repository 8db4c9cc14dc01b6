"""Regular expressions that are compiled when they are first used, and then kept between runs.

Compiling the hundred that one form needs takes a tenth of a whole check.
"""

from __future__ import annotations

import re
from functools import cached_property
from importlib import import_module
from typing import Any, AnyStr, cast

from clusterform.snapshot import kept
from clusterform.words import written_out


def _own(name: str) -> cached_property[Any]:
    """A member of the compiled expression, which the next look finds at once: `__getattr__` would slow down every look."""
    return cached_property(lambda self: getattr(self._compiled, name))


class _Pattern:
    """An expression that becomes its compiled self, method by method."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        program = _program(self._source, int(self._flags))
        if program is None:
            return re.compile(_written_out(self._source), self._flags)
        return cast("re.Pattern[Any]", import_module("_sre").compile(*program))

    def __reduce__(self) -> tuple[Any, ...]:
        return pattern, (self._source, self._flags)

    search, match, fullmatch, finditer, findall = map(
        _own, ("search", "match", "fullmatch", "finditer", "findall")
    )
    sub, subn, split, pattern, groupindex = map(_own, ("sub", "subn", "split", "pattern", "groupindex"))


@kept
def _program(source: str | bytes, flags: int) -> tuple[Any, ...] | None:
    """What `re` makes of an expression before `_sre`, which trusts no program unseen, takes it; None on a Python without these."""
    source = _written_out(source)
    try:
        compiler = import_module("re._compiler")
        parsed = compiler._parser.parse(source, flags)  # noqa: SLF001  (there is no other way to what can be kept)
        code = [int(word) for word in compiler._code(parsed, flags)]  # noqa: SLF001  (as above)
        state = parsed.state
        names: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            names[number] = name
    except (ImportError, AttributeError):
        return None
    return source, flags | int(state.flags), code, state.groups - 1, dict(state.groupdict), tuple(names)


def _written_out(source: str | bytes) -> str | bytes:
    return written_out(source) if isinstance(source, str) else source


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled on first use; kept between runs it is compiled then as well.

    {evidence.totals} stands for words of rules/words.yaml.
    """
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
