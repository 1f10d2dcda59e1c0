"""Read models are what the log makes of them, however and in however many pieces it is read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain, repeat
from typing import Any, ClassVar

import psycopg
import pytest

from application.catalogue import PROJECTIONS
from application.customer.customer_directory import CustomerCard, CustomerDirectory
from domain.kernel import Recorded
from infrastructure.building import Building
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.projector import Projector
from interfaces.main import masters, open_house
from tests.handling.door import SPOKE, Door
from tests.handling.read_models import a_year, folded, positions, projector_of, tables


@pytest.mark.parametrize("batch", [1, 3, 2000])
async def test_whatever_the_batch_read_models_are_the_fold_of_the_log(database: str, batch: int) -> None:
    with (
        closing(PostgresEventStore(database, masters())) as store,
        closing(Projector(database, masters(), PROJECTIONS, batch)) as projector,
    ):
        await a_year(store)
        assert projector.catch_up() == len(await store.read(0, 10_000))
        assert tables(database) == await folded(store)
        assert positions(database) == {await store.head()}
        assert projector.step() == 0


async def test_projectors_that_run_at_once_share_the_work_and_count_nothing_twice(database: str) -> None:
    with closing(PostgresEventStore(database, masters())) as store:
        door = Door(store)
        customer = await door.customer()
        stop = asyncio.Event()

        def run() -> int:
            with closing(Projector(database, masters(), PROJECTIONS, 3)) as own:
                done = 0
                while not stop.is_set():
                    done += own.step()
                own.catch_up()
                return done

        with ThreadPoolExecutor(3) as pool:
            running = [asyncio.get_running_loop().run_in_executor(pool, run) for _ in range(3)]
            await asyncio.gather(*(door.give(SPOKE, customer) for _ in range(60)))
            await asyncio.to_thread(wait_for, database, await store.head())
            stop.set()
            assert all(await asyncio.gather(*running))
        assert tables(database)["customer_directory"][customer,].contacts == 60
        assert tables(database) == await folded(store)


def wait_for(database: str, position: int) -> None:
    while positions(database) != {position}:
        time.sleep(0.02)


async def test_who_finds_a_read_model_taken_goes_on_with_the_others(database: str) -> None:
    with (
        closing(PostgresEventStore(database, masters())) as store,
        closing(Projector(database, masters(), PROJECTIONS)) as one,
        psycopg.connect(database) as other,
    ):
        await Door(store).customer()
        other.execute("SELECT FROM view.projections WHERE name = 'customer_directory' FOR UPDATE")
        while one.step():
            pass
        stand = dict(other.execute("SELECT name, position FROM view.projections").fetchall())
        assert stand.pop("customer_directory") == 0 and set(stand.values()) == {2}
        other.rollback()
        assert one.step() == 2 and positions(database) == {2}


class Faulty(CustomerDirectory):
    """Cannot fold the third contact, or not the first time."""

    dies: ClassVar[Iterator[bool]]

    @staticmethod
    def evolve(row: CustomerCard | None, recorded: Recorded) -> CustomerCard | None:
        if recorded.version == 4 and next(Faulty.dies):
            raise RuntimeError("she said " + recorded.event.subject)
        return CustomerDirectory.evolve(row, recorded)


WITH_A_FAULT = [Faulty if each is CustomerDirectory else each for each in PROJECTIONS]


@pytest.mark.parametrize("batch", [1, 3, 2000])
async def test_what_a_read_model_could_fold_the_second_time_is_folded_once(database: str, batch: int) -> None:
    Faulty.dies = chain([True], repeat(False))
    with (
        closing(PostgresEventStore(database, masters())) as store,
        closing(Projector(database, masters(), WITH_A_FAULT, batch)) as projector,
    ):
        customer = await Door(store).customer()
        for _ in range(6):
            await Door(store).give(SPOKE, customer)
        projector.catch_up()
        projector.retry()
        projector.catch_up()
        assert tables(database) == await folded(store)
        assert positions(database) == {8}


@pytest.mark.parametrize("batch", [1, 3, 2000])
async def test_a_read_model_that_cannot_fold_an_event_stands_before_it_says_why_and_stops_no_other(
    database: str, batch: int
) -> None:
    Faulty.dies = repeat(True)
    async with open_house(database) as house:
        door, customer = Door(house.store), await Door(house.store).customer()
        with closing(Projector(database, masters(), WITH_A_FAULT, batch)) as projector:
            for _ in range(6):
                await door.give(SPOKE, customer)
            projector.catch_up()
            [broken] = await asyncio.to_thread(broken_ones, database)
            assert broken[:3] == ("customer_directory", 4, 5)
            assert "RuntimeError" in broken[3] and "test_projector.py" in broken[3]
            assert "asked how we are" not in broken[3]
            assert await house.reads.wait(8, 0)
            page = await house.reads.find(CustomerDirectory)
            assert [row.contacts for row in page.rows] == [2] and page.position == 4
            assert projector.step() == 0
        with closing(projector_of(database)) as mended:
            mended.retry()
            mended.catch_up()
        assert broken_ones(database) == []
        assert tables(database) == await folded(house.store)


def broken_ones(database: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(database) as connection:
        return connection.execute(
            "SELECT name, position, broken_at, error FROM view.projections WHERE broken_at IS NOT NULL"
        ).fetchall()


async def test_a_broken_read_model_is_mended_by_building_it_anew(database: str) -> None:
    Faulty.dies = repeat(True)
    with closing(PostgresEventStore(database, masters())) as store:
        customer = await Door(store).customer()
        for _ in range(3):
            await Door(store).give(SPOKE, customer)
        with closing(Projector(database, masters(), WITH_A_FAULT)) as projector:
            projector.catch_up()
            with pytest.raises(RuntimeError):
                projector.rebuild(Faulty.name)
            assert broken_ones(database)
        with Building(database, masters(), CustomerDirectory) as anew:
            assert (anew.broken_at(), anew.difference()) == (5, None)
            anew.fill()
            anew.swap()
            assert anew.broken_at() is None
        assert broken_ones(database) == []
        assert tables(database) == await folded(store)


async def test_an_event_that_cannot_be_read_breaks_those_that_hear_it_only(database: str) -> None:
    with closing(PostgresEventStore(database, masters())) as store:
        customer = await Door(store).customer()
        await Door(store).give(SPOKE, customer)
        await Door(store).give(SPOKE, customer)
        with psycopg.connect(database) as connection:
            connection.execute("ALTER TABLE log.events DISABLE TRIGGER immutable")
            connection.execute("UPDATE log.events SET box = box || 'x' WHERE position = 3")
            connection.execute("ALTER TABLE log.events ENABLE TRIGGER immutable")
        with closing(projector_of(database)) as projector:
            projector.catch_up()
        broken = broken_ones(database)
        assert {name: (position, at) for name, position, at, _ in broken} == {
            "customer_directory": (2, 3),
            "audit_trail": (2, 3),
        }
        assert {error for *_, error in broken} == {"its box was not made by its person's key for this event"}
        with psycopg.connect(database) as connection:
            others = connection.execute("SELECT DISTINCT position FROM view.projections WHERE broken_at IS NULL")
            assert others.fetchall() == [(4,)]


async def test_rows_and_position_are_read_from_one_moment(database: str) -> None:
    """While contacts arrive, the position read with a row is never behind what the row counts."""
    async with open_house(database) as house:
        door, customer = Door(house.store), await Door(house.store).customer()
        with closing(Projector(database, masters(), PROJECTIONS, 1)) as projector:
            for _ in range(25):
                await door.give(SPOKE, customer)
            looking = asyncio.create_task(asyncio.to_thread(projector.catch_up))
            while not looking.done():
                page = await house.reads.find(CustomerDirectory)
                # A registration is two events, each contact one more.
                assert sum(row.contacts for row in page.rows) == max(0, page.position - 2)
