"""`uberrima account`: who may sign in. For the operator at the machine, who can do all of this anyway."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Annotated
from uuid import uuid4

import typer

from application.handling import Order, Submission
from domain.account import Account, OpenAccount
from domain.kernel import stream_of
from domain.words import Actor, Role
from interfaces import main as house

cli = typer.Typer(help="Accounts, passwords and tokens.", no_args_is_help=True)
OPERATOR = Actor("operator", Role.ADMINISTRATOR)
Login = Annotated[str, typer.Argument(help="The login name.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
Password = Annotated[
    str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="At least ten characters.")
]


@cli.command("open")
def open_(
    login: Login,
    role: Annotated[list[Role], typer.Option(help="A role it acts in; may be given several times.")],
    password: Password,
    name: Annotated[str, typer.Option(help="The holder's name.")] = "",
    authority: Annotated[int, typer.Option(help="The largest sum, in fen, that the holder approves alone.")] = 0,
    as_json: Json = False,
) -> None:
    """Open an account for a member of staff."""

    async def work() -> None:
        async with house.open_house(house.database()) as home:
            await open_account(
                home, OpenAccount(login=login, name=name or login, roles=tuple(role), authority=authority), password
            )

    asyncio.run(work())
    typer.echo(json.dumps({"login": login, "roles": role}) if as_json else f"{login} may sign in as {', '.join(role)}")


@cli.command()
def password(login: Login, password: Password) -> None:
    """Set a password; sessions that are open end."""

    async def work() -> None:
        async with house.open_house(house.database()) as home:
            await home.credentials.set_password(await home.account(login), login, password)

    asyncio.run(work())
    typer.echo(f"the password of {login} is set")


@cli.command()
def token(
    login: Login,
    label: Annotated[str, typer.Option(help="What it is for.")] = "command line",
    days: Annotated[int, typer.Option(min=1, max=365)] = 90,
    as_json: Json = False,
) -> None:
    """Issue a bearer token; it is shown this once."""

    async def work() -> str:
        async with house.open_house(house.database()) as home:
            return await home.credentials.issue(await home.account(login), "token", label, timedelta(days=days))

    secret = asyncio.run(work())
    typer.echo(json.dumps({"login": login, "token": secret, "days": days}) if as_json else secret)


async def open_account(home: house.House, command: OpenAccount, password: str) -> None:
    """Opens the account, unless its login has one, and sets its password."""
    stream = stream_of(Account, command.login)
    order = Order(stream=stream, command=command, actor=OPERATOR)
    if not (await home.handling.recall(Account, stream)).exists:
        await home.handling.handle(Submission(key=uuid4(), orders=[order]))
    await home.credentials.set_password(stream, command.login, password)
