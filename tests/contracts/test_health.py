"""How the installation stands is told: who is behind and since when, who is broken, who keeps others from appending."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infrastructure.postgres import health
from infrastructure.projector import Projector
from interfaces.http.health import gauges
from interfaces.main import House, masters, open_house
from tests.handling.door import SPOKE, Door, StoppedClock


class LongAgo(StoppedClock):
    def now(self) -> datetime:
        return datetime.now(UTC) - timedelta(hours=1)


async def test_of_every_read_model_it_is_told_how_many_events_and_seconds_it_is_behind(database: str) -> None:
    async with open_house(database) as house:
        customer = await Door(house.store, LongAgo()).customer()
        with closing(Projector(database, masters(), [])), closing(house.projector()) as projector:
            before = {each.name: each for each in (await house.reads.health()).models}
            assert before["customer_directory"].events_behind == 2
            assert 3500 < before["customer_directory"].seconds_behind < 4000
            projector.catch_up()
            await Door(house.store).give(SPOKE, customer)
            projector.catch_up()
        now = await house.reads.health()
        assert {(each.position, each.events_behind, each.seconds_behind) for each in now.models} == {(3, 0, 0.0)}
        assert (now.head, now.sealed, now.broken, now.stalls) == (3, 0, [], [])


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LONG", 0.2)


async def stalled(house: House) -> list[int]:
    for _ in range(100):
        found = (await house.reads.health()).stalls
        if found:
            return [each.waiting for each in found]
        await asyncio.sleep(0.05)
    return []


async def test_who_holds_the_head_of_the_log_for_long_is_told_with_those_who_wait(
    database: str, impatient: None
) -> None:
    async with open_house(database) as house:
        customer = await Door(house.store).customer()
        with psycopg.connect(database) as foreign:
            foreign.execute("UPDATE log.head SET position = position")
            assert await stalled(house) == [0]
            waiting = asyncio.create_task(Door(house.store).give(SPOKE, customer))
            while await stalled(house) != [1]:
                assert not waiting.done()
            assert "uberrima_stalled_appends 1" in gauges(await house.reads.health())
            foreign.rollback()
        assert (await waiting).position == 3
        assert (await house.reads.health()).stalls == []
