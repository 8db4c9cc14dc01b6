"""Makes a report's text fit an output that is not UTF-8: a GBK console, an ASCII pipe."""

from __future__ import annotations

from clusterform.patterns import pattern

_PLAIN = "☑|[√] √|x ☒|[x] ■|[x] ·|- ─|- →|-> …|... —|- –|- −|- ×|x ≥|>= ≤|<= “|\" ”|\" ‘|' ’|' （|( ）|) ％|%"
_SPACED = {"☐": "[ ]", "□": "[ ]", "，": ", ", "、": ", ", "；": "; ", "：": ": ", "。": ". "}
_SUBSTITUTES = {**dict(pair.split("|") for pair in _PLAIN.split()), **_SPACED, "\xa0": " ", "\u3000": "  "}
"""What stands in for a character that the console lacks. Anything else is written as its escape."""
_NOT_ASCII = pattern(r"[^\x00-\x7f]")


def fit(data: str, encoding: str) -> str:
    """The text with every character that `encoding` lacks replaced; unchanged where it has them all."""
    if _has(encoding, data):
        return data
    return "".join(_fit_char(char, encoding) for char in data)


def fit_json(data: str, encoding: str) -> str:
    """JSON text for an output in `encoding`: ASCII with escapes, which every reader takes, outside UTF-8."""
    return data if _is_utf8(encoding) else _NOT_ASCII.sub(lambda match: _escape(match.group()), data)


def fit_markup(data: str, encoding: str) -> str:
    """HTML or XML for an output in `encoding`: every character outside ASCII as a reference, outside UTF-8."""
    return data if _is_utf8(encoding) else _NOT_ASCII.sub(lambda match: f"&#x{ord(match.group()):x};", data)


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def _fit_char(char: str, encoding: str) -> str:
    if _has(encoding, char):
        return char
    if char in _SUBSTITUTES:
        return "".join(_fit_char(part, encoding) for part in _SUBSTITUTES[char])
    return char.encode("ascii", "backslashreplace").decode("ascii")


def _has(encoding: str, data: str) -> bool:
    try:
        data.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
