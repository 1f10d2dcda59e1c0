"""A key is answered once, a number is given once, and commands that meet are decided one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing, contextmanager
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace

from application.ports import Answer, Batch, EventStore
from application.submission import KEY_REUSED, Outcome
from domain.customer import CorrectCustomer, Customer, CustomerRegistered, RegisterCustomer
from domain.kernel import Refused, new_stream
from domain.reservation import NUMBER_TAKEN, ValueReserved
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.handling.door import SPOKE, Door, order, submission, takeover

REGISTER = RegisterCustomer(name="王小明")


@contextmanager
def another_process(store: EventStore, database: str = "") -> Iterator[Door]:
    """A door of its own, which remembers nothing of what others did."""
    if not database:
        yield Door(store)
        return
    with closing(PostgresEventStore(database, masters())) as own:
        yield Door(own)


async def events_of(store: EventStore, kind: type) -> list:
    return [each for each in await store.read(0, 10_000) if isinstance(each.event, kind)]


async def test_a_key_given_again_is_answered_as_the_first_time(store: EventStore) -> None:
    door, key, stream = Door(store), uuid4(), new_stream()
    first = await door.give(REGISTER, stream, key=key)
    await door.give(SPOKE, stream)
    again = await door.give(REGISTER, stream, key=key)
    later = await Door(store).give(REGISTER, stream, key=key)
    assert again == later == replace(first, events=(), repeated=True)
    assert (first.version, first.count, first.repeated) == (1, 2, False)
    assert len(await events_of(store, CustomerRegistered)) == 1


async def test_a_restart_forgets_no_answer(database: str) -> None:
    key, stream = uuid4(), new_stream()
    with another_process(None, database) as door:
        first = await door.give(REGISTER, stream, key=key)
    with another_process(None, database) as door:
        assert await door.give(REGISTER, stream, key=key) == replace(first, events=(), repeated=True)


async def test_a_command_that_changed_nothing_is_answered_once_too(store: EventStore) -> None:
    door, key = Door(store), uuid4()
    customer = await door.customer("王小明")
    same = CorrectCustomer(reason="sure", name="王小明")
    first = await door.give(same, customer, key=key)
    await door.give(CorrectCustomer(reason="wed", name="李小明"), customer)
    assert (first.count, first.version, first.position) == (0, 1, 0)
    assert await door.give(same, customer, key=key) == replace(first, repeated=True)


async def test_a_key_does_not_stand_for_another_request(store: EventStore) -> None:
    door, key, stream = Door(store), uuid4(), new_stream()
    await door.give(REGISTER, stream, key=key)
    for command, target in ((RegisterCustomer(name="李雷"), stream), (REGISTER, new_stream()), (SPOKE, stream)):
        with pytest.raises(Refused) as caught:
            await door.give(command, target, key=key)
        assert caught.value.refusal is KEY_REUSED
    assert await store.head() == 2


async def test_a_refused_command_may_be_given_again_under_its_key(store: EventStore) -> None:
    door, key = Door(store), uuid4()
    customer = await door.customer()
    with pytest.raises(Refused):
        await door.give(SPOKE, customer, key=key, expected=5)
    assert not (await door.give(SPOKE, customer, key=key)).repeated


@pytest.mark.parametrize("doors", [1, 3])
async def test_of_the_same_key_given_many_times_at_once_one_wins_and_all_hear_its_answer(
    store: EventStore, doors: int
) -> None:
    key, stream, open_doors = uuid4(), new_stream(), [Door(store) for _ in range(doors)]
    given = [open_doors[n % doors].give(REGISTER, stream, key=key) for n in range(12)]
    outcomes = await asyncio.gather(*given)
    assert [each.repeated for each in outcomes].count(False) == 1
    assert {(each.stream, each.version, each.position, each.count) for each in outcomes} == {(stream, 1, 2, 2)}


async def test_of_the_same_number_given_many_times_at_once_exactly_one_is_taken(store: EventStore) -> None:
    door = Door(store)
    product, customer = await door.product(), await door.customer()
    given = [each.give(takeover(product, customer, "P-77")) for each in (door, Door(store)) * 5]
    outcomes = await asyncio.gather(*given, return_exceptions=True)
    assert len([each for each in outcomes if isinstance(each, Outcome)]) == 1
    assert {each.refusal for each in outcomes if isinstance(each, Refused)} == {NUMBER_TAKEN}
    reserved = [each.event.value for each in await events_of(store, ValueReserved)]
    assert reserved.count("P-77") == 1


async def test_the_same_number_twice_in_one_batch_is_taken_once(store: EventStore) -> None:
    door, twice = Door(store), RegisterCustomer(name="x", number="K-1")
    first, second, other = await door.handle_all(
        [submission(order(twice)), submission(order(twice)), submission(order(REGISTER))]
    )
    assert isinstance(first, Outcome) and isinstance(other, Outcome)
    assert isinstance(second, Refused) and second.refusal is NUMBER_TAKEN
    [both] = await door.handle_all([submission(order(twice.model_copy(update={"number": "K-2"})), order(twice))])
    assert isinstance(both, Refused)
    assert [each.event.name for each in await events_of(store, CustomerRegistered)] == ["x", "王小明"]


async def test_a_number_that_somebody_chose_before_is_passed_over_when_numbers_are_drawn(store: EventStore) -> None:
    door = Door(store)
    for n in (1, 2, 3, 5):
        await door.give(RegisterCustomer(name="x", number=f"K2026{n:08}"))
    for _ in range(2):
        await door.give(REGISTER)
    numbers = [each.event.number for each in await events_of(store, CustomerRegistered)]
    assert sorted(numbers) == [f"K2026{n:08}" for n in range(1, 7)]


async def test_numbers_drawn_at_once_are_all_different(store: EventStore) -> None:
    doors = [Door(store), Door(store)]
    await asyncio.gather(*(doors[n % 2].give(REGISTER) for n in range(30)))
    numbers = [each.event.number for each in await events_of(store, CustomerRegistered)]
    assert len(set(numbers)) == 30


@pytest.mark.parametrize("doors", [1, 4])
async def test_of_many_commands_for_one_case_at_once_none_is_lost(store: EventStore, doors: int) -> None:
    customer = await Door(store).customer()
    open_doors = [Door(store) for _ in range(doors)]
    outcomes = await asyncio.gather(*(open_doors[n % doors].give(SPOKE, customer) for n in range(48)))
    assert sorted(each.version for each in outcomes) == list(range(2, 50))
    assert (await Door(store).recall(Customer, customer)).version == 49


async def test_of_many_who_have_seen_the_same_version_one_changes_it(store: EventStore) -> None:
    customer = await Door(store).customer()
    given = [Door(store).give(SPOKE, customer, expected=1) for _ in range(8)]
    outcomes = await asyncio.gather(*given, return_exceptions=True)
    assert len([each for each in outcomes if isinstance(each, Outcome)]) == 1
    assert {each.code for each in outcomes if isinstance(each, Refused)} == {"changed_since"}


async def test_what_another_process_did_is_seen_by_one_that_remembers_the_case(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    customer = await here.customer()
    await there.give(CorrectCustomer(reason="wed", name="李小明"), customer)
    # Nothing changes any more: the first door must not decide by the name it remembers.
    assert (await here.give(CorrectCustomer(reason="wed", name="李小明"), customer)).count == 0


async def test_an_answer_in_the_store_is_worth_more_than_what_a_door_remembers(store: EventStore) -> None:
    door, key, stream = Door(store), uuid4(), UUID(int=5)
    given = submission(order(REGISTER, stream), key=key)
    await store.append(Batch(answers=[Answer(key, given.fingerprint, stream, 9, 0)]))
    assert (await door.handle(given)).version == 9
