"""What any Office file may hold beside its answers, and how it is said: active content, hidden text, a conversion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clusterform.answers import Observation
from clusterform.finding import Location
from clusterform.messages import Fact, Text
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.sniff import XML_KINDS, format_name

_PARTS = {"vbaproject.bin": "active.macros", "/activex/": "active.activex", "/embeddings/": "active.embedded"}
"""By a piece of a part's name, what such a part is."""
_LINKS = {
    **{
        kind: kind
        for kind in ("attachedTemplate", "image", "oleObject", "frame", "subDocument", "externalLinkPath")
    },
    "xlExternalLinkPath": "externalLinkPath",
}
"""By a relationship's kind, the name of what it links to."""
_SHOWN = 60
"""Characters of hidden or struck text that a finding shows."""


def beside(package: Package, *more: Text) -> Iterator[Observation]:
    """A conversion, and all that may run or be fetched, with `more` of it that its kind of file may have."""
    if package.origin is not None:  # what LibreOffice made of the file, or the same in another dress
        what = "repacked" if package.origin.format in XML_KINDS else "converted"
        facts: dict[str, Fact] = {"format": format_name(package.origin.format)}
        yield Observation(what, facts=facts | ({"variant": "workbook"} if package.kind == "xlsx" else {}))
    for active in (*_active_content(package), *more):
        yield Observation("active-content", value=active.zh, facts={"what": active})


def _active_content(package: Package) -> list[Text]:
    """What may run or be fetched when the file is opened, each kind once."""
    names = ["/" + name for name in package.names]
    found = [Text(key) for piece, key in _PARTS.items() if any(piece in name for name in names)]
    pieces = (name.partition("_rels/") for name in package.names if name.endswith(".rels"))
    parts = [before + after.removesuffix(".rels") for before, _, after in pieces if after != ".rels"]
    kinds = {link.kind for part in parts for link in package.relationships(part) if link.external}
    linked = dict.fromkeys(name for kind, name in _LINKS.items() if kind in kinds)
    return [*found, *(Text(f"active.{name}") for name in linked)]


def shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def white_text(texts: Iterable[str], location: Location) -> Iterator[Observation]:
    """Letters as white as the paper: said once for all of a document or a sheet."""
    shown = shortened("、".join(filter(None, map(str.strip, texts))))
    if shown:
        yield Observation("white-text", value=shown, location=location, facts={"text": shown})


def hidden_text(text: str, location: Location) -> Observation:
    """Text that a reader of the file does not see."""
    shown = shortened(text.strip())
    return Observation("hidden-text", value=shown, location=location, facts={"text": shown})
