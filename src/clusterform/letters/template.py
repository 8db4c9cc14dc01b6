"""A template of a letter: a Word file with jinja's tags in it, which is filled in and can do nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.data_files import templates_file
from clusterform.errors import UnreadableError, UsageError
from clusterform.messages import Bilingual, Text
from clusterform.parsers.container.package import open_package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.patterns import pattern
from clusterform.reports import finding_text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

NOTICE, SUMMARY = "notice", "summary"
KINDS = (NOTICE, SUMMARY)
_NEEDED = {
    NOTICE: ("addressee", "cluster", "errors", "warnings", "confirm", "due"),
    SUMMARY: ("forms", "unread", "across", "tasks", "notes"),
}
"""What is sent for, or read: where a template has no place for one of these, that is told."""
_WIDE_BRACES = pattern(r"[{｛]｛|｛[{%]|[}｝%]｝|｝}")
"""The beginning or end of a tag as a Chinese keyboard writes it."""
_XML_TAG = pattern(r"<[^<>]*+>")
_PARAGRAPH = pattern(r"(?=<w:p[ >])")
_NEAR = 120
"""Characters of the template that are told round a mistake."""
_NO_XML = {0xFFFE: None, 0xFFFF: None}
"""The only characters that `seen` leaves and XML does not have."""


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One template: its file's name, as the user is told it, and its bytes."""

    kind: str
    name: str
    data: bytes

    def filled(self, facts: Any) -> bytes:
        """The letter, in which the facts stand under the kind's name. UsageError says what is wrong with the template."""
        held = io.BytesIO()
        with self._explaining():
            document = _document(self.data)
            document.render({self.kind: facts}, _environment())
            document.save(held)
        return held.getvalue()

    def without_place(self) -> tuple[str, ...]:
        """What a letter is sent for and this template has no place for. UsageError where a tag is broken, or unknown."""
        from jinja2 import TemplateSyntaxError, meta, nodes

        with self._explaining():
            paragraphs = _paragraphs(self.data)
            if broken := next(filter(_has_broken_tag, map(_words, paragraphs)), None):
                raise self._wrong("letter.template-braces", near=broken[:_NEAR])
            try:
                tree = _environment().parse("\n".join(paragraphs))
            except TemplateSyntaxError as error:
                error.docx_context = [_words(paragraphs[error.lineno - 1])]  # type: ignore[attr-defined]  # as docxtpl
                raise
        if unknown := meta.find_undeclared_variables(tree) - {self.kind}:
            raise self._wrong("letter.template-unknown", names=tuple(sorted(unknown)), known=self.kind)
        read = tree.find_all(nodes.Getattr)
        own = {n.attr for n in read if isinstance(n.node, nodes.Name) and n.node.name == self.kind}
        return tuple(f"{self.kind}.{name}" for name in _NEEDED[self.kind] if name not in own)

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        """Whatever a template edited by hand breaks is told, and nothing is written."""
        try:
            yield
        except UsageError:
            raise
        except Exception as error:  # whatever a template that users edit makes jinja2, docxtpl or lxml raise
            raise self._explained(error) from error

    def _explained(self, error: Exception) -> UsageError:
        from jinja2 import TemplateSyntaxError, UndefinedError
        from jinja2.exceptions import SecurityError

        if isinstance(error, SecurityError):
            return self._wrong("letter.template-code", name=str(error))
        if isinstance(error, UndefinedError):
            return self._wrong("letter.template-unknown", names=str(error), known=self.kind)
        if isinstance(error, TemplateSyntaxError):
            near = " ".join("".join(getattr(error, "docx_context", ())).split())
            return self._wrong("letter.template-syntax", reason=str(error.message), near=near[:_NEAR])
        if isinstance(error, _StrayTextError):
            return self._wrong("letter.template-stray", near=str(error)[:_NEAR])
        reason: str | Bilingual = error.text if isinstance(error, UnreadableError) else str(error)
        broken = isinstance(error, (UnreadableError, SyntaxError))
        key = "letter.template-broken" if broken else "letter.template-failed"
        return self._wrong(key, reason=reason or type(error).__name__)

    def _wrong(self, key: str, **facts: object) -> UsageError:
        return UsageError("letter.template", name=self.name, fault=Text(key, **facts))


