"""By what two programs judge alike: a digest of the version, the rules and a province's own."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

from clusterform import __version__
from clusterform.data_files import rules_file


def rules_digest(rule_files: Sequence[Path]) -> str:
    """Twelve hexadecimal digits."""
    digest = sha256(__version__.encode())
    for data in (*_contents(rules_file()), *(path.read_bytes() for path in rule_files)):
        digest.update(sha256(data).digest())
    return digest.hexdigest()[:12]


def _contents(folder: Traversable) -> list[bytes]:
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return [data for e in entries for data in (_contents(e) if e.is_dir() else [e.read_bytes()])]
