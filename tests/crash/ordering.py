"""Writers that go on until they are told that it is enough, and begin again where they were killed.

A writer's tasks register customers, speak with their own and with a few that all writers share. Each of its commands
has a key made from its number, and its answer is a line in the writer's file; begun again, it repeats the last that
were answered and what may have been.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid5

from application.handling import Handling
from application.ports import SystemClock, Unavailable
from application.submission import BUSY, Outcome
from domain.customer import RegisterCustomer
from domain.kernel import STREAMS, Command, Refused
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.crash.processes import uberrima
from tests.crash.writer import SPOKE, give

TASKS, AGAIN = 8, 3
SHARED = [uuid5(STREAMS, f"shared {number}") for number in range(3)]
ENOUGH = "enough"


class Answered(NamedTuple):
    task: int
    number: int
    key: UUID
    stream: UUID
    version: int
    position: int
    events: int
    repeated: bool


def answered(file: Path) -> Iterator[Answered]:
    """The answers in a writer's file; it may have died in the middle of the last."""
    for line in file.read_text().splitlines(keepends=True) if file.exists() else ():
        words = line.split()
        if line.endswith("\n") and len(words) == len(Answered._fields):
            task, number, key, stream, version, position, events, repeated = words
            yield Answered(
                *(int(task), int(number), UUID(key), UUID(stream)),
                *(int(version), int(position), int(events), repeated == "True"),
            )


def writer(url: str, folder: str, slot: str) -> None:
    asyncio.run(_main(url, Path(folder), int(slot)))


def follower(home: str) -> None:
    os.environ["UBERRIMA_HOME"] = home
    uberrima("", "follow")


async def _main(url: str, folder: Path, slot: int) -> None:
    path = folder / f"{slot}.answered"
    reached = {each.task: each.number for each in answered(path)}
    store = PostgresEventStore(url, masters())
    door = Handling(store, SystemClock())
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in SHARED:
        await _surely(door, RegisterCustomer(name="shared"), stream, uuid5(stream, "key"))
    await asyncio.gather(
        *(_work(door, folder, file, slot, task, max(0, reached.get(task, -1) + 1 - AGAIN)) for task in range(TASKS))
    )
    store.close()


async def _work(door: Handling, folder: Path, file: int, slot: int, task: int, number: int) -> None:
    while not (folder / ENOUGH).exists():
        key = uuid5(STREAMS, f"{slot}/{task}/{number}")
        own = uuid5(STREAMS, f"{slot}/{task}/{number - number % 4}/stream")
        if number % 4 == 0:
            outcome = await _surely(door, RegisterCustomer(name=f"{slot}/{task}/{number}"), own, key)
        else:
            stream = SHARED[(slot + number) % len(SHARED)] if number % 4 == 1 else own
            outcome = await _surely(door, SPOKE, stream, key)
        told = Answered(
            *(task, number, key, outcome.stream, outcome.version),
            *(outcome.position, outcome.count, outcome.repeated),
        )
        os.write(file, (" ".join(map(str, told)) + "\n").encode())
        number += 1


async def _surely(door: Handling, command: Command, stream: UUID, key: UUID) -> Outcome:
    """The answer, however often the database goes away or others are faster."""
    while True:
        try:
            return await give(door, command, stream, key)
        except Unavailable:
            await asyncio.sleep(0.1)
        except Refused as refused:
            if refused.refusal is not BUSY:
                raise
