"""The command that fills a blank form with answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterform.cli.common import guarded, say
from clusterform.cli.endings import named_by
from clusterform.cli.options import one_of
from clusterform.cli.typer_options import EditionOption, ForceOption, LangOption
from clusterform.errors import UnreadableError, UsageError
from clusterform.settings import LANGUAGES

if TYPE_CHECKING:
    from clusterform.parsers.container.package import Package


@guarded
def fill(  # noqa: PLR0913, PLR0917  (the contract's options)
    answers: Annotated[
        Path,
        typer.Argument(help="答案文件 .json 或 .yaml。 The answers.", metavar="ANSWERS", readable=False),
    ],
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="写入的 .docx 或 .xlsx。 The file to write.", readable=False),
    ],
    blank: Annotated[
        Path | None,
        typer.Option(
            "--blank",
            help="要填写的空白表，默认用本程序自带的。 The blank to fill; else the built-in one.",
            readable=False,
        ),
    ] = None,
    force: ForceOption = False,
    edition: EditionOption = None,
    lang: LangOption = "zh",
) -> None:
    """把答案填入空白表：extract 读出的，或手写的。 Fills a blank form with extracted or hand-written answers."""
    one_of("--lang", lang, LANGUAGES)
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415  (as above)
    from clusterform.output import write_bytes  # noqa: PLC0415  (what a command does not need is not loaded)
    from clusterform.writing import ENDINGS, filled  # noqa: PLC0415  (as above)
    from clusterform.writing.answers.answers_in import read_answers  # noqa: PLC0415  (as above)

    chosen = named_by(output, ENDINGS)
    if chosen is None:
        raise UsageError(
            "output.ending-of-form",
            name=output.name,
        )
    _not_over(output, [p for p in (answers, blank) if p is not None], force=force)
    given = read_answers(answers, edition or newest_edition())
    made = filled(given, chosen, _opened(blank, chosen) if blank is not None else None, answers.name)
    write_bytes(output, made)
    say(f"Written: {output}" if lang == "en" else f"已写入：{output}", sys.stderr)


def _opened(path: Path, wanted: str) -> Package:
    """The blank form; UsageError where it is of another kind than the output's name says."""
    from clusterform.parsers.container.package import open_package  # noqa: PLC0415  (as above)
    from clusterform.parsers.container.sniff import ForeignFormatError, format_name  # noqa: PLC0415  (as above)

    try:
        package = open_package(path)
    except ForeignFormatError as foreign:
        raise UsageError(
            "blank.foreign", path=path.name, format=format_name(foreign.format), ending=wanted
        ) from foreign
    except UnreadableError as error:
        raise UnreadableError(error.what, "file.named", path=path.name, reason=error.text) from error
    if package.kind != wanted:
        raise UsageError(
            "blank.other-ending",
            ending=package.kind,
            output=wanted,
        )
    return package


def _not_over(target: Path, inputs: Sequence[Path], *, force: bool) -> None:
    """UsageError where the output is one of the inputs, or is there already and was not to be overwritten."""
    if any(target.resolve() == path.resolve() for path in inputs):
        raise UsageError("output.is-input", path=target)
    if target.exists() and not force:
        raise UsageError(
            "output.exists",
            path=target,
        )
