"""A blank Word form, the project's own or any other, filled with answers. Nothing else in it changes."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.filling.read import fill_form, place_answers
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import as_strict, is_strict
from clusterform.parsers.container.xml_tree import Element, require_lxml, serialize
from clusterform.parsers.docx.read import read_docx
from clusterform.writing.faults import Faults
from clusterform.writing.fill_word.docx_answers import AnswerWriter
from clusterform.writing.fill_word.docx_evidence import EvidenceWriter
from clusterform.writing.fill_word.docx_places import AnswerPlaces
from clusterform.writing.fill_word.docx_positions import read_traced
from clusterform.writing.fill_word.docx_rows import TargetWriter
from clusterform.writing.fill_word.docx_text_writer import TextWriter
from clusterform.writing.form_of_blank import form_of_blank
from clusterform.writing.readback import require_blank, require_same
from clusterform.writing.repack import repacked


def fill_docx(given: FilledForm, package: Package, name: str) -> bytes:
    """The blank form in `package` filled with the answers of the file called `name`.

    DataError names every answer that has no place or would be read otherwise; UsageError where the blank is no form,
    or another one than the answers'.
    """
    require_lxml()
    document, root = read_traced(package)
    form = form_of_blank(document, given)
    outline, reading = place_answers(document, form)
    pen, faults = TextWriter(), Faults(name, "fill.unfit")
    places = AnswerPlaces(form, reading, pen)
    read = fill_form(document, form)
    require_blank(form, given, read, name)
    AnswerWriter(places, read, given, faults).write()
    TargetWriter(form, reading, pen, faults).write(given, read, root)
    EvidenceWriter(form, outline, pen, faults).write(given.evidence or (), root)
    faults.settle()
    made = repacked(
        package.data, {package.main: _as_part(root, strict=is_strict(package.read(package.main)))}
    )
    require_same(form, given, fill_form(read_docx(Package(made)), form), name)
    return made


def _as_part(root: Element, *, strict: bool) -> bytes:
    """The document's part as it is written."""
    data = serialize(root, standalone=True)
    return as_strict(data) if strict else data
