"""The one door for commands: may they? load, consult, decide, append, retry, and keep every refusal."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from application.ports import Answer, Batch, Clock, Conflict, Denial, EventStore, Forgotten
from application.submission import (
    BUSY,
    CHANGED_SINCE,
    KEY_REUSED,
    NOT_ALLOWED,
    NOT_YOURS,
    PERSON_FORGOTTEN,
    UNKNOWN_CONSULTED,
    Order,
    Outcome,
    Submission,
)
from domain.catalogue import AGGREGATE_OF
from domain.kernel import UNKNOWN, Aggregate, Command, Event, Given, Recorded, Refused
from domain.personal import personal
from domain.reservation import NUMBER_TAKEN, Reservation, ValueReserved, reservation_of
from domain.words import Role, numbered

RETRIES = 100
"""Those who met somebody retry one after the other, so that a process has one of them at a time to lose again."""


@dataclass(slots=True)
class _Sitting:
    """One attempt at a batch: what was loaded, what has been decided, what has been refused.

    A trusting attempt takes what is remembered for what is, and what is opened for new; it never refuses. One that is
    not careful takes unique values for free. The append finds out where that is not so, because it is told which
    versions the decisions rest on.
    """

    now: datetime
    pretend: bool = False
    trusting: bool = False
    careful: bool = True
    states: dict[UUID, Aggregate] = field(default_factory=dict)
    grounds: dict[UUID, int] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)


class Handling:
    """Decides submissions one after the other and appends all that a batch of them leads to at once.

    Aggregates are kept in memory and fast-forwarded on use, so a hot one is never folded twice. `pretend` decides
    and appends nothing.
    """

    def __init__(self, store: EventStore, clock: Clock, remember: int = 20_000) -> None:
        self.store, self.clock = store, clock
        self._remember = remember
        self._known: OrderedDict[UUID, Aggregate] = OrderedDict()
        self._times_forgotten = store.times_forgotten
        self._turn = asyncio.Lock()

    async def handle(self, submission: Submission, *, pretend: bool = False) -> Outcome:
        """The outcome of one submission. Raises Refused."""
        [outcome] = await self.handle_all([submission], pretend=pretend)
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def handle_all(self, submissions: Sequence[Submission], *, pretend: bool = False) -> list[Outcome | Refused]:
        """An outcome or a refusal for each; a refusal never fails its neighbours."""
        if len(submissions) == 1 and not pretend:
            with suppress(Conflict, Refused):
                return await self._attempt(submissions, trusting=True)
        elif not pretend:
            with suppress(Conflict, Forgotten):
                return await self._attempt(submissions)
            if not await self._overtaken(submissions[-1]):
                return [(await self._carefully([each]))[0] for each in submissions]
        return await self._carefully(submissions, pretend=pretend)

    async def _carefully(self, submissions: Sequence[Submission], *, pretend: bool = False) -> list[Outcome | Refused]:
        with suppress(Conflict):
            return await self._attempt(submissions, pretend=pretend, careful=True)
        async with self._turn:
            for _ in range(RETRIES):
                if await self._overtaken(submissions[-1]):
                    break
                with suppress(Conflict):
                    return await self._attempt(submissions, careful=True)
        return [Refused(BUSY)] * len(submissions)

    async def _overtaken(self, submission: Submission) -> bool:
        """Whether another process has gone on with what this submission's reader reads."""
        mark = submission.mark
        return mark is not None and await self.store.mark(mark.reader) >= mark.position

    async def recall(self, kind: type[Aggregate], stream: UUID) -> Aggregate:
        """The aggregate as it stands now."""
        sitting = _Sitting(self.clock.now())
        await self._load(sitting, {stream: kind})
        return sitting.states[stream]

    async def _attempt(
        self, submissions: Sequence[Submission], *, pretend: bool = False, trusting: bool = False, careful: bool = False
    ) -> list[Outcome | Refused]:
        """Raises Conflict; Refused when trusting, as what it trusts may not be so; Forgotten when not careful."""
        sitting = _Sitting(self.clock.now(), pretend, trusting, careful)
        answered = {} if trusting else await self.store.answers([each.key for each in submissions])
        orders = [order for each in submissions if each.key not in answered for order in each.orders]
        if trusting:
            self._trust(sitting, orders)
        # First the streams that the orders name, then those that these turn out to refer to.
        await self._load(sitting, _named(orders, sitting.states))
        await self._load(sitting, _named(orders, sitting.states))
        outcomes = [
            self._repeat(each, answered[each.key]) if each.key in answered else await self._decide(sitting, each)
            for each in submissions
        ]
        if pretend:
            return outcomes
        mark = submissions[-1].mark if submissions else None
        last = 0
        if sitting.events or sitting.answers or sitting.denials or mark:
            batch = Batch(sitting.events, sitting.answers, sitting.denials, mark, sitting.grounds)
            try:
                last = await self.store.append(batch)
            except Forgotten:
                if not careful or len(submissions) > 1:
                    raise
                return await self._refuse(sitting, submissions[0])
        self._learn(sitting.states)
        return list(_placed(outcomes, last - len(sitting.events)))

    async def _refuse(self, sitting: _Sitting, submission: Submission) -> list[Outcome | Refused]:
        refused = Refused(PERSON_FORGOTTEN)
        denial = _denial(sitting.now, submission.orders[-1], refused)
        await self.store.append(Batch(denials=[denial], mark=submission.mark))
        return [refused]

    def _repeat(self, submission: Submission, answer: Answer) -> Outcome | Refused:
        if answer.fingerprint != submission.fingerprint:
            return Refused(KEY_REUSED)
        return Outcome(answer.stream, answer.version, answer.position, count=answer.events, repeated=True)

    async def _decide(self, sitting: _Sitting, submission: Submission) -> Outcome | Refused:
        fresh: list[Recorded] = []
        states: dict[UUID, Aggregate] = {}
        grounds: dict[UUID, int] = dict(submission.grounds)
        stream = submission.key
        for order in submission.orders:
            stream = order.stream
            try:
                fresh += await self._events(sitting, states, grounds, submission, order)
            except Refused as refused:
                if sitting.trusting:
                    raise
                sitting.denials.append(_denial(sitting.now, order, refused))
                return refused
        sitting.events += fresh
        sitting.states |= states
        sitting.grounds |= grounds
        version = states[stream].version if states else 0
        if states:
            sitting.answers.append(Answer(submission.key, submission.fingerprint, stream, version, len(fresh)))
        return Outcome(stream, version, 0, tuple(fresh), len(fresh))

    async def _events(
        self,
        sitting: _Sitting,
        states: dict[UUID, Aggregate],
        grounds: dict[UUID, int],
        submission: Submission,
        order: Order,
    ) -> list[Recorded]:
        command = order.command
        NOT_ALLOWED.unless(order.actor.role in command.may, role=order.actor.role, command=type(command).__name__)
        aggregate = states.get(order.stream) or await self._aggregate(sitting, order.stream, command.on)
        UNKNOWN.unless(isinstance(aggregate, command.on), kind=command.on.kind())
        CHANGED_SINCE.unless(order.expected in (None, aggregate.version), version=aggregate.version)
        consulted = await self._consult(sitting, states, command, aggregate)
        _admit(order, aggregate, consulted)
        occurred_at = order.occurred_at or sitting.now
        number = await self._number(sitting, command, occurred_at)
        given = Given(now=sitting.now, occurred_at=occurred_at, actor=order.actor, number=number, consulted=consulted)
        seal = partial(
            Recorded,
            recorded_at=sitting.now,
            occurred_at=occurred_at,
            actor=order.actor,
            command=submission.key,
            correlation=submission.correlation or submission.key,
            causation=submission.causation,
        )
        grounds |= {each.id: each.version for each in (aggregate, *consulted.values()) if each.exists}
        versions = {str(each.id): each.version for each in consulted.values() if each.exists}
        fresh: list[Recorded] = []
        for event in command.outcome(aggregate, given):
            aggregate = replace(aggregate.evolve(event), version=aggregate.version + 1)
            for name in event.unique:
                reserved = await self._reserve(sitting, states, aggregate, name, event)
                fresh.append(seal(stream=reserved.id, version=1, event=reserved.event))
            fresh.append(
                seal(
                    stream=order.stream,
                    version=aggregate.version,
                    subject=(aggregate.party or aggregate.id) if personal(type(event)) else None,
                    event=event,
                    consulted=versions,
                    rules=command.applies,
                )
            )
        states[order.stream] = aggregate
        return fresh

    async def _reserve(
        self, sitting: _Sitting, states: dict[UUID, Aggregate], holder: Aggregate, name: str, event: Event
    ) -> _Reserved:
        kind, value = holder.kind(), str(getattr(event, name))
        stream = reservation_of(kind, name, value)
        reservation = states.get(stream) or sitting.states.get(stream)
        if reservation is None and sitting.careful:
            reservation = await self._aggregate(sitting, stream, Reservation)
        NUMBER_TAKEN.unless(reservation is None or not reservation.exists, kind=kind, name=name, value=value)
        reserved = ValueReserved(kind=kind, name=name, value=value, holder=holder.id)
        states[stream] = Reservation(id=stream, version=1, holder=holder.id)
        return _Reserved(stream, reserved)

    async def _consult(
        self, sitting: _Sitting, states: dict[UUID, Aggregate], command: Command, aggregate: Aggregate
    ) -> dict[type[Aggregate], Aggregate]:
        consulted: dict[type[Aggregate], Aggregate] = {}
        for kind in command.consults:
            stream = _refers(command, aggregate, kind)
            if stream is None:
                consulted[kind] = kind(id=UUID(int=0))
                continue
            found = states.get(stream) or await self._aggregate(sitting, stream, kind)
            UNKNOWN_CONSULTED.unless(found.exists and isinstance(found, kind), kind=kind.kind())
            consulted[kind] = found
        return consulted

    async def _number(self, sitting: _Sitting, command: Command, at: datetime) -> str:
        name = "application" if command.numbers == "application" else "number"
        if not command.numbers or getattr(command, name, None):
            return ""
        while True:
            drawn = 0 if sitting.pretend else await self.store.draw(f"{command.numbers}-{at.year}")
            number = numbered(command.numbers, at.year, drawn)
            if sitting.pretend or not sitting.careful:
                return number
            # Somebody may have chosen it before it was drawn.
            reserved = reservation_of(command.on.kind(), name, number)
            if not (await self._aggregate(sitting, reserved, Reservation)).exists:
                return number

    async def _aggregate(self, sitting: _Sitting, stream: UUID, kind: type[Aggregate]) -> Aggregate:
        if stream not in sitting.states:
            await self._load(sitting, {stream: kind})
        return sitting.states[stream]

    def _trust(self, sitting: _Sitting, orders: Sequence[Order]) -> None:
        self._forget()
        for order in orders:
            if order.command.opens and order.stream not in self._known:
                sitting.states[order.stream] = order.command.on(id=order.stream)
        # Twice, for what the first ones turn out to refer to.
        for _ in range(2):
            named = _named(orders, sitting.states)
            sitting.states |= {stream: self._known[stream] for stream in named if stream in self._known}

    async def _load(self, sitting: _Sitting, wanted: Mapping[UUID, type[Aggregate]]) -> None:
        known = {stream: self._known.get(stream) for stream in wanted}
        history = await self.store.load({stream: state.version if state else 0 for stream, state in known.items()})
        if self._forget():
            # What is known may tell of somebody who has been forgotten: all of it is loaded anew.
            known = dict.fromkeys(wanted)
            history = await self.store.load(dict.fromkeys(wanted, 0))
        for stream, kind in wanted.items():
            events = history.get(stream, [])
            # A stream is what its events say, whatever it was asked for as.
            begun = AGGREGATE_OF[type(events[0].event).__name__] if events else kind
            sitting.states[stream] = (known[stream] or begun(id=stream)).after(events)

    def _forget(self) -> bool:
        """Whether somebody has been forgotten since; then nothing of what was known is kept."""
        if self._times_forgotten == self.store.times_forgotten:
            return False
        self._times_forgotten = self.store.times_forgotten
        self._known.clear()
        return True

    def _learn(self, states: dict[UUID, Aggregate]) -> None:
        if self._forget():
            return
        for stream, state in states.items():
            if state.exists:
                self._known[stream] = state
                self._known.move_to_end(stream)
        while len(self._known) > self._remember:
            self._known.popitem(last=False)


