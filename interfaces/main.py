"""Where the house is put together: the only place that knows which infrastructure serves which port."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from application.access import Caller, caller_of
from application.catalogue import PROJECTIONS, REACTIONS, ROUNDS
from application.handling import Handling
from application.ports import Clock, Credentials, EventStore, ReadStore, SystemClock
from application.projection import Projection
from application.rules.what_if import Draft, WhatIf
from application.supervision.readings import Readings
from domain.account import Account
from domain.kernel import UNKNOWN
from domain.reservation import Reservation, reservation_of
from infrastructure import rehearsal
from infrastructure.building import Building, Progress
from infrastructure.checking import Checking
from infrastructure.evidence.archive import Archive
from infrastructure.evidence.checkpoint import secret_in
from infrastructure.follower import follow_for_ever, seal_for_ever
from infrastructure.mapper import Unreadable
from infrastructure.memory import MemoryReadModels
from infrastructure.postgres import backup, ledger, server
from infrastructure.postgres import sweep as sweeping
from infrastructure.postgres.backup import Copied, NotCopied
from infrastructure.postgres.credentials import PostgresCredentials
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.log import Hole
from infrastructure.postgres.migrations import MadeByAnother, migrate
from infrastructure.postgres.read_store import PostgresReadStore
from infrastructure.postgres.readings import PostgresReadings
from infrastructure.postgres.restored import Replayed, Revived
from infrastructure.postgres.vault import NotRetired, Vault
from infrastructure.projector import Projector
from infrastructure.reactor import Reactor
from infrastructure.scheduler import Scheduler, schedule_for_ever
from infrastructure.settings import Settings
from infrastructure.vault import Masters, WrongMasterKey


@dataclass(frozen=True, slots=True)
class House:
    """What every interface works with."""

    url: str
    store: EventStore
    reads: ReadStore
    handling: Handling
    credentials: Credentials
    readings: Readings

    masters: Masters

    def projector(self) -> Projector:
        return projector(self.url, self.masters)

    def reactor(self) -> Reactor:
        return Reactor(self.store, self.handling, REACTIONS)

    def scheduler(self) -> Scheduler:
        return Scheduler(self.reads, self.handling, ROUNDS)

    def simulated(self) -> Scheduler:
        """One that waits for no projector, so that the same log always leads to the same rounds."""
        return Scheduler(MemoryReadModels(self.store, [each.reads for each in ROUNDS]), self.handling, ROUNDS)

    async def rehearse(self, draft: Draft, first: date, last: date) -> WhatIf:
        """In a thread, while everybody goes on."""
        return await asyncio.to_thread(rehearsal.rehearse, self.url, self.masters, draft, first, last)

    def archive(self) -> Archive:
        return archive(self.url)

    async def account(self, login: str) -> UUID:
        """The account of that login. Raises Refused where there is none."""
        stream = reservation_of(Account.kind(), "login", login)
        held = await self.handling.recall(Reservation, stream)
        UNKNOWN.unless(isinstance(held, Reservation) and held.holder, kind=Account.kind())
        assert isinstance(held, Reservation) and held.holder
        return held.holder

    async def caller(self, secret: str, kind: str) -> Caller | None:
        account = await self.credentials.holder(secret, kind)
        return await caller_of(self.handling, account) if account else None


def masters(settings: Settings | None = None) -> Masters:
    """The master keys of this installation."""
    return Masters.load((settings or Settings.from_environment()).keys)


def projector(url: str, keys: Masters | None = None) -> Projector:
    """A projector of every read model, their tables made."""
    made = Projector(url, keys or masters(), PROJECTIONS)
    made.prepare()
    return made


def building(url: str, projection: type[Projection]) -> Building:
    return Building(url, masters(), projection)


def checking(url: str) -> Checking:
    return Checking(url, masters())


def rehearse(url: str, draft: Draft, first: date, last: date, progress: Progress = lambda done, total: None) -> WhatIf:
    """What would have been otherwise under a draft."""
    return rehearsal.rehearse(url, masters(), draft, first, last, progress)


def archive(url: str) -> Archive:
    """The evidence of a database's log, signed with this installation's key."""
    settings = Settings.from_environment()
    return Archive(url, secret_in(settings.keys), settings.checkpoints)


def database_status() -> dict[str, Any]:
    return server.status(Settings.from_environment())


def stop_database() -> bool:
    return server.stop(Settings.from_environment())


def database(settings: Settings | None = None) -> str:
    """The address of a database that answers and has this version's schema."""
    settings = settings or Settings.from_environment()
    url = _migrated(settings)
    with closing(Vault(url, masters(settings))) as keys:
        keys.check()
        keys.begin()
    projector(url, masters(settings)).close()
    ledger.complete(url, settings.keys)
    return url


