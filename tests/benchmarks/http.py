"""Commands over HTTP, sixteen connections kept alive, beside a bare route with the same body under the same server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from domain.account import OpenAccount
from domain.words import Role
from interfaces.cli.account import open_account
from interfaces.main import open_house
from tests.benchmarks.rounds import in_turns, until_deadline
from tests.crash.processes import free_port

CONNECTIONS, SECONDS, ROUNDS = 16, 1.0, 3
BODY = json.dumps({"name": "王小明", "phone": "13800000000"}).encode()


def request(secret: str) -> bytes:
    lines = [
        "POST /api/customers HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        f"Content-Length: {len(BODY)}",
        f"Authorization: Bearer {secret}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + BODY


async def post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, message: bytes) -> None:
    writer.write(message)
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 201"), head
    length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
    await reader.readexactly(int(length.split(b":")[1]))


async def load(port: int, message: bytes) -> float:
    going, started = until_deadline(SECONDS), time.perf_counter()

    async def connection() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        done = 0
        while going():
            await post(reader, writer, message)
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*(connection() for _ in range(CONNECTIONS)))) / (time.perf_counter() - started)


@contextmanager
def serving(which: str, url: str) -> Iterator[int]:
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.served", which, str(port), url])
    try:
        asyncio.run(_listening(port))
        yield port
    finally:
        process.terminate()
        process.wait()


async def _listening(port: int) -> None:
    for _ in range(600):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError(f"nothing listens on {port}")


async def token(url: str) -> str:
    async with open_house(url) as house:
        await open_account(house, OpenAccount(login="bench", name="b", roles=(Role.SERVICE,)), "a long password")
        return await house.credentials.issue(await house.account("bench"), "token", "bench", timedelta(days=1))


def measure(url: str) -> dict[str, float]:
    message = request(asyncio.run(token(url)))
    with serving("house", url) as house, serving("bare", url) as bare:
        found = in_turns(
            {
                "http_commands": lambda: asyncio.run(load(house, message)),
                "http_bare_posts": lambda: asyncio.run(load(bare, message)),
            },
            ROUNDS,
        )
    return {**found, "http_vs_bare_post": found["http_commands"] / found["http_bare_posts"]}
