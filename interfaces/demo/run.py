"""Plays the year into a house, through the one door for commands."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any, Protocol

from application.handling import Handling
from application.ports import Batch, EventStore, Mark
from application.submission import Outcome
from domain.kernel import CALENDAR_ZONE, Refused
from interfaces import main as house
from interfaces.demo.staff import SHOWN, account_of
from interfaces.demo.world import Act, World, moment_of
from interfaces.demo.year import SHOWN_CUSTOMER, UNTIL, Size, world_of

PASSWORD = "demo-password"  # noqa: S105 - it is printed, loudly, and opens nothing but a demo
SEED = 7
LOADED = "demo"
"""The mark that a finished run leaves in the log."""
MIDNIGHT = time_of_day.min
HEARING = 100_000
"""The reactions hear all that is new in one go, so that an interrupted run hears it in the same order."""

EVERY = 5.0
"""Seconds between two looks of the projector at the log."""

Progress = Callable[[int, int, int], None]
"""Told after every simulated day: days gone by, days in all, events in the log."""


class NotEmpty(Exception):
    """The house holds something else already: a demo, with its known passwords, belongs in a house of its own."""


class Hearer(Protocol):
    batch: int

    async def catch_up(self) -> int: ...


class Rounds(Protocol):
    async def step(self) -> int: ...


class SimulatedClock:
    """Stands still at the simulated moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


@dataclass(slots=True)
class Loaded:
    """What the year has brought. `unexpected` tells where the house did not answer as the story has it."""

    events: int = 0
    seconds: float = 0.0
    products: int = 0
    customers: int = 0
    policies: int = 0
    claims: int = 0
    refusals: int = 0
    accounts: list[str] = field(default_factory=list)
    unexpected: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        return asdict(self)


OPENING = {
    "DraftProduct": "products",
    "RegisterCustomer": "customers",
    "ApplyForPolicy": "policies",
    "TakeOverPolicy": "policies",
    "GiveNotice": "claims",
}


@dataclass(slots=True)
class Player:
    """Hands the acts in, batch by batch, and lets the reactions hear each batch at its own moment; the rounds are gone
    when a day begins.

    A batch is recorded in one transaction, so what was answered before an interruption is skipped, with the refusals
    beside it, and what the reactions had not heard by then they hear at the moment at which they would have.
    """

    store: EventStore
    handling: Handling
    reactor: Hearer
    rounds: Rounds
    clock: SimulatedClock
    resuming: bool = True
    result: Loaded = field(default_factory=Loaded)

    async def play(self, batch: Sequence[Act]) -> None:
        self._count(batch)
        todo = await self._left(batch) if self.resuming else batch
        if not todo:
            self.clock.at = batch[-1].moment
            return
        await self.reach(local_day(batch[0].moment))
        self.clock.at = batch[-1].moment
        outcomes = await self.handling.handle_all([act.submission for act in todo])
        for act, outcome in zip(todo, outcomes, strict=True):
            self._compare(act, outcome)
        await self.reactor.catch_up()

    async def reach(self, last: date) -> None:
        """Every day up to that one begins, after what an interruption has left undone of the one before."""
        if self.resuming:
            await self._resume()
            self.resuming = False
        while (day := local_day(self.clock.at)) < last:
            self.clock.at = moment_of(day + timedelta(days=1), MIDNIGHT)
            await self._begin_day()

    async def _resume(self) -> None:
        head = await self.store.head()
        newest = await self.store.read(head - 1, 1) if head else []
        if newest and newest[0].recorded_at > self.clock.at:
            self.clock.at = newest[0].recorded_at
            await self._begin_day()
        else:
            await self.reactor.catch_up()

    async def _begin_day(self) -> None:
        before = -1
        while before != (before := await self.store.head()):
            await self.rounds.step()
        await self.reactor.catch_up()

    async def _left(self, batch: Sequence[Act]) -> Sequence[Act]:
        answered = await self.store.answers([act.key for act in batch])
        return [act for act in batch if act.key not in answered and not (answered and act.refused)]

    def _count(self, batch: Sequence[Act]) -> None:
        counts = Counter(OPENING.get(type(act.order.command).__name__, "") for act in batch if not act.refused)
        for name in set(OPENING.values()):
            setattr(self.result, name, getattr(self.result, name) + counts[name])
        self.result.refusals += sum(1 for act in batch if act.refused)

    def _compare(self, act: Act, outcome: Outcome | Refused) -> None:
        code = outcome.code if isinstance(outcome, Refused) else ""
        if code != act.refused:
            told = f"{act.moment:%Y-%m-%d %H:%M} {type(act.order.command).__name__} by {act.order.actor.name}"
            self.result.unexpected.append(f"{told}: {code or 'accepted'} instead of {act.refused or 'accepted'}")


