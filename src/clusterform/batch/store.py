"""Results kept from one run to the next: a file whose bytes, rules and settings are what they were is not checked again.

One SQLite file in the user's cache folder. What it holds are pickles, so it is used only where nobody but the user can
have written it (see snapshot.py). Whatever goes wrong with it is passed over in silence: the files are checked again.
"""

from __future__ import annotations

import os
import pickle
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.batch.job import JobResult
from clusterform.settings import CONCLUSIONS, Settings
from clusterform.snapshot import cache_folder, private

if TYPE_CHECKING:
    import sqlite3

_NAME = "results.sqlite"
_MOST = 64 << 20
"""Bytes of results kept; with more, those not used for longest go."""
_TABLE = (
    "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"
)
_TOTAL = "SELECT COALESCE(SUM(LENGTH(value)), 0) FROM results"


class Store:
    """The kept results of one run's rules and settings. Inactive where nothing is to be kept."""

    def __init__(self, settings: Settings, *, most: int = _MOST) -> None:
        self._most = most
        self._base: sqlite3.Connection | None = None
        self._used: list[tuple[int, bytes]] = []
        found = cache_folder()
        if found is not None:
            self._run = _run_state(found.state, settings)
            with suppress(Exception):
                self._base = _opened(found.folder)

    def key(self, sha256_hex: str, name: str, beside: str) -> bytes:
        """Of one file: its bytes, its name, and the state of the evidence beside it."""
        return sha256(
            f"{sha256_hex} {name} {beside} ".encode("utf-8", "surrogateescape") + self._run
        ).digest()

    @property
    def active(self) -> bool:
        return self._base is not None

    def get(self, key: bytes) -> JobResult | None:
        with suppress(Exception):
            if self._base is not None:
                row = self._base.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
                if row is not None:
                    result: Any = pickle.loads(row[0])  # noqa: S301  (from the user's own file, see above)
                    if isinstance(result, JobResult):
                        self._used.append((int(time.time()), key))
                        return result
        return None

    def put(self, key: bytes, result: JobResult) -> None:
        with suppress(Exception):
            if self._base is not None:
                value = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
                self._base.execute(
                    "INSERT OR REPLACE INTO results VALUES (?, ?, ?)", (key, int(time.time()), value)
                )

    def close(self) -> None:
        """Writes what is new, and lets go of what was not used for longest where there is too much."""
        base, self._base = self._base, None
        if base is None:
            return
        with suppress(Exception):
            base.executemany("UPDATE results SET used = ? WHERE key = ?", self._used)
            if base.execute(_TOTAL).fetchone()[0] > self._most:
                _thin(base, self._most)
            base.commit()
        with suppress(Exception):
            base.close()


def _thin(base: sqlite3.Connection, most: int) -> None:
    """The longest unused go until three quarters are left."""
    rows = base.execute("SELECT key, LENGTH(value) FROM results ORDER BY used, key").fetchall()
    over = sum(size for _, size in rows) - most * 3 // 4
    gone = []
    for key, size in rows:
        if over <= 0:
            break
        gone.append((key,))
        over -= size
    base.executemany("DELETE FROM results WHERE key = ?", gone)


def _run_state(state: bytes, settings: Settings) -> bytes:
    """All that a result depends on beside the file: program, rules, settings, and the files they name."""
    digest = sha256(state)
    for name, given in settings._asdict().items():
        value = None if name in CONCLUSIONS else given
        digest.update(f"{name}={_plain(value)!r};".encode())
    named = [settings.reference, settings.blank, *settings.rule_files]
    for path in named:
        if path is not None:
            digest.update(path.read_bytes() if path.is_file() else b"-")
    return digest.digest()


def _plain(value: Any) -> Any:
    """Paths and mappings in a form whose text is the same in every run."""
    if isinstance(value, dict):
        return sorted((str(key), str(item)) for key, item in value.items())
    return [str(item) for item in value] if isinstance(value, tuple) else str(value)


def _opened(folder: Path) -> sqlite3.Connection | None:
    import sqlite3

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / _NAME
    if not private(folder.stat()):
        return None
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if not private(path.stat()):
        return None
    base = sqlite3.connect(path, timeout=1)
    try:
        base.execute("PRAGMA synchronous = OFF")
        base.execute(_TABLE)
        base.execute(_TOTAL).fetchone()
    except sqlite3.DatabaseError:
        base.close()
        path.unlink()  # no such file, or damaged: begun anew
        return None
    return base
