"""`uberrima vault`: the master keys, by which the keys of persons are wrapped."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID

from application.catalogue import PROJECTIONS
from interfaces import main as house

cli = typer.Typer(help="The keys that personal data is kept under. · 保护个人信息的密钥。", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="For programs.")]


@cli.command()
def status(as_json: Json = False) -> None:
    """Which master keys there are, how much each of them wraps, and how many persons have been forgotten."""
    with closing(house.vault()) as vault:
        standing, forgotten = vault.standing(), vault.forgotten()
    if as_json:
        typer.echo(json.dumps({"masters": [asdict(each) for each in standing], "forgotten": forgotten}))
        return
    for each in standing:
        notes = ("newest · 最新",) * each.newest + ("its file is missing · 缺少密钥文件",) * (not each.present)
        typer.echo("  ".join((f"{each.name}: {each.keys:,} keys · 个密钥", *notes)))
    typer.echo(f"forgotten · 已遗忘: {forgotten:,}")


@cli.command()
def rotate(as_json: Json = False) -> None:
    """Make a new master key and wrap every key by it; given again after an interruption, it is completed."""
    with (
        closing(house.vault()) as vault,
        Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress,
    ):
        task = progress.add_task("vault", total=None)
        name = vault.rotate(partial(_show, progress, task))
    typer.echo(json.dumps({"newest": name}) if as_json else f"{name} wraps every key · 已用此主密钥封装全部密钥")


@cli.command()
def renew(as_json: Json = False) -> None:
    """Make a new look-up key, by which persons are found, and build anew what is found by it."""
    url = house.database()
    with (
        closing(house.vault()) as vault,
        closing(house.projector(url)) as projector,
        Progress(transient=True, disable=as_json, console=Console(stderr=True)) as progress,
    ):
        newest = vault.renew_lookup()
        for name in (each.name for each in PROJECTIONS if each.row.identifying):
            task = progress.add_task(name, total=None)
            projector.rebuild(name, partial(_show, progress, task))
        vault.discard_before(newest)
    typer.echo(json.dumps({"newest": newest}) if as_json else f"{newest} finds everybody · 已启用新的检索密钥")


@cli.command()
def replay(as_json: Json = False) -> None:
    """Forget again whoever stands in the ledger, after a database came back from a copy of its own making."""
    tell(asyncio.run(house.replay_ledger()), as_json)


@cli.command()
def retire(name: Annotated[str, typer.Argument(help="The master key's name.")]) -> None:
    """Remove an old master key; what was copied of the vault while it was in use can then never be read again."""
    with closing(house.vault()) as vault:
        vault.retire(name)
    typer.echo(f"{name} is gone · 此主密钥已删除")


def tell(replayed: Any, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(replayed)))
        return
    typer.echo(f"in the ledger · 删除台账: {replayed.entries:,}")
    typer.echo(f"keys destroyed again · 再次销毁的密钥: {replayed.destroyed:,}")
    typer.echo(f"recorded anew, as the copy is older · 备份较旧而重新记录: {replayed.recorded:,}")
    typer.echo(f"not known to this log · 日志中没有: {replayed.unknown:,}")


def _show(progress: Progress, task: TaskID, done: int, total: int) -> None:
    progress.update(task, completed=done, total=total)
