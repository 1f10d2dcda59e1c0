"""What every event store promises, whatever it keeps its events in."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest
from msgspec.structs import replace

from application.ports import Batch, Conflict, EventStore, Mark
from tests.contracts.entries import answer, denial, entry

A, B = uuid4(), uuid4()


async def everything(store: EventStore) -> list:
    return await store.read(0, 10_000)


async def test_what_was_appended_is_loaded_and_read_as_it_was(store: EventStore) -> None:
    written = [entry(A, 1, "first"), entry(B, 1, "其他"), entry(A, 2, "second")]
    last = await store.append(Batch(written))
    read = await everything(store)
    assert [each.but(position=0) for each in read] == written
    assert last == read[-1].position == await store.head()
    assert await store.load({A: 0, B: 0}) == {A: [read[0], read[2]], B: [read[1]]}


async def test_a_stream_is_loaded_from_after_the_version_already_known(store: EventStore) -> None:
    await store.append(Batch([entry(A, v) for v in (1, 2, 3)]))
    assert [each.version for each in (await store.load({A: 1}))[A]] == [2, 3]
    assert await store.load({A: 3, B: 0}) == {}
    assert await store.load({}) == {}


async def test_the_log_is_read_page_by_page_without_gap_or_overlap(store: EventStore) -> None:
    for version in range(1, 8):
        await store.append(Batch([entry(A, version)]))
    seen, after = [], 0
    while page := await store.read(after, 3):
        assert len(page) <= 3
        seen += page
        after = page[-1].position
    assert [each.version for each in seen] == list(range(1, 8))
    assert [each.position for each in seen] == sorted({each.position for each in seen})


async def test_an_empty_log_has_no_head_no_marks_and_no_answers(store: EventStore) -> None:
    assert (await store.head(), await store.mark("anyone"), await store.read(0, 10)) == (0, 0, [])
    assert await store.answers([uuid4()]) == {}
    assert await store.denials(10) == []


async def test_a_version_that_exists_is_not_written_again(store: EventStore) -> None:
    await store.append(Batch([entry(A, 1, "first")]))
    with pytest.raises(Conflict):
        await store.append(Batch([entry(A, 1, "too late")]))
    assert [each.event.subject for each in await everything(store)] == ["first"]


@pytest.mark.parametrize("flaw", ["version", "key", "mark"])
async def test_a_batch_is_recorded_whole_or_not_at_all(store: EventStore, flaw: str) -> None:
    key = uuid4()
    await store.append(Batch([entry(A, 1)], [answer(A, 1, key)], [denial("first")], Mark("reader", 5)))
    events = [entry(B, 1), entry(A, 1 if flaw == "version" else 2)]
    batch = Batch(
        events,
        [answer(B, 1), answer(A, 2, key if flaw == "key" else None)],
        [denial("second")],
        Mark("reader", 5 if flaw == "mark" else 6),
    )
    with pytest.raises(Conflict):
        await store.append(batch)
    assert [each.stream for each in await everything(store)] == [A]
    assert await store.answers([a.key for a in batch.answers if a.key != key]) == {}
    assert [each.code for _, each in await store.denials(10)] == ["first"]
    assert await store.mark("reader") == 5


async def test_a_mark_only_goes_forward(store: EventStore) -> None:
    await store.append(Batch(mark=Mark("reader", 3)))
    await store.append(Batch(mark=Mark("other", 1)))
    for again in (3, 2):
        with pytest.raises(Conflict):
            await store.append(Batch(mark=Mark("reader", again)))
    await store.append(Batch(mark=Mark("reader", 4)))
    assert (await store.mark("reader"), await store.mark("other")) == (4, 1)


async def test_a_key_is_answered_once_with_the_position_of_what_it_led_to(store: EventStore) -> None:
    given = answer(A, 2, events=2)
    last = await store.append(Batch([entry(A, 1), entry(A, 2), entry(B, 1)], [given]))
    [_, second, third] = await everything(store)
    assert await store.answers([given.key, uuid4()]) == {given.key: replace(given, position=second.position)}
    assert third.position == last


async def test_an_answer_that_led_to_nothing_has_no_position(store: EventStore) -> None:
    await store.append(Batch([entry(A, 1)]))
    nothing = answer(A, 1, events=0)
    assert await store.append(Batch(answers=[nothing])) == 0
    assert await store.answers([nothing.key]) == {nothing.key: nothing}


@pytest.mark.parametrize("events", [True, False], ids=["with events", "without events"])
async def test_a_key_that_has_been_answered_is_not_answered_again(store: EventStore, events: bool) -> None:
    given = answer(A, 1, events=int(events))
    await store.append(Batch([entry(A, 1)] if events else [], [given]))
    with pytest.raises(Conflict):
        await store.append(Batch([entry(A, 2)] if events else [], [replace(given, version=2)]))
    assert (await store.answers([given.key]))[given.key].version == 1


async def test_a_key_given_twice_in_one_batch_is_a_conflict(store: EventStore) -> None:
    key = uuid4()
    with pytest.raises(Conflict):
        await store.append(Batch([entry(A, 1), entry(A, 2)], [answer(A, 1, key), answer(A, 2, key)]))
    assert await everything(store) == []


async def test_no_two_callers_draw_the_same_number(store: EventStore) -> None:
    drawn = await asyncio.gather(*(store.draw("claim-2026") for _ in range(60)))
    assert sorted(drawn) == list(range(1, 61))
    assert await store.draw("claim-2027") == 1


async def test_refusals_are_listed_latest_first_in_pages(store: EventStore) -> None:
    for code in "abcde":
        await store.append(Batch(denials=[denial(code)]))
    first = await store.denials(3)
    assert [each.code for _, each in first] == ["e", "d", "c"]
    rest = await store.denials(3, before=first[-1][0])
    assert [each.code for _, each in rest] == ["b", "a"]
    assert rest[-1][1] == denial("a")


async def test_an_appended_batch_without_events_has_no_position(store: EventStore) -> None:
    await store.append(Batch([entry(A, 1)]))
    assert await store.append(Batch(denials=[denial("x")], mark=Mark("reader", 1))) == 0


async def test_of_many_writers_of_one_version_exactly_one_wins(store: EventStore) -> None:
    attempts = [store.append(Batch([entry(A, 1, str(n)), entry(uuid4(), 1)])) for n in range(20)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    won = [each for each in outcomes if isinstance(each, int)]
    assert len(won) == 1
    assert all(isinstance(each, Conflict) for each in outcomes if not isinstance(each, int))
    assert len(await everything(store)) == 2
