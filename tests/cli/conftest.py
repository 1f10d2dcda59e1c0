"""The command `uberrima` as an operator gives it: a process of its own, on a database with one claim in it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.claim.state import Claim
from domain.customer import Channel, NoteContact
from interfaces.main import open_house
from tests.cli.speaking import speak
from tests.conftest import new_database
from tests.crash.processes import start
from tests.handling.door import Door, StoppedClock

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "interfaces.cli.main"]
ODD = "see [/files/7] and [bold]call back[/bold]"
"""What a clerk may well have written."""


def environment(**settings: str) -> dict[str, str]:
    """Nothing of this process's own installation but its master keys, which the databases of this run need."""
    foreign = {"UBERRIMA_HOME", "UBERRIMA_DATABASE_URL"}
    ours = {name: value for name, value in os.environ.items() if name not in foreign}
    return {**ours, "COLUMNS": "200", "NO_COLOR": "1", **settings}


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


def uberrima(*words: str, **settings: str) -> Said:
    """The command in a process that begins as a copy of one that has imported everything: starts cost little."""
    with tempfile.TemporaryDirectory() as folder:
        process = start(speak, folder, json.dumps(words), json.dumps(environment(**settings)))
        process.join(90)
        assert process.exitcode is not None, f"{words} did not end"
        out, err = (Path(folder, name).read_text("utf-8") for name in ("out", "err"))
        return Said(process.exitcode, out, err)


@dataclass(frozen=True)
class Town:
    """A house with one policy, and one claim that was registered on 2 March 2026 and settled ten days later."""

    url: str
    customer: UUID
    claim: UUID
    number: str

    def does(self, *words: str) -> Said:
        return uberrima(*words, UBERRIMA_DATABASE_URL=self.url)


async def _begun(url: str) -> Town:
    async with open_house(url) as house:
        door = Door(house.store, StoppedClock())
        customer = await door.customer()
        await door.give(NoteContact(channel=Channel.PHONE, subject=ODD), customer)
        claim = await door.claim(await door.taken_over(await door.product(), customer))
        door.clock.pass_days(10)
        await door.settle(claim)
        found = await door.recall(Claim, claim)
        assert isinstance(found, Claim)
        return Town(url, customer, claim, found.number)


@pytest.fixture(scope="module")
def town(server_url: str, template: str) -> Iterator[Town]:
    with new_database(server_url, template) as url:
        yield asyncio.run(_begun(url))
