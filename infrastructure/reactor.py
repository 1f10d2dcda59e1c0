"""Lets every reaction hear every event it asked for, exactly once, whatever dies in between."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from uuid import uuid5

from application.handling import Handling
from application.ports import Batch, Conflict, EventStore, Mark
from application.reaction import Reaction
from application.submission import BUSY, Order, Submission
from domain.kernel import STREAMS, Recorded, Refused
from domain.words import SYSTEM

TOGETHER = 50
"""How many events one reaction hears in one transaction."""


class Reactor:
    """What a reaction leads to and how far it has come commit together: killed between the two, it has done neither."""

    def __init__(self, store: EventStore, handling: Handling, reactions: Sequence[type[Reaction]], batch: int = 500):
        self.store, self.handling, self.reactions, self.batch = store, handling, reactions, batch
        self._reached: dict[str, int] = {}

    async def step(self) -> int:
        """Lets the reactions hear the next batch; returns how many events it read."""
        for reaction in self.reactions:
            if reaction.name not in self._reached:
                self._reached[reaction.name] = await self.store.mark(reaction.name)
        after = min(self._reached.values(), default=0)
        batch = await self.store.read(after, self.batch)
        for reaction in self.reactions:
            await self._hear(reaction, batch)
        return len(batch)

    async def catch_up(self) -> int:
        done = 0
        while heard := await self.step():
            done += heard
        return done

    async def _hear(self, reaction: type[Reaction], batch: Sequence[Recorded]) -> None:
        reached = self._reached[reaction.name]
        heard = [each for each in batch if each.position > reached and isinstance(each.event, reaction.hears)]
        for some in (heard[start : start + TOGETHER] for start in range(0, len(heard), TOGETHER)):
            outcomes = await self.handling.handle_all([_submission(reaction, each) for each in some])
            if any(isinstance(each, Refused) and each.refusal is BUSY for each in outcomes):
                # Another process has gone on with this reaction: follow it from where it stands.
                self._reached[reaction.name] = await self.store.mark(reaction.name)
                return
            self._reached[reaction.name] = some[-1].position
        if batch and batch[-1].position > self._reached[reaction.name]:
            self._reached[reaction.name] = batch[-1].position
            if len(batch) == self.batch:
                await self._note(Mark(reaction.name, batch[-1].position))

    async def _note(self, mark: Mark) -> None:
        """Writes down, now and then, that nothing was heard, so that a restart need not listen to all of it again."""
        with suppress(Conflict):
            await self.store.append(Batch(mark=mark))


def _submission(reaction: type[Reaction], recorded: Recorded) -> Submission:
    return Submission(
        key=uuid5(STREAMS, f"{reaction.name}/{recorded.position}"),
        orders=[
            Order(stream=stream, command=command, actor=SYSTEM, occurred_at=recorded.occurred_at)
            for stream, command in reaction.react(recorded)
        ],
        correlation=recorded.correlation,
        causation=f"{recorded.stream}/{recorded.version}",
        mark=Mark(reaction.name, recorded.position),
    )