def local_day(moment: datetime) -> date:
    return moment.astimezone(CALENDAR_ZONE).date()


async def play(
    world: World,
    store: EventStore,
    handling: Handling,
    reactor: Hearer,
    rounds: Rounds,
    clock: SimulatedClock,
    progress: Progress,
) -> Loaded:
    """Plays the world into a house whose clock is this one."""
    reactor.batch = HEARING
    player = Player(store, handling, reactor, rounds, clock)
    days, today = (world.ends - world.begins).days + 1, world.begins
    for batch in world.batches():
        await player.play(batch)
        day = local_day(batch[-1].moment)
        if day != today:
            today = day
            progress((day - world.begins).days, days, await store.head())
    if not await store.mark(LOADED):
        await player.reach(world.ends)
    await reactor.catch_up()
    player.result.events = await store.head()
    progress(days, days, player.result.events)
    return player.result


async def load(
    url: str,
    scale: int = 1,
    seed: int = SEED,
    progress: Progress = lambda day, days, events: None,
    *,
    until: date = UNTIL,
    size: Size = Size(),  # noqa: B008 - frozen
) -> Loaded:
    """Fills the house at that address with a year, its read models and the demo's sign-ins. Raises NotEmpty.

    Run again, it adds nothing; run again after an interruption, it goes on. While it runs nobody else should follow
    the log, or what the reactions do is recorded at the real moment and not at the simulated one.
    """
    started = time.perf_counter()
    world = world_of(seed, scale, until, size)
    clock = SimulatedClock(moment_of(world.begins, MIDNIGHT))
    async with house.open_house(url, clock) as home:
        await _fit(home, seed, scale, until)
        projecting = asyncio.create_task(_project(home, played := asyncio.Event()))
        try:
            result = await play(world, home.store, home.handling, home.reactor(), home.simulated(), clock, progress)
        finally:
            played.set()
            await projecting
        if not await home.store.mark(LOADED):
            await _passwords(home)
            await home.store.append(Batch(mark=Mark(LOADED, result.events)))
        result.accounts = sign_ins()
    result.seconds = round(time.perf_counter() - started, 1)
    return result


async def _fit(home: house.House, seed: int, scale: int, until: date) -> None:
    # A year of any size begins with the same act.
    first = next(world_of(seed, scale, until, Size(0, 0)).acts())
    if await home.store.head() and not await home.store.answers([first.key]):
        raise NotEmpty


async def _project(home: house.House, played: asyncio.Event) -> None:
    """Follows the log beside the player, who waits for the database half of the time, and to its end."""
    projector = await asyncio.to_thread(home.projector)
    try:
        while not played.is_set():
            # Large steps are cheaper than many: what a step costs is mostly the number of its statements.
            with suppress(TimeoutError):
                await asyncio.wait_for(played.wait(), EVERY)
            await asyncio.to_thread(projector.catch_up)
    finally:
        projector.close()


async def _passwords(home: house.House) -> None:
    for login in sign_ins():
        await home.credentials.set_password(account_of(login), login, PASSWORD)


def sign_ins() -> list[str]:
    """The logins that the demo gives a password."""
    return [*(member.login for member in SHOWN), SHOWN_CUSTOMER]


async def is_loaded(url: str) -> bool:
    """Whether a year has been loaded to its end, so that its passwords are not set again."""
    async with house.open_house(url) as home:
        return await home.store.mark(LOADED) > 0
