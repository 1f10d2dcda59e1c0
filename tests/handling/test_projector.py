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
from application.projection import Projection, fold
from domain.customer import CorrectCustomer
from domain.kernel import Recorded
from infrastructure.building import Building
from infrastructure.postgres import folding
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.read_store import PostgresReadStore
from infrastructure.postgres.tables import Table
from infrastructure.projector import Projector
from interfaces.main import masters, open_house, projector
from tests.handling.door import SPOKE, Door

Tables = dict[str, dict[tuple, Any]]


async def a_year(store: PostgresEventStore) -> None:
    """Some of everything: sold, claimed, settled, corrected, spoken with."""
    door = Door(store)
    product, customer = await door.product(), await door.customer()
    await door.sold_in_instalments(product, customer)
    claim = await door.claim(await door.taken_over(product, customer))
    await door.settle(claim)
    await door.give(CorrectCustomer(reason="wed", name="李小明"), customer)
    await asyncio.gather(*(door.give(SPOKE, customer) for _ in range(10)))


def tables(database: str, *projections: type[Projection]) -> Tables:
    with psycopg.connect(database) as connection:
        cursor = connection.cursor(binary=True)
        kept = {each.name: Table(each) for each in projections or PROJECTIONS}
        return {
            name: {table.key_of(row): row for row in map(table.read, cursor.execute(table.selection))}
            for name, table in kept.items()
        }


def positions(database: str) -> set[int]:
    with psycopg.connect(database) as connection:
        return {position for (position,) in connection.execute("SELECT position FROM view.projections")}


async def folded(store: PostgresEventStore) -> Tables:
    log = await store.read(0, 10_000)
    return {each.name: {k: row for k, row in fold(each, {}, log).items() if row} for each in PROJECTIONS}


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


async def test_a_read_model_built_anew_is_the_one_built_event_by_event(database: str) -> None:
    with (
        closing(PostgresEventStore(database, masters())) as store,
        closing(Projector(database, masters(), PROJECTIONS, 5)) as projector,
    ):
        await a_year(store)
        projector.catch_up()
        before = tables(database)
        with psycopg.connect(database, autocommit=True) as connection:
            for each in PROJECTIONS:
                connection.execute(f"TRUNCATE view.{each.name}_v{each.version}")
        for each in PROJECTIONS * 2:
            assert projector.rebuild(each.name) == len(await store.read(0, 10_000))
        assert tables(database) == before
        await a_year_more(store)
        projector.catch_up()
        assert tables(database) == await folded(store)


@pytest.mark.parametrize("kept", [1, 2, 7])
async def test_a_read_model_larger_than_memory_is_built_right(
    database: str, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folding, "KEPT", kept)
    with (
        closing(PostgresEventStore(database, masters())) as store,
        closing(Projector(database, masters(), PROJECTIONS, 3)) as projector,
    ):
        await a_year(store)
        await a_year_more(store)
        for each in PROJECTIONS:
            projector.rebuild(each.name)
        assert tables(database) == await folded(store)


async def a_year_more(store: PostgresEventStore) -> None:
    door = Door(store)
    await door.give(SPOKE, await door.customer("李雷"))


async def test_a_read_model_is_built_anew_while_others_are_behind_and_writers_write(database: str) -> None:
    with closing(PostgresEventStore(database, masters())) as store, closing(projector(database)) as building:
        await a_year(store)
        building.step()
        await a_year_more(store)
        door, customer = Door(store), await Door(store).customer()

        async def write() -> None:
            for _ in range(20):
                await door.give(SPOKE, customer)

        building.batch = 4
        await asyncio.gather(write(), asyncio.to_thread(building.rebuild, CustomerDirectory.name))
        building.catch_up()
        assert tables(database) == await folded(store)


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


def projector_of(database: str) -> Projector:
    return Projector(database, masters(), PROJECTIONS)


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


class InCapitals(CustomerDirectory):
    version = 2

    @staticmethod
    def evolve(row: CustomerCard | None, recorded: Recorded) -> CustomerCard | None:
        changed = CustomerDirectory.evolve(row, recorded)
        return changed and changed.but(name=changed.name.upper())


class Third(InCapitals):
    version = 3


async def test_a_new_version_is_filled_beside_the_old_one_before_anyone_reads_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_house(database) as house:
        customer = await Door(house.store).customer("wang")
        with closing(house.projector()) as old, closing(Projector(database, masters(), [InCapitals], 2)) as new:
            old.catch_up()
            await Door(house.store).give(SPOKE, customer)
            new.prepare()
            assert tables(database, InCapitals)["customer_directory"][customer,].name == "WANG"
            monkeypatch.setattr("infrastructure.postgres.read_store.PROJECTIONS", (InCapitals,))
            reads = PostgresReadStore(database, masters())
            await reads.open()
            page = await reads.find(InCapitals)
            await reads.close()
            assert [row.contacts for row in page.rows] == [1] and page.position == await house.store.head()
            # The process of the version before goes on with its own.
            old.catch_up()
            shown = await house.reads.get(CustomerDirectory, customer)
            assert shown and (shown.name, shown.contacts) == ("wang", 1)
        with closing(Projector(database, masters(), [Third])) as newest:
            newest.prepare()
            newest.prepare()
        with psycopg.connect(database) as connection:
            names = connection.execute(
                "SELECT tablename::text FROM pg_tables WHERE tablename LIKE 'customer_directory%' ORDER BY 1"
            ).fetchall()
        assert names == [("customer_directory_v2",), ("customer_directory_v3",)]


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


class Lingering(Building):
    """Holds the moment between taking the old table away and telling everyone."""

    def _exchange(self) -> None:
        super()._exchange()
        time.sleep(0.3)


async def test_who_reads_while_tables_are_swapped_sees_all_that_the_position_says(database: str) -> None:
    async with open_house(database) as house:
        door, customer = Door(house.store), await Door(house.store).customer()
        with closing(projector_of(database)) as follower:
            follower.catch_up()
            loop = asyncio.get_running_loop()

            def meanwhile(done: int, head: int) -> None:
                # What happens after the new table was filled is folded into it in the swapping transaction.
                asyncio.run_coroutine_threadsafe(door.give(SPOKE, customer), loop).result()
                follower.catch_up()

            def build() -> None:
                with Lingering(database, masters(), CustomerDirectory) as anew:
                    anew.fill(meanwhile)
                    anew.swap()

            building = asyncio.create_task(asyncio.to_thread(build))
            while not building.done():
                page = await house.reads.find(CustomerDirectory)
                assert [row.contacts for row in page.rows] == [page.position - 2]
            await building


async def test_a_read_model_built_anew_twice_at_once_is_built_right(database: str) -> None:
    with closing(PostgresEventStore(database, masters())) as store, closing(projector(database)) as follower:
        await a_year(store)
        follower.catch_up()
        before = tables(database)

        def build() -> None:
            with closing(Projector(database, masters(), PROJECTIONS, 1)) as own:
                own.rebuild(CustomerDirectory.name)

        await asyncio.gather(*(asyncio.to_thread(build) for _ in range(3)))
        assert tables(database) == before
