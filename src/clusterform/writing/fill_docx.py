"""A blank Word form, the project's own or any other, filled with answers. Nothing else in it changes."""

from __future__ import annotations

from lxml import etree

from clusterform.errors import UnreadableError, UsageError
from clusterform.filling.read import fill_form, place_answers
from clusterform.filling.recognise import recognise
from clusterform.forms.model import FormDef
from clusterform.parsers.docx import read_docx
from clusterform.parsers.package import Package
from clusterform.parsers.raw import RawDocument
from clusterform.parsers.xml_part import as_strict, is_strict
from clusterform.writing.answer_faults import Faults
from clusterform.writing.docx_answers import AnswerWriter
from clusterform.writing.docx_evidence import EvidenceWriter
from clusterform.writing.docx_pen import Pen
from clusterform.writing.docx_places import Places
from clusterform.writing.docx_rows import TargetWriter
from clusterform.writing.given import GivenForm
from clusterform.writing.readback import require_same
from clusterform.writing.repack import repacked
from clusterform.writing.traced import read_traced


def fill_docx(given: GivenForm, package: Package, name: str) -> bytes:
    """The blank form in `package` filled with the answers of the file called `name`.

    DataError names every answer that has no place or would be read otherwise; UsageError where the blank is no form,
    or another one than the answers'.
    """
    document, root = read_traced(package)
    form = _form_of(document, given)
    outline, slots = place_answers(document, form)
    pen, faults = Pen(), Faults(name)
    places = Places(form, slots, pen)
    AnswerWriter(places, fill_form(document, form), given, faults).write()
    TargetWriter(form, slots, pen, faults).write(given, root)
    EvidenceWriter(form, outline, pen, faults).write(given.evidence, root)
    faults.settle()
    made = repacked(
        package.data, {package.main: _as_part(root, strict=is_strict(package.read(package.main)))}
    )
    require_same(form, given, fill_form(read_docx(Package(made)), form), name)
    return made


def _form_of(document: RawDocument, given: GivenForm) -> FormDef:
    try:
        form = recognise(document, given.edition)
    except UnreadableError as error:
        raise UsageError(
            f"空白表不是 {given.edition} 年度的申报表或复核申报表（{error.zh}）。",
            f"The blank is no form of edition {given.edition} ({error.en}).",
        ) from error
    if form.form != given.form:
        raise UsageError(
            f"空白表是 {form.form}（{form.title}），答案是 {given.form} 的。",
            f"The blank is a form of kind {form.form}, the answers are of {given.form}.",
        )
    return form


def _as_part(root: etree._Element, *, strict: bool) -> bytes:
    """The document's part as it is written."""
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return as_strict(data) if strict else data
