"""`uberrima check`: whether all that was ever recorded can still be read and folded."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from application.catalogue import PROJECTIONS
from interfaces import main as house


def register(cli: typer.Typer) -> None:
    cli.command()(check)


def check(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Read the whole log, fold every stream and every read model, and name each event that resists; 1 if any does."""
    checking = house.checking(house.database())
    with Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress:
        events = checking.streams(partial(_show, progress, progress.add_task("log", total=None)))
        for projection in PROJECTIONS:
            task = progress.add_task(projection.name, total=None)
            checking.projection(projection, partial(_show, progress, task))
    found = checking.found
    if as_json:
        typer.echo(json.dumps({"events": events, "found": [asdict(each) for each in found]}, ensure_ascii=False))
    else:
        for each in found:
            typer.echo(f"event {each.position} {each.type} in {each.where}: {each.why}")
        typer.echo(f"{events:,} events, {len(found):,} findings · {events:,} 个事件，{len(found):,} 处问题")
    if found:
        raise typer.Exit(1)


def _show(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)
