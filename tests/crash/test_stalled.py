"""Somebody else's transaction that holds the head of the log keeps appends waiting: it is told, and nothing is lost."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from application.health import Stall
from interfaces.main import House, open_house
from tests.handling.door import SPOKE, Door

HOLDING = {
    "an update": "UPDATE log.head SET position = position",
    "a lock on the row": "SELECT FROM log.head FOR UPDATE",
    "a lock on the table": "LOCK TABLE log.head IN EXCLUSIVE MODE",
}


async def told(house: House) -> list[Stall]:
    """Who is told to hold up others, before long."""
    for _ in range(100):
        stalls = [each for each in (await house.reads.health()).stalls if each.waiting]
        if stalls:
            return stalls
        await asyncio.sleep(0.05)
    return []


@pytest.mark.parametrize("way", HOLDING)
async def test_who_holds_up_those_who_append_is_told_and_nothing_is_lost(database: str, way: str) -> None:
    async with open_house(database) as house, open_house(database) as another:
        customer = await Door(house.store).customer()
        with psycopg.connect(database) as foreign:
            foreign.execute(HOLDING[way])
            doors = [Door(house.store), Door(another.store)]
            commands = [asyncio.create_task(door.give(SPOKE, customer)) for door in doors for _ in range(8)]
            [stall] = await told(house)
            assert stall.process == foreign.info.backend_pid
            assert await house.store.head() == len(await house.store.read(0, 10)) == 2
            assert not any(each.done() for each in commands)
        outcomes = await asyncio.gather(*commands)
        assert sorted(each.position for each in outcomes) == list(range(3, 3 + len(commands)))
        assert (await house.reads.health()).stalls == []
