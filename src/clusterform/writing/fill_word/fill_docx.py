"""A blank Word form, the project's own or any other, filled with answers."""

from __future__ import annotations

from clusterform.answers import FilledForm
from clusterform.filling.read import place_answers
from clusterform.forms.model import FormDef
from clusterform.parsers.container.package import Package
from clusterform.parsers.container.xml_part import as_strict, is_strict
from clusterform.parsers.container.xml_tree import require_lxml, serialize
from clusterform.writing.faults import Faults
from clusterform.writing.fill_word.docx_answers import AnswerWriter
from clusterform.writing.fill_word.docx_evidence import EvidenceWriter
from clusterform.writing.fill_word.docx_places import AnswerPlaces
from clusterform.writing.fill_word.docx_positions import read_traced
from clusterform.writing.fill_word.docx_rows import TargetWriter
from clusterform.writing.fill_word.docx_text_writer import TextWriter
from clusterform.writing.through_blank import filled_copy


def fill_docx(given: FilledForm, package: Package, name: str) -> bytes:
    """The blank form in `package` filled with the answers of the file called `name`; what it raises: `filled_copy`."""
    require_lxml()
    document, root = read_traced(package)

    def write(form: FormDef, blank: FilledForm, faults: Faults) -> dict[str, bytes]:
        outline, reading = place_answers(document, form)
        pen = TextWriter()
        AnswerWriter(AnswerPlaces(form, reading, pen), blank, given, faults).write()
        TargetWriter(form, reading, pen, faults).write(given, blank, root)
        EvidenceWriter(form, outline, pen, faults).write(given.evidence or (), root)
        data = serialize(root, standalone=True)
        strict = is_strict(package.read(package.main), package.main)
        return {package.main: as_strict(data) if strict else data}

    return filled_copy(given, package, name, document, write)
