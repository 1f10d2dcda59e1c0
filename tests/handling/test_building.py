"""A read model built anew is the one that was built event by event, and nobody who reads meanwhile sees a gap."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing

import psycopg
import pytest

from application.catalogue import PROJECTIONS
from application.customer.customer_directory import CustomerCard, CustomerDirectory
from domain.kernel import Recorded
from infrastructure.building import Building
from infrastructure.postgres import folding
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.read_store import PostgresReadStore
from infrastructure.projector import Projector
from interfaces.main import masters, open_house, projector
from tests.handling.door import SPOKE, Door
from tests.handling.read_models import a_year, folded, projector_of, tables


async def a_year_more(store: PostgresEventStore) -> None:
    door = Door(store)
    await door.give(SPOKE, await door.customer("李雷"))


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
