"""`uberrima rebuild`: read models made anew from the log, beside the live ones, and swapped."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from queue import Empty
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from application.catalogue import PROJECTIONS
from interfaces import main as house

PROJECTION = {each.name: each for each in PROJECTIONS}
Told = dict[str, Any]


def register(cli: typer.Typer) -> None:
    cli.command()(rebuild)


def rebuild(
    names: Annotated[
        list[str] | None, typer.Argument(help="Read models to rebuild; all of them, if none is named.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="First compare them with the live ones; 1 if any differs.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Rebuild read models beside the live ones and swap them in; readers see no gap."""
    wanted = names or list(PROJECTION)
    if unknown := [name for name in wanted if name not in PROJECTION]:
        raise typer.BadParameter(f"no read model is called {', '.join(unknown)}; there are {', '.join(PROJECTION)}")
    url = house.database()
    with Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress:
        tasks = {name: progress.add_task(name, total=None) for name in wanted}
        build = _one if len(wanted) == 1 else several
        told = build(url, wanted, check, lambda name, done, total: _show(progress, tasks[name], done, total))
    if as_json:
        typer.echo(json.dumps(told, default=str))
    for each in () if as_json else told:
        typer.echo(_line(each))
    if any(each.get("differ") for each in told):
        raise typer.Exit(1)


def _one(url: str, names: Sequence[str], check: bool, show: Callable[[str, int, int], None]) -> list[Told]:
    return [_built(url, name, check, partial(show, name)) for name in names]


def several(url: str, names: Sequence[str], check: bool, show: Callable[[str, int, int], None]) -> list[Told]:
    """As many at once as there are processors, those that hear most first."""
    order = sorted(names, key=lambda name: -len(PROJECTION[name].hears))
    spawn = multiprocessing.get_context("spawn")
    with spawn.Manager() as manager, ProcessPoolExecutor(os.cpu_count(), spawn) as processes:
        told = manager.Queue()
        built = {name: processes.submit(_build, url, name, check, told) for name in order}
        while not all(map(Future.done, built.values())):
            try:
                show(*told.get(timeout=0.1))
            except Empty:
                continue
        return [built[name].result() for name in names]


def _build(url: str, name: str, check: bool, told: Any) -> Told:
    """In a process of its own."""
    return _built(url, name, check, lambda done, total: told.put((name, done, total)))


def _built(url: str, name: str, check: bool, show: Callable[[int, int], None]) -> Told:
    started = time.perf_counter()
    with house.building(url, PROJECTION[name]) as building:
        broken_at = building.broken_at()
        events = building.fill(show)
        difference = building.difference() if check else None
        building.swap()
    seconds = time.perf_counter() - started
    told: Told = {"name": name, "events": events, "seconds": round(seconds, 3), "per_second": round(events / seconds)}
    if broken_at is not None:
        told["was_broken_at"] = broken_at
    if difference is not None:
        compared = {"position": difference.position, "rows": difference.anew, "rows_before": difference.live}
        told |= compared | {
            "differ": [dict(zip(PROJECTION[name].row.key, key, strict=True)) for key in difference.keys]
        }
    return told


def _line(told: Told) -> str:
    line = f"{told['name']}: {told['events']:,} events in {told['seconds']} s, {told['per_second']:,} a second"
    if "was_broken_at" in told:
        line += f"; it was broken at event {told['was_broken_at']:,} · 曾在事件 {told['was_broken_at']:,} 处中断"
    if "differ" not in told:
        return line
    line += f"; {told['rows_before']:,} rows before, {told['rows']:,} now, as at {told['position']:,}"
    rows = (", ".join(f"{name} {value}" for name, value in key.items()) for key in told["differ"])
    return line + "".join(f"\n  differs · 不一致: {row}" for row in rows)


def _show(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)
