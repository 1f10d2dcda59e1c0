"""Commands over HTTP, beside a bare route and the stock library under the same server with the same body."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import partial

from domain.account import OpenAccount
from domain.words import Role
from interfaces.cli.account import open_account
from interfaces.main import open_house
from tests.benchmarks.load import Message, posted
from tests.benchmarks.rounds import in_turns
from tests.crash.processes import free_port, listens, until

CONNECTIONS, SECONDS, ROUNDS = (16, 64), 1, 5
SERVERS = ("house", "bare", "stock")
BODY = json.dumps({"name": "王小明", "phone": "13800000000"}, ensure_ascii=False)


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


async def token(url: str) -> str:
    async with open_house(url) as house:
        await open_account(house, OpenAccount(login="bench", name="b", roles=(Role.SERVICE,)), "a long password")
        return await house.credentials.issue(await house.account("bench"), "token", "bench", timedelta(days=1))


def measure(url: str) -> dict[str, float]:
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {asyncio.run(token(url))}"}
    message, found = Message("/api/customers", headers, BODY), dict[str, float]()
    with ExitStack() as stack:
        ports = {which: stack.enter_context(serving(which, url)) for which in SERVERS}
        for connections in CONNECTIONS:
            variants: dict[str, Callable[[], float]] = {
                f"http_{connections}_{which}": partial(posted, port, message, connections, SECONDS)
                for which, port in ports.items()
            }
            found |= in_turns(variants, ROUNDS)
    few, many = (f"http_{connections}" for connections in CONNECTIONS)
    return found | {
        "http_vs_bare_post": found[f"{few}_house"] / found[f"{few}_bare"],
        "http_64_vs_bare_post": found[f"{many}_house"] / found[f"{many}_bare"],
        "http_vs_stock": found[f"{few}_house"] / found[f"{few}_stock"],
        "http_64_vs_stock": found[f"{many}_house"] / found[f"{many}_stock"],
    }
