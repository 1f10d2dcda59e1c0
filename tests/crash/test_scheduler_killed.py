"""The scheduler may die at any moment: of every deadline each step is told, and told once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg

from application.ports import SystemClock
from domain.docket.events import DeadlineEscalated, DeadlineMissed, DeadlineNeared
from domain.duty import OpenDuty
from domain.kernel import CALENDAR_ZONE
from domain.words import Role
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.crash.processes import Process, ending, killed_again_and_again, start, uberrima, until
from tests.handling.door import Door, order, submission

KILLS, DUTIES, TOGETHER = 8, 3000, 200
STEPS = [DeadlineNeared, DeadlineMissed, DeadlineEscalated, DeadlineEscalated]


def told(database: str) -> int:
    with psycopg.connect(database) as connection:
        kinds = [each.__name__ for each in set(STEPS)]
        [(count,)] = connection.execute("SELECT count(*) FROM log.events WHERE type = ANY(%s)", (kinds,))
        return int(count)


async def test_a_scheduler_killed_again_and_again_tells_of_every_deadline_once(database: str) -> None:
    def begin() -> Process:
        return start(uberrima, database, "follow")

    # Two months ago, so that every step of the ladder has come by now.
    arose_on = (datetime.now(UTC).astimezone(CALENDAR_ZONE) - timedelta(60)).date()
    with closing(PostgresEventStore(database, masters())) as store:
        door = Door(store, SystemClock())
        duty = OpenDuty(rule="PROD-FILING-10WD", arose_on=arose_on, about="x", owner="han")
        for _ in range(DUTIES // TOGETHER):
            await door.handle_all([submission(order(duty)) for _ in range(TOGETHER)])
        dying = partial(killed_again_and_again, begin, KILLS, partial(told, database), random.Random(3))
        assert await asyncio.to_thread(dying) == KILLS
        assert 0 < told(database) < DUTIES * len(STEPS)
        with ending(begin()):
            await asyncio.to_thread(until, lambda: told(database) >= DUTIES * len(STEPS), 60.0)
            # Nothing more comes: what was told of is over with.
            await asyncio.sleep(1.5)
        log = [each.event for each in await store.read(0, 10**6)]
        steps = Counter((type(e), e.case, getattr(e, "role", None)) for e in log if isinstance(e, tuple(set(STEPS))))
        assert set(steps.values()) == {1} and len(steps) == DUTIES * len(STEPS)
        assert {role for _, _, role in steps} == {None, Role.SUPERVISOR, Role.COMPLIANCE}
        assert await store.denials(10) == []
