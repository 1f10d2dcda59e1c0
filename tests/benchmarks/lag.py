"""From a command's commit to its row: how long a read model takes to show what is done, 2,000 commands a second."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles
from uuid import UUID, uuid4

import psycopg

from application.submission import Order, Submission
from domain.kernel import new_stream
from interfaces.main import House, open_house
from tests.benchmarks.contest import HAN, SPOKE, give, registration

A_SECOND, SECONDS, CUSTOMERS, COMMITS = 2000, 5.0, 2000, 500
SHOWN = "SELECT position FROM view.projections WHERE name = 'customer_directory'"


def commit(url: str) -> float:
    """Seconds that it takes to commit one plain row."""
    took = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS public.plain (id uuid PRIMARY KEY, told bytea)")
        for _ in range(COMMITS):
            started = time.perf_counter()
            connection.execute("INSERT INTO public.plain VALUES (%s, %s)", (uuid4(), b"x" * 300), prepare=True)
            took.append(time.perf_counter() - started)
    return median(took)


@contextmanager
def following(url: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", "interfaces.cli.main", "follow"], env={**os.environ, "UBERRIMA_DATABASE_URL": url}
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


class Watching:
    """When each position was first seen to be shown."""

    def __init__(self, url: str) -> None:
        self._url, self._over = url, threading.Event()
        self.positions: list[int] = []
        self.moments: list[float] = []

    def watch(self) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            while not self._over.wait(0.0005):
                [(position,)] = connection.execute(SHOWN, prepare=True)
                if not self.positions or position > self.positions[-1]:
                    self.moments.append(time.perf_counter())
                    self.positions.append(position)

    def until(self, position: int) -> None:
        while not self.positions or self.positions[-1] < position:
            time.sleep(0.01)

    def end(self) -> None:
        self._over.set()

    def seen(self, position: int) -> float:
        return self.moments[bisect_left(self.positions, position)]


async def commands(house: House, watching: Watching) -> list[tuple[int, float]]:
    """Contacts noted at a steady pace, whether or not the ones before are done: their positions and when they were."""
    streams = [new_stream() for _ in range(CUSTOMERS)]
    await asyncio.gather(*(give(house.handling, stream, registration()) for stream in streams))
    # The follower has started by the time it has shown these.
    await asyncio.to_thread(watching.until, await house.store.head())
    done: list[tuple[int, float]] = []

    async def one(stream: UUID) -> None:
        order = Order(stream=stream, command=SPOKE, actor=HAN)
        outcome = await house.handling.handle(Submission(key=uuid4(), orders=[order]))
        done.append((outcome.position, time.perf_counter()))

    async with asyncio.TaskGroup() as giving:
        began = time.perf_counter()
        for number in range(int(A_SECOND * SECONDS)):
            if (early := began + number / A_SECOND - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            giving.create_task(one(streams[number % CUSTOMERS]))
    return done


def measure(url: str) -> dict[str, float]:
    async def work() -> list[tuple[int, float]]:
        async with open_house(url) as house:
            return await commands(house, watching)

    plain = commit(url)
    watching = Watching(url)
    with following(url):
        watcher = threading.Thread(target=watching.watch)
        watcher.start()
        done = asyncio.run(work())
        watching.until(max(position for position, _ in done))
        watching.end()
        watcher.join()
    lags = [max(0.0, watching.seen(position) - at) for position, at in done]
    moments = sorted(at for _, at in done)
    cuts = quantiles(lags, n=100)
    return {
        "lag_commands": len(done) / (moments[-1] - moments[0]),
        "lag_p50_ms": cuts[49] * 1000,
        "lag_p99_ms": cuts[98] * 1000,
        "lag_p50_in_commits": cuts[49] / plain,
        "lag_p99_in_commits": cuts[98] / plain,
    }
