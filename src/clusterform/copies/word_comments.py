"""The parts that hold the comments of a Word file: the comments, and beside them what newer editors ask for.

Word shows a comment that stands in comments.xml alone; others, and Word itself in its pane of comments, want the same
comment in commentsExtended.xml and commentsIds.xml (MS-DOCX 2.5.4) and its author in people.xml. What these parts hold
of other people stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from clusterform.copies.comment_text import INITIALS, Comment
from clusterform.copies.package_copy import HEAD, PackageCopy
from clusterform.copies.word_ranges import word_prefix
from clusterform.parsers.container.own_marks import PROGRAM
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.spliced_part import SplicedPart, written

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_PARA_ID = f"{{{_W14}}}paraId"
_PARENT = f"{{{_W15}}}paraIdParent"
_USED_ID = pattern(rb"""paraId=["']([0-9A-Fa-f]{8})["']""")
_FIRST_ID = 0x0C1F0001
"""Of the paragraphs of comments made here; any number below 0x80000000 that the file has not yet would do."""


class _Beside(NamedTuple):
    """A part that repeats the comments for newer editors."""

    kind: str
    """The type of its relationship."""
    base: str
    """The last word of its content type, and its name."""
    root: str
    """Its root element, as it is written where there is no such part yet."""


_EXTENDED = _Beside(
    "http://schemas.microsoft.com/office/2011/relationships/commentsExtended",
    "commentsExtended",
    f'w15:commentsEx xmlns:w15="{_W15}" xmlns:mc="{_MC}" mc:Ignorable="w15"',
)
_IDS = _Beside(
    "http://schemas.microsoft.com/office/2016/09/relationships/commentsIds",
    "commentsIds",
    f'w16cid:commentsIds xmlns:w16cid="{_CID}" xmlns:mc="{_MC}" mc:Ignorable="w16cid"',
)
_PEOPLE = _Beside(
    "http://schemas.microsoft.com/office/2011/relationships/people",
    "people",
    f'w15:people xmlns:w15="{_W15}" xmlns:mc="{_MC}" mc:Ignorable="w15"',
)


class WordComments:
    """The comments of a copy: those made here before go, those of people stay, new ones are added."""

    def __init__(self, copy: PackageCopy) -> None:
        self._copy = copy
        self._name = self._part_of("comments")
        self._part = copy.part(self._name) if self._name is not None else None
        held = [] if self._part is None else [e for e in self._part.root if e.tag == n.COMMENT]
        self._own = [e for e in held if e.get(n.AUTHOR) == PROGRAM]
        self._numbers = [n.number(e.get(n.ID), 0) for e in held if e not in self._own]
        self._gone = {p.get(_PARA_ID) or "" for e in self._own for p in e.iter(n.P)}
        self._taken = _paragraph_ids(copy) - {key.upper() for key in self._gone}

    @property
    def own(self) -> frozenset[str]:
        """The numbers of the comments that were made here before, and now go."""
        return frozenset(e.get(n.ID) or "" for e in self._own)

    def replace(self, comments: Sequence[Comment]) -> int:
        """New comments in place of the former; the number of the first, which the others follow."""
        first = max(self._numbers, default=-1) + 1
        ids = self._free_ids(sum(len(comment.lines) for comment in comments))
        last_ids = self._write_comments(comments, first, ids)
        self._write_beside(_EXTENDED, [("commentEx", "w15", {"paraId": i, "done": "0"}) for i in last_ids])
        durable = ((i, f"{int(i, 16) ^ 0x20000000:08X}") for i in last_ids)
        self._write_beside(_IDS, [("commentId", "w16cid", {"paraId": i, "durableId": d}) for i, d in durable])
        self._write_author()
        return first

    def _write_comments(self, comments: Sequence[Comment], first: int, ids: Iterator[str]) -> list[str]:
        """The comments themselves; the id of the last paragraph of each, by which other parts know it."""
        if self._part is None:
            uri = _STRICT_W if self._copy.strict else n.W_URI
            empty = (
                f'{HEAD}<w:comments xmlns:w="{uri}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" mc:Ignorable="w14"/>'
            )
            self._name = self._folder("comments")
            self._copy.add(self._name, empty.encode(), _TYPE.format("comments"), "comments")
            self._part = self._copy.part(self._name)
        part, last_ids = self._part, []
        for element in self._own:
            span = part.span(element)
            part.replace(span.start, span.end)
        prefix, declared = word_prefix(part)
        for number, comment in enumerate(comments, start=first):
            text, last = _comment(comment, number, prefix, declared, ids)
            part.put_last(part.root, text)
            last_ids.append(last)
        self._copy.change(self._name or "", part)
        return last_ids

    def _write_beside(self, beside: _Beside, entries: Iterable[tuple[str, str, dict[str, str]]]) -> None:
        """The same comments in a part beside; a reply to one that goes stands by itself from now on."""
        name, part = self._beside(beside)
        for element in part.root:
            key, parent = (element.get(f"{{{_namespace(element)}}}{a}") for a in ("paraId", "paraIdParent"))
            span = part.span(element)
            if key in self._gone:
                part.replace(span.start, span.end)
            elif parent in self._gone:
                kept = pattern(rb"""\s[\w.-]+:paraIdParent=["'][^"']*["']""").sub(b"", part.text(element))
                part.replace(span.start, span.end, kept.decode())
        for tag, prefix, attributes in entries:
            uri = _CID if prefix == "w16cid" else _W15
            written_out = "".join(f' {prefix}:{key}="{value}"' for key, value in attributes.items())
            part.put_last(part.root, f'<{prefix}:{tag} xmlns:{prefix}="{uri}"{written_out}/>')
        self._copy.change(name, part)

    def _write_author(self) -> None:
        name, part = self._beside(_PEOPLE)
        if any(e.get(f"{{{_W15}}}author") == PROGRAM for e in part.root):
            return
        presence = f'<w15:presenceInfo w15:providerId="None" w15:userId="{PROGRAM}"/>'
        part.put_last(
            part.root, f'<w15:person xmlns:w15="{_W15}" w15:author="{PROGRAM}">{presence}</w15:person>'
        )
        self._copy.change(name, part)

    def _beside(self, beside: _Beside) -> tuple[str, SplicedPart]:
        name = self._part_of(beside.kind.rpartition("/")[2])
        if name is None:
            name = self._folder(beside.base)
            self._copy.add(name, f"{HEAD}<{beside.root}/>".encode(), _TYPE.format(beside.base), beside.kind)
        return name, self._copy.part(name)

    def _part_of(self, kind: str) -> str | None:
        found = self._copy.package.related(kind)
        return self._copy.package.stored_name(found) if found is not None else None

    def _folder(self, base: str) -> str:
        """The name of a new part beside the main one."""
        folder = self._copy.main.rpartition("/")[0]
        plain = f"{folder}/{base}.xml".lstrip("/")
        return plain if not self._copy.has(plain) else self._copy.free_name(plain.replace(".xml", "{}.xml"))

    def _free_ids(self, count: int) -> Iterator[str]:
        """So many ids of paragraphs that the file has not yet."""
        number = _FIRST_ID
        found: list[str] = []
        while len(found) < count:
            if (key := f"{number:08X}") not in self._taken:
                found.append(key)
            number += 1
        return iter(found)


_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def _namespace(element: Element) -> str:
    return str(element.tag).partition("}")[0].lstrip("{")


def _paragraph_ids(copy: PackageCopy) -> set[str]:
    """The ids that paragraphs of the text and of comments have."""
    linked = (copy.package.related(kind) for kind in ("comments", "footnotes", "endnotes"))
    names = [copy.package.main, *(name for name in linked if name is not None)]
    return {key.decode().upper() for name in names for key in _USED_ID.findall(copy.package.read(name))}


def _comment(comment: Comment, number: int, w: str, declared: str, ids: Iterator[str]) -> tuple[str, str]:
    """A comment as it is written, and the id of its last paragraph; `w`: the prefix with its colon; `declared`: what declares it."""
    paragraphs, last = [], ""
    for place, line in enumerate(comment.lines):
        last = next(ids)
        mark = "" if place else f"<{w}r><{w}annotationRef/></{w}r>"
        look = "" if place else f"<{w}rPr><{w}b/></{w}rPr>"
        text = f'<{w}r>{look}<{w}t xml:space="preserve">{written(line)}</{w}t></{w}r>'
        paragraphs.append(f'<{w}p xmlns:w14="{_W14}" w14:paraId="{last}">{mark}{text}</{w}p>')
    head = f'<{w}comment{declared} {w}id="{number}" {w}author="{PROGRAM}" {w}initials="{INITIALS}">'
    return f"{head}{''.join(paragraphs)}</{w}comment>", last
