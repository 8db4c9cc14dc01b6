"""What is said of a container that cannot be read, and what to do about it."""

from __future__ import annotations

from clusterform.errors import UnreadableError
from clusterform.messages import Text


def over_limits(reason: Text) -> UnreadableError:
    return UnreadableError("over-limits", "file.over", reason=reason)


def too_long(seconds: int) -> UnreadableError:
    """A file whose check was stopped."""
    return UnreadableError("over-limits", "file.too-slow", seconds=seconds)


def too_much_memory() -> UnreadableError:
    """The same, for what it took of the machine."""
    return UnreadableError("over-limits", "file.too-much-memory")


def no_form(reason: Text) -> UnreadableError:
    return UnreadableError("cannot-open", "file.no-form", reason=reason)


def damaged() -> UnreadableError:
    """A container that breaks off or contradicts itself."""
    return no_form(Text("container.damaged"))


def cell_too_long(reference: str, length: int, most: int) -> UnreadableError:
    """A cell of a workbook that Excel itself would not open whole."""
    return UnreadableError("over-limits", "file.cell-too-long", length=length, most=most, cell=reference)


def encrypted() -> UnreadableError:
    return UnreadableError("encrypted", "file.encrypted")
