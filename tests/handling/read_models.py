"""Some of everything in the log, and the read models as their tables hold them and as the log makes them."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg

from application.catalogue import PROJECTIONS
from application.projection import Projection, fold
from domain.customer import CorrectCustomer
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.tables import Table
from infrastructure.projector import Projector
from interfaces.main import masters
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


def projector_of(database: str) -> Projector:
    return Projector(database, masters(), PROJECTIONS)
