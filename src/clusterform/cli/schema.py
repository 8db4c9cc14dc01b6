"""The command that gives the JSON Schema of a form's answers, and of the project file."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from clusterform.cli import project
from clusterform.cli.common import guarded, say
from clusterform.cli.typer_options import EditionOption

_SETTINGS = {"settings", "设置文件"}


@guarded
def schema(
    kind: Annotated[str, typer.Argument(help="申报表 application | 复核申报表 review | 设置文件 settings")],
    edition: EditionOption = None,
) -> None:
    """答案或设置文件的 JSON Schema。 The JSON Schema of a form's answers, or of clusterform.toml."""
    from clusterform.filling.schema import json_schema  # noqa: PLC0415
    from clusterform.forms.edition import newest_edition  # noqa: PLC0415
    from clusterform.forms.lists import key_of_form  # noqa: PLC0415

    if kind in _SETTINGS:
        made = project.json_schema()
    else:
        edition = edition or newest_edition()
        made = json_schema(edition, key_of_form(kind, edition))
    say(json.dumps(made, ensure_ascii=False, indent=2), sys.stdout)
