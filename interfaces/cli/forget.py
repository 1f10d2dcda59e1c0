"""`uberrima forget`: a person's data made unreadable, after it has been told what that does and what keeps it."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID, uuid4

import typer
from rich.console import Console
from rich.table import Table

from application.customer.forgetting import Keeper, Plan, Receipt, plan_of, receipt_of
from application.submission import Order, Submission
from application.supervision.replay import find_case
from domain.customer import Customer, ForgetPerson, Ground
from domain.kernel import CALENDAR_ZONE, UNKNOWN, Refused
from domain.words import Actor, Role
from interfaces import main as house


def register(cli: typer.Typer) -> None:
    cli.command()(forget)


def forget(
    customer: Annotated[str, typer.Argument(help="The customer's id or number.")],
    ground: Annotated[Ground, typer.Option(help="Why: one of the grounds of PIPL art 47.")] = Ground.PURPOSE_ENDED,
    by: Annotated[str, typer.Option(help="The login of the compliance officer who decided it.")] = "operator",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do and what keeps it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask once more.")] = False,
    receipt: Annotated[Path | None, typer.Option(help="Write the receipt to this file.")] = None,
    language: Annotated[str, typer.Option(help="zh or en.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Destroy the keys of everything personal about a customer. Given again, it tells the receipt again."""
    plan, told = asyncio.run(_looked(customer))
    if told is None and not dry_run:
        if plan.possible and not yes:
            _tell(plan, language)
            typer.confirm("不可恢复，确定？ · This cannot be undone. Go on?", abort=True)
        told = asyncio.run(_done(plan.customer, ground, by))
        house.sweep()
    if told is None:
        typer.echo(plan.model_dump_json()) if as_json else _tell(plan, language)
        return
    text = told.model_dump_json() + "\n" if as_json else told.text(language)
    if receipt:
        receipt.write_text(text, "utf-8")
    typer.echo(text, nl=False)


async def _looked(reference: str) -> tuple[Plan, Receipt | None]:
    async with house.open_house(house.database()) as home:
        stream = await find_case(home.store, reference, Customer.kind())
        if stream is None:
            raise Refused(UNKNOWN, {"kind": Customer.kind()})
        today = datetime.now(UTC).astimezone(CALENDAR_ZONE).date()
        return await plan_of(home.store, stream, today), await receipt_of(home.store, stream)


async def _done(customer: UUID, ground: Ground, by: str) -> Receipt | None:
    async with house.open_house(house.database()) as home:
        order = Order(stream=customer, command=ForgetPerson(ground=ground), actor=Actor(by, Role.COMPLIANCE))
        outcome = await home.handling.handle(Submission(key=uuid4(), orders=[order]))
        projector = await asyncio.to_thread(home.projector)
        try:
            await asyncio.to_thread(projector.catch_up)
        finally:
            projector.close()
        await home.reads.wait(outcome.position)
        return await receipt_of(home.store, customer)


def _tell(plan: Plan, language: str) -> None:
    say = 0 if language == "zh" else 1
    console = Console(markup=False, emoji=False)
    verdict = (("现在不能删除", "cannot be forgotten now"), ("可以删除", "can be forgotten"))[plan.possible][say]
    if plan.forgotten:
        verdict = ("已经删除", "has been forgotten")[say]
    console.print(f"{plan.number} {plan.customer}: {verdict}", style="bold")
    if plan.held:
        console.print(f"{('法律保全', 'legal hold')[say]}: {plan.held_until or '—'}")
    for kept in plan.kept:
        console.print(_kept(kept, say))
    for kept in plan.unverified:
        console.print(f"{('未核实，不生效', 'not verified, binds nobody')[say]}: {_kept(kept, say)}")
    table = Table("case", "number", "event", "field", "times", box=None, pad_edge=False)
    for case in plan.cases:
        for event, fields in case.personal.items():
            for field, times in fields.items():
                table.add_row(case.kind, case.number, event, field, str(times))
    console.print(table)


def _kept(kept: Keeper, say: int) -> str:
    until = str(kept.until) if kept.until else ("结案前", "until it is closed")[say]
    return f"{kept.number}: {kept.rule} ({kept.article[say]}) → {until}"
