"""A copy of an Office file with some of its parts replaced, and every other part byte for byte as it was."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import copy


def repacked(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The file with new bytes for the parts, by name in any case; order, dates and packing stay."""
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
    return held.getvalue()
