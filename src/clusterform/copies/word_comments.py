"""The parts that hold the comments of a Word file: the comments, and beside them what newer editors ask for.

Word shows a comment that stands in comments.xml alone; others, and Word itself in its pane of comments, want the same
comment in commentsExtended.xml and commentsIds.xml (MS-DOCX 2.5.4) and its author in people.xml. What these parts hold
of other people stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import NamedTuple

from clusterform.copies.comment_text import INITIALS, Comment
from clusterform.copies.package_copy import HEAD, PackageCopy, authorship
from clusterform.copies.word_changes import COMMENT_MARKS, free_numbers, word_prefix
from clusterform.parsers.container.own_marks import PROGRAM
from clusterform.parsers.container.xml_tree import Element
from clusterform.parsers.docx import names as n
from clusterform.patterns import pattern
from clusterform.writing.repack import shipped_part
from clusterform.writing.spliced_part import SplicedPart, written

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
_W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
_CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}+xml"
_PARA_ID = f"{{{_W14}}}paraId"
_USED_ID = pattern(rb"""(?:paraId|durableId)=["']([0-9A-Fa-f]{8})["']""")
_IGNORABLE = f"{{{_MC}}}Ignorable"
_SAID = pattern(rb""":Ignorable\s*+=\s*+["']""")
_PREFIXES = pattern(r"""\sxmlns:([\w.-]++)\s*+=\s*+["']([^"']*+)["']""")
_FIRST_ID = 0x0C1F0001
"""Of the paragraphs of comments made here; any number below 0x80000000 that the file has not yet would do."""


class _Beside(NamedTuple):
    """A part that repeats the comments for newer editors."""

    kind: str
    """The type of its relationship."""
    base: str
    """The last word of its content type, and its name."""
    root: str
    """The name of its root element."""
    prefix: str
    uri: str
    """Of its namespace."""


_LINKS = "http://schemas.microsoft.com/office/20{}/relationships/{}"
_EXTENDED = _Beside(_LINKS.format("11", "commentsExtended"), "commentsExtended", "commentsEx", "w15", _W15)
_IDS = _Beside(_LINKS.format("16/09", "commentsIds"), "commentsIds", "commentsIds", "w16cid", _CID)
_PEOPLE = _Beside(_LINKS.format("11", "people"), "people", "people", "w15", _W15)


class WordComments:
    """The comments of a copy: those made here before go, those of people stay, new ones are added."""

    def __init__(self, copy: PackageCopy, text: Element) -> None:
        """`text`: the root of the main part, which may hold numbers of comments that are nowhere else."""
        self._copy = copy
        self._name = copy.related("comments")
        self._part = copy.part(self._name) if self._name is not None else None
        held = [] if self._part is None else [e for e in self._part.root if e.tag == n.COMMENT]
        self._own = [e for e in held if e.get(n.AUTHOR) == PROGRAM]
        marks = (e.get(n.ID) for e in (*held, *text.iter(*COMMENT_MARKS)))
        self._numbers = free_numbers(key for key in marks if key not in self.own)
        self._gone = {p.get(_PARA_ID) or "" for e in self._own for p in e.iter(n.P)}
        gone = {key.upper() for key in self._gone if key}
        self._taken = _ids_of_comments(copy) - gone - {_durable(key) for key in gone}

    @property
    def own(self) -> frozenset[str]:
        """The numbers of the comments that were made here before, and now go."""
        return frozenset(e.get(n.ID) or "" for e in self._own)

    def replace(self, comments: Sequence[Comment]) -> list[int]:
        """New comments in place of the former; their numbers."""
        numbers = list(islice(self._numbers, len(comments)))
        last_ids = self._write_comments(comments, numbers)
        self._write_beside(_EXTENDED, "commentEx", [{"paraId": i, "done": "0"} for i in last_ids])
        self._write_beside(_IDS, "commentId", [{"paraId": i, "durableId": _durable(i)} for i in last_ids])
        self._write_author()
        return numbers

    def _write_comments(self, comments: Sequence[Comment], numbers: Sequence[int]) -> list[str]:
        """The comments themselves; the id of the last paragraph of each, by which other parts know it."""
        part = self._comments()
        last_ids, ids = [], self._free_ids()
        for element in self._own:
            part.put_instead(element)
        prefix, declared = word_prefix(part)
        about = declared + authorship(self._copy.package, prefix)
        for number, comment in zip(numbers, comments, strict=True):
            text, last = _comment(comment, number, prefix, about, ids)
            part.put_last(part.root, text)
            last_ids.append(last)
        return last_ids

    def _comments(self) -> SplicedPart:
        """The part with the comments, which says that newer names in it may be passed over."""
        if self._name is not None and self._part is not None and len(self._part.root):
            _pass_over(self._part, "w14", _W14)
            return self._part
        uri = _STRICT_W if self._copy.strict else n.W_URI
        empty = f'{HEAD}<w:comments xmlns:w="{uri}" xmlns:w14="{_W14}" xmlns:mc="{_MC}" mc:Ignorable="w14"/>'
        if self._name is None:
            self._name = self._folder("comments")
            self._copy.add(self._name, empty.encode(), _TYPE.format("comments"), "comments")
        else:
            self._copy.replace(self._name, empty.encode())
        return self._copy.part(self._name)

    def _write_beside(self, beside: _Beside, tag: str, entries: Iterable[Mapping[str, str]]) -> None:
        """The same comments in a part beside; a reply to one that goes stands by itself from now on."""
        part = self._beside(beside)
        for element in part.root:
            uri = str(element.tag).rpartition("}")[0]
            key, parent = (element.get(f"{uri}}}{name}") for name in ("paraId", "paraIdParent"))
            if key in self._gone:
                part.put_instead(element)
            elif parent in self._gone:
                kept = pattern(rb"""\s[\w.-]+:paraIdParent=["'][^"']*["']""").sub(b"", part.text(element))
                part.put_instead(element, kept.decode())
        for attributes in entries:
            texts = "".join(f' {beside.prefix}:{key}="{value}"' for key, value in attributes.items())
            part.put_last(part.root, f'<{beside.prefix}:{tag} xmlns:{beside.prefix}="{beside.uri}"{texts}/>')

    def _write_author(self) -> None:
        part = self._beside(_PEOPLE)
        if any(e.get(f"{{{_W15}}}author") == PROGRAM for e in part.root):
            return
        presence = f'<w15:presenceInfo w15:providerId="None" w15:userId="{PROGRAM}"/>'
        part.put_last(
            part.root, f'<w15:person xmlns:w15="{_W15}" w15:author="{PROGRAM}">{presence}</w15:person>'
        )

    def _beside(self, beside: _Beside) -> SplicedPart:
        name = self._copy.related(beside.kind.rpartition("/")[2])
        if name is None:
            name, x = self._folder(beside.base), beside.prefix
            declared = f'xmlns:{x}="{beside.uri}" xmlns:mc="{_MC}" mc:Ignorable="{x}"'
            empty = f"{HEAD}<{x}:{beside.root} {declared}/>"
            self._copy.add(name, empty.encode(), _TYPE.format(beside.base), beside.kind)
        return self._copy.part(name)

    def _folder(self, base: str) -> str:
        """The name of a new part beside the main one."""
        folder = self._copy.main.rpartition("/")[0]
        plain = f"{folder}/{base}.xml".lstrip("/")
        return plain if not self._copy.has(plain) else self._copy.free_name(plain.replace(".xml", "{}.xml"))

    def _free_ids(self) -> Iterator[str]:
        """Ids of paragraphs that the file has not yet."""
        keys = (f"{number:08X}" for number in count(_FIRST_ID))
        return (key for key in keys if not self._taken & {key, _durable(key)})


def _durable(key: str) -> str:
    """The id of a comment that stays when its text is changed, made of its last paragraph's."""
    return f"{int(key, 16) ^ 0x20000000:08X}"


_STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def _pass_over(part: SplicedPart, prefix: str, uri: str) -> None:
    """Says on the root that who does not know a namespace may pass over what is of it: else Word 2007 opens nothing."""
    span = part.span(part.root)
    tag = part.data[span.start : span.inner].decode()
    prefixes = dict(_PREFIXES.findall(tag))
    if any(prefixes.get(name) == uri for name in (part.root.get(_IGNORABLE) or "").split()):
        return
    wanted = {prefix: uri, "mc": _MC}
    added = "".join(f' xmlns:{k}="{v}"' for k, v in wanted.items() if k not in prefixes)
    said = _SAID.search(part.data, span.start, span.inner)
    if said is not None:
        part.put(said.end(), f"{prefix} ")
    else:
        added += f' mc:Ignorable="{prefix}"'
    part.put(span.inner - 1, added)


def _ids_of_comments(copy: PackageCopy) -> set[str]:
    """The ids that paragraphs of the text and of comments have, and comments themselves."""
    linked = (copy.package.related(kind) for kind in ("comments", "commentsIds", "footnotes", "endnotes"))
    names = [copy.package.main, *(name for name in linked if name is not None)]
    return {key.decode().upper() for name in names for key in _USED_ID.findall(copy.package.read(name))}


def _comment(comment: Comment, number: int, w: str, about: str, ids: Iterator[str]) -> tuple[str, str]:
    """A comment as it is written, and the id of its last paragraph; `w`: the prefix with its colon; `about`: what declares it, and of whom it is."""
    paragraphs, last = [], ""
    for place, line in enumerate(comment.lines):
        last = next(ids)
        mark, bold = ("", "") if place else (f"<{w}r><{w}annotationRef/></{w}r>", f"<{w}b/>")
        facts = {"w": w, "id": last, "mark": mark, "bold": bold, "text": written(line)}
        paragraphs.append(shipped_part("word/comment_line.xml", **facts))
    head = f'<{w}comment{about} {w}id="{number}" {w}initials="{INITIALS}">'
    return f"{head}{''.join(paragraphs)}</{w}comment>", last
