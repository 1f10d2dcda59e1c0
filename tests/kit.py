"""given(what happened).when(a command).then(what follows): how the domain is tested. No store, no mocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

import pytest

from domain.catalogue import AGGREGATE_OF
from domain.kernel import CALENDAR_ZONE, Aggregate, Command, Event, Given, Refusal, Refused
from domain.words import Actor, Role

STREAM = UUID("00000000-0000-4000-8000-000000000001")
TODAY = date(2026, 3, 2)
ENDLESS = 10**15

Beside = Aggregate | Sequence[Event]
"""What a command consults: an aggregate, or the history of one."""


def folded(kind: type[Aggregate], *history: Event, stream: UUID = STREAM) -> Aggregate:
    return going_on(kind(id=stream), *history)


def going_on(state: Aggregate, *events: Event) -> Aggregate:
    for event in events:
        state = state.evolve(event).but(version=state.version + 1)
    return state


def actor_for(command: type[Command]) -> Actor:
    """The first who may give the command, with authority for any sum."""
    role = next(each for each in Role if each in command.may)
    return Actor(f"a.{role}", role, authority=ENDLESS)


def moment(day: date, **knowing: object) -> Given:
    """What a decision knows at noon of that day."""
    noon = datetime.combine(day, time(12), CALENDAR_ZONE)
    return Given(**{"now": noon, "occurred_at": noon, "actor": Actor("anyone", Role.SYSTEM), **knowing})


@dataclass(frozen=True)
class When:
    """A command about to be decided: what came before, and what the decision may know."""

    command: Command
    before: Aggregate
    knows: Given

    def outcome(self) -> list[Event]:
        return self.command.outcome(self.before, self.knows)

    def then(self, *expected: Event) -> Aggregate:
        """Exactly these events follow; none, if none are named. The aggregate as it stands after them."""
        assert self.outcome() == list(expected)
        assert all(event.tell("zh") and event.tell("en") for event in expected)
        return going_on(self.before, *expected)

    def refused(self, refusal: Refusal) -> Refused:
        with pytest.raises(Refused) as caught:
            self.outcome()
        assert caught.value.refusal is refusal, f"refused as {caught.value.code}, not {refusal.code}"
        assert caught.value.tell("zh") and caught.value.tell("en")
        return caught.value


@dataclass(frozen=True)
class Story:
    history: tuple[Event, ...] = ()
    beside: tuple[Beside, ...] = ()

    def when(self, command: Command, *, by: Actor | None = None, on: date = TODAY, number: str = "", **more) -> When:
        before = folded(command.on, *self.history, stream=more.pop("stream", STREAM))
        consulted = {kind: kind(id=UUID(int=0)) for kind in command.consults}
        consulted |= {type(found): found for found in map(_found, (*self.beside, *more.pop("consulting", ())))}
        actor = by or actor_for(type(command))
        return When(command, before, moment(on, actor=actor, number=number, consulted=consulted, **more))


def given(*history: Event, beside: Iterable[Beside] = ()) -> Story:
    return Story(history, tuple(beside))


def _found(beside: Beside) -> Aggregate:
    return beside if isinstance(beside, Aggregate) else folded(AGGREGATE_OF[type(beside[0]).__name__], *beside)
