"""The served application, killed without warning: ready again after a restart, with everything it had answered."""

from __future__ import annotations

import asyncio
import os
import signal
from datetime import timedelta
from uuid import uuid4

from domain.account import OpenAccount
from domain.words import Role
from infrastructure.settings import Settings
from interfaces.cli.account import open_account
from interfaces.main import database as ready_database
from interfaces.main import open_house
from tests.conftest import short_home
from tests.crash.processes import ask, ending, free_port, postmaster, ready, start, uberrima, until


async def token(url: str) -> str:
    async with open_house(url) as house:
        await open_account(house, OpenAccount(login="han", name="Han", roles=(Role.SERVICE,)), "a long password")
        return await house.credentials.issue(await house.account("han"), "token", "test", timedelta(days=1))


def serve(home: str, port: str) -> None:
    os.environ["UBERRIMA_HOME"] = home
    uberrima("", "serve", "--port", port)


def register(port: int, secret: str, name: str, key: str) -> dict:
    status, told = ask(
        port,
        "POST",
        "/api/customers",
        {"name": name},
        **{"Authorization": f"Bearer {secret}", "Idempotency-Key": key},
    )
    assert status == 201, told
    return told


def listed(port: int, secret: str) -> set[str]:
    status, told = ask(port, "GET", "/api/customers", None, Authorization=f"Bearer {secret}")
    assert status == 200, told
    return {row["name"] for row in told["rows"]}


def test_a_served_application_killed_with_or_without_its_database_is_ready_again_and_has_lost_nothing() -> None:
    with short_home() as home:
        secret = asyncio.run(token(ready_database(Settings(home))))
        answered: dict[str, dict] = {}
        for kills_database in (False, True, False):
            port = free_port()
            with ending(start(serve, str(home), str(port))) as served:
                until(lambda: ready(port), 60)  # noqa: B023
                for key, told in answered.items():
                    again = register(port, secret, told["name"], key)
                    assert again["repeated"]
                    assert (again["stream"], again["position"]) == (told["stream"], told["position"])
                for _ in range(5):
                    key, name = str(uuid4()), f"customer {len(answered)}"
                    answered[key] = {**register(port, secret, name, key), "name": name}
                names = {told["name"] for told in answered.values()}
                until(lambda: listed(port, secret) == names)  # noqa: B023
                assert served.is_alive()
                if kills_database:
                    os.kill(postmaster(home), signal.SIGKILL)
