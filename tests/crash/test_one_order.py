"""Whoever dies, and whatever else the database is busy with: every event is read once, in one order without holes.

`UBERRIMA_SOAK` is how many seconds it goes on.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest

from domain.customer import CustomerRegistered
from domain.kernel import Recorded
from infrastructure.postgres import server
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.settings import Settings
from interfaces import main
from tests.conftest import short_home
from tests.crash.ordering import ENOUGH, Answered, answered, follower, writer
from tests.crash.processes import Process, postmaster, start, until
from tests.crash.tailing import ALL, OURS, Place, Tail, tailing

SECONDS = float(os.environ.get("UBERRIMA_SOAK", "60"))
SLOTS = (0, 1, 2, 3, 4, 5, 5)
"""Two writers give the same commands under the same keys."""


class Town:
    """The processes at work, and what was done to them."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance = home, chance
        self.url = main.database(Settings(home))
        self.owner_url = server.connect_url(Settings(home))
        self.done: Counter[str] = Counter()
        self.writers = [self._writer(slot) for slot in SLOTS]
        self.follower = start(follower, str(home))

    def _writer(self, slot: int) -> Process:
        return start(writer, self.url, str(self.home), str(slot))

    def strike(self) -> None:
        [what] = self.chance.choices(["writer", "follower", "backend", "server"], [14, 4, 2, 1])
        getattr(self, f"kill_{what}")()
        self.done[what] += 1

    def kill_writer(self) -> None:
        place = self.chance.randrange(len(SLOTS))
        _kill(self.writers[place])
        self.writers[place] = self._writer(SLOTS[place])

    def kill_follower(self) -> None:
        _kill(self.follower)
        self.follower = start(follower, str(self.home))

    def kill_backend(self) -> None:
        """One of the server's processes, in the middle of an append if it can be: all others start anew with it."""
        query = "SELECT pid FROM pg_stat_activity WHERE query LIKE '%%log.append%%' AND pid <> pg_backend_pid()"
        with psycopg.connect(self.owner_url) as connection:
            pids = [pid for (pid,) in connection.execute(query)]
        if pids:
            os.kill(self.chance.choice(pids), signal.SIGKILL)
        self._until_it_answers()

    def kill_server(self) -> None:
        os.kill(postmaster(self.home), signal.SIGKILL)
        until(lambda: not server.status(Settings(self.home))["running"])
        self._until_it_answers()

    def _until_it_answers(self) -> None:
        until(lambda: bool(server.connect_url(Settings(self.home))), 60)

    def end(self) -> None:
        for process in (*self.writers, self.follower):
            _kill(process)


def _kill(process: Process) -> None:
    process.kill()
    process.join()


@contextmanager
def foreign_transactions(owner_url: str, tail: Tail) -> Iterator[list[int]]:
    """Long transactions of somebody else, each with a snapshot and an id: how far the reader came during each."""
    over, came = threading.Event(), list[int]()

    def hold() -> None:
        while not over.is_set():
            try:
                with psycopg.connect(owner_url) as connection:
                    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
                    connection.execute("SELECT pg_current_xact_id()")
                    before, stood = connection.execute("SELECT count(*) FROM log.events").fetchone(), len(tail.seen)
                    over.wait(3)
                    assert connection.execute("SELECT count(*) FROM log.events").fetchone() == before
                    came.append(len(tail.seen) - stood)
            except psycopg.OperationalError:
                over.wait(0.2)

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield came
    finally:
        over.set()
        thread.join()


def in_the_log(url: str) -> list[Place]:
    with psycopg.connect(url) as connection:
        return connection.cursor(binary=True).execute(OURS, (0, ALL)).fetchall()


def assert_one_order(log: list[Place], tails: list[Tail]) -> None:
    assert [position for position, _, _ in log] == list(range(1, len(log) + 1))
    for tail in tails:
        assert tail.seen == log
    reached: Counter[UUID] = Counter()
    for _, stream, version in log:
        reached[stream] += 1
        assert version == reached[stream], "a stream's events came out of order"


def assert_answers_hold(log: list[Recorded], answers: list[Answered]) -> None:
    """What was answered is in the log; a key is answered the same whenever it is given and leads to events once."""
    first: dict[UUID, tuple[UUID, int, int, int]] = {}
    for each in answers:
        answer = (each.stream, each.version, each.position, each.events)
        assert first.setdefault(each.key, answer) == answer, "a repeated command was answered differently"
    led_to = Counter(each.command for each in log)
    for key, (stream, version, position, events) in first.items():
        last = log[position - 1]
        assert (last.stream, last.version, last.command) == (stream, version, key)
        assert led_to[key] == events


def read_models_stand_at(url: str, head: int) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT min(position) FROM view.projections").fetchone() == (head,)


async def everything(url: str) -> list[Recorded]:
    read: list[Recorded] = []
    with closing(PostgresEventStore(url, main.masters())) as store:
        while page := await store.read(len(read), 2000):
            read += page
    return read


@pytest.mark.timeout(SECONDS * 2 + 240)
def test_with_everybody_killed_again_and_again_each_event_is_read_once_in_one_order_without_holes() -> None:
    chance = random.Random(5)
    with ExitStack() as stack:
        home = stack.enter_context(short_home())
        town = Town(home, chance)
        stack.callback(town.end)
        tails = [Tail(town.url), Tail(town.url, page=50)]
        with tailing(*tails):
            with foreign_transactions(town.owner_url, tails[0]) as came:
                end = time.monotonic() + SECONDS
                while time.monotonic() < end:
                    time.sleep(chance.uniform(0.1, 1.2))
                    town.strike()
            (home / ENOUGH).touch()
            until(lambda: not any(each.is_alive() for each in town.writers), 60)
        assert [each.exitcode for each in town.writers] == [0] * len(SLOTS)
        log, recorded = in_the_log(town.url), asyncio.run(everything(town.url))
        assert_one_order(log, tails)
        answers = [each for file in home.glob("*.answered") for each in answered(file)]
        assert_answers_hold(recorded, answers)
        town.kill_follower()
        until(lambda: read_models_stand_at(town.url, len(log)), 60)
        with psycopg.connect(town.url) as connection:
            listed = connection.execute("SELECT count(*) FROM view.customer_directory_v1").fetchone()
        assert listed == (sum(isinstance(each.event, CustomerRegistered) for each in recorded),)
        told = f"{len(log)} events, {len(answers)} answers, {sum(each.repeated for each in answers)} repeated"
        print(f"\n{told}, struck {dict(town.done)}, {len(came)} foreign transactions")
        assert {"writer", "follower"} <= town.done.keys() and town.done["server"] + town.done["backend"] > 0
        assert any(each.repeated for each in answers)
        assert came and sum(moved > 0 for moved in came) * 2 > len(came), "readers waited for somebody's transaction"
