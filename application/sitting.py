"""One sitting: what was loaded, what has been decided, what has been refused; all of it is appended at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from application.ports import Answer, Batch, Denial, EventStore, Mark
from application.referral import admit, named, refers, retold
from application.remembered import Remembered
from application.submission import (
    CHANGED_SINCE,
    NOT_ALLOWED,
    UNKNOWN_CONSULTED,
    Order,
    Outcome,
    Submission,
)
from domain.catalogue import AGGREGATE_OF
from domain.kernel import UNKNOWN, Aggregate, Command, Event, Given, Recorded, Refused
from domain.personal import personal
from domain.reservation import NUMBER_TAKEN, Reservation, ValueReserved, reservation_of
from domain.rules.rulebook import RULEBOOK, Rulebook, starts_a_clock
from domain.words import numbered

NOBODY = UUID(int=0)


@dataclass(slots=True)
class _Case:
    """What one submission leads to: its events, the states after them, and the versions it rests on."""

    of: Submission
    grounds: dict[UUID, int]
    states: dict[UUID, Aggregate] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)


@dataclass(slots=True)
class Sitting:
    """A trusting sitting takes what is remembered for what is, and what is opened for new; it never refuses. One that
    is not careful takes unique values for free. The append finds out where that is not so, because it is told which
    versions the decisions rest on. One that pretends draws no numbers.
    """

    store: EventStore
    remembered: Remembered
    now: datetime
    pretend: bool = False
    trusting: bool = False
    careful: bool = True
    states: dict[UUID, Aggregate] = field(default_factory=dict)
    grounds: dict[UUID, int] = field(default_factory=dict)
    events: list[Recorded] = field(default_factory=list)
    histories: dict[UUID, list[Recorded]] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)

    def batch(self, mark: Mark | None) -> Batch:
        return Batch(self.events, self.answers, self.denials, mark, self.grounds)

    async def convene(self, orders: Sequence[Order]) -> None:
        """Has the streams that orders name, and then those that these turn out to refer to, each in one query."""
        for _ in range(2):
            wanted = named(orders, self.states)
            if self.trusting:
                for stream in list(wanted):
                    if found := self.remembered.get(stream):
                        self.states[stream] = found
                        del wanted[stream]
                for order in orders:
                    if order.command.opens and order.stream in wanted:
                        self.states[order.stream] = wanted.pop(order.stream)(id=order.stream)
            if wanted:
                self.states |= await self.remembered.load(wanted)
        known = {order.stream: self.states.get(order.stream) for order in orders}
        if told := {s for each in orders if each.command.rereads for s in retold(each, known[each.stream])}:
            self.histories |= await self.store.load(dict.fromkeys(told, 0))

    async def decide(self, submission: Submission) -> Outcome | Refused:
        """What it leads to. Raises Refused when trusting, as what it trusts may not be so."""
        case = _Case(submission, dict(submission.grounds))
        stream = submission.key
        for order in submission.orders:
            stream = order.stream
            try:
                await self._carry_out(case, order)
            except Refused as refused:
                if self.trusting:
                    raise
                self.denials.append(denial(self.now, order, refused))
                return refused
        self.events += case.events
        self.states |= case.states
        self.grounds |= case.grounds
        version = case.states[stream].version if case.states else 0
        if case.states:
            about = _about(case, case.states[stream])
            answer = Answer(submission.key, submission.fingerprint, stream, version, len(case.events), subject=about)
            self.answers.append(answer)
        return Outcome(stream, version, 0, tuple(case.events), len(case.events))

    async def _carry_out(self, case: _Case, order: Order) -> None:
        command = order.command
        NOT_ALLOWED.unless(order.actor.role in command.may, role=order.actor.role, command=type(command).__name__)
        aggregate = await self._aggregate(case, order.stream, command.on)
        UNKNOWN.unless(isinstance(aggregate, command.on), kind=command.on.kind())
        CHANGED_SINCE.unless(order.expected in (None, aggregate.version), version=aggregate.version)
        consulted = await self._consult(case, command, aggregate) if command.consults else {}
        admit(order, aggregate, consulted)
        occurred_at = order.occurred_at or self.now
        number = await self._number(command, occurred_at) if command.numbers else ""
        gathered = await self._gather(case, aggregate) if command.gathers else await self._compared(case, command)
        history = await self._reread(case, retold(order, aggregate, *consulted.values())) if command.rereads else ()
        given = Given(
            now=self.now,
            occurred_at=occurred_at,
            actor=order.actor,
            number=number,
            consulted=consulted,
            gathered=gathered,
            history=history,
        )
        grounds = (*consulted.values(), *gathered)
        case.grounds |= {each.id: each.version for each in (aggregate, *grounds) if each.exists or each.only}
        versions = {str(each.id): each.version for each in grounds if each.exists}
        for event in command.outcome(aggregate, given):
            rules = await self._editions(case, command, event, given.today)
            party, aggregate = aggregate.party, aggregate.evolve(event).but(version=aggregate.version + 1)
            for name in event.unique:
                await self._reserve(case, order, aggregate, name, event)
            about = personal(type(event)) or aggregate.party != party
            self._record(case, order, aggregate, event, versions, rules, about=bool(about))
            for stream, other in aggregate.beside(event):
                beside = await self._aggregate(case, stream, AGGREGATE_OF[type(other).__name__])
                case.states[stream] = beside = beside.evolve(other).but(version=beside.version + 1)
                self._record(case, order, beside, other)
        case.states[order.stream] = aggregate

    def _record(
        self,
        case: _Case,
        order: Order,
        aggregate: Aggregate,
        event: Event,
        consulted: dict[str, int] = {},  # noqa: B006 - never written to
        rules: tuple[str, ...] = (),
        about: bool = False,
    ) -> None:
        """`about` says that it tells of a person, or makes the case theirs."""
        submission = case.of
        case.events.append(
            Recorded(
                stream=aggregate.id,
                version=aggregate.version,
                recorded_at=self.now,
                occurred_at=order.occurred_at or self.now,
                actor=order.actor,
                command=submission.key,
                correlation=submission.correlation or submission.key,
                causation=submission.causation,
                consulted=consulted,
                rules=rules,
                subject=(aggregate.party or aggregate.id) if about else None,
                event=event,
            )
        )

    async def _editions(self, case: _Case, command: Command, event: Event, day: date) -> tuple[str, ...]:
        """The editions of the rules that were applied, and of those whose clocks the event starts."""
        if not (command.applies or starts_a_clock(event)):
            return ()
        book = await self._aggregate(case, RULEBOOK, Rulebook)
        assert isinstance(book, Rulebook)
        case.grounds[book.id] = book.version
        return tuple(dict.fromkeys((*book.editions(command.applies, day), *book.started_by(event, day))))

    async def _reread(self, case: _Case, streams: tuple[UUID, ...]) -> tuple[Recorded, ...]:
        """All that happened in what is reread, in the one order; what this submission adds comes last."""
        if missing := {each: 0 for each in streams if each not in self.histories}:
            self.histories |= {**{key: [] for key in missing}, **await self.store.load(missing)}
        told = sorted((each for one in streams for each in self.histories[one]), key=lambda each: each.position)
        case.grounds |= {each.stream: each.version for each in told}
        return (*told, *(each for each in case.events if each.stream in streams))

    async def _reserve(self, case: _Case, order: Order, holder: Aggregate, name: str, event: Event) -> None:
        kind, value = holder.kind(), str(getattr(event, name))
        stream = reservation_of(kind, name, value)
        reservation = case.states.get(stream) or self.states.get(stream)
        if reservation is None and self.careful:
            reservation = await self._aggregate(case, stream, Reservation)
        NUMBER_TAKEN.unless(reservation is None or not reservation.exists, kind=kind, name=name, value=value)
        case.states[stream] = reserved = Reservation(id=stream, version=1, holder=holder.id)
        self._record(case, order, reserved, ValueReserved(kind=kind, name=name, value=value, holder=holder.id))

    async def _consult(self, case: _Case, command: Command, aggregate: Aggregate) -> dict[type[Aggregate], Aggregate]:
        consulted: dict[type[Aggregate], Aggregate] = {}
        for kind in command.consults:
            stream = refers(kind, command, aggregate, *consulted.values())
            if stream is None:
                consulted[kind] = kind(id=NOBODY)
                continue
            found = await self._aggregate(case, stream, kind)
            there = found.exists or kind.only or not kind.opened
            UNKNOWN_CONSULTED.unless(there and isinstance(found, kind), kind=kind.kind())
            consulted[kind] = found
        return consulted

    async def _gather(self, case: _Case, aggregate: Aggregate) -> tuple[Aggregate, ...]:
        """Every other case that was ever this one's."""
        streams = [each for each in await self.store.about(aggregate.id) if each != aggregate.id]
        known = {each: self.states[each] for each in streams if each in self.states}
        # What each is, its own events say.
        known |= await self.remembered.load({each: Aggregate for each in streams if each not in known})
        self.states |= known
        return tuple(case.states.get(each, known[each]) for each in streams)

    async def _compared(self, case: _Case, command: Command) -> tuple[Aggregate, ...]:
        """The cases that the command lists, in its order, each once. Raises Refused."""
        found = []
        for stream in dict.fromkeys(getattr(command, command.compares) if command.compares else ()):
            # What each is, its own events say.
            each = await self._aggregate(case, stream, Aggregate)
            UNKNOWN_CONSULTED.unless(each.exists, kind=command.compares)
            found.append(each)
        return tuple(found)

    async def _number(self, command: Command, at: datetime) -> str:
        name = "application" if command.numbers == "application" else "number"
        if getattr(command, name, None):
            return ""
        while True:
            drawn = 0 if self.pretend else await self.store.draw(f"{command.numbers}-{at.year}")
            number = numbered(command.numbers, at.year, drawn)
            if self.pretend or not self.careful:
                return number
            # Somebody may have chosen it before it was drawn.
            reserved = reservation_of(command.on.kind(), name, number)
            if not (await self.remembered.load({reserved: Reservation}))[reserved].exists:
                return number

    async def _aggregate(self, case: _Case, stream: UUID, kind: type[Aggregate]) -> Aggregate:
        found = case.states.get(stream) or self.states.get(stream)
        if found is None:
            self.states |= await self.remembered.load({stream: kind})
            found = self.states[stream]
        return found


def _about(case: _Case, state: Aggregate) -> UUID | None:
    """Whom the case is about, so far as anything in it is about anybody."""
    if not case.events:
        return state.party or state.id
    return next((each.subject for each in case.events if each.subject), None)


def denial(now: datetime, order: Order, refused: Refused) -> Denial:
    return Denial(
        at=now,
        actor=order.actor.name,
        role=order.actor.role.value,
        command=type(order.command).__name__,
        stream=order.stream,
        code=refused.code,
        rule=refused.rule,
    )
