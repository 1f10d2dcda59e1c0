"""A process that gives the same commands under the same keys whenever it starts, and tells what was acknowledged.

Four tasks give `EACH` commands each: they register customers, speak with one they share, and draw numbers. A line in
the file means that the answer had come; the line is written before the next command is given.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from uuid import UUID, uuid5

from application.handling import Handling
from application.ports import SystemClock
from application.submission import Order, Outcome, Submission
from domain.customer import Channel, NoteContact, RegisterCustomer
from domain.kernel import STREAMS, Command
from domain.words import Actor, Role
from infrastructure.postgres.event_store import PostgresEventStore
from infrastructure.postgres.server import connect_url
from infrastructure.settings import Settings
from interfaces.main import masters

TASKS, EACH = 4, 90
SHARED = uuid5(STREAMS, "the customer everybody speaks with")
HAN = Actor("han", Role.SERVICE)
SPOKE = NoteContact(channel=Channel.PHONE, subject="asked how we are")


async def give(door: Handling, command: Command, stream: UUID, key: UUID) -> Outcome:
    return await door.handle(Submission(key=key, orders=[Order(stream=stream, command=command, actor=HAN)]))


async def work(door: Handling, file: int, task: int) -> None:
    for number in range(EACH):
        key = uuid5(STREAMS, f"{task}/{number}")
        if number % 3 == 2:
            outcome = await give(door, SPOKE, SHARED, key)
        else:
            outcome = await give(door, RegisterCustomer(name=f"{task}/{number}"), uuid5(key, "stream"), key)
        os.write(file, f"{key} {outcome.stream} {outcome.version} {outcome.position}\n".encode())


async def _main(home: str, database: str, acknowledged: str) -> None:
    store = PostgresEventStore(connect_url(Settings(Path(home), database)), masters())
    door = Handling(store, SystemClock())
    await give(door, RegisterCustomer(name="shared"), SHARED, uuid5(SHARED, "key"))
    file = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    await asyncio.gather(*(work(door, file, task) for task in range(TASKS)))
    store.close()


def writer(home: str, database: str, acknowledged: str) -> None:
    asyncio.run(_main(home, database, acknowledged))
