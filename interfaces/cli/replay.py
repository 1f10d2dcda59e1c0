"""`uberrima replay`: any case at any moment."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from application.supervision.readings import readings_of
from application.supervision.replay import difference, find_case, history, kind_of, state_of, told
from domain.kernel import UNKNOWN, Recorded, Refused
from interfaces import main as house
from interfaces.cli.account import OPERATOR


def register(cli: typer.Typer) -> None:
    cli.command()(replay)


def replay(
    case: Annotated[str, typer.Argument(metavar="STREAM", help="The stream's id, or any number the case bears.")],
    version: Annotated[int | None, typer.Option(min=1, help="As it was at this version.")] = None,
    at: Annotated[datetime | None, typer.Option(help="As it was known at this moment, UTC.")] = None,
    diff: Annotated[int | None, typer.Option(min=0, help="What changed since this version.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """The state of a case, who did what and why, and what changed between two moments."""
    moment = at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
    events = asyncio.run(_events(case, version, moment))
    state = told(state_of(events))
    earlier = [each for each in events if each.version <= (diff or 0)]
    changes = difference(told(state_of(earlier)) if earlier else {}, state) if diff is not None else []
    if as_json:
        typer.echo(json.dumps(_plain(events, state, changes), ensure_ascii=False, default=str))
        return
    # What people wrote is no markup.
    console = Console(markup=False, emoji=False)
    console.print(f"{kind_of(events).kind()} {events[0].stream} version {events[-1].version}", style="bold")
    table = Table("version", "recorded", "by", "what", "rules", box=None, pad_edge=False)
    for each in events:
        when = each.recorded_at.strftime("%Y-%m-%d %H:%M:%S")
        by = f"{each.actor.name} ({each.actor.role.tell(language)})"
        table.add_row(str(each.version), when, by, each.event.tell(language), " ".join(each.rules))
    console.print(table)
    shown = Table("name", *(("before", "after") if diff is not None else ("value",)), box=None, pad_edge=False)
    rows = (
        [(c.name, str(c.before), str(c.after)) for c in changes]
        if diff is not None
        else [(n, str(v)) for n, v in state.items()]
    )
    for row in rows:
        shown.add_row(*row)
    console.print(shown)


async def _events(case: str, version: int | None, at: datetime | None) -> list[Recorded]:
    async with house.open_house(house.database()) as home:
        stream = await find_case(home.store, case)
        events = await history(home.store, stream, version, at) if stream else []
        await home.readings.note(readings_of(events, datetime.now(UTC), OPERATOR, "cli", "replay"))
    if not events:
        raise Refused(UNKNOWN, {"kind": "case"})
    return events


def _plain(events: Sequence[Recorded], state: dict[str, Any], changes: Sequence[Any]) -> dict[str, Any]:
    return {
        "stream": str(events[0].stream),
        "kind": kind_of(events).kind(),
        "version": events[-1].version,
        "state": state,
        "timeline": [
            {
                "version": each.version,
                "position": each.position,
                "event": type(each.event).__name__,
                "zh": each.event.tell("zh"),
                "en": each.event.tell("en"),
                "recorded_at": each.recorded_at,
                "occurred_at": each.occurred_at,
                "actor": each.actor.name,
                "role": each.actor.role,
                "rules": each.rules,
                "consulted": dict(each.consulted),
                "causation": each.causation,
            }
            for each in events
        ],
        "changes": [{"name": c.name, "before": c.before, "after": c.after} for c in changes],
    }