def _placed(outcomes: Sequence[Outcome | Refused], before: int) -> Iterator[Outcome | Refused]:
    """Each with the position of its last event: a batch stands at consecutive positions, after the one before it."""
    for outcome in outcomes:
        if isinstance(outcome, Refused) or outcome.repeated or not outcome.count:
            yield outcome
        else:
            before += outcome.count
            yield replace(outcome, position=before)


@dataclass(frozen=True, slots=True)
class _Reserved:
    id: UUID
    event: ValueReserved


def _named(orders: Sequence[Order], known: Mapping[UUID, Aggregate]) -> dict[UUID, type[Aggregate]]:
    """The streams not known yet that orders name, or that their aggregates refer to: one query fetches them all."""
    named: dict[UUID, type[Aggregate]] = {}
    for order in orders:
        for kind in order.command.consults:
            named |= {stream: kind for stream in [_refers(order.command, known.get(order.stream), kind)] if stream}
        named[order.stream] = order.command.on
    return {stream: kind for stream, kind in named.items() if stream not in known}


def _refers(command: Command, aggregate: Aggregate | None, kind: type[Aggregate]) -> UUID | None:
    """The stream of that kind which the command names, or else its aggregate."""
    named: UUID | None = getattr(command, kind.kind(), None) or getattr(aggregate, kind.kind(), None)
    return named


def _admit(order: Order, aggregate: Aggregate, consulted: Mapping[type[Aggregate], Aggregate]) -> None:
    """Customers act on what is theirs, and refer to nothing that is another's. Raises Refused."""
    actor = order.actor
    if actor.role is Role.CUSTOMER:
        whose = aggregate.party if aggregate.exists else getattr(order.command, "customer", actor.party)
        parties = {whose, *(each.party for each in consulted.values() if each.party)}
        NOT_YOURS.unless(actor.party and parties == {actor.party})


def _denial(now: datetime, order: Order, refused: Refused) -> Denial:
    return Denial(
        at=now,
        actor=order.actor.name,
        role=order.actor.role.value,
        command=type(order.command).__name__,
        stream=order.stream,
        code=refused.code,
        rule=refused.rule,
    )
