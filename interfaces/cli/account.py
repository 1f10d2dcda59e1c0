"""`uberrima account`: who may sign in. For the operator at the machine, who can do all of this anyway."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID, uuid4

import typer
from pydantic import ValidationError

from application.submission import Order, Submission
from domain.account import Account, OpenAccount
from domain.kernel import UNKNOWN, stream_of
from domain.words import Actor, Role
from interfaces import main as house

cli = typer.Typer(help="Accounts, passwords and tokens.", no_args_is_help=True)
OPERATOR = Actor("operator", Role.ADMINISTRATOR)
Login = Annotated[str, typer.Argument(help="The login name.")]
Json = Annotated[bool, typer.Option("--json", help="For programs.")]
SHORTEST_PASSWORD = 10


def _long_enough(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise typer.BadParameter("a password has at least ten characters")
    return password


Password = Annotated[
    str,
    typer.Option(
        prompt=True,
        hide_input=True,
        confirmation_prompt=True,
        callback=_long_enough,
        help="At least ten characters.",
    ),
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
    command = _opening(login=login, name=name or login, roles=tuple(role), authority=authority)

    async def work() -> None:
        async with house.open_house(house.database()) as home:
            await open_account(home, command, password)

    asyncio.run(work())
    typer.echo(json.dumps({"login": login, "roles": role}) if as_json else f"{login} may sign in as {', '.join(role)}")


@cli.command()
def password(login: Login, password: Password) -> None:
    """Set a password; sessions that are open end."""

    async def work() -> None:
        async with house.open_house(house.database()) as home:
            await home.credentials.set_password(await _account(home, login), login, password)

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
            return await home.credentials.issue(await _account(home, login), "token", label, timedelta(days=days))

    secret = asyncio.run(work())
    typer.echo(json.dumps({"login": login, "token": secret, "days": days}) if as_json else secret)


async def open_account(home: house.House, command: OpenAccount, password: str) -> None:
    """Opens the account and sets its password. Raises Refused where its login has one."""
    stream = stream_of(Account, command.login)
    order = Order(stream=stream, command=command, actor=OPERATOR)
    await home.handling.handle(Submission(key=uuid4(), orders=[order]))
    await home.credentials.set_password(stream, command.login, password)


async def _account(home: house.House, login: str) -> UUID:
    """The account of that login; an id of something else is none. Raises Refused."""
    account = await home.account(login)
    UNKNOWN.unless((await home.handling.recall(Account, account)).exists, kind=Account.kind())
    return account


def _opening(**fields: Any) -> OpenAccount:
    try:
        return OpenAccount(**fields)
    except ValidationError as invalid:
        told = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in invalid.errors(include_input=False)]
        raise typer.BadParameter("; ".join(told)) from None
