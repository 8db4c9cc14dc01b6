"""A copy of the program with an edition more, made of data alone: what the commands do there is what a keeper would get."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).resolve().parents[1] / "data" / "edition-2027"


@dataclass(frozen=True, slots=True)
class House:
    """The program's own folder, copied, and the commands in it."""

    root: Path

    @classmethod
    def copied(cls, root: Path) -> House:
        """With tests/data/edition-2027 as one of its editions."""
        shutil.copytree(ROOT / "src" / "clusterform", root / "src" / "clusterform")
        for name in ("rules", "templates", "messages"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copytree(DATA, root / "rules" / "editions" / "2027")
        return cls(root)

    def run(self, *arguments: str | Path, status: int | None = 0) -> str:
        """What a command prints; any `status` is right where None is given."""
        return self.ended(*arguments, status=status).stdout

    def ended(self, *arguments: str | Path, status: int | None = 0) -> subprocess.CompletedProcess[str]:
        """The same with what it tells on stderr."""
        kept = {"PYTHONPATH": str(self.root / "src"), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(
            [sys.executable, "-m", "clusterform", *map(str, arguments)],
            capture_output=True,
            encoding="utf-8",
            env=os.environ | kept,
            cwd=self.root,
            check=False,
        )
        assert status is None or done.returncode == status, done.stdout[-2000:] + done.stderr
        return done
