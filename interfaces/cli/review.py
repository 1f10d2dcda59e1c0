"""`uberrima review`: the improvement review of a month."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from application.improvement.build import build
from application.improvement.review import Review, month_of
from domain.kernel import CALENDAR_ZONE
from interfaces import main as house
from interfaces.http.improvement import as_csv


def register(cli: typer.Typer) -> None:
    cli.command()(review)


def review(
    month: Annotated[str | None, typer.Option(help="As 2026-03; the month before this one, if left out.")] = None,
    output: Annotated[Path | None, typer.Option(dir_okay=False, help="A file: .json or .csv.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """How long things took, which deadlines were missed, what was refused, and what got worse than the month before."""
    today = datetime.now(UTC).astimezone(CALENDAR_ZONE).date()
    last = f"{today.year - (today.month == 1)}-{(today.month - 2) % 12 + 1:02}"
    try:
        first = month_of(month or last)
    except ValueError:
        raise typer.BadParameter("a month is written as 2026-03", param_hint="--month") from None
    if output and output.suffix not in (".json", ".csv"):
        raise typer.BadParameter("the file ends with .json or .csv", param_hint="--output")
    told = asyncio.run(_build(first, today))
    if output:
        output.write_text(as_csv(told) if output.suffix == ".csv" else told.model_dump_json(), "utf-8")
    elif as_json:
        typer.echo(told.model_dump_json())
    else:
        _show(told, language)


async def _build(month: date, today: date) -> Review:
    async with house.open_house(house.database()) as home:
        return await build(home.store, home.reads, month, today)


def _show(told: Review, language: str) -> None:
    console = Console(markup=False, emoji=False)
    console.print(
        f"{told.month} · position {told.position:,} · {told.finished:,} cases finished, {told.over_baseline:,} took over"
        f" {told.baseline} working days · 办结{told.finished:,}件，超过{told.baseline}个工作日{told.over_baseline:,}件",
        style="bold",
    )
    took = Table(
        Column("stage", no_wrap=True), "count", "median", "90 %", f"> {told.baseline}", box=None, pad_edge=False
    )
    for each in told.durations:
        stage = " – ".join(mark.tell(language) for mark in (each.since, each.until) if mark)
        took.add_row(
            f"{each.capability} {stage}", str(each.count), f"{each.median:g}", str(each.ninetieth), str(each.over)
        )
    due = Table(Column("rule", no_wrap=True), "met", "missed", "open", box=None, pad_edge=False)
    for kept in told.deadlines:
        due.add_row(kept.rule, str(kept.met), str(kept.missed), str(kept.open))
    no = Table(Column("refusal", no_wrap=True), Column("rule", no_wrap=True), "count", box=None, pad_edge=False)
    for refused in told.refusals:
        no.add_row(refused.code, refused.rule, str(refused.count))
    worse = Table(Column("worse", no_wrap=True), "before", "now", "cases", box=None, pad_edge=False)
    for one in told.worse:
        cases = " ".join(case.number for case in one.cases[:3])
        worse.add_row(f"{one.what.tell(language)} · {one.about}", f"{one.before:g}", f"{one.now:g}", cases)
    for table in (took, due, no, worse):
        if table.row_count:
            console.print(table)
