"""The tests of the one order can fail: asked of a log that keeps none, they do.

That log is the stock library's in its database-functions mode: neither a lock nor a head row lies between drawing a
number and committing it, and what a process recorder tracks is left out.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent, Tracking
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment

from application.ports import Batch, Mark
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.benchmarks import stock
from tests.contracts.entries import entry
from tests.crash.processes import ending, start
from tests.crash.tailing import Tail, tailing

WRITERS, ENOUGH = 6, 90.0
A, B = uuid4(), uuid4()
THEIRS = (
    f"SELECT notification_id, originator_id, originator_version FROM {stock.SCHEMA}.log_events"
    " WHERE notification_id > %s ORDER BY notification_id LIMIT %s"
)
APPEND = (
    f"SELECT {stock.SCHEMA}.es_insert_events_uuid(ARRAY[ROW(%s, 1, 'topic', '')::{stock.SCHEMA}.stored_event_uuid])"
)


def stock_recorder(url: str, functions: str = "y", create: str = "y") -> Any:
    """The library's process recorder, with its functions or with its lock."""
    more = {"POSTGRES_ENABLE_DB_FUNCTIONS": functions, "CREATE_TABLE": create}
    return PostgresFactory(Environment("log", stock.environment(url, connections=2) | more)).process_recorder()


@pytest.fixture
def stock_database(empty_database: str) -> Iterator[str]:
    with psycopg.connect(empty_database, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {stock.SCHEMA}")
    yield empty_database


def stock_event(stream: UUID, version: int) -> StoredEvent:
    return StoredEvent(stream, version, "topic", b"{}")


def stock_writer(url: str) -> None:
    recorder = stock_recorder(url, create="n")
    while True:
        recorder.insert_events([stock_event(uuid4(), 1)])


async def test_an_append_that_commits_late_is_waited_for_and_a_reader_misses_neither(database: str) -> None:
    with ExitStack() as stack:
        slow, quick, reader = (stack.enter_context(closing(PostgresEventStore(database, masters()))) for _ in range(3))
        await slow._writing.call("BEGIN")
        await slow.append(Batch([entry(A, 1)]))
        waiting = asyncio.create_task(quick.append(Batch([entry(B, 1)])))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        assert await reader.read(0, 10) == []
        await slow._writing.call("COMMIT")
        assert await waiting == 2
        assert [(each.position, each.stream) for each in await reader.read(0, 10)] == [(1, A), (2, B)]


def test_where_nobody_is_waited_for_the_reader_misses_what_commits_late(stock_database: str) -> None:
    with closing(stock_recorder(stock_database).datastore):
        tail = Tail(stock_database, THEIRS)
        with psycopg.connect(stock_database) as slow, psycopg.connect(stock_database, autocommit=True) as quick:
            slow.execute(APPEND, (A,))
            quick.execute(APPEND, (B,))
            with tailing(tail):
                pass
            slow.commit()
    assert [stream for _, stream, _ in tail.seen] == [B]
    assert {stream for _, stream, _ in tail.lost()} == {A}


async def test_a_mark_is_kept_with_the_events_it_led_to(database: str) -> None:
    with closing(PostgresEventStore(database, masters())) as store:
        await store.append(Batch([entry(A, 1)], mark=Mark("upstream", 6)))
        assert await store.mark("upstream") == 6


@pytest.mark.parametrize("functions", ["y", "n"], ids=["functions", "lock"])
def test_where_a_log_leaves_tracking_out_it_is_seen(stock_database: str, functions: str) -> None:
    recorder = stock_recorder(stock_database, functions)
    with closing(recorder.datastore):
        recorder.insert_events([stock_event(A, 1)], tracking=Tracking("upstream", 6))
        assert recorder.max_tracking_id("upstream") == (None if functions == "y" else 6)


@pytest.mark.timeout(ENOUGH + 120)
def test_where_positions_are_drawn_before_they_commit_a_reader_loses_some(stock_database: str) -> None:
    stock_recorder(stock_database).datastore.close()
    tail = Tail(stock_database, THEIRS)
    with ExitStack() as stack:
        stack.enter_context(tailing(tail))
        for _ in range(WRITERS):
            stack.enter_context(ending(start(stock_writer, stock_database)))
        end = time.monotonic() + ENOUGH
        while not (lost := tail.lost()):
            assert time.monotonic() < end, f"nothing was lost of {len(tail.seen)} events"
            time.sleep(0.5)
    print(f"\n{len(lost)} of {len(tail.seen)} events were never read")
