"""XML as text: elements, and the text inside them."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr


def element(name: str, /, *inner: str, **attributes: object) -> str:
    """An element; in the names of attributes the first _ stands for the colon."""
    written = "".join(
        f" {key.replace('_', ':', 1)}={quoteattr(str(value))}" for key, value in attributes.items()
    )
    body = "".join(inner)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def val(name: str, value: object) -> str:
    """An element of WordprocessingML that is its value and nothing else."""
    return element(name, w_val=value)


def plain(text: str) -> str:
    """Text between tags."""
    return escape(text)