def vault(settings: Settings | None = None) -> Vault:
    """The vault of this installation's database, whether or not its keys can be read here."""
    settings = settings or Settings.from_environment()
    return Vault(_migrated(settings), masters(settings))


def sweep() -> list[str]:
    """Sweeps, after somebody was forgotten, what told of them; as the owner, who may sweep every table."""
    return sweeping.sweep(server.connect_url(Settings.from_environment()))


def back_up(house: Path, vault: Path) -> Copied:
    """Copies this installation's database into two folders. Raises NotCopied."""
    return backup.back_up(server.connect_url(Settings.from_environment()), house, vault)


def restore(house: Path, vault: Path) -> Replayed:
    """Makes this installation's empty database what was copied, but for those forgotten since. Raises NotCopied."""
    backup.restore(server.connect_url(Settings.from_environment()), house, vault)
    told = asyncio.run(replay_ledger())
    database()
    return told


async def replay_ledger() -> Replayed:
    """Forgets again whom the ledger says are forgotten. Raises WrongMasterKey."""
    with closing(vault()) as keys, suppress(Revived):
        keys.check()
    with (
        closing(vault()) as keys,
        closing(PostgresEventStore(_migrated(Settings.from_environment()), masters())) as store,
    ):
        return await keys.replay(store)


def _migrated(settings: Settings) -> str:
    owner_url = server.connect_url(settings)
    migrate(owner_url)
    return server.application_url(settings, owner_url)


TROUBLE = (server.DatabaseUnreachable, MadeByAnother, WrongMasterKey, NotRetired, NotCopied, Revived, Unreadable, Hole)
"""What may be wrong with an installation, each told in its own words."""
DatabaseUnreachable = server.DatabaseUnreachable


@asynccontextmanager
async def open_house(url: str, clock: Clock | None = None) -> AsyncIterator[House]:
    """The house on a database that `database()` has made ready."""
    keys = masters()
    store = PostgresEventStore(url, keys)
    reads, credentials = PostgresReadStore(url, keys), PostgresCredentials(url)
    readings = PostgresReadings(url)
    await reads.open()
    await credentials.open()
    try:
        yield House(url, store, reads, Handling(store, clock or SystemClock()), credentials, readings, keys)
    finally:
        readings.close()
        await credentials.close()
        await reads.close()
        store.close()


async def follower(url: str, parent: int | None = None) -> None:
    """Follows the log until told to stop, or until the process that started it is gone."""
    # Several threads work in turns here: whoever shows rows is not to wait for whoever seals.
    sys.setswitchinterval(0.0005)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_house(url) as house:

        async def make() -> tuple[Projector, Reactor]:
            return await asyncio.to_thread(house.projector), house.reactor()

        following = asyncio.gather(
            follow_for_ever(make, stop),
            seal_for_ever(house.archive().sealer, stop),
            schedule_for_ever(house.scheduler(), stop),
        )
        while not stop.is_set() and not following.done():
            if parent is not None and os.getppid() != parent:
                stop.set()
            await asyncio.sleep(0.2)
        stop.set()
        await following
