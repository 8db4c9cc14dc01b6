"""What is made from rules/ and messages/, kept from one run to the next: reading it anew takes longer than checking a form.

`@kept` marks a function of plain arguments whose result depends on those alone; each result is made once a
process. Inside `between_runs()` results also come from, and go to, one file in the user's cache folder. That file
counts only while the bytes of everything under them, this program and Python are what they were when it was
written. Whatever goes wrong with it is passed over in silence, and the YAML is read instead.

The file is a pickle, the one format that gives objects back without building them again. A pickle can run code
when it is read, so it is read only where nobody but the user can have written it: his own file, closed to others,
in his own folder, closed to others. Whoever can write there can change the program itself.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import update_wrapper
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any, Generic, NamedTuple, ParamSpec, TypeVar, cast

from clusterform import __version__, data_files

P = ParamSpec("P")
R = TypeVar("R")

VARIABLE = "CLUSTERFORM_CACHE"
"""Another folder for the file; set but empty: no file."""
_DIGEST = 32
_MOST = 3_000_000
"""So many bytes are kept, twice what a run needs, as each start reads them all; with more, what the last run did without goes."""
_OTHERS = 0o022
"""Permission for anybody else to write."""


class KeptResults(Generic[P, R]):
    """A function whose results are kept. Arguments are given by position."""

    def __init__(self, make: Callable[P, R]) -> None:
        self._make = make
        self._made: dict[Any, R] = {}
        update_wrapper(self, make)

    def __call__(self, *args: P.args, **named: P.kwargs) -> R:
        try:  # asked for many times for each form, and all but always there
            return self._made[args]
        except KeyError:
            return self._made.setdefault(args, self._fetched(*args, **named))

    def _fetched(self, *args: P.args, **named: P.kwargs) -> R:
        store = _STORE.get()
        if store is None:
            return self._make(*args, **named)
        name = f"{self._make.__module__}.{self._make.__qualname__}{args!r}"
        return cast("R", store.fetch(name, lambda: self._make(*args, **named)))

    def cache_clear(self) -> None:
        self._made.clear()


def kept(make: Callable[P, R]) -> KeptResults[P, R]:
    """Marks a function whose result depends on its arguments and the data files alone, and can be pickled."""
    return KeptResults(make)


@contextmanager
def between_runs() -> Iterator[None]:
    """Inside, results come from the user's cache folder where they are there; new ones are written at the end.

    Inside another it is that one. Also where a command ends early, as each does with its status, they are written.
    """
    if _STORE.get() is not None:
        yield
        return
    store = _opened()
    token = _STORE.set(store)
    try:
        yield
    finally:
        _STORE.reset(token)
        if store is not None and store.fresh:
            with suppress(Exception):  # a disk that is full or read-only must not end a check
                store.write()


class _SnapshotFile:
    """The file: what it counts for, a digest of the rest, and the results, each a pickle of its own."""

    def __init__(self, path: Path, state: bytes) -> None:
        self.path = path
        self.state = state
        self.fresh: dict[str, Any] = {}
        self._used: set[str] = set()
        self._held: dict[str, bytes] = {}
        with suppress(Exception):  # not there, foreign, cut off, from another time: as if it were not there
            self._held = self._read()

    def fetch(self, name: str, make: Callable[[], Any]) -> Any:
        self._used.add(name)
        if name in self._held:
            with suppress(Exception):
                return pickle.loads(self._held[name])  # noqa: S301  (from the user's own file, see above)
        self.fresh[name] = value = make()
        return value

    def _read(self) -> dict[str, bytes]:
        with self.path.open("rb") as file:
            if not private(os.fstat(file.fileno())):
                return {}
            data = file.read()
        state, digest, rest = data[:_DIGEST], data[_DIGEST : 2 * _DIGEST], data[2 * _DIGEST :]
        if state != self.state or digest != sha256(rest).digest():
            return {}
        held: dict[str, bytes] = pickle.loads(rest)  # noqa: S301  (from the user's own file, see above)
        return held

    def write(self) -> None:
        """Beside the file, then in its place, so that nobody ever reads half of it."""
        from tempfile import NamedTemporaryFile

        folder = self.path.parent
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not private(folder.stat()):
            return
        held = self._held | {name: pickle.dumps(value) for name, value in self.fresh.items()}
        if sum(map(len, held.values())) > _MOST:
            held = {name: data for name, data in held.items() if name in self._used}
        rest = pickle.dumps(held)
        with NamedTemporaryFile(dir=folder, delete=False) as file:  # open to its owner only
            file.write(self.state + sha256(rest).digest() + rest)
        try:
            Path(file.name).replace(self.path)
        except OSError:
            Path(file.name).unlink()


_STORE: ContextVar[_SnapshotFile | None] = ContextVar("_STORE", default=None)


def private(status: os.stat_result) -> bool:
    """Whether it is the user's own and closed to others; on Windows his profile is so by itself."""
    return os.name == "nt" or (status.st_uid == os.getuid() and not status.st_mode & _OTHERS)


class CacheFolder(NamedTuple):
    """Where things are kept between runs, and what they count for."""

    folder: Path
    program: str
    """Names this program, this Python and this place of the data, in sixteen letters."""
    state: bytes
    """A digest of the program and of everything under rules/ and messages/ as they are now."""


def cache_folder() -> CacheFolder | None:
    """None where it is switched off, or where the data is no plain folder (a zip)."""
    root = data_files.data_root()
    try:
        folder = _folder()
        if folder is None or not isinstance(root, Path):
            return None
        state = sha256(f"{__version__} {sys.version} {Path(__file__).parent} {root}".encode())
        program = state.hexdigest()[:16]
        files = (
            _files(root / "rules"),
            _files(root / "messages"),
            _files(Path(__file__).parent, program=True),
        )
        for path, content in chain(*files):
            state.update(f"{path} {len(content)} ".encode() + content)
        return CacheFolder(folder, program, state.digest())
    except (OSError, RuntimeError):  # the latter where the user has no home
        return None


def _opened() -> _SnapshotFile | None:
    found = cache_folder()
    return (
        None if found is None else _SnapshotFile(found.folder / f"rules-{found.program}.pickle", found.state)
    )


def _files(folder: str | Path, *, program: bool = False) -> Iterator[tuple[str, bytes]]:
    """The bytes of every data file, and size and time of every module: one that changed may make something else."""
    with os.scandir(folder) as found:  # run at every start, and faster than a walk of paths
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path, program=program)
        elif not program:
            yield entry.path, Path(entry.path).read_bytes()
        elif entry.name.endswith(".py"):
            status = entry.stat()
            yield entry.path, f"{status.st_size} {status.st_mtime_ns}".encode()


def _folder() -> Path | None:
    """The user's folder for such files, as each system has it; None where he wants none."""
    chosen = os.environ.get(VARIABLE)
    if chosen is not None:
        return Path(chosen) if chosen else None
    if os.name == "nt":
        local = os.environ.get("LOCALAPPDATA")
        return Path(local) / "clusterform" if local else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "clusterform"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "clusterform"
