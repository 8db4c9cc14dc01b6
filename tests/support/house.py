"""A copy of the program with an edition more, made of data alone: what the commands do there is what a keeper would get."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parents[1] / "data" / "edition-2027"


SERVER = Path(__file__).with_name("command_server.py")


def copy_with_2027(root: Path) -> None:
    """The program with tests/data/edition-2027 as one of its editions."""
    shutil.copytree(ROOT / "src" / "clusterform", root / "src" / "clusterform")
    for name in ("rules", "templates", "messages"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copytree(DATA, root / "rules" / "editions" / "2027")


class Ended(NamedTuple):
    """What a command leaves behind."""

    returncode: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class House:
    """The program's own folder, copied, and the commands in it."""

    root: Path
    server: subprocess.Popen[str]

    @classmethod
    @contextmanager
    def at(cls, root: Path) -> Iterator[House]:
        """Of a folder that holds a copy; its commands are run by one server, which ends with it."""
        paths = (str(root / "src"), *filter(None, [os.environ.get("PYTHONPATH")]))
        kept = {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
        with subprocess.Popen(
            [sys.executable, str(SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env=os.environ | kept,
        ) as server:
            yield cls(root, server)
            server.communicate()

    def run(self, *arguments: str | Path, status: int | None = 0) -> str:
        """What a command prints; any `status` is right where None is given."""
        return self.ended(*arguments, status=status).stdout

    def ended(self, *arguments: str | Path, status: int | None = 0) -> Ended:
        """The same with what it tells on stderr."""
        assert self.server.stdin is not None
        assert self.server.stdout is not None
        with tempfile.TemporaryDirectory() as kept:
            printed = {name: Path(kept, name) for name in ("out", "err")}
            asked = {
                "arguments": list(map(str, arguments)),
                "folder": str(self.root),
                **{name: str(path) for name, path in printed.items()},
            }
            self.server.stdin.write(f"{json.dumps(asked)}\n")
            self.server.stdin.flush()
            returned = int(self.server.stdout.readline())
            out, err = (path.read_text(encoding="utf-8") for path in printed.values())
        assert status is None or returned == status, out[-2000:] + err
        return Ended(returned, out, err)
