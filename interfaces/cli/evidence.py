"""`uberrima verify`, `checkpoint`, `prove`, `evidence`: what shows afterwards that nothing was altered."""

from __future__ import annotations

import asyncio
import base64
import json
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn, TimeRemainingColumn

from application.supervision.case_file import case_file
from application.supervision.readings import readings_of
from application.supervision.replay import find_case
from domain.kernel import UNKNOWN, Recorded, Refused
from interfaces import main as house
from interfaces.cli.account import OPERATOR

Kept = Annotated[
    list[Path] | None,
    typer.Option("--checkpoint", exists=True, dir_okay=False, help="A file of checkpoints that you kept."),
]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


def register(cli: typer.Typer) -> None:
    for command in (verify, checkpoint, prove, evidence):
        cli.command()(command)


def verify(checkpoint: Kept = None, as_json: Json = False) -> None:
    """Hash the whole log again, against what was sealed and signed; exit 1 at the first position that is not as it was."""
    archive = house.archive(house.database())
    columns = (TextColumn("{task.fields[speed]}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    started = time.perf_counter()
    with Progress(*columns, transient=True, disable=as_json, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=None, speed="")
        report = archive.verify(_texts(checkpoint), partial(_show, progress, task, started))
    seconds = time.perf_counter() - started
    if as_json:
        typer.echo(json.dumps(_plain(report, seconds), ensure_ascii=False))
    else:
        _tell(report, seconds)
    if report.wrong:
        raise typer.Exit(1)


def checkpoint() -> None:
    """Seal what has been appended so far and print the signed checkpoint over it."""
    typer.echo(house.archive(house.database()).checkpoint(), nl=False)


def prove(
    position: Annotated[int, typer.Argument(min=1, help="The event's position in the log.")],
    size: Annotated[int | None, typer.Option(min=1, help="In the log of this size; as far as it is sealed.")] = None,
) -> None:
    """Print the proof that the event at a position is in the log, as JSON."""
    try:
        proof = house.archive(house.database()).inclusion(position, size)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    texts = [base64.b64encode(each).decode() for each in (proof.leaf, proof.root, *proof.hashes)]
    told = {"leaf": texts[0], "root": texts[1], "proof": texts[2:]}
    typer.echo(json.dumps({"position": proof.position, "size": proof.size, **told}))


def evidence(
    case: Annotated[str, typer.Argument(metavar="CASE", help="The stream's id, or any number the case bears.")],
    output: Annotated[Path, typer.Option("--output", "-o", dir_okay=False, help="The file to write.")],
    checkpoint: Kept = None,
) -> None:
    """Write a case's evidence pack: its events as stored, proofs, checkpoints, and the verifier that needs nothing of ours."""
    url = house.database()
    events = asyncio.run(_case(url, case))
    output.write_bytes(house.archive(url).pack(events, "".join(_texts(checkpoint))))
    typer.echo(
        f"{output}: {len(events)} 条事件，含个人信息，请妥善保管 · {len(events)} events, with personal data: keep it safe"
    )


async def _case(url: str, case: str) -> list[Recorded]:
    async with house.open_house(url) as home:
        stream = await find_case(home.store, case)
        events = await case_file(home.store, stream) if stream else []
        await home.readings.note(readings_of(events, datetime.now(UTC), OPERATOR, "cli", "evidence"))
    if not events:
        raise Refused(UNKNOWN, {"kind": "case"})
    return events


def _texts(files: list[Path] | None) -> list[str]:
    return [file.read_text("utf-8") for file in files or ()]


def _show(progress: Progress, task: TaskID, started: float, done: int, total: int) -> None:
    speed = done / max(time.perf_counter() - started, 0.001)
    progress.update(task, completed=done, total=total, speed=f"{done:,} events, {speed:,.0f} a second")


def _tell(report: Any, seconds: float) -> None:
    speed = round(report.events / max(seconds, 0.001))
    typer.echo(
        f"检验 {report.events:,} 条事件（每秒 {speed:,} 条），封存至 {report.sealed:,}，检查点 {report.checkpoints} 个"
    )
    typer.echo(
        f"{report.events:,} events verified, {speed:,} a second; sealed up to {report.sealed:,};"
        f" {report.checkpoints} checkpoints"
    )
    for zh, en in report.noted:
        typer.echo(f"! {zh} · {en}")
    for wrong in report.wrong:
        typer.echo(f"✗ {wrong.position}: {wrong}")
    if report.wrong:
        first = report.wrong[0].position
        typer.echo(f"第一个有问题的位置：{first} · the first bad position: {first}")
    else:
        typer.echo("✓ 封存的历史未被改动 · what is sealed is as it was")


def _plain(report: Any, seconds: float) -> dict[str, Any]:
    return {
        "events": report.events,
        "sealed": report.sealed,
        "checkpoints": report.checkpoints,
        "seconds": round(seconds, 3),
        "first_bad_position": report.wrong[0].position if report.wrong else None,
        "wrong": [{"position": each.position, "zh": each.zh, "en": each.en} for each in report.wrong],
        "noted": [{"zh": zh, "en": en} for zh, en in report.noted],
    }
