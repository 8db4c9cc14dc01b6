"""The commands that show the notice's editions."""

from __future__ import annotations

import sys
from typing import Annotated

from clusterform.cli.common import say
from clusterform.cli.typer_commands import HelpedTyper, argument
from clusterform.forms.edition import edition_names, load_edition
from clusterform.models import json_of

edition_app = HelpedTyper("edition")


@edition_app.command("list")
def edition_list() -> None:
    """A line each."""
    for name in edition_names():
        edition = load_edition(name)
        say(f"{name}  {edition.notice}  {edition.title}", sys.stdout)


@edition_app.command("show")
def edition_show(name: Annotated[str, argument("help.edition-show.name")]) -> None:
    """One edition as YAML."""
    import yaml

    data = json_of(load_edition(name))
    say(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), sys.stdout)
