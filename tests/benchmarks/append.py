"""Commands in one process: through the door, through the stock library, and the bare rows through psycopg."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from uuid import UUID, uuid4

import psycopg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from application.submission import Order, Submission
from domain.customer import Channel, NoteContact, RegisterCustomer
from domain.kernel import Command, new_stream
from domain.words import Actor, Role
from infrastructure.mapper import encode
from interfaces.main import House, open_house
from tests.benchmarks import stock
from tests.benchmarks.rounds import in_turns, per_second, until_deadline
from tests.contracts.entries import entry

WRITERS = (1, 4, 16)
SECONDS, ROUNDS = 0.4, 3
HAN = Actor("han", Role.SERVICE)
SPOKE = NoteContact(channel=Channel.PHONE, subject="asked how we are")
NUMBERS = count(1)
INSERT = "INSERT INTO plain.events (stream, version, type, state) VALUES (%s, %s, %s, %s)"


@dataclass
class Contest:
    """What takes part: the house on its own loop, the stock application, a plain table and sixteen connections."""

    runner: asyncio.Runner
    house: House
    stock: stock.Customers
    connections: list[psycopg.Connection]
    threads: ThreadPoolExecutor

    def of_tasks(self, writers: int, one: Callable[[int], object]) -> float:
        """Commands a second by that many tasks; `one` makes the coroutine of one command of one writer."""
        return self.runner.run(_tasks(writers, one))

    def of_threads(self, writers: int, one: Callable[[int], object]) -> float:
        """Commands a second by that many threads."""
        going = until_deadline(SECONDS)

        def work(writer: int) -> int:
            done = 0
            while going():
                one(writer)
                done += 1
            return done

        return per_second(lambda: sum(self.threads.map(work, range(writers))))


async def _tasks(writers: int, one: Callable[[int], object]) -> float:
    going = until_deadline(SECONDS)

    async def work(writer: int) -> int:
        done = 0
        while going():
            await one(writer)  # type: ignore[misc]
            done += 1
        return done

    started = time.perf_counter()
    return sum(await asyncio.gather(*map(work, range(writers)))) / (time.perf_counter() - started)


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
            connection.execute("CREATE SCHEMA IF NOT EXISTS plain")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS plain.events (position bigserial PRIMARY KEY, stream uuid NOT NULL,"
                " version bigint NOT NULL, type text NOT NULL, state bytea NOT NULL, UNIQUE (stream, version))"
            )
        connections = [stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(max(WRITERS))]
        threads = stack.enter_context(ThreadPoolExecutor(max(WRITERS)))
        yield Contest(runner, house, application, connections, threads)


async def give(house: House, stream: UUID, command: Command) -> None:
    await house.handling.handle(Submission(key=uuid4(), orders=[Order(stream=stream, command=command, actor=HAN)]))


def stored_bytes() -> bytes:
    """What one event of ours takes, its box included."""
    stored = encode(entry(UUID(int=1), 1), AESGCM(bytes(32)))
    return stored.state + (stored.box or b"")


def registration() -> RegisterCustomer:
    return RegisterCustomer(number=f"K-{next(NUMBERS)}", name="王小明", phone="13800000000")


def openings(ring: Contest, writers: int) -> dict[str, Callable[[], float]]:
    """One customer opened by each command: an event and the reservation of its number."""
    size = len(stored_bytes())

    def plain(writer: int) -> None:
        rows = [(new_stream(), 1, "CustomerRegistered", bytes(size)), (uuid4(), 1, "ValueReserved", bytes(size))]
        ring.connections[writer].execute(f"{INSERT}, (%s, %s, %s, %s)", [*rows[0], *rows[1]], prepare=True)

    return {
        f"open_{writers}": lambda: ring.of_tasks(writers, lambda _: give(ring.house, new_stream(), registration())),
        f"open_{writers}_stock": lambda: ring.of_threads(writers, lambda _: ring.stock.open(f"S-{next(NUMBERS)}")),
        f"open_{writers}_plain": lambda: ring.of_threads(writers, plain),
    }


def notes(ring: Contest, writers: int) -> dict[str, Callable[[], float]]:
    """One contact noted by each command, each writer on a customer of its own: load, decide, append one event.

    Every round has customers of its own, so that streams are as long for all.
    """
    state = stored_bytes()

    async def house() -> float:
        streams = [new_stream() for _ in range(writers)]
        await asyncio.gather(*(give(ring.house, stream, registration()) for stream in streams))
        return await _tasks(writers, lambda writer: give(ring.house, streams[writer], SPOKE))

    def library() -> float:
        customers = [ring.stock.open(f"S-{next(NUMBERS)}") for _ in range(writers)]
        return ring.of_threads(writers, lambda writer: ring.stock.note(customers[writer]))

    def plain() -> float:
        streams, versions = [new_stream() for _ in range(writers)], [count(1) for _ in range(writers)]

        def one(writer: int) -> None:
            row = (streams[writer], next(versions[writer]), "ContactNoted", state)
            ring.connections[writer].execute(INSERT, row, prepare=True)

        return ring.of_threads(writers, one)

    return {
        f"note_{writers}": lambda: ring.runner.run(house()),
        f"note_{writers}_stock": library,
        f"note_{writers}_plain": plain,
    }


def measure(url: str) -> dict[str, float]:
    found: dict[str, float] = {}
    with contest(url) as ring:
        for writers in WRITERS:
            found |= in_turns(openings(ring, writers) | notes(ring, writers), ROUNDS)
    for writers in WRITERS:
        found[f"append_{writers}_vs_plain"] = found[f"open_{writers}"] / found[f"open_{writers}_plain"]
        found[f"append_{writers}_vs_stock"] = found[f"open_{writers}"] / found[f"open_{writers}_stock"]
        found[f"command_{writers}_vs_plain"] = found[f"note_{writers}"] / found[f"note_{writers}_plain"]
        found[f"command_{writers}_vs_stock"] = found[f"note_{writers}"] / found[f"note_{writers}_stock"]
    return found
