"""The name of a file in a zip, also where Windows wrote it in GBK and said nothing of it."""

from __future__ import annotations

import zipfile

_SAYS_UTF8 = 0x800


def member_name(info: zipfile.ZipInfo) -> str:
    """Python reads a name without the UTF-8 mark as cp437; its bytes are UTF-8 (macOS) or GB18030 (Windows)."""
    if info.flag_bits & _SAYS_UTF8:
        return info.filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding).partition("\0")[0]
        except UnicodeDecodeError:
            continue
    return info.filename
