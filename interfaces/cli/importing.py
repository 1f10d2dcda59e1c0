"""`uberrima import`: files of other systems, through the same commands that people give."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from contextlib import closing
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from application.handling import Handling
from application.importing.check import read_mapping
from application.importing.mapping import WrongMapping
from application.importing.plan import Plan
from application.importing.rehearsal import RehearsalStore
from application.importing.run import Run, Summary
from application.importing.table import Table, UnreadableFile, open_table
from application.ports import SystemClock
from interfaces import main as house

SHOWN = 50
"""Refusals shown on a terminal; `--json` tells them all."""


def register(cli: typer.Typer) -> None:
    cli.command("import")(import_)


def import_(
    file: Annotated[Path, typer.Argument(help="A CSV file or an .xlsx workbook.")],
    mapping: Annotated[str, typer.Option(help="A mapping's path, or the name of one that comes with the program.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Import a file: every row is taken as a whole or refused with its reason; given twice, it adds nothing."""
    try:
        told = read_mapping(found(mapping))
        table = open_table(file, told.encoding, told.delimiter, told.sheet)
        plan, rows = Plan(told, table.header), table.count()
    except (WrongMapping, UnreadableFile) as wrong:
        typer.echo(f"nothing was imported:\n{wrong}", err=True)
        raise typer.Exit(2) from wrong
    started = time.perf_counter()
    with _progress(as_json) as progress:
        task = progress.add_task("rehearsing" if dry_run else "importing", total=rows, speed=0)
        summary = asyncio.run(_run(plan, table, dry_run, _advance(progress, task)))
    seconds = time.perf_counter() - started
    if as_json:
        facts = {"mapping": told.name, "dry_run": dry_run, "seconds": round(seconds, 3)}
        typer.echo(json.dumps(facts | summary.told(), ensure_ascii=False))
    else:
        _show(summary, dry_run, seconds)


def found(mapping: str) -> Path:
    """The mapping at that path, or the one of that name that comes with the program."""
    shipped = Path(str(files("interfaces.cli"))) / "mappings"
    if Path(mapping).is_file():
        return Path(mapping)
    names = sorted(each.stem for each in shipped.glob("*.toml"))
    if mapping not in names:
        raise WrongMapping(
            [("--mapping", f"there is no file {mapping!r}; mappings that come along: {', '.join(names)}")]
        )
    return shipped / f"{mapping}.toml"


async def _run(plan: Plan, table: Table, dry_run: bool, advance: Callable[[int], None]) -> Summary:
    """Runs the rows, for real or in rehearsal; where they are real, the read models have followed in the end."""
    async with house.open_house(house.database()) as home:
        handling = Handling(RehearsalStore(home.store), SystemClock()) if dry_run else home.handling
        summary = await Run(plan, handling, progress=advance).all(table.lines())
        if not dry_run:
            await asyncio.to_thread(_project, home)
        return summary


def _project(home: house.House) -> None:
    """Brings the read models up to date; a follower beside this one does no harm."""
    with closing(home.projector()) as projector:
        projector.catch_up()


def _progress(hidden: bool) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[speed]:,.0f} rows/s"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=hidden,
    )


def _advance(progress: Progress, task: TaskID) -> Callable[[int], None]:
    started = time.perf_counter()
    return lambda rows: progress.update(task, completed=rows, speed=rows / (time.perf_counter() - started))


def _show(summary: Summary, dry_run: bool, seconds: float) -> None:
    console = Console(soft_wrap=True, highlight=False)
    would = "would be " if dry_run else ""
    console.print(
        f"{summary.rows:,} rows: {summary.accepted:,} {would}accepted ({summary.repeated:,} of them before),"
        f" {summary.refused:,} {would}refused; {summary.events:,} events {would}added"
        f" in {seconds:,.1f} s ({summary.rows / seconds:,.0f} rows/s)"
    )
    if not dry_run:
        console.print(f"the read models have followed to position {summary.position:,}")
    for each in summary.refusals[:SHOWN]:
        ground = f"{each.code} {each.rule}".strip()
        console.print(f"line {each.line} · {each.key} · {each.field}: {each.reason} · {each.reason_zh} ({ground})")
    if len(summary.refusals) > SHOWN:
        console.print(f"and {len(summary.refusals) - SHOWN:,} more; --json tells them all")