class _StrayTextError(Exception):
    """Text beside the paragraphs of the letter, which Word does not show or will not open."""


def _environment() -> SandboxedEnvironment:
    """Nothing but the facts can be reached, whatever they hold is escaped, and a name that is not there is told."""
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class FactsEnvironment(ImmutableSandboxedEnvironment):
        """No text becomes longer than its memory by being multiplied."""

        intercepted_binops = frozenset({"*", "**", "%"})

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002  (jinja's own)
            raise SecurityError(operator)

    class NamedUndefined(StrictUndefined):
        """Says which name it is, and leaves the sentence to the catalogue."""

        @property
        def _undefined_message(self) -> str:
            return str(self._undefined_name)

    def safe(value: Any) -> Any:
        return finding_text.seen(value).translate(_NO_XML) if isinstance(value, str) else value

    environment = FactsEnvironment(autoescape=True, undefined=NamedUndefined, finalize=safe)
    environment.globals.clear()
    return environment


def _document(data: bytes) -> DocxTemplate:
    """The template, opened. The XML that comes of it is looked at before it is put in, as docxtpl mends what is broken."""
    from docxtpl import DocxTemplate

    class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # it has no types
        def fix_tables(self, xml: str) -> Any:
            for element in parse_part(xml.encode(), "word/document.xml").iter():
                own = element.text if str(element.tag).rpartition("}")[2] in _HOLDERS else None
                if stray := f"{own or ''}{element.tail or ''}".strip():
                    raise _StrayTextError(stray)
            return super().fix_tables(xml)

    return StrictDocxTemplate(io.BytesIO(data))


_HOLDERS = frozenset({"body", "p", "r", "tbl", "tr", "tc", "hyperlink", "sdtContent"})
"""Elements of a Word file that hold others, and no text."""


def _paragraphs(data: bytes) -> list[str]:
    """The template's XML as docxtpl makes it ready for jinja, parted before each paragraph: body, headers, footers."""
    document = _document(data)
    document.init_docx()
    beside = (
        r for r in document.docx.part.rels.values() if r.reltype in (document.HEADER_URI, document.FOOTER_URI)
    )
    sources = [
        document.xml_to_string(document.docx.element.body),
        *(r.target_part.blob.decode() for r in beside),
    ]
    return [part.replace("\n", " ") for xml in sources for part in _PARAGRAPH.split(document.patch_xml(xml))]


def _words(paragraph: str) -> str:
    return _XML_TAG.sub("", paragraph)


def _has_broken_tag(words: str) -> bool:
    """Whether a tag has no end, no beginning, or braces of full width."""
    halves = any(words.count(f"{{{sign}") != words.count(f"{end}}}") for sign, end in ("{}", "%%", "##"))
    return halves or _WIDE_BRACES.search(words) is not None


def templates(folder: Path | None, language: str) -> Mapping[str, LetterTemplate]:
    """The templates by kind: those of the folder, else the shipped ones. UsageError where one is missing or no Word file."""
    return {kind: _template(kind, folder, language) for kind in KINDS}


def template_name(kind: str, language: str) -> str:
    """What the template's file is called, and the letters made from it begin with."""
    return f"{Text(f'letter.{kind}')[language]}.docx"


def _template(kind: str, folder: Path | None, language: str) -> LetterTemplate:
    if folder is None:
        data = templates_file("letter", language, f"{kind}.docx").read_bytes()
        return LetterTemplate(kind, template_name(kind, language), data)
    path = folder / template_name(kind, language)
    if not path.is_file():
        raise UsageError("letter.template-missing", path=path)
    data = path.read_bytes()
    found = LetterTemplate(kind, path.as_posix(), data)
    try:
        word = open_package(data).kind == "docx"
    except UnreadableError as error:
        raise UsageError("letter.template", name=found.name, fault=error.text) from error
    if not word:
        raise UsageError("letter.template", name=found.name, fault=Text("letter.template-no-word"))
    return found
