"""`uberrima backup` and `uberrima restore`: copies of everything, and a house made from them."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from interfaces import main as house
from interfaces.cli.vault import tell

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of the copy.", file_okay=False)]
Vault = Annotated[
    Path | None, typer.Option(file_okay=False, help="The folder of the vault's copy, in another place; DIR-vault.")
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(cli: typer.Typer) -> None:
    cli.command()(backup)
    cli.command()(restore)


def backup(folder: Folder, vault: Vault = None, as_json: Json = False) -> None:
    """Copy the database while it is in use: all but the vault into DIR, the vault beside it or elsewhere."""
    copied = house.back_up(folder, _beside(folder, vault))
    if as_json:
        typer.echo(json.dumps(asdict(copied)))
    else:
        typer.echo(f"position {copied.position:,}, {copied.size:,} bytes in {copied.seconds} s · 备份完成")
        typer.echo(f"{copied.house}\n{copied.vault}  keep it in another place · 请另处保管")


def restore(folder: Folder, vault: Vault = None, as_json: Json = False) -> None:
    """Make an empty database what was copied, forget again whoever was forgotten since, build the read models anew."""
    tell(house.restore(folder, _beside(folder, vault)), as_json)


def _beside(folder: Path, vault: Path | None) -> Path:
    return vault or folder.with_name(f"{folder.name}-vault")
