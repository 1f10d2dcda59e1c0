"""`uberrima clocks`: every clock of a case, and how its due date came about."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from application.docket.explanation import Explanation, dated_history, explain
from application.supervision.replay import find_case
from domain.kernel import UNKNOWN, Recorded, Refused
from interfaces import main as house


def register(cli: typer.Typer) -> None:
    cli.command()(clocks)


def clocks(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The case's id, or any number it bears.")],
    at: Annotated[datetime | None, typer.Option(help="As it was known at this moment, UTC.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Every clock of a case: when it is due, what was counted, what was not, and by which clause."""
    moment = at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
    told = explain(asyncio.run(_history(case, moment)))
    if as_json:
        typer.echo(json.dumps([each.model_dump(mode="json") for each in told], ensure_ascii=False))
        return
    console = Console(markup=False, emoji=False)
    for each in told:
        _show(console, each, 0 if language == "zh" else 1)
    if not told:
        console.print("no clock runs in this case · 本案没有计时")


def _show(console: Console, told: Explanation, spoken: int) -> None:
    language = ("zh", "en")[spoken]
    due = f"{told.due_on}{' ?' if told.provisional else ''}" if told.due_on else "—"
    console.print(f"{told.rule}  {told.limit[spoken]}  {due}  {told.state.tell(language)}", style="bold")
    console.print(f"  {told.title[spoken]}")
    table = Table(box=None, show_header=False, pad_edge=False)
    for part in told.parts:
        days = f"{part.first}" if part.first == part.last else f"{part.first} – {part.last}"
        table.add_row("  ", days, part.why[spoken])
    console.print(table)


async def _history(case: str, at: datetime | None) -> list[Recorded]:
    async with house.open_house(house.database()) as home:
        stream = await find_case(home.store, case)
        history = await dated_history(home.store, stream, at) if stream else []
    if not any(each.stream == stream for each in history):
        raise Refused(UNKNOWN, {"kind": "case"})
    return history
