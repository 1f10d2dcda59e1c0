"""Goes its rounds: gives the commands that time calls for. It may stop and start at any time, and several may run."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Protocol
from uuid import UUID, uuid5

import psycopg
import structlog

from application.docket.dockets import Dockets
from application.docket.known_days_redate import redating
from application.handling import Handling
from application.ports import Page, Unavailable
from application.projection import Projection, Row
from application.round import Round, key_of
from application.submission import Order, Submission
from domain.kernel import STREAMS, Command, Refused
from domain.rules.rulebook import RULEBOOK, Rulebook
from domain.words import SYSTEM

log = structlog.get_logger("uberrima.scheduler")
TOGETHER = 200
"""Commands given in one transaction."""
PAUSE = 1.0
"""Seconds between two rounds in which there was nothing to do."""


class Waiting(Protocol):
    """What of a store of read models a round looks through."""

    async def upto(self, projection: type[Projection], column: str, last: Any, limit: int) -> Sequence[Row]: ...

    async def find(
        self, projection: type[Projection], where: Mapping[str, Any], *, limit: int, cursor: str | None = None
    ) -> Page: ...


class Scheduler:
    """A command has a key made of what called for it: given twice, by whomever, it is answered once."""

    def __init__(self, reads: Waiting, handling: Handling, rounds: Sequence[type[Round]]) -> None:
        self.reads, self.handling, self.rounds = reads, handling, rounds
        self._dated_by = -1

    async def step(self) -> int:
        """Does what has come due by now; returns how many commands that took."""
        given = 0
        for each in self.rounds:
            rows = await self.reads.upto(each.reads, each.by, self.handling.clock.now(), TOGETHER)
            given += await self._give([(key_of(each, row), *each.gives(row)) for row in rows])
        return given + await self._redate()

    async def _redate(self) -> int:
        """After a change of the rulebook, what it dates anew."""
        book = await self.handling.recall(Rulebook, RULEBOOK)
        assert isinstance(book, Rulebook)
        if book.version == self._dated_by:
            return 0
        given, cursor = 0, None
        while True:
            page = await self.reads.find(Dockets, {"provisional": True}, limit=TOGETHER, cursor=cursor)
            orders = [order for row in page.rows for order in redating(row, book)]  # type: ignore[arg-type]
            given += await self._give([(f"redated/{stream}/{book.version}", stream, each) for stream, each in orders])
            if (cursor := page.next) is None:
                self._dated_by = book.version
                return given

    async def _give(self, calls: Iterable[tuple[str, UUID, Command]]) -> int:
        submissions = [
            Submission(key=uuid5(STREAMS, key), orders=[Order(stream=stream, command=command, actor=SYSTEM)])
            for key, stream, command in calls
        ]
        outcomes = await self.handling.handle_all(submissions) if submissions else []
        for submission, outcome in zip(submissions, outcomes, strict=True):
            if isinstance(outcome, Refused):
                log.warning(
                    "a round was refused", command=type(submission.orders[0].command).__name__, code=outcome.code
                )
        return len(submissions)


async def schedule_for_ever(scheduler: Scheduler, stop: asyncio.Event) -> None:
    """Keeps going its rounds; what a lost database left undone is done in a later one."""
    while not stop.is_set():
        try:
            if await scheduler.step() < TOGETHER:
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), PAUSE)
        except (psycopg.Error, Unavailable) as error:
            log.warning("the database went away; trying again", error=str(error).strip())
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE)
