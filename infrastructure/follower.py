"""The process that follows the log: it projects every event and lets every reaction hear it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import structlog

from application.ports import Unavailable
from infrastructure.projector import Projector
from infrastructure.reactor import Reactor

log = structlog.get_logger("uberrima.follower")
SHORTEST, LONGEST = 0.003, 0.05
"""Seconds between two looks at the log: busy, and idle."""


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
    pause = SHORTEST
    while not stop.is_set():
        heard = await reactor.step()
        pause = SHORTEST if heard else min(pause * 1.3, LONGEST)
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
                await follow(projector, reactor, stop)
            finally:
                projector.close()
        except* (psycopg.Error, Unavailable) as errors:
            log.warning("the database went away; trying again", error=str(errors.exceptions[0]).strip())
            await _sleep(stop, 0.5)
