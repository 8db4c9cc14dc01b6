"""Texts as people's editors save them: UTF-8 with or without its mark, UTF-16 with one, or GB18030."""

from __future__ import annotations

_MARKS_OF_16 = (b"\xff\xfe", b"\xfe\xff")
_ENCODINGS = ("utf-8-sig", "gb18030")


def decoded(data: bytes) -> str | None:
    """The text; None where it is in no encoding known here."""
    if data.startswith(_MARKS_OF_16):
        return data.decode("utf-16", "replace")
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
