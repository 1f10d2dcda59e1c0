"""However many write at once, a reader of the log meets every event once, in one order."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from itertools import pairwise
from uuid import UUID

from application.ports import Batch, Conflict, EventStore
from domain.kernel import Recorded, new_stream
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.contracts.entries import entry

WRITERS, STREAMS, EACH = 3, 4, 25


async def tail(store: EventStore, done: asyncio.Event) -> list[Recorded]:
    """Reads on from the last position seen, as every projector does, while others write."""
    seen: list[Recorded] = []
    while True:
        last_look = done.is_set()
        page = await store.read(seen[-1].position if seen else 0, 50)
        seen += page
        if last_look and not page:
            return seen
        await asyncio.sleep(0.001)


def assert_read_once_and_in_order(seen: list[Recorded], expected: int) -> None:
    assert len(seen) == expected
    positions = [each.position for each in seen]
    assert all(earlier < later for earlier, later in pairwise(positions))
    assert max(Counter((each.stream, each.version) for each in seen).values()) == 1
    reached: Counter[UUID] = Counter()
    for each in seen:
        reached[each.stream] += 1
        assert each.version == reached[each.stream], "a stream's events came out of order"


async def write(store: EventStore, stream: UUID, events: int) -> None:
    for version in range(1, events + 1):
        await store.append(Batch([entry(stream, version)]))


async def test_a_reader_misses_nothing_of_what_many_tasks_write(store: EventStore) -> None:
    done = asyncio.Event()
    reading = asyncio.create_task(tail(store, done))
    await asyncio.gather(*(write(store, new_stream(), EACH) for _ in range(12)))
    done.set()
    assert_read_once_and_in_order(await reading, 12 * EACH)


async def test_a_reader_misses_nothing_of_what_several_processes_write(database: str) -> None:
    store, done = PostgresEventStore(database, masters()), asyncio.Event()
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-m", __name__, database) for _ in range(WRITERS)]
    reading = asyncio.create_task(tail(store, done))
    assert [await process.wait() for process in processes] == [0] * WRITERS
    done.set()
    assert_read_once_and_in_order(await reading, WRITERS * STREAMS * EACH)
    store.close()


async def test_of_writers_who_race_for_the_same_versions_one_wins_each(store: EventStore) -> None:
    streams = [new_stream() for _ in range(3)]
    won: Counter[UUID] = Counter()

    async def race(number: int) -> None:
        for version in range(1, 11):
            for stream in streams:
                try:
                    await store.append(Batch([entry(stream, version, f"by {number}")]))
                    won[stream] += 1
                except Conflict:
                    pass

    await asyncio.gather(*(race(number) for number in range(6)))
    assert won == dict.fromkeys(streams, 10)
    assert_read_once_and_in_order(await store.read(0, 1000), 30)


async def _main(database: str) -> None:
    store = PostgresEventStore(database, masters())
    await asyncio.gather(*(write(store, new_stream(), EACH) for _ in range(STREAMS)))
    store.close()


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
