"""The commands that show the notice's editions."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from clusterform.cli.common import guarded, say

edition_app = typer.Typer(
    no_args_is_help=True, help="查看各年度通知。 Look at the editions.", rich_markup_mode=None
)


@edition_app.command("list")
@guarded
def edition_list() -> None:
    """可用的年度。 The editions."""
    from clusterform.forms.edition import edition_names, load_edition  # noqa: PLC0415

    for name in edition_names():
        edition = load_edition(name)
        say(f"{name}  {edition.notice}  {edition.title}", sys.stdout)


@edition_app.command("show")
@guarded
def edition_show(name: Annotated[str, typer.Argument(help="年度，如 2025。 A year.")]) -> None:
    """一个年度的年份、名额和截止日期。 One edition's years, quota and deadline."""
    import json  # noqa: PLC0415
    from dataclasses import asdict  # noqa: PLC0415

    import yaml  # noqa: PLC0415

    from clusterform.forms.edition import load_edition  # noqa: PLC0415

    data = json.loads(json.dumps(asdict(load_edition(name)), default=str))
    say(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120), sys.stdout)
