"""A template of a letter: a Word file with jinja's tags in it, which is filled in and can do nothing else."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusterform.data_files import templates_file
from clusterform.errors import UnreadableError, UsageError
from clusterform.messages import Bilingual, Text
from clusterform.parsers.container.package import open_package
from clusterform.parsers.container.xml_part import parse_part
from clusterform.reports import finding_text

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2.sandbox import SandboxedEnvironment

NOTICE, SUMMARY = "notice", "summary"
KINDS = (NOTICE, SUMMARY)
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
        environment = _environment()
        try:
            document = _document(self.data)
            unknown = document.get_undeclared_template_variables(environment) - {self.kind}
            if not unknown:
                document.render({self.kind: facts}, environment)
        except (
            Exception
        ) as error:  # whatever a template edited by hand breaks is told, and nothing is written
            raise self._explained(error) from error
        if unknown:
            raise self._wrong("letter.template-unknown", names=tuple(sorted(unknown)), known=self.kind)
        held = io.BytesIO()
        document.save(held)
        return held.getvalue()

    def _explained(self, error: Exception) -> UsageError:
        from jinja2 import TemplateSyntaxError, UndefinedError  # noqa: PLC0415  (loaded by now)
        from jinja2.exceptions import SecurityError  # noqa: PLC0415  (as above)

        if isinstance(error, SecurityError):
            return self._wrong("letter.template-code", name=str(error))
        if isinstance(error, UndefinedError):
            return self._wrong("letter.template-unknown", names=str(error), known=self.kind)
        if isinstance(error, TemplateSyntaxError):
            near = " ".join("".join(getattr(error, "docx_context", ())).split())
            return self._wrong("letter.template-syntax", reason=str(error.message), near=near[:_NEAR])
        reason: str | Bilingual = error.text if isinstance(error, UnreadableError) else str(error)
        return self._wrong("letter.template-broken", reason=reason or type(error).__name__)

    def _wrong(self, key: str, **facts: object) -> UsageError:
        return UsageError("letter.template", name=self.name, fault=Text(key, **facts))


_NEAR = 120
"""Characters of the template that are told round a mistake."""


def _environment() -> SandboxedEnvironment:
    """Nothing but the facts can be reached, whatever they hold is escaped, and a name that is not there is told."""
    from jinja2 import StrictUndefined  # noqa: PLC0415  (only letters and the HTML report need it)
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415  (as above)

    class NamedUndefined(StrictUndefined):
        """Says which name it is, and leaves the sentence to the catalogue."""

        @property
        def _undefined_message(self) -> str:
            return str(self._undefined_name)

    def safe(value: Any) -> Any:
        return finding_text.seen(value).translate(_NO_XML) if isinstance(value, str) else value

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=NamedUndefined, finalize=safe)
    environment.globals.clear()
    return environment


def _document(data: bytes) -> DocxTemplate:
    """The template, opened. The XML that comes of it is looked at before it is put in, as docxtpl mends what is broken."""
    from docxtpl import DocxTemplate  # noqa: PLC0415  (0.3 s, for letters alone)

    class StrictDocxTemplate(DocxTemplate):  # type: ignore[misc]  # it has no types
        def fix_tables(self, xml: str) -> Any:
            parse_part(xml.encode(), "word/document.xml")
            return super().fix_tables(xml)

    return StrictDocxTemplate(io.BytesIO(data))


def templates(folder: Path | None, language: str) -> Mapping[str, LetterTemplate]:
    """The templates by kind: those of the folder, else the shipped ones. UsageError where one is missing or no Word file."""
    return {
        kind: _shipped(kind, language) if folder is None else _own(folder, kind, language) for kind in KINDS
    }


def template_name(kind: str, language: str) -> str:
    """What the template's file is called, and the letters made from it begin with."""
    return f"{Text(f'letter.{kind}')[language]}.docx"


def _shipped(kind: str, language: str) -> LetterTemplate:
    data = templates_file("letter", language, f"{kind}.docx").read_bytes()
    return LetterTemplate(kind, template_name(kind, language), data)


def _own(folder: Path, kind: str, language: str) -> LetterTemplate:
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
