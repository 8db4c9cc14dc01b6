"""The project's blank Word forms, filled in through their content controls as a person does in Word."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

from lxml import etree

from clusterform.writing import blank
from support.answers import Filled
from support.ink import W14, W

PART = "word/document.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@cache
def blank_form(kind: str) -> bytes:
    return blank(kind, "docx", "2025")


def body(docx: bytes, part: str = PART) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return etree.fromstring(package.read(part))


def changed(docx: bytes, *changes: Callable[[etree._Element], None]) -> bytes:
    """The file with its body changed, its other parts as they were."""
    root = body(docx)
    for change in changes:
        change(root)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as before, zipfile.ZipFile(held, "w") as after:
        for name in before.namelist():
            after.writestr(name, etree.tostring(root) if name == PART else before.read(name))
    return held.getvalue()


def controls(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Every content control by its tag."""
    for control in list(root.iter(w("sdt"))):
        yield control.find(f"{w('sdtPr')}/{w('tag')}").get(w("val")), control


def fill_in(filled: Filled) -> Callable[[etree._Element], None]:
    """Types every answer into the control of its name, and clicks the boxes."""

    def change(root: etree._Element) -> None:
        for tag, control in controls(root):
            path, is_option, key = tag.partition("=")
            if is_option:
                if key in filled.ticks.get(path, ()):
                    _tick(control)
            elif filled.texts.get(tag):
                _type(control, filled.texts[tag])

    return change


def _tick(control: etree._Element) -> None:
    control.find(f".//{{{W14}}}checked").set(f"{{{W14}}}val", "1")
    control.find(f".//{w('t')}").text = "☑"


def _type(control: etree._Element, text: str) -> None:
    """Typed text takes the prompt's place."""
    prompt = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    if prompt is not None:
        prompt.getparent().remove(prompt)
    content = control.find(w("sdtContent"))
    for child in list(content):
        content.remove(child)
    content.append(_run(text))


def _run(text: str) -> etree._Element:
    run = etree.Element(w("r"))
    for number, line in enumerate(text.split("\n")):
        if number:
            etree.SubElement(run, w("br"))
        held = etree.SubElement(run, w("t"))
        held.text = line
        held.set(_SPACE, "preserve")
    return run


def without_controls(root: etree._Element) -> None:
    """Every control taken away, what stands in it left."""
    for _, control in controls(root):
        parent, at = control.getparent(), control.getparent().index(control)
        content = control.find(w("sdtContent"))
        for child in reversed(list(content)):
            parent.insert(at, child)
        parent.remove(control)


def relabelled(old: str, new: str) -> Callable[[etree._Element], None]:
    """A label with other words, or with none."""

    def change(root: etree._Element) -> None:
        (found,) = [t for t in root.iter(w("t")) if t.text == old]
        found.text = new

    return change
