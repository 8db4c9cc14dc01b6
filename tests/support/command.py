"""The command in this process, as typed: what it prints can be captured, and what it calls replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusterform.__main__ import command_line


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """The exit status."""
    monkeypatch.setattr("sys.argv", ["clusterform", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        command_line()
    return int(ended.value.code or 0)
