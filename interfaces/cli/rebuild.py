"""`uberrima rebuild`: read models made anew from the log, beside the live ones, and swapped."""

from __future__ import annotations

import json
import time
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from application.catalogue import PROJECTIONS
from interfaces import main as house


def register(cli: typer.Typer) -> None:
    cli.command()(rebuild)


def rebuild(
    names: Annotated[
        list[str] | None, typer.Argument(help="Read models to rebuild; all of them, if none is named.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Rebuild read models beside the live ones and swap them in; readers see no gap."""
    known = [each.name for each in PROJECTIONS]
    wanted = names or known
    if unknown := [name for name in wanted if name not in known]:
        raise typer.BadParameter(f"no read model is called {', '.join(unknown)}; there are {', '.join(known)}")
    projector = house.projector(house.database())
    told = []
    with Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress:
        for name in wanted:
            task = progress.add_task(name, total=None)
            started = time.perf_counter()
            events = projector.rebuild(name, partial(_show, progress, task))
            seconds = time.perf_counter() - started
            told.append(
                {"name": name, "events": events, "seconds": round(seconds, 3), "per_second": round(events / seconds)}
            )
    projector.close()
    if as_json:
        typer.echo(json.dumps(told))
    for each in () if as_json else told:
        typer.echo(f"{each['name']}: {each['events']:,} events in {each['seconds']} s, {each['per_second']:,} a second")


def _show(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)
