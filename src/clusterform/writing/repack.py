"""A copy of an Office file with some of its parts replaced, and every other part byte for byte as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import copy

_DAY = (1980, 1, 1, 0, 0, 0)
"""Of parts that are added: a copy is the same whenever it is made."""


def repacked(data: bytes, parts: Mapping[str, bytes], added: Mapping[str, bytes] | None = None) -> bytes:
    """The file with new bytes for the parts, by name in any case, and `added` behind them; order, dates and packing of all stay."""
    wanted = {name.lower(): new for name, new in parts.items()}
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in old.infolist():
            name = info.filename.replace("\\", "/").lstrip("/").lower()
            content = wanted[name] if name in wanted else old.read(info)
            made.writestr(copy(info), content, compress_type=info.compress_type)
        for name, content in (added or {}).items():
            item = zipfile.ZipInfo(name, _DAY)
            item.compress_type = zipfile.ZIP_DEFLATED
            item.create_system = 0  # else the system that wrote it stands in the file
            made.writestr(item, content)
    return held.getvalue()
