"""The command that gives a form's answers, and nothing judged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

from clusterform.cli.common import write
from clusterform.cli.options import format_of, key_of, one_of
from clusterform.cli.typer_commands import EditionOption, JobsOption, OutputOption, argument, option
from clusterform.parsers.container.package import open_form
from clusterform.pipeline import read_form
from clusterform.settings import Settings


def extract(
    path: Annotated[Path, argument("help.extract.path")],
    output_format: Annotated[str, option("help.extract.format", "--format", callback=key_of)] = "",
    output: OutputOption = None,
    edition: EditionOption = None,
    jobs: JobsOption = None,
) -> None:
    """Of a form or a folder."""
    if path.is_dir():
        from clusterform.cli.extract_folder import extract_folder

        extract_folder(path, output_format, output, edition, jobs)
        return
    from clusterform.filling.extract import extracted

    if output_format:
        one_of("--format", output_format, tuple(_ENDINGS))
    output_format = format_of(output_format, output, _ENDINGS, "json")
    form = read_form(open_form(path), Settings(edition=edition))
    write(_dumped(extracted(form), output_format, sys.stdout if output is None else None), output, [path])


_ENDINGS = {"json": ("json",), "yaml": ("yaml", "yml")}


def _dumped(data: dict[str, Any], output_format: str, stream: Any) -> str:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    plain = encoding.lower().replace("-", "") != "utf8"
    if output_format == "json":
        import json

        return json.dumps(data, ensure_ascii=plain, indent=2) + "\n"
    import yaml

    return str(yaml.safe_dump(data, allow_unicode=not plain, sort_keys=False, width=120))
