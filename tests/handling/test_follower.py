"""The follower outlives a lost connection: it begins again, once, and what was under way is done once."""

from __future__ import annotations

import asyncio
from uuid import UUID

import psycopg

from application.customer.customer_directory import CustomerDirectory
from infrastructure.follower import follow_for_ever
from infrastructure.projector import Projector
from infrastructure.reactor import Reactor
from interfaces.main import House, open_house
from tests.handling.door import SPOKE, Door


def end(database: str, projector: Projector) -> None:
    with psycopg.connect(database) as connection:
        connection.execute("SELECT pg_terminate_backend(%s)", [projector._connection.info.backend_pid])


async def speak(house: House, customer: UUID) -> None:
    outcome = await Door(house.store).give(SPOKE, customer)
    assert await house.reads.wait(outcome.position, 10)


def listening() -> int:
    """How many loops over the log run in this process."""
    return sum(task.get_coro().__qualname__ in ("_project", "_react") for task in asyncio.all_tasks())


async def test_after_a_lost_connection_the_log_is_followed_by_one_projector_and_one_reactor(database: str) -> None:
    made: list[Projector] = []
    stop = asyncio.Event()
    async with open_house(database) as house:

        async def make() -> tuple[Projector, Reactor]:
            made.append(await asyncio.to_thread(house.projector))
            return made[-1], house.reactor()

        customer = await Door(house.store).customer()
        following = asyncio.create_task(follow_for_ever(make, stop))
        for _ in range(3):
            await speak(house, customer)
            end(database, made[-1])
        await speak(house, customer)
        assert len(made) == 4
        assert listening() == 2
        stop.set()
        await following
        row = await house.reads.get(CustomerDirectory, customer)
        assert row and row.contacts == 4
