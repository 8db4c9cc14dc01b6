"""The sentences of messages/, read once and kept between runs."""

from __future__ import annotations

from clusterform.data_files import messages_file
from clusterform.snapshot import kept
from clusterform.yaml_file import read_yaml


@kept
def sentences(language: str) -> dict[str, str]:
    """Every sentence of the language by its key."""
    found: dict[str, str] = read_yaml(messages_file(f"{language}.yaml"))
    return found
