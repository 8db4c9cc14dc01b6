"""What LibreOffice may do while it converts a file: nothing but that. Its settings, its environment, its fonts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_COMMON, _NET = "/org.openoffice.Office.Common", "/org.openoffice.Inet/Settings"
_DEAD = "127.0.0.1"
_DISCARD = "9"
"""A port where nobody listens: what tries to get out by a proxy gets nowhere."""
_SETTINGS = (
    # Without the first, LibreOffice fetches linked pictures over the network and embeds linked files of this machine.
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),  # 0 never
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "1"),  # 1 never
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (_NET, "ooInetProxyType", "2"),  # 2 by hand
    (_NET, "ooInetHTTPProxyName", _DEAD),
    (_NET, "ooInetHTTPProxyPort", _DISCARD),
    (_NET, "ooInetHTTPSProxyName", _DEAD),
    (_NET, "ooInetHTTPSProxyPort", _DISCARD),
    (_NET, "ooInetNoProxy", ""),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        "false",
    ),
)
_KEPT = ("PATH", "PATHEXT", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PROGRAMFILES", "PROGRAMDATA")
"""What a program needs of the environment to start at all; the rest may hold secrets."""

_FOUND_ANYWHERE = (
    # The fonts official documents are set in and their other names, then free ones that have the characters.
    ("仿宋_GB2312", "仿宋", "FangSong", "FangSong_GB2312", "方正仿宋_GBK", "华文仿宋", "STFangsong"),
    ("楷体_GB2312", "楷体", "KaiTi", "KaiTi_GB2312", "方正楷体_GBK", "华文楷体", "STKaiti"),
    (
        "宋体",
        "SimSun",
        "NSimSun",
        "新宋体",
        "方正小标宋简体",
        "方正小标宋_GBK",
        "FZXiaoBiaoSong-B05S",
        "华文中宋",
    ),
    ("黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "等线", "DengXian", "华文黑体"),
)
_FREE = (
    *("Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC", "Source Han Sans SC"),
    *(
        "WenQuanYi Micro Hei",
        "WenQuanYi Zen Hei",
        "AR PL UMing CN",
        "AR PL SungtiL GB",
        "Droid Sans Fallback",
    ),
)


def write_profile(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{escape(path)}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry"'
    user = folder / "user"
    user.mkdir(parents=True)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {spaces}>{items}</oor:items>\n'
    (user / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def environment(folder: Path, given: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The variables LibreOffice is started with: a home of its own in the folder, and no way out."""
    fonts = folder / "fonts.conf"
    fonts.write_text(_fonts(given), encoding="utf-8")
    home, proxy = str(folder), f"http://{_DEAD}:{_DISCARD}"
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "TMPDIR", "TMP", "TEMP", "XDG_RUNTIME_DIR")
    proxies = ("http_proxy", "https_proxy", "ftp_proxy", "all_proxy")
    return {
        **{name: value for name, value in given.items() if name.upper() in _KEPT},
        **dict.fromkeys(homes, home),
        **{name: proxy for low in proxies for name in (low, low.upper())},
        "FONTCONFIG_FILE": str(fonts),
        "LC_ALL": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
    }


def _fonts(given: Mapping[str, str]) -> str:
    """The machine's fonts and the user's own; each font a form may name, where it is missing, by one that is there.

    One stand-in for all of them: a form and its blank are then laid out alike, whichever names they use.
    """
    own = Path(given.get("HOME", "."))
    folders = "".join(f"<dir>{escape(str(own / name))}</dir>" for name in (".fonts", ".local/share/fonts"))
    main = escape(given.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf"))
    aliases = "".join(
        f'<alias binding="same"><family>{name}</family><accept>{_families(name, group)}</accept></alias>'
        for group in _FOUND_ANYWHERE
        for name in group
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n'
        f'<fontconfig>{aliases}<include ignore_missing="yes">{main}</include>{folders}</fontconfig>\n'
    )


def _families(name: str, group: tuple[str, ...]) -> str:
    return "".join(f"<family>{other}</family>" for other in (*group, *_FREE) if other != name)
