"""Paths of forms as links: percent-encoded, relative where they can be."""

from __future__ import annotations

import os.path
from pathlib import Path
from urllib.parse import quote

from clusterform.patterns import pattern

_ABSOLUTE = pattern(r"/|[A-Za-z]:/")
_KEPT = "/-._~!$'()*+,;=@"
"""What a path in a URI may hold as it is; a colon may not, as what stands before it would be a scheme."""

_ESCAPES = {ord(char): f"%{ord(char):02X}" for char in '%#?"<>[]^`{|}\\ '}


def uri(path: str) -> str:
    """The path of a report (slashes, as given on the command line) as a URI reference."""
    if _ABSOLUTE.match(path):
        return "file://" + quote(_octets("/" + path.removeprefix("/")), safe=_KEPT + ":")
    return quote(_octets(path), safe=_KEPT)


def readable_uri(path: str) -> str:
    """The same with Chinese characters as they are, where all can be seen: older office programs read no others."""
    if not path.isprintable():
        return uri(path)
    start = "file://" if path.startswith("/") else "file:///" if _ABSOLUTE.match(path) else ""
    return start + path.translate(_ESCAPES if start else _ESCAPES | {ord(":"): "%3A"})


def beside(path: str, target: Path | None) -> str:
    """The path as seen from the folder of the file that will hold the link; as it is where there is none."""
    if target is None or "\0" in path:
        return path
    try:
        return Path(os.path.relpath(path, target.parent)).as_posix()
    except ValueError:  # another drive
        return path


def _octets(path: str) -> bytes:
    """A name that is no UTF-8 keeps its own octets; a half surrogate pair of another make is kept as it is."""
    try:
        return path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return path.encode("utf-8", "surrogatepass")
