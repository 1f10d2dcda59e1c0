"""Appends that wait at the same moment share one call: each is recorded, or is a conflict, as if it had come alone."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import closing
from uuid import UUID, uuid4

import hypothesis
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from application.ports import Batch, Conflict, EventStore, Mark
from domain.kernel import Recorded, new_stream
from infrastructure.memory import MemoryEventStore
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.contracts.entries import answer, denial, entry

STREAMS, KEYS = range(4), range(5)
FEW = st.sampled_from(STREAMS)


async def at_once(store: EventStore, batches: list[Batch]) -> list[int | BaseException]:
    return await asyncio.gather(*map(store.append, batches), return_exceptions=True)


def wrong(flaw: int, taken: UUID, key: UUID) -> Batch:
    """A batch that meets a conflict, each in a way of its own; all of them would open a stream."""
    own = entry(new_stream(), 1, "lost")
    return [
        Batch([own, entry(taken, 1)]),
        Batch([own], [answer(own.stream, 1, key)]),
        Batch([own], grounds={taken: 1}),
        Batch([own], mark=Mark("reader", 5)),
        Batch([own, entry(own.stream, 1)]),
    ][flaw]


@pytest.mark.parametrize("every", [2, 5, 24], ids="one in {}".format)
async def test_of_many_appends_at_once_exactly_those_in_conflict_raise(store: EventStore, every: int) -> None:
    taken, key = new_stream(), uuid4()
    await store.append(Batch([entry(taken, 1), entry(taken, 2)], [answer(taken, 2, key)], mark=Mark("reader", 5)))
    conflicts = set(range(1, 48, every))
    batches = [
        wrong(n % 5, taken, key) if n in conflicts else Batch([entry(new_stream(), 1, str(n))], [answer(taken, 2)])
        for n in range(48)
    ]
    outcomes = await at_once(store, batches)
    assert {n for n, outcome in enumerate(outcomes) if isinstance(outcome, Conflict)} == conflicts
    right = [n for n in range(48) if n not in conflicts]
    assert sorted(outcomes[n] for n in right) == list(range(3, 3 + len(right)))
    log = await store.read(2, 100)
    assert [(each.position, each.event.subject) for each in log] == sorted((outcomes[n], str(n)) for n in right)
    assert len(await store.answers([each.key for n in right for each in batches[n].answers])) == len(right)


class Log(RuleBasedStateMachine):
    """What one of the stores does, beside a list of what should have been recorded."""

    def __init__(self, store: EventStore, runner: asyncio.Runner) -> None:
        super().__init__()
        self.store, self.run = store, runner.run
        self.begun = self.run(store.head())
        self.streams = [new_stream() for _ in STREAMS]
        self.keys = [uuid4() for _ in KEYS]
        self.reader = f"reader {self.keys[0]}"
        self.log: list[Recorded] = []
        self.answered: dict[UUID, int] = {}
        self.marked = 0

    def version(self, stream: UUID) -> int:
        return sum(each.stream == stream for each in self.log)

    @rule(data=st.data(), number=st.integers(1, 8))
    def append_at_once(self, data: st.DataObject, number: int) -> None:
        batches = [self.some_batch(data) for _ in range(number)]
        outcomes = self.run(at_once(self.store, batches))
        recorded = [
            (outcome, batch) for outcome, batch in zip(outcomes, batches, strict=True) if outcome.__class__ is int
        ]
        for position, batch in sorted(recorded, key=lambda each: each[0]):
            assert not self.conflicts(batch), "it was recorded in spite of a conflict"
            self.record(batch)
            assert position == self.begun + len(self.log)
        for outcome, batch in zip(outcomes, batches, strict=True):
            if not isinstance(outcome, int):
                assert isinstance(outcome, Conflict), outcome
                # What is in conflict once is so for ever.
                assert self.conflicts(batch), "it was refused without a conflict"

    def some_batch(self, data: st.DataObject) -> Batch:
        """One or two events on few streams, at the next version or at one that may be taken."""
        events: list[Recorded] = []
        for stream in data.draw(st.lists(FEW, min_size=1, max_size=2), "streams"):
            identity = self.streams[stream]
            due = self.version(identity) + 1 + sum(each.stream == identity for each in events)
            version = due if data.draw(st.integers(0, 4), "late") else max(1, due - 1)
            events.append(entry(identity, version, str(uuid4())))
        last = events[-1]
        key = data.draw(st.none() | st.sampled_from(KEYS), "key")
        ground = data.draw(st.none() | FEW, "ground")
        step = data.draw(st.sampled_from([0, 0, 0, -1, 1, 2]), "mark")
        return Batch(
            events,
            [answer(last.stream, last.version, self.keys[key], len(events))] if key is not None else (),
            [denial(str(uuid4()))] if data.draw(st.booleans(), "denied") else (),
            Mark(self.reader, max(1, self.marked + step)) if step else None,
            {} if ground is None else {self.streams[ground]: self.version(self.streams[ground])},
        )

    def conflicts(self, batch: Batch) -> bool:
        versions = Counter(each.stream for each in self.log)
        grounds = any(versions[stream] > version for stream, version in batch.grounds.items())
        taken = False
        for each in batch.events:
            taken |= each.version <= versions[each.stream]
            versions[each.stream] += 1
        answered = any(each.key in self.answered for each in batch.answers)
        return taken or grounds or answered or bool(batch.mark and batch.mark.position <= self.marked)

    def record(self, batch: Batch) -> None:
        self.log += [each.but(position=self.begun + len(self.log) + n) for n, each in enumerate(batch.events, 1)]
        self.answered |= {each.key: self.begun + len(self.log) for each in batch.answers}
        self.marked = batch.mark.position if batch.mark else self.marked

    @invariant()
    def the_log_is_what_was_recorded(self) -> None:
        assert self.run(self.store.read(self.begun, 10_000)) == self.log
        assert self.run(self.store.mark(self.reader)) == self.marked
        answers = self.run(self.store.answers(self.keys))
        assert {key: each.position for key, each in answers.items()} == self.answered
        streams = self.run(self.store.load(dict.fromkeys(self.streams, 0)))
        assert streams == {
            stream: events
            for stream in self.streams
            if (events := [each for each in self.log if each.stream == stream])
        }


SETTINGS = hypothesis.settings(max_examples=60, stateful_step_count=8, deadline=None)


def test_a_log_in_memory_records_what_a_list_would() -> None:
    with asyncio.Runner() as runner:
        run_state_machine_as_test(lambda: Log(MemoryEventStore(), runner), settings=SETTINGS)


def test_a_log_on_postgresql_records_what_a_list_would(database: str) -> None:
    with asyncio.Runner() as runner, closing(PostgresEventStore(database, masters())) as store:
        run_state_machine_as_test(lambda: Log(store, runner), settings=SETTINGS)
