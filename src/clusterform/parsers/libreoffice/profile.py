"""What LibreOffice may do while it converts a file: nothing but that. Its settings, its environment, its fonts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from string import Template
from xml.sax.saxutils import escape

from clusterform.data_files import templates_file

_SETTINGS = "registrymodifications.xcu"
_NOWHERE = "http://127.0.0.1:9"
"""A port where nobody listens: what tries to get out by a proxy gets nowhere."""
_KEPT = ("PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PROGRAMFILES", "PROGRAMDATA")
"""What a program needs of the environment to start at all; the rest may hold secrets."""


def write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    (user / _SETTINGS).write_bytes(templates_file("libreoffice", _SETTINGS).read_bytes())


def environment(folder: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables LibreOffice is started with: a home of its own in the folder, and no way out."""
    fonts = folder / "fonts.conf"
    text = templates_file("libreoffice", fonts.name).read_text(encoding="utf-8")
    main, own = given.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf"), given.get("HOME", ".")
    fonts.write_text(Template(text).substitute(main=escape(main), home=escape(own)), encoding="utf-8")
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    return {
        **{name: value for name, value in given.items() if name.upper() in _KEPT},
        **dict.fromkeys(homes, str(folder)),
        **{name: _NOWHERE for low in proxies for name in (low, low.upper())},
        "FONTCONFIG_FILE": str(fonts),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }
