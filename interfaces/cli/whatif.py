"""`uberrima whatif`: recorded history under a draft of rules or days; nothing is written."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Column, Table

from application.rules.draft import DraftRefused, read
from application.rules.what_if import Side, Turn, WhatIf
from interfaces import main as house

SHOWN = 20
"""Cases told at most, unless all are asked for."""
File = Annotated[
    Path | None, typer.Option(exists=True, dir_okay=False, readable=True, help="A TOML file; see docs/clocks.md.")
]


def register(cli: typer.Typer) -> None:
    cli.command()(whatif)


def whatif(
    rules: File = None,
    calendar: File = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="Clocks started from.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Up to, and judged at.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Tell every case.")] = False,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Whose deadlines would have gone otherwise under a draft of rules or days, before anybody approves it."""
    if rules is None and calendar is None:
        raise typer.BadParameter("name a draft with --rules or --calendar")
    try:
        draft = read(*(path.read_text("utf-8") for path in (rules, calendar) if path))
    except DraftRefused as refused:
        raise typer.BadParameter("\n".join(refused.faults)) from refused
    until = last.date() if last else date.today()  # noqa: DTZ011 - the operator's day
    since = first.date() if first else date(until.year - 1, until.month, min(until.day, 28))
    url = house.database()
    with Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress:
        task = progress.add_task("what if", total=None)
        told = house.rehearse(
            url, draft, since, until, lambda done, total: progress.update(task, completed=done, total=total)
        )
    if as_json:
        typer.echo(told.model_dump_json())
        return
    _show(told, language, every)


def _show(told: WhatIf, language: str, every: bool) -> None:
    console = Console(markup=False, emoji=False)
    console.print(
        f"{told.first} – {told.last} · {told.cases:,} cases, {told.clocks:,} clocks, {len(told.flips):,} otherwise"
        f" · {told.cases:,} 件案件，{told.clocks:,} 个计时，{len(told.flips):,} 处不同",
        style="bold",
    )
    counts = Table(Column("rule", no_wrap=True), *(turn.tell(language) for turn in Turn), box=None, pad_edge=False)
    for rule, turned in told.counts.items():
        counts.add_row(rule, *(str(turned.get(turn.value, 0)) for turn in Turn))
    if told.counts:
        console.print(counts)
    cases = Table("case", Column("rule", no_wrap=True), "what", "before", "after", box=None, pad_edge=False)
    for each in told.flips if every else told.flips[:SHOWN]:
        sides = (_side(side, language) for side in (each.before, each.after))
        cases.add_row(each.number or str(each.case), each.rule, each.turn.tell(language), *sides)
    if told.flips:
        console.print(cases)
    for rule, count in told.untold.items():
        console.print(f"{rule}: {count:,} recorded decisions rest on it that are not decided again here")


def _side(side: Side, language: str) -> str:
    return f"{side.due_on or '—'} {side.verdict.tell(language)}"
