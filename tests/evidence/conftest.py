"""A log in a real database, sealed in three steps, and somebody who may do with that database whatever they like."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import conninfo

from application.ports import Batch
from domain.kernel import new_stream
from infrastructure.evidence.reading import Wrong
from infrastructure.evidence.sealer import Sealer
from infrastructure.evidence.verify import Report, verify
from infrastructure.mapper import Stored
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.log import PAGE
from interfaces.main import masters
from tests.conftest import new_database
from tests.contracts.entries import entry
from tests.handling.door import SPOKE, Door

SEALED, TAIL = (200, 400, 600), 20
"""The sizes at which checkpoints were signed, and how many events came after the last."""


@dataclass
class Archive:
    """`archive.change(sql)` is what an intruder does who rules the database; `archive.wrong()` what is found of it."""

    url: str
    outside: Path
    secret: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def app(self) -> str:
        return conninfo.make_conninfo(self.url, options="-c role=uberrima_app")

    def sealer(self, batch: int = 4096) -> Sealer:
        return Sealer(self.app, self.secret, self.outside, batch)

    def seal(self) -> str:
        with closing(self.sealer()) as sealer:
            sealer.catch_up()
            return sealer.checkpoint()

    def write(self, upto: int) -> None:
        asyncio.run(_write(self.app, upto))

    def rows(self) -> list[Stored]:
        with psycopg.connect(self.url) as connection:
            cursor = psycopg.RawCursor(connection)
            return [Stored(*row) for row in cursor.execute(PAGE, (0, 10**6), binary=True)]

    def change(self, *statements: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute("SET session_replication_role = replica")
            for statement in statements:
                connection.execute(statement.encode())

    def verify(self, *given: str) -> Report:
        return verify(self.app, self.secret, self.outside, given)

    def wrong(self, *given: str) -> Wrong:
        """The first thing that does not hold."""
        return self.verify(*given).wrong[0]


async def _write(url: str, upto: int) -> None:
    """A customer, a policy, a settled claim, and then words spoken with many."""
    with closing(PostgresEventStore(url, masters())) as store:
        door = Door(store)
        if not await store.head():
            customer = await door.customer()
            claim = await door.claim(await door.taken_over(await door.product(), customer))
            await door.settle(claim)
            await door.give(SPOKE, customer)
        while (head := await store.head()) < upto:
            stream, events = new_stream(), min(30, upto - head)
            await store.append(Batch([entry(stream, version, f"said {version}") for version in range(1, events + 1)]))


@pytest.fixture(scope="module")
def sealed(server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Nothing may be changed in this one; whoever wants to, copies it."""
    with new_database(server_url, template) as url:
        archive = Archive(url, tmp_path_factory.mktemp("outside") / "checkpoints.log")
        for size in SEALED:
            archive.write(size)
            archive.seal()
        archive.write(SEALED[-1] + TAIL)
        yield archive


@pytest.fixture
def archive(server_url: str, sealed: Archive, tmp_path: Path) -> Iterator[Archive]:
    """A copy of that log, to do with as one likes."""
    with new_database(server_url, str(conninfo.conninfo_to_dict(sealed.url)["dbname"])) as url:
        outside = tmp_path / "checkpoints.log"
        outside.write_bytes(sealed.outside.read_bytes())
        yield Archive(url, outside, sealed.secret)


@pytest.fixture
def fresh(database: str, tmp_path: Path) -> Archive:
    """An empty log."""
    return Archive(database, tmp_path / "checkpoints.log")
