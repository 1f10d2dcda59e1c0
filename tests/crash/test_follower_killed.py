"""The process that follows the log may die at any moment: it resumes, counts nothing twice and asks nobody twice."""

from __future__ import annotations

import asyncio
import random
from contextlib import closing
from functools import partial

import psycopg

from application.catalogue import PROJECTIONS
from application.ports import EventStore
from domain.survey import SurveyRequested
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.tables import Table
from interfaces.main import masters, projector
from tests.crash.processes import Process, ending, killed_again_and_again, start, uberrima, until
from tests.handling.door import SPOKE, Door

KILLS = 16


def tables(database: str) -> dict[str, list]:
    with psycopg.connect(database) as connection:
        cursor = connection.cursor(binary=True)
        return {
            each.name: sorted(map(repr, map(Table(each).read, cursor.execute(Table(each).selection))))
            for each in PROJECTIONS
        }


def progress(database: str) -> int:
    """How far the read models have come, all together."""
    with psycopg.connect(database) as connection:
        [(position,)] = connection.execute("SELECT sum(position) FROM view.projections")
        return int(position)


async def events_arrive(store: EventStore, enough: asyncio.Event) -> int:
    """Claims are settled and customers spoken with until it is enough; how many claims it were."""
    door, claims = Door(store), 0
    customer, product = await door.customer(), await door.product()
    while not enough.is_set():
        policy = await door.taken_over(product, customer, f"P-{claims}")
        await door.settle(await door.claim(policy))
        await door.give(SPOKE, customer)
        await asyncio.sleep(0.05)
        claims += 1
    return claims


async def test_a_follower_killed_again_and_again_tells_what_one_that_lived_would(database: str) -> None:
    def begin() -> Process:
        return start(uberrima, database, "follow")

    with closing(PostgresEventStore(database, masters())) as store:
        dying = partial(killed_again_and_again, begin, KILLS, partial(progress, database), random.Random(11))
        enough = asyncio.Event()
        arriving = asyncio.create_task(events_arrive(store, enough))
        deaths = await asyncio.to_thread(dying)
        enough.set()
        claims = await arriving
        assert deaths == KILLS
        with ending(begin()):
            await asyncio.to_thread(until, partial(surveyed, database, claims))
            head = await store.head()
            await asyncio.to_thread(until, lambda: progress(database) == head * len(PROJECTIONS))
        log = await store.read(0, 10_000)
        asked = [each.event.about for each in log if isinstance(each.event, SurveyRequested)]
        assert len(asked) == len(set(asked)) == claims
        assert await store.denials(10) == []
        shown = tables(database)
        with closing(projector(database)) as anew:
            for each in PROJECTIONS:
                anew.rebuild(each.name)
        assert tables(database) == shown


def surveyed(database: str, times: int) -> bool:
    with psycopg.connect(database) as connection:
        [(asked,)] = connection.execute("SELECT count(*) FROM log.events WHERE type = 'SurveyRequested'")
        return bool(asked >= times)
