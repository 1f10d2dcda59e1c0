"""The demo's year, small, in a house without a database."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from application.catalogue import REACTIONS, ROUNDS
from application.handling import Handling
from application.ports import Batch, Denial
from domain.kernel import Recorded
from infrastructure.memory import MemoryEventStore, MemoryReadModels
from infrastructure.reactor import Reactor
from infrastructure.scheduler import Scheduler
from interfaces.demo.run import Loaded, SimulatedClock, play
from interfaces.demo.world import OPENS, World, moment_of
from interfaces.demo.year import UNTIL, Size, world_of

SMALL = Size(customers=200, products=0.08, complaints=40)
TINY = Size(customers=24, products=0.03, complaints=20)


class Lost(Exception):
    """The machine went away."""


class MortalStore(MemoryEventStore):
    """Dies after so many appends."""

    def __init__(self, appends: int) -> None:
        super().__init__()
        self.appends = appends

    async def append(self, batch: Batch) -> int:
        if not self.appends:
            raise Lost
        self.appends -= 1
        return await super().append(batch)


@dataclass(frozen=True)
class Year:
    result: Loaded
    log: list[Recorded]
    denials: list[Denial]

    def happened(self, name: str) -> list[Recorded]:
        return [each for each in self.log if type(each.event).__name__ == name]

    @property
    def stored(self) -> list[tuple[object, ...]]:
        return [
            (each.position, each.stream, each.version, type(each.event), msgspec.json.encode(each)) for each in self.log
        ]


def year(size: Size = TINY, seed: int = 7) -> World:
    return world_of(seed, 1, UNTIL, size)


async def played(world: World, store: MemoryEventStore | None = None) -> Year:
    """The year, played into a house that wakes up with this log."""
    store = store or MemoryEventStore()
    clock = SimulatedClock(moment_of(world.begins, OPENS))
    handling = Handling(store, clock)
    reactor = Reactor(store, handling, REACTIONS)
    rounds = Scheduler(MemoryReadModels(store, [each.reads for each in ROUNDS]), handling, ROUNDS)
    result = await play(world, store, handling, reactor, rounds, clock, lambda day, days, events: None)
    denials = [denial for _, denial in reversed(await store.denials(10**6))]
    return Year(result, await store.read(0, 10**6), denials)
