"""The command that gives the JSON Schema of a form's answers, and of the project file."""

from __future__ import annotations

import json
import sys
from typing import Annotated

from clusterform.cli import project
from clusterform.cli.common import say
from clusterform.cli.typer_commands import EditionOption, argument
from clusterform.forms.edition import newest_edition
from clusterform.forms.lists import key_of_form
from clusterform.words import words


def schema(
    kind: Annotated[str, argument("help.schema.kind")],
    edition: EditionOption = None,
) -> None:
    """Of a form's answers, or of the project file."""
    from clusterform.filling.schema import json_schema

    if kind in words("subjects.settings"):
        made = project.json_schema()
    else:
        edition = edition or newest_edition()
        made = json_schema(edition, key_of_form(kind, edition))
    say(json.dumps(made, ensure_ascii=False, indent=2), sys.stdout)
