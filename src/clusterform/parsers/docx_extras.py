"""What a .docx holds beside its answers: tracked changes, comments, hidden text, macros, links to the outside."""

from __future__ import annotations

from collections.abc import Iterable

from clusterform.answers import Observation
from clusterform.messages import Text
from clusterform.parsers import docx_names as n
from clusterform.parsers.docx_blocks import Hidden
from clusterform.parsers.docx_traces import traces
from clusterform.parsers.extras import active, active_content, conversion, hidden_text
from clusterform.parsers.package import Package
from clusterform.parsers.xml_tree import Element


def extras(
    package: Package, root: Element, hidden: Iterable[Hidden], *, dde: bool
) -> tuple[Observation, ...]:
    """The observations of a document, whose main part is `root`."""
    found = [active(words) for words in active_content(package)]
    if dde:
        found.append(active(Text("active.dde-field")))
    return (
        *conversion(package),
        *found,
        *traces(package, root),
        *_alt_chunks(root),
        *(hidden_text(h.text, h.location) for h in hidden),
    )


def _alt_chunks(root: Element) -> list[Observation]:
    count = sum(1 for _ in root.iter(n.ALT_CHUNK))
    return [Observation("alt-chunk", facts={"count": str(count)})] if count else []
