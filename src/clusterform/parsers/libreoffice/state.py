"""What a page's layout depends on besides the document: LibreOffice itself and the fonts installed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from clusterform.parsers.libreoffice.convert import find_soffice

_FONTS = {
    "win32": (r"%WINDIR%\Fonts", r"%LOCALAPPDATA%\Microsoft\Windows\Fonts"),
    "darwin": ("/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts"),
}
_ELSEWHERE = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")


def office_state() -> str | None:
    """A word that changes when LibreOffice or the fonts do; None where there is no LibreOffice."""
    program = find_soffice()
    if program is None:
        return None
    path = Path(program).resolve()
    seen = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}", *_font_folders()]
    return sha256("\n".join(seen).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _font_folders() -> Iterator[str]:
    """Every folder of fonts with the time of its last change: a font that comes or goes changes it."""
    for name in _FONTS.get(sys.platform, _ELSEWHERE):
        top = os.path.expanduser(os.path.expandvars(name))  # noqa: PTH111  (pathlib knows no %WINDIR%)
        for folder, inner, _ in os.walk(top):
            inner.sort()
            yield f"{folder} {Path(folder).stat().st_mtime_ns}"
