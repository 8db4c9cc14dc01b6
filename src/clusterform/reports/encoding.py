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
    try:
        data.encode(encoding)
    except UnicodeEncodeError:
        if len(data) > 1:
            return "".join(fit(char, encoding) for char in data)
        known = _SUBSTITUTES.get(data)
        return fit(known, encoding) if known else data.encode("ascii", "backslashreplace").decode("ascii")
    return data


def fit_json(data: str, encoding: str) -> str:
    """JSON text for an output in `encoding`: ASCII with escapes, which every reader takes, outside UTF-8."""
    if _is_utf8(encoding):
        return data
    import json  # most outputs are UTF-8

    return _NOT_ASCII.sub(lambda match: json.dumps(match.group())[1:-1], data)


def fit_markup(data: str, encoding: str) -> str:
    """HTML or XML for an output in `encoding`: every character outside ASCII as a reference, outside UTF-8."""
    return data if _is_utf8(encoding) else _NOT_ASCII.sub(lambda match: f"&#x{ord(match.group()):x};", data)


def _is_utf8(encoding: str) -> bool:
    return encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}
