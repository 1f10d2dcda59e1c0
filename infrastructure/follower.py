"""The process that follows the log: it projects every event, lets every reaction hear it, and seals it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from application.ports import Unavailable
from infrastructure.evidence.sealer import Forked, Sealer
from infrastructure.evidence.tiles import Torn
from infrastructure.evidence.verifier import Wrong
from infrastructure.postgres.log import Hole
from infrastructure.projector import Projector
from infrastructure.reactor import Reactor

log = structlog.get_logger("uberrima.follower")
SHORTEST, LONGEST = 0.001, 0.05
"""Seconds between two looks at the log for what is to be shown: busy, and idle."""
GATHERED = 0.02
"""Seconds for which a reaction lets events gather: nobody waits for it, and each look takes what a row could use."""
SEALED_EVERY = 5.0
"""Seconds between two checkpoints, as long as events come."""


async def follow(projector: Projector, reactor: Reactor, stop: asyncio.Event) -> None:
    """Projects and reacts until told to stop; where one fails, neither goes on. Raises what the database raises."""
    async with asyncio.TaskGroup() as both:
        both.create_task(_project(projector, stop))
        both.create_task(_react(reactor, stop))


async def _project(projector: Projector, stop: asyncio.Event) -> None:
    pause = SHORTEST
    while not stop.is_set():
        done = await asyncio.to_thread(projector.step)
        pause = SHORTEST if done else min(pause * 1.3, LONGEST)
        if done < projector.batch:
            await _sleep(stop, pause)


async def _react(reactor: Reactor, stop: asyncio.Event) -> None:
    pause = GATHERED
    while not stop.is_set():
        heard = await reactor.step()
        pause = GATHERED if heard else min(pause * 1.3, LONGEST)
        if heard < reactor.batch:
            await _sleep(stop, pause)


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return


async def follow_for_ever(make: Callable[[], Awaitable[tuple[Projector, Reactor]]], stop: asyncio.Event) -> None:
    """Keeps following: a lost database is waited for, and what was under way is done again from its position."""
    while not stop.is_set():
        try:
            projector, reactor = await make()
            try:
                await asyncio.to_thread(projector.retry)
                await follow(projector, reactor, stop)
            finally:
                projector.close()
        except* (psycopg.Error, Unavailable) as errors:
            log.warning("the database went away; trying again", error=str(errors.exceptions[0]).strip())
            await _sleep(stop, 0.5)


async def seal_for_ever(make: Callable[[], Sealer], stop: asyncio.Event) -> None:
    """Keeps sealing. A log that is not what was sealed is told of, again and again, and holds up nothing else."""
    while not stop.is_set():
        try:
            sealer = await asyncio.to_thread(make)
            try:
                await _seal(sealer, stop)
            finally:
                sealer.close()
        except (psycopg.Error, OSError) as error:
            log.warning("the log cannot be sealed now; trying again", error=str(error).strip())
            await _sleep(stop, 0.5)
        except (Hole, Torn, Forked, Wrong) as error:
            log.error("the log is not what was sealed; run `uberrima verify`", error=str(error))
            await _sleep(stop, SEALED_EVERY)


async def _seal(sealer: Sealer, stop: asyncio.Event) -> None:
    while not stop.is_set():
        if await asyncio.to_thread(sealer.step) < sealer.batch:
            await asyncio.to_thread(sealer.checkpoint)
            await _sleep(stop, SEALED_EVERY)
