"""What each promise costs: sixteen appends at once with it, beside as many without it, one thing changed at a time."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from uuid import UUID

import psycopg

from application.ports import Batch
from domain.kernel import Event, Recorded, new_stream
from domain.product import ProductFiled
from infrastructure.follower import seal_for_ever
from infrastructure.mapper import encode
from interfaces.main import archive
from tests.benchmarks.append import contacts
from tests.benchmarks.contest import SPOKE, Contest, contest, stored_bytes
from tests.benchmarks.rounds import in_turns
from tests.contracts.entries import answer, entry
from tests.crash.processes import until

WRITERS, ROUNDS = 16, 5
PLACE = UUID(int=1)


def about_nobody() -> Event:
    """An event that is about no person and takes as many bytes as one whose box is counted in."""
    short = len(stored_bytes()) - len(encode(recorded(PLACE, 1, ProductFiled(version=1, filing=""))).state)
    return ProductFiled(version=1, filing="x" * short)


def recorded(stream: UUID, version: int, event: Event | None) -> Recorded:
    spoken = entry(stream, version, SPOKE.subject)
    return spoken if event is None else spoken.but(event=event, subject=None)


def stored(ring: Contest, event: Event | None = None, *, answered: bool = True) -> float:
    """Batches of one event given to the store itself, each writer with a stream of its own."""
    streams, versions = [new_stream() for _ in range(WRITERS)], [count(1) for _ in range(WRITERS)]

    async def one(writer: int) -> None:
        stream, version = streams[writer], next(versions[writer])
        answers = [answer(stream, version)] if answered else []
        await ring.house.store.append(Batch([recorded(stream, version, event)], answers))

    return ring.of_tasks(WRITERS, one)


@contextmanager
def sealing(url: str) -> Iterator[None]:
    """A process that seals the log while it grows, as the follower does; it has caught up when the block begins."""
    with tempfile.TemporaryDirectory(prefix="ub") as folder:
        environment = {**os.environ, "UBERRIMA_CHECKPOINTS": f"{folder}/checkpoints.log"}
        process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.costs", url], env=environment)
        try:
            until(lambda: unsealed(url) == 0)
            yield
        finally:
            process.kill()
            process.wait()


def unsealed(url: str) -> int:
    with psycopg.connect(url) as connection:
        [(events,)] = connection.execute("SELECT l.position - s.position FROM log.head l, seal.head s")
        return int(events)


def measure(url: str) -> dict[str, float]:
    plain = about_nobody()

    def sealed(ring: Contest) -> float:
        with sealing(url):
            return stored(ring)

    with contest(url) as ring:
        variants: dict[str, Callable[[], float]] = {
            "handled_16": lambda: ring.of_tasks(WRITERS, contacts(ring, WRITERS)),
            "stored_16": lambda: stored(ring),
            "stored_16_sealed": lambda: sealed(ring),
            "stored_16_unencrypted": lambda: stored(ring, plain),
            "stored_16_unanswered": lambda: stored(ring, answered=False),
            "stored_16_bare": lambda: stored(ring, plain, answered=False),
        }
        found = in_turns(variants, ROUNDS)
    return found | {
        "handled_vs_stored": found["handled_16"] / found["stored_16"],
        "sealed_vs_unsealed": found["stored_16_sealed"] / found["stored_16"],
        "encrypted_vs_unencrypted": found["stored_16"] / found["stored_16_unencrypted"],
        "answered_vs_unanswered": found["stored_16"] / found["stored_16_unanswered"],
        "everything_vs_bare": found["handled_16"] / found["stored_16_bare"],
    }


if __name__ == "__main__":
    asyncio.run(seal_for_ever(archive(sys.argv[1]).sealer, asyncio.Event()))
