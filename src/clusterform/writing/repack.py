"""Parts of an Office file: put in place of others, every other part byte for byte as it was; or made as they are shipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import date
from functools import cache
from string import Template

from clusterform.data_files import templates_file

_DAY = date(1980, 1, 1)
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
            add_part(made, name, content)
    return held.getvalue()


def add_part(package: zipfile.ZipFile, name: str, content: bytes, day: date = _DAY) -> None:
    """A new part of that day: the same file whenever and wherever it is made."""
    item = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
    item.compress_type = zipfile.ZIP_DEFLATED
    item.create_system = 0  # else the system that wrote it stands in the file
    package.writestr(item, content)


def shipped_part(name: str, /, **facts: object) -> str:
    """A part, or a piece of one, as its file under templates/ has it, with these facts in it.

    Line breaks and the spaces that lines begin with are for readers; only that behind the first line of XML stays.
    """
    return _template(name).substitute(facts)


@cache
def _template(name: str) -> Template:
    lines = templates_file(*name.split("/")).read_text(encoding="utf-8").splitlines()
    return Template("".join(f"{line}\n" if line.startswith("<?xml") else line.strip() for line in lines))
