"""Regular expressions that are compiled when they are first used: a run needs few of them, and compiling takes its time."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, AnyStr, cast


class _Pattern:
    """An expression that becomes its compiled self, method by method."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source = source
        self._flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[Any]:
        return re.compile(self._source, self._flags)

    def __reduce__(self) -> tuple[Any, ...]:
        return pattern, (self._source, self._flags)

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._compiled, name)
        setattr(self, name, method)  # the next look finds it at once
        return method


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled on first use; kept between runs it is compiled then as well."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
