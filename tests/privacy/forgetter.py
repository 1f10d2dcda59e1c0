"""Processes that know a person: one that forgets them, and one that has met them before and goes on."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from domain.customer import Channel, ForgetPerson, Ground, NoteContact
from domain.kernel import Refused
from interfaces import main
from tests.crash.processes import until
from tests.handling.door import Door, StoppedClock

FAR = datetime(2060, 1, 1, tzinfo=UTC)
FORGET = ForgetPerson(ground=Ground.SERVICE_ENDED)


def forgetter(url: str, keys: str, customer: str) -> None:
    """Forgets the customer, with a key folder of its own."""
    os.environ["UBERRIMA_KEYS"] = keys

    async def work() -> None:
        async with main.open_house(url) as house:
            await Door(house.store, StoppedClock(FAR)).give(FORGET, UUID(customer))

    asyncio.run(work())


def acquaintance(url: str, customer: str, folder: str) -> None:
    """Reads and speaks with the customer, waits, and tells what it still can do: read, recall, record."""
    met, go, told = (Path(folder, name) for name in ("met", "go", "told"))
    subject = NoteContact(channel=Channel.PHONE, subject="said to an acquaintance")

    async def work() -> None:
        async with main.open_house(url) as house:
            door, stream = Door(house.store, StoppedClock(FAR)), UUID(customer)
            await door.give(subject, stream)
            before = await house.store.read(0, 1000)
            met.write_text(repr(before))
            await asyncio.to_thread(until, go.exists, 30)
            try:
                said = repr(await door.give(subject, stream))
            except Refused as refused:
                said = refused.code
            known = await door.recall(type(FORGET).on, stream)
            read = (await house.store.read(0, 1000), (await house.store.load({stream: 0}))[stream])
            told.write_text(f"{said}\n{known!r}\n{read!r}")

    asyncio.run(work())


def reader(url: str, folder: str) -> None:
    """Reads the log and nothing else, before and after."""
    met, go, told = (Path(folder, name) for name in ("met", "go", "told"))

    async def work() -> None:
        async with main.open_house(url) as house:
            met.write_text(repr(await house.store.read(0, 1000)))
            await asyncio.to_thread(until, go.exists, 30)
            told.write_text(repr(await house.store.read(0, 1000)))

    asyncio.run(work())
