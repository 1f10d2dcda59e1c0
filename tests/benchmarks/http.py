"""Commands over HTTP, beside bare routes and the stock library under the same server with the same bodies.

A contact is noted with each of many customers by turns; `open` registers a customer each time.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import timedelta
from functools import partial
from uuid import UUID

from domain.account import OpenAccount
from domain.customer import RegisterCustomer
from domain.kernel import new_stream
from domain.words import Role
from interfaces.cli.account import open_account
from interfaces.main import House, open_house
from tests.benchmarks import stock
from tests.benchmarks.contest import SPOKE, give, registration
from tests.benchmarks.load import Message, posted
from tests.benchmarks.rounds import in_turns
from tests.crash.processes import free_port, listens, until

CONNECTIONS, SECONDS, ROUNDS = (16, 64), 1, 5
SERVERS = ("house", "bare", "stock")
CUSTOMERS = 1000
"""So many that the library's streams stay short: what it loads for each command grows with them."""
REGISTRATION = RegisterCustomer(name="王小明", phone="13800000000")


@contextmanager
def serving(which: str, url: str) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.served", which, str(port), url])
    try:
        until(lambda: listens(port), 60)
        yield port
    finally:
        process.terminate()
        process.wait()


async def token(house: House) -> str:
    await open_account(house, OpenAccount(login="bench", name="b", roles=(Role.SERVICE,)), "a long password")
    return await house.credentials.issue(await house.account("bench"), "token", "bench", timedelta(days=1))


async def begun(url: str) -> tuple[str, list[UUID]]:
    """A pass, and the house's customers."""
    async with open_house(url) as house:
        customers = [new_stream() for _ in range(CUSTOMERS)]
        for customer in customers:
            await give(house.handling, customer, registration())
        return await token(house), customers


def of_the_library(url: str) -> list[UUID]:
    with closing(stock.application(url)) as library:
        return [library.known().id for _ in range(CUSTOMERS)]


def measure(url: str) -> dict[str, float]:
    secret, customers = asyncio.run(begun(url))
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {secret}"}
    known = {"house": customers, "bare": customers, "stock": of_the_library(url)}
    register = Message(["/api/customers"], headers, REGISTRATION.model_dump_json(exclude_unset=True))
    found = dict[str, float]()
    with ExitStack() as stack:
        ports = {which: stack.enter_context(serving(which, url)) for which in SERVERS}
        for connections in CONNECTIONS:
            variants = dict[str, Callable[[], float]]()
            for which, port in ports.items():
                paths = [f"/api/customers/{customer}/contacts" for customer in known[which]]
                note = Message(paths, headers, SPOKE.model_dump_json())
                variants[f"http_{connections}_{which}"] = partial(posted, port, note, connections, SECONDS)
                variants[f"http_{connections}_open_{which}"] = partial(posted, port, register, connections, SECONDS)
            found |= in_turns(variants, ROUNDS)
    return found | ratios(found)


def ratios(found: dict[str, float]) -> dict[str, float]:
    told = dict[str, float]()
    for kind in ("", "_open"):
        for connections, name in zip(CONNECTIONS, (f"http{kind}", f"http_{CONNECTIONS[1]}{kind}"), strict=True):
            figures = {which: found[f"http_{connections}{kind}_{which}"] for which in SERVERS}
            told[f"{name}_vs_bare_post"] = figures["house"] / figures["bare"]
            told[f"{name}_vs_stock"] = figures["house"] / figures["stock"]
    return told
