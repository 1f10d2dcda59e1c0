"""Both event stores stand behind one name, so that every contract is asked of both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from application.ports import EventStore
from infrastructure.memory import MemoryEventStore
from infrastructure.postgres.event_store import PostgresEventStore


@pytest.fixture(params=["memory", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[EventStore]:
    if request.param == "memory":
        yield MemoryEventStore()
        return
    store = PostgresEventStore(request.getfixturevalue("database"))
    yield store
    store.close()
