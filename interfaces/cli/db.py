"""`uberrima db`: the embedded database server."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from interfaces import main as house

cli = typer.Typer(help="The embedded database server.", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@cli.command()
def status(as_json: Json = False) -> None:
    """Whether it runs, and its address."""
    told = house.database_status()
    if as_json:
        typer.echo(json.dumps(told))
    else:
        typer.echo("\n".join(f"{name}: {value}" for name, value in told.items()))


@cli.command()
def stop(as_json: Json = False) -> None:
    """Stop it cleanly, whoever started it."""
    stopped = house.stop_database()
    typer.echo(json.dumps({"stopped": stopped}) if as_json else "stopped" if stopped else "it was not running")
