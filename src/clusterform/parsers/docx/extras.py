"""What a .docx holds beside its answers: tracked changes, comments, hidden text, macros, links to the outside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clusterform.answers import Observation
from clusterform.finding import NOWHERE
from clusterform.messages import Fact, Text
from clusterform.parsers.container.extras import beside, white_text
from clusterform.parsers.container.own_marks import OWN_MARKS, PROGRAM
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.parsers.docx.styles import is_shaded
from clusterform.patterns import pattern

_STORY = pattern(r"(?:footnotes|endnotes|header\d*|footer\d*)\.xml")
_CHANGED = pattern(rb":(?:ins|del|moveTo|moveFrom|cellIns|cellDel)[\s/>]|PrChange|PrExChange|numberingChange")
_REMARKED = b"commentReference"
_WIDE = b"\x00"
"""In the first bytes of a part in UTF-16, which is searched as it is parsed."""
_RESOLVED = pattern(rb"""\bdone=["'](?:1|true|on)["']""")


def extras(
    package: Package, root: Element, hidden: Iterable[Observation], *, dde: bool, dressed: bool
) -> tuple[Observation, ...]:
    """The observations of a document, whose main part is `root`; `dressed`: something in it stands out by its look."""
    return (
        *beside(package, *([Text("active.dde-field")] if dde else [])),
        *_traces(package, root),
        *_alt_chunks(root),
        *hidden,
        *white_text(_white_runs(root) if dressed else (), NOWHERE),
    )


def _white_runs(root: Element) -> Iterator[str]:
    """The text of runs in white letters where nothing is shaded: nobody sees it on paper."""
    for colour in root.iter(n.COLOR):
        run = properties.getparent() if (properties := colour.getparent()) is not None else None
        white = colour.get(n.VAL, "").upper() == "FFFFFF"
        if white and run is not None and run.tag == n.R and not _on_colour(run):
            yield "".join(t.text or "" for t in run.iter(n.T))


def _on_colour(run: Element) -> bool:
    """Whether the run, or what it stands in, may have a ground of its own."""
    place: Element | None = run
    while place is not None:
        properties = next(place.iterchildren(n.RPR, n.PPR, n.TCPR), None)
        if place.tag == n.TXBX or (properties is not None and _has_ground(properties)):
            return True
        place = place.getparent()
    return False


def _has_ground(properties: Element) -> bool:
    shading = properties.find(n.SHADING)
    return properties.find(n.HIGHLIGHT) is not None or (shading is not None and is_shaded(shading))


def _alt_chunks(root: Element) -> list[Observation]:
    count = sum(1 for _ in root.iter(n.ALT_CHUNK))
    return [Observation("alt-chunk", facts={"count": str(count)})] if count else []


def _traces(package: Package, root: Element) -> list[Observation]:
    """Tracked changes and comments, in the text, its notes, headers and footers; `root` is the main part.

    No pattern is looked for in its bytes first: libxml2 knows which names a document has none of, which is much faster.
    """
    stories = [root, *_other_stories(package)]
    numbers = {e.get(n.ID) for story in stories for e in story.iter(n.COMMENT_REF)}
    own = numbers & _own_comments(package) if numbers else set()
    return [*_changes(stories), *_comments(package, len(numbers - own)), *_own_marks(stories, len(own))]


def _other_stories(package: Package) -> Iterator[Element]:
    """Notes, headers and footers, where they hold any trace: others are not parsed."""
    folder = package.main.rpartition("/")[0].lower()
    for name in package.names:
        place, _, file = name.rpartition("/")
        if place == folder and _STORY.fullmatch(file):
            data = package.read(name)
            if _WIDE in data[:4] or _CHANGED.search(data) is not None or _REMARKED in data:
                yield parse_part(data, name)


def _changes(stories: list[Element]) -> list[Observation]:
    """Insertions, deletions and changes of formatting that people left and nobody accepted."""
    added, removed, formed = (
        sum(1 for root in stories for e in root.iter(*tags) if e.get(n.AUTHOR) != PROGRAM)
        for tags in ((n.INS, n.MOVE_TO, n.CELL_INS), (n.DEL, n.MOVE_FROM, n.CELL_DEL), n.FORMAT_CHANGES)
    )
    if added or removed:
        facts: dict[str, Fact] = {"insertions": str(added), "deletions": str(removed)}
        if formed:
            facts["formats"] = Text("traces.formats", count=formed)
        return [Observation("tracked-change", facts=facts)]
    return [Observation("tracked-format", facts={"count": str(formed)})] if formed else []


def _comments(package: Package, count: int) -> list[Observation]:
    """People's comments that are anchored somewhere; one marked as resolved is left in all the same."""
    if not count:
        return []
    listed = (name for name in package.names if name.endswith("/commentsextended.xml"))
    resolved = min(count, sum(len(_RESOLVED.findall(package.read(name))) for name in listed))
    more = {"resolved": Text("traces.resolved", count=resolved)} if resolved else {}
    return [Observation("comment", facts={"count": str(count), **more})]


def _own_comments(package: Package) -> set[str | None]:
    """The numbers of the comments that this program wrote into a copy."""
    name = package.related("comments")
    comments = package.xml(name).iter(n.COMMENT) if name is not None else ()
    return {e.get(n.ID) for e in comments if e.get(n.AUTHOR) == PROGRAM}


def _own_marks(stories: list[Element], comments: int) -> list[Observation]:
    """What this program left in a copy of its own: comments, and repairs, each an insertion beside a deletion."""
    changes = sum(1 for root in stories for e in root.iter(n.INS) if e.get(n.AUTHOR) == PROGRAM)
    if not comments and not changes:
        return []
    return [Observation(OWN_MARKS, facts={"comments": str(comments), "changes": str(changes)})]
