"""`uberrima run`: everything at once, for someone who wants to see it: demo data loaded, API and console served."""

from __future__ import annotations

import asyncio

import typer
from rich.console import Console

from interfaces import main as house
from interfaces.cli.demo import LAST_DAY, fill, tell
from interfaces.cli.serve import Host, Port, following, listen
from interfaces.demo.run import PASSWORD, SEED, NotEmpty, is_loaded, sign_ins


def register(cli: typer.Typer) -> None:
    cli.command()(run)


def run(host: Host = "127.0.0.1", port: Port = 8420) -> None:
    """Load the demo, unless it is loaded or the house holds data of its own, and serve API and console."""
    url = house.database()
    console = Console()
    try:
        if not asyncio.run(is_loaded(url)):
            tell(asyncio.run(fill(url, 1, SEED, LAST_DAY.date(), quiet=False)))
        console.print(f"\nsign in as {', '.join(sign_ins())}\nwith the password [bold]{PASSWORD}[/bold]")
    except NotEmpty:
        console.print(
            "\nThis house holds data of its own, so no demo is loaded; `uberrima account open` opens accounts."
        )
    with following():
        console.print(
            f"\n[bold]http://{host}:{port}/[/bold]  console · 控制台\nhttp://{host}:{port}/api-docs  API",
            style="default",
        )
        console.print("Ctrl-C stops it; the data stays. `uberrima db stop` stops the database.")
        listen(url, host, port)
