"""A rehearsal tells exactly what the real run then does, and leaves no trace."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.importing.rehearsal import FIRST_DRAWN, RehearsalStore
from application.ports import Answer, Batch, Conflict, EventStore, Mark
from domain.customer import Channel, ContactNoted
from domain.kernel import Recorded, new_stream
from domain.words import SYSTEM
from infrastructure.memory import MemoryEventStore
from tests.importing.source import GOOD, MAPPING, happened, imported, mapping, with_
from tests.importing.test_run import FILES, Rows

STREAM = new_stream()
KEY = new_stream()
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)


def noted(version: int) -> Recorded:
    event = ContactNoted(channel=Channel.PHONE, subject=f"call {version}")
    return Recorded(
        stream=STREAM,
        version=version,
        event=event,
        recorded_at=NOW,
        occurred_at=NOW,
        actor=SYSTEM,
        command=KEY,
        correlation=KEY,
        subject=STREAM,
    )


async def begun() -> tuple[MemoryEventStore, RehearsalStore]:
    """A real log with one event, and a rehearsal on top of it with another."""
    real = MemoryEventStore()
    await real.append(Batch([noted(1)]))
    rehearsal = RehearsalStore(real)
    await rehearsal.append(Batch([noted(2)], [Answer(KEY, "f", STREAM, 2, 1)], mark=Mark("r", 1)))
    return real, rehearsal


@settings(deadline=None, max_examples=40)
@given(FILES, FILES, st.integers(1, 5))
def test_what_a_rehearsal_tells_is_what_the_real_run_does(before: Rows, rows: Rows, size: int) -> None:
    async def both() -> None:
        real = MemoryEventStore()
        await imported(real, before)
        known, refused = await happened(real), await real.denials(100)
        rehearsed = await imported(RehearsalStore(real), rows, size=size)
        assert (await happened(real), await real.denials(100)) == (known, refused)
        assert rehearsed.told() == (await imported(real, rows, size=size)).told()

    asyncio.run(both())


async def test_a_rehearsal_uses_up_no_number_of_a_series() -> None:
    drawing = mapping(MAPPING.replace('number = "K-{who}", ', ""))
    one, other = MemoryEventStore(), MemoryEventStore()
    await imported(RehearsalStore(one), [GOOD, with_(No="P2", Who="Bob")], drawing)
    await imported(one, [GOOD], drawing)
    await imported(other, [GOOD], drawing)
    assert await happened(one) == await happened(other)
    assert await RehearsalStore(one).draw("customer-2020") > FIRST_DRAWN


async def test_a_rehearsed_event_stands_after_the_real_ones() -> None:
    real, rehearsal = await begun()
    assert [each.version for each in (await rehearsal.load({STREAM: 0}))[STREAM]] == [1, 2]
    assert [each.version for each in (await rehearsal.load({STREAM: 1}))[STREAM]] == [2]
    assert [(each.version, each.position) for each in await rehearsal.read(0, 10)] == [(1, 1), (2, 2)]
    assert await rehearsal.head() == 2
    assert (await rehearsal.answers([KEY]))[KEY].position == 2
    assert await rehearsal.mark("r") == 1
    assert (await real.head(), await real.answers([KEY]), await real.mark("r")) == (1, {}, 0)


@pytest.mark.parametrize("of", ["real", "rehearsal"])
async def test_what_conflicts_with_the_log_conflicts_with_a_rehearsal_on_it(of: str) -> None:
    log: EventStore
    real, log = await begun()
    if of == "real":
        await real.append(Batch([noted(2)], [Answer(KEY, "f", STREAM, 2, 1)]))
        log = real
    for batch in (Batch([noted(1)]), Batch([noted(2)]), Batch(answers=[Answer(KEY, "g", STREAM, 3, 1)])):
        with pytest.raises(Conflict):
            await log.append(batch)
    assert await log.append(Batch([noted(3)])) == 3
