"""Which format an output has: --format says it, else the ending of its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from clusterform.errors import UsageError

Endings = Mapping[str, tuple[str, ...]]
"""Of each format the endings of its files, without the leading dot. The longest ending counts, then the first format."""


def format_of(given: str, output: Path | None, endings: Endings, default: str) -> str:
    """The format asked for, as --format names it or the output's ending does; `default` where there is no output.

    UsageError where the two disagree, and where an ending names no format and nothing else does. Whether `given` is a
    format at all its caller asks.
    """
    if output is None:
        return given or default
    named = named_by(output, endings)
    if not given:
        if named is None:
            raise _unknown(output, endings)
        return named
    if named is not None and given in endings and not any(_ends(output, ending) for ending in endings[given]):
        raise UsageError("output.ending-differs", name=output.name, ending=output.suffix, format=given)
    return given


def named_by(output: Path, endings: Endings) -> str | None:
    """The format that the output's ending names; None where it names none."""
    every = [
        (len(ending), name) for name, known in endings.items() for ending in known if _ends(output, ending)
    ]
    longest = max((length for length, _ in every), default=0)
    return next((name for length, name in every if length == longest), None)


def _ends(output: Path, ending: str) -> bool:
    return output.name.lower().endswith(f".{ending}")


def _unknown(output: Path, endings: Endings) -> UsageError:
    every = list(dict.fromkeys(f".{ending}" for known in endings.values() for ending in known))
    return UsageError("output.ending-unknown", name=output.name, endings=tuple(every))
