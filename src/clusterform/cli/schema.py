"""The command that gives the JSON Schema of a form's answers, and of the project file."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from clusterform.cli.common import guarded, say
from clusterform.cli.typer_options import EditionOption


@guarded
def schema(
    kind: Annotated[str, typer.Argument(help="申报表 application | 复核申报表 review")],
    edition: EditionOption = None,
) -> None:
    """答案的 JSON Schema。 The JSON Schema of a form's answers."""
    from clusterform.filling.schema import json_schema  # noqa: PLC0415
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.names import kind_named  # noqa: PLC0415

    edition = edition or newest_edition()
    say(json.dumps(json_schema(edition, kind_named(kind, edition)), ensure_ascii=False, indent=2), sys.stdout)
