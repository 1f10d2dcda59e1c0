"""Who takes part in one process: the house on an event loop of its own, and the stock library on threads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.handling import Handling
from application.submission import Order, Submission
from domain.customer import Channel, NoteContact, RegisterCustomer
from domain.kernel import Command
from domain.words import Actor, Role
from infrastructure.mapper import encode
from interfaces.main import House, open_house
from tests.benchmarks import stock
from tests.benchmarks.rounds import of_tasks, of_threads, per_second, until_deadline
from tests.contracts.entries import entry

SECONDS = 0.4
HAN = Actor("han", Role.SERVICE)
SPOKE = NoteContact(channel=Channel.PHONE, subject="asked how we are")
NUMBERS = count(1)
PLAIN = (
    "CREATE SCHEMA plain; CREATE TABLE plain.events (position bigserial PRIMARY KEY, stream uuid NOT NULL,"
    " version bigint NOT NULL, type text NOT NULL, state bytea NOT NULL, UNIQUE (stream, version))"
)
INSERT = "INSERT INTO plain.events (stream, version, type, state) VALUES (%s, %s, %s, %s)"


def stored_bytes() -> bytes:
    """What one event of ours takes, its box included."""
    stored = encode(entry(UUID(int=1), 1, SPOKE.subject), AESGCM(bytes(32)))
    return stored.state + (stored.box or b"")


def registration() -> RegisterCustomer:
    return RegisterCustomer(number=f"K-{next(NUMBERS)}", name="王小明", phone="13800000000")


async def give(handling: Handling, stream: UUID, command: Command) -> None:
    await handling.handle(Submission(key=uuid4(), orders=[Order(stream=stream, command=command, actor=HAN)]))


@dataclass
class Contest:
    url: str
    runner: asyncio.Runner
    house: House
    stock: stock.Customers

    def of_tasks(self, tasks: int, one: Callable[[int], Awaitable[object]]) -> float:
        """Commands a second by that many tasks of the house's loop."""
        started = time.perf_counter()
        return len(self.took(tasks, one)) / (time.perf_counter() - started)

    def took(self, tasks: int, one: Callable[[int], Awaitable[object]]) -> list[float]:
        return self.runner.run(of_tasks(tasks, SECONDS, one))

    def of_threads(self, threads: int, one: Callable[[int], object]) -> float:
        """Commands a second by that many threads of the library's."""
        going = until_deadline(SECONDS)

        def work(thread: int) -> int:
            done = 0
            while going():
                one(thread)
                done += 1
            return done

        with ThreadPoolExecutor(threads) as pool:
            return per_second(lambda: sum(pool.map(work, range(threads))))

    def of_connections(self, connections: int, one: Callable[[int, psycopg.Connection], object]) -> float:
        """Statements a second by that many threads, each on a connection of its own."""
        return of_threads(self.url, connections, SECONDS, one)


@contextmanager
def contest(url: str) -> Iterator[Contest]:
    with ExitStack() as stack:
        runner = stack.enter_context(asyncio.Runner())
        opened = open_house(url)
        house = runner.run(opened.__aenter__())
        stack.callback(lambda: runner.run(opened.__aexit__(None, None, None)))
        application = stock.application(url)
        stack.callback(application.close)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(PLAIN)
        yield Contest(url, runner, house, application)
