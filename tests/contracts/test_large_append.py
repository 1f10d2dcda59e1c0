"""An append far larger than a socket takes at once."""

from __future__ import annotations

import pytest

from application.ports import Batch, EventStore
from domain.kernel import new_stream
from tests.contracts.entries import entry


@pytest.mark.timeout(60)
@pytest.mark.parametrize("events", [100, 1000])
async def test_a_large_append_arrives_in_full(store: EventStore, events: int) -> None:
    stream = new_stream()
    recorded = [entry(stream, version, "A long letter. " * 200) for version in range(1, events + 1)]
    assert await store.append(Batch(recorded)) == events
    assert len((await store.load({stream: 0}))[stream]) == events
