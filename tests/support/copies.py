"""What a marked or mended Word file holds: its parts, what each comment hangs on, and what is left once changes are seen to."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from lxml import etree

from clusterform.answers import FilledForm
from clusterform.copies.annotate import annotated
from clusterform.copies.fix import Fixed, FixOptions, fixed
from clusterform.copies.repairs import repairs_of
from clusterform.finding import FileReport, Severity
from clusterform.parsers.container.own_marks import OWN_MARKS
from clusterform.parsers.container.package import Package, open_package
from clusterform.parsers.container.xml_part import in_utf8
from clusterform.pipeline import Checker
from clusterform.settings import Settings
from support.ooxml import W

Element = etree._Element
_W, _W14 = f"{{{W}}}", "{http://schemas.microsoft.com/office/word/2010/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_MARKS = [_W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")]
_HOLDERS = {"p", "ins", "moveTo", "hyperlink", "smartTag"}
"""What marks of comments stand in here; a schema allows more."""
MAY_CHANGE = {
    *("[Content_Types].xml", "_rels/.rels", "docProps/custom.xml"),
    *("word/document.xml", "word/_rels/document.xml.rels"),
    *(f"word/{name}.xml" for name in ("comments", "commentsExtended", "commentsIds", "people")),
}
PLAIN = FixOptions()
_seen: dict[bytes, tuple[FileReport, FilledForm]] = {}


class RememberingChecker(Checker):
    """Checks each file once: what a file is found to be does not change, whatever it is called and whoever asks."""

    def examine(
        self,
        path: Path,
        name: str | None = None,
        evidence: Path | None = None,
        package: Package | None = None,
    ) -> tuple[FileReport, FilledForm]:
        data = path.read_bytes() if package is None else package.data
        key = hashlib.sha256(data).digest()
        if key not in _seen:
            _seen[key] = super().examine(path, name, evidence, package)
        return _seen[key]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(held: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in held.items():
            package.writestr(name, data)
    return made.getvalue()


def text_of(data: bytes) -> Element:
    """The root of the main part, Strict names as Transitional ones."""
    package = open_package(data)
    return _transitional(package, package.main)


def _transitional(package: Package, name: str) -> Element:
    return etree.fromstring(in_utf8(package.read(name), name).replace(_STRICT, W.encode()))


def comments_of(data: bytes) -> dict[str, list[str]]:
    """The lines of our comments by their numbers, which no other comment has."""
    package = open_package(data)
    root = _transitional(package, package.related("comments") or "")
    numbers = [e.get(f"{_W}id") or "" for e in root]
    assert len(numbers) == len(set(numbers))
    assert all(int(number) < 2**31 for number in numbers)
    assert all(e.get(f"{_W}date") for e in root if e.get(f"{_W}author") == "clusterform")
    ids = [p.get(f"{_W14}paraId") for p in root.iter(f"{_W}p") if p.get(f"{_W14}paraId")]
    assert len(ids) == len(set(ids))
    return {
        e.get(f"{_W}id") or "": ["".join(t.text or "" for t in p.iter(f"{_W}t")) for p in e.iter(f"{_W}p")]
        for e in root
        if e.get(f"{_W}author") == "clusterform"
    }


def marked(data: bytes) -> dict[str, str]:
    """What each of our comments hangs on, by its first line: in the order in which they stand in the text."""
    comments, texts = comments_of(data), dict[str, str]()
    marks: dict[str, list[str]] = {number: [] for number in comments}
    open_ranges: set[str] = set()
    for element in text_of(data).iter(*_MARKS, f"{_W}t", f"{_W}instrText"):
        number = element.get(f"{_W}id") or ""
        if element.tag not in _MARKS:
            for key in open_ranges & comments.keys():
                texts[comments[key][0]] += element.text or ""
        elif number in marks:
            marks[number].append(element.tag)
            held_by = element.getparent()
            assert held_by is not None
            assert held_by.tag.removeprefix(_W) in _HOLDERS | {"r"}
            texts.setdefault(comments[number][0], "")
            (open_ranges.add if element.tag == _MARKS[0] else open_ranges.discard)(number)
    assert all(found == _MARKS for found in marks.values())
    return texts


def resolved(data: bytes, *, accepted: bool) -> bytes:
    """The file once all our tracked changes are accepted, or all rejected, as an editor does it."""
    root = text_of(data)
    for element in list(root.iter(f"{_W}ins", f"{_W}del")):
        if element.get(f"{_W}author") != "clusterform":
            continue
        parent = element.getparent()
        assert parent is not None
        if (element.tag == f"{_W}ins") is accepted:
            for text in element.iter(f"{_W}delText"):
                text.tag = f"{_W}t"
            for child in reversed(element):
                element.addnext(child)
        parent.remove(element)
    held, package = parts(data), open_package(data)
    return packed({**held, package.stored_name(package.main): etree.tostring(root)})


def shown(data: bytes) -> list[str]:
    """The text of each paragraph as Word has it: spaces at the edges of a text go unless it says that they stay."""
    return [
        "".join(
            (t.text or "") if t.get(_SPACE) == "preserve" else (t.text or "").strip()
            for t in _texts(paragraph)
        )
        for paragraph in text_of(data).iter(f"{_W}p")
    ]


def _texts(paragraph: Element) -> Iterator[Element]:
    for text in paragraph.iter(f"{_W}t", f"{_W}delText"):
        if next(text.iterancestors(f"{_W}p")) is paragraph:
            yield text


def by_python_docx(data: bytes) -> Counter[Any]:
    """The texts that another reader finds, in no order."""
    form = docx.Document(io.BytesIO(data))
    cells = (cell.text for table in form.tables for row in table.rows for cell in row.cells)
    return Counter([*(p.text for p in form.paragraphs), *cells])


CHECKER = RememberingChecker(Settings())


def examined(path: Path) -> tuple[FileReport, FilledForm]:
    return CHECKER.examine(path)


def annotated_copy(path: Path) -> bytes:
    file, _ = examined(path)
    return annotated(path, CHECKER.report((file,), {file.edition}), file)[1]


def found(file: FileReport) -> Counter[tuple[object, ...]]:
    told = (f for f in file.findings if f.variant != OWN_MARKS)
    return Counter((f.rule, f.severity, f.field, f.column, f.value, f.message) for f in told)


def places(file: FileReport) -> Counter[tuple[object, ...]]:
    """The same without words: how many insertions there are may change where one is parted."""
    return Counter(
        (f.rule, f.severity, f.field, f.column, f.label) for f in file.findings if f.variant != OWN_MARKS
    )


def own_marks(file: FileReport) -> list[tuple[str, Severity]]:
    return [(f.rule, f.severity) for f in file.findings if f.variant == OWN_MARKS]


def require_same_elsewhere(before: bytes, after: bytes) -> None:
    old, new = parts(before), parts(after)
    changed = {name for name in old if new.get(name) != old[name]}
    assert changed <= MAY_CHANGE
    assert list(new)[: len(old)] == list(old)


def require_annotated(path: Path, folder: Path) -> dict[str, str]:
    """The copy holds a comment for each finding and one more, and is read and judged as the file is.

    What each comment hangs on, by its first line.
    """
    before, (file, form) = path.read_bytes(), examined(path)
    copy = folder / f"copy{path.suffix}"
    copy.write_bytes(annotated_copy(path))
    after = copy.read_bytes()
    again, read = examined(copy)
    assert read.answers == form.answers
    assert found(again) == found(file)
    assert own_marks(again) == [("CF014", Severity.INFO)]
    require_same_elsewhere(before, after)
    assert path.read_bytes() == before
    texts = marked(after)
    assert len(comments_of(after)) == 1 + sum(f.variant != OWN_MARKS for f in file.findings)
    assert annotated_copy(copy) == after
    return texts


def require_fixed(path: Path, folder: Path, how: FixOptions = PLAIN) -> Fixed:
    """What was mended is read as intended and found no more; all else is as it was; a second run finds nothing to do."""
    before, (file, form) = path.read_bytes(), examined(path)
    made = fixed(CHECKER, path, how)
    copy = folder / f"fixed{path.suffix}"
    copy.write_bytes(made.data)
    again, read = examined(copy)
    mended = {repair.address: repair.after for repair in made.made}
    assert {address: read.answer(*address).text for address in mended} == mended
    assert {k: a for k, a in read.answers.items() if k not in mended} == {
        k: a for k, a in form.answers.items() if k not in mended
    }
    assert not places(again) - places(file)
    gone = {(r.finding.rule, r.finding.field, r.finding.column) for r in made.made}
    assert not gone & {(f.rule, f.field, f.column) for f in again.findings}
    assert own_marks(again) == ([("CF014", Severity.INFO)] if made.made and not how.accepted else [])
    require_same_elsewhere(before, made.data)
    assert not repairs_of(again, read) or fixed(CHECKER, copy, how).made == ()
    assert path.read_bytes() == before
    return made


def require_tracked_and_plain(path: Path, folder: Path) -> Fixed:
    """Rejected the changes give what stood there, accepted the same text as without tracking."""
    tracked = require_fixed(path, folder)
    plain = require_fixed(path, folder, FixOptions(accepted=True))
    assert [repair.after for repair in plain.made] == [repair.after for repair in tracked.made]
    assert shown(resolved(tracked.data, accepted=False)) == shown(path.read_bytes())
    assert shown(resolved(tracked.data, accepted=True)) == shown(plain.data)
    return plain
