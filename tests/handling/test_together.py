"""What is given together succeeds together; what is only tried leaves no trace."""

from __future__ import annotations

from uuid import uuid4

import pytest
from msgspec.structs import replace

from application.ports import EventStore, Mark
from application.submission import NOT_ALLOWED, Outcome
from domain.customer import CorrectCustomer, Customer, RegisterCustomer
from domain.kernel import Refused, new_stream
from domain.words import Actor, Role
from tests.handling.door import SPOKE, Door, order, submission, takeover

REGISTER = RegisterCustomer(name="王小明")
NOBODY = Actor("eve", Role.AUDITOR)


async def test_orders_of_one_submission_are_recorded_all_or_none(store: EventStore) -> None:
    door, stream = Door(store), new_stream()
    with pytest.raises(Refused):
        await door.handle(submission(order(REGISTER, stream), order(SPOKE, stream), order(SPOKE, stream, NOBODY)))
    assert await store.head() == 0
    assert not (await door.recall(Customer, stream)).exists
    both = submission(order(REGISTER, stream), order(SPOKE, stream))
    outcome = await door.handle(both)
    assert (outcome.version, outcome.count) == (2, 3)
    assert outcome.position == await store.head()
    assert (await door.handle(both)) == replace(outcome, events=(), repeated=True)


async def test_an_order_sees_what_the_orders_before_it_did(store: EventStore) -> None:
    door, customer = Door(store), new_stream()
    product = await door.product()
    policy = new_stream()
    await door.handle(submission(order(REGISTER, customer), order(takeover(product, customer), policy)))
    assert (await store.load({policy: 0}))[policy][0].consulted == {str(product): 3, str(customer): 1}


async def test_a_refused_neighbour_fails_nobody_else(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    given = [
        submission(order(SPOKE, customer)),
        submission(order(SPOKE, customer, NOBODY)),
        submission(order(SPOKE, customer)),
        submission(order(SPOKE, new_stream())),
        submission(order(SPOKE, customer)),
    ]
    outcomes = await door.handle_all(given)
    assert [each.version if isinstance(each, Outcome) else each.code for each in outcomes] == [
        2,
        "not_allowed",
        3,
        "unknown",
        4,
    ]
    positions = [each.position for each in outcomes if isinstance(each, Outcome)]
    assert positions == [each.position for each in (await store.load({customer: 1}))[customer]]
    assert len(await store.denials(10)) == 2


async def test_a_conflict_in_a_batch_fails_nobody_else(store: EventStore) -> None:
    door, key = Door(store), uuid4()
    customer = await door.customer()
    # The same key twice: one of the two is only found out by the append.
    given = [submission(order(SPOKE, customer), key=key) for _ in range(2)]
    outcomes = await door.handle_all([*given, submission(order(SPOKE, customer))])
    assert [(each.version, each.repeated) for each in outcomes] == [(2, False), (2, True), (3, False)]


async def test_a_dry_run_answers_what_a_real_run_would_and_records_nothing(store: EventStore) -> None:
    door, stream, key = Door(store), new_stream(), uuid4()
    tried = await door.give(REGISTER, stream, key=key, pretend=True)
    assert await store.head() == 0
    assert await store.answers([key]) == {}
    real = await door.give(REGISTER, stream, key=key)
    assert (tried.stream, tried.version, tried.count) == (real.stream, real.version, real.count)
    assert [type(each.event) for each in tried.events] == [type(each.event) for each in real.events]
    assert (await door.give(REGISTER, stream, key=key, pretend=True)).repeated


async def test_a_dry_run_is_refused_as_a_real_run_would_and_the_log_of_refusals_does_not_know(
    store: EventStore,
) -> None:
    door, customer = Door(store), await Door(store).customer()
    for command, by in ((SPOKE, NOBODY), (RegisterCustomer(name="x", number="K-1"), None)):
        await door.give(RegisterCustomer(name="x", number="K-1")) if by is None else None
        with pytest.raises(Refused):
            await door.give(command, customer if by else None, by, pretend=True)
    assert await store.denials(10) == []


async def test_a_dry_run_does_not_teach_the_door_what_did_not_happen(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    await door.give(SPOKE, customer, pretend=True)
    assert (await door.recall(Customer, customer)).version == 1
    assert (await door.give(SPOKE, customer)).version == 2


async def test_a_dry_run_draws_no_number(store: EventStore) -> None:
    door = Door(store)
    for _ in range(3):
        await door.give(REGISTER, pretend=True)
    assert (await door.give(REGISTER)).events[-1].event.number.endswith("00000001")


async def test_what_a_reader_was_refused_and_how_far_it_has_come_are_kept_together(store: EventStore) -> None:
    door = Door(store)
    heard = replace(submission(order(SPOKE, new_stream())), mark=Mark("a reaction", 7))
    [refused] = await door.handle_all([heard])
    assert isinstance(refused, Refused)
    assert await store.mark("a reaction") == 7
    assert [each.code for _, each in await store.denials(10)] == ["unknown"]
    [again] = await door.handle_all([heard])
    assert isinstance(again, Refused) and again.code == "busy"
    assert len(await store.denials(10)) == 1


async def test_a_change_and_how_far_its_reader_has_come_are_kept_together(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    first = replace(submission(order(SPOKE, customer)), mark=Mark("a reaction", 3))
    await door.handle(first)
    outdated = replace(submission(order(SPOKE, customer)), mark=Mark("a reaction", 3))
    with pytest.raises(Refused):
        await door.handle(outdated)
    assert (await door.recall(Customer, customer)).version == 2
    assert await store.answers([outdated.key]) == {}


async def test_a_refusal_names_what_was_tried_and_never_what_was_written(store: EventStore) -> None:
    door = Door(store)
    secret = CorrectCustomer(reason="a private reason", phone="13800138000")
    with pytest.raises(Refused):
        await door.give(secret, new_stream(), NOBODY)
    [(_, denial)] = await store.denials(10)
    assert denial.code == NOT_ALLOWED.code
    assert not any(each in repr(denial) for each in ("private", "13800138000"))
