"""`uberrima demo`: an insurer's year, the same every time."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from interfaces import main as house
from interfaces.demo.run import PASSWORD, SEED, Loaded, NotEmpty, load
from interfaces.demo.year import UNTIL

LAST_DAY = datetime.combine(UNTIL, datetime.min.time())


def register(cli: typer.Typer) -> None:
    cli.command()(demo)


def demo(
    scale: Annotated[int, typer.Option(min=1, max=100, help="How many times the customers; the products stay.")] = 1,
    seed: Annotated[int, typer.Option(help="Another number, another year.")] = SEED,
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The last day of the year.")] = LAST_DAY,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Fill an empty house with an insurer's year; run again, it adds nothing. · 载入一年的演示数据。"""
    url = house.database()
    try:
        loaded = asyncio.run(fill(url, scale, seed, until.date(), quiet=as_json))
    except NotEmpty:
        sys.exit(
            "this house holds something else; give the demo one of its own, by UBERRIMA_HOME or UBERRIMA_DATABASE_URL"
        )
    if as_json:
        typer.echo(json.dumps(loaded.told(), ensure_ascii=False))
    else:
        tell(loaded)
    if loaded.unexpected:
        sys.exit(f"{len(loaded.unexpected)} answers were not the expected ones: {loaded.unexpected[0]}")


async def fill(url: str, scale: int, seed: int, until: date, *, quiet: bool) -> Loaded:
    """Loads the year behind one progress bar."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    started = time.perf_counter()
    with Progress(*columns, transient=True, disable=quiet, console=Console(stderr=True)) as bar:
        task = bar.add_task("the year", total=365, told="")

        def show(day: int, days: int, events: int) -> None:
            speed = events / (time.perf_counter() - started)
            told = f"day {day} of {days}, {events:,} events, {speed:,.0f} a second"
            bar.update(task, completed=day, total=days, told=told)

        return await load(url, scale, seed, show, until=until)


def tell(loaded: Loaded) -> None:
    console = Console()
    console.print(
        f"{loaded.events:,} events in {loaded.seconds} s: {loaded.products:,} products, {loaded.customers:,} customers,"
        f" {loaded.policies:,} policies and applications, {loaded.claims:,} claims, {loaded.refusals:,} refusals"
    )
    console.print(f"sign in as {', '.join(loaded.accounts)}")
    console.print(f"password of all of them: [bold]{PASSWORD}[/bold]")
    console.print(
        "[bold red]These sign-ins are for the demo only: anybody can know them."
        " Never let real data into this house. · 演示账户，切勿用于真实数据。[/bold red]"
    )
