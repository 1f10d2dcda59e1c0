"""What is remembered is trusted at first, and no decision ever stands on what is no longer so."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pytest

from application.ports import Batch, Conflict, EventStore
from application.submission import CHANGED_SINCE
from domain.claim import intake
from domain.claim.events import Notice
from domain.customer import CorrectCustomer, Customer
from domain.kernel import UNKNOWN, Refused, new_stream
from domain.losses import Cause
from domain.policy import service
from domain.policy.events import Ending
from domain.product import WithdrawProduct
from tests.contracts.entries import entry
from tests.handling.door import SPOKE, Door, takeover
from tests.samples import YEAR


class Counting:
    """A store that counts how often it is asked to load or to look for an answer."""

    def __init__(self, store: EventStore) -> None:
        self._store, self.asked = store, 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    async def load(self, wanted: Mapping[UUID, int]) -> dict:
        self.asked += 1
        return await self._store.load(wanted)

    async def answers(self, keys: list[UUID]) -> dict:
        self.asked += 1
        return await self._store.answers(keys)


async def test_a_hot_case_and_a_new_one_are_decided_without_asking_the_log(store: EventStore) -> None:
    counting = Counting(store)
    door = Door(counting)
    customer, product = await door.customer(), await door.product()
    counting.asked = 0
    await door.give(SPOKE, customer)
    await door.taken_over(product, customer)
    assert counting.asked == 0


async def test_what_another_process_did_to_a_remembered_case_is_seen(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    customer = await here.customer()
    await there.give(SPOKE, customer)
    assert (await here.give(SPOKE, customer)).version == 3


async def test_a_case_opened_elsewhere_is_not_opened_again(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    product, customer, stream = await here.product(), await here.customer(), new_stream()
    await there.give(takeover(product, customer, "P-7"), stream)
    with pytest.raises(Refused) as refused:
        await here.give(takeover(product, customer, "P-8"), stream)
    assert refused.value.code == "exists"


async def test_a_refusal_is_never_founded_on_what_is_no_longer_so(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    stream = new_stream()
    with pytest.raises(Refused) as refused:
        await here.give(SPOKE, stream)
    assert refused.value.refusal is UNKNOWN
    customer = await here.customer()
    await there.give(SPOKE, customer)
    assert (await here.give(SPOKE, customer, expected=2)).version == 3
    with pytest.raises(Refused) as refused:
        await here.give(SPOKE, customer, expected=2)
    assert refused.value.refusal is CHANGED_SINCE
    assert len(await store.denials(10)) == 2


async def test_a_decision_rests_on_the_consulted_case_as_it_is(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    product = await here.product()
    policy = await here.taken_over(product, await here.customer())
    await here.claim(policy)
    await there.give(service.CancelPolicy(ending=Ending.REQUEST, effective_on=there.clock.now().date()), policy)
    notice = Notice(loss_on=here.clock.now().date(), cause=Cause.ILLNESS, place="Shanghai")
    claim = (await here.give(intake.GiveNotice(policy=policy, notice=notice))).stream
    [given, *_] = (await store.load({claim: 0}))[claim]
    assert given.consulted[str(policy)] == len((await store.load({policy: 0}))[policy])


async def test_a_product_withdrawn_elsewhere_is_not_sold_on(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    product, customer = await here.product(), await here.customer()
    await here.sold_in_instalments(product, customer)
    await there.give(WithdrawProduct(withdrawn_on=YEAR.starts_on, reason="replaced"), product)
    with pytest.raises(Refused):
        await here.sold_in_instalments(product, customer)


async def test_what_a_batch_rests_on_must_not_have_moved_on(store: EventStore) -> None:
    ground, other = new_stream(), new_stream()
    await store.append(Batch([entry(ground, 1)]))
    assert await store.append(Batch([entry(other, 1)], grounds={ground: 1})) == 2
    await store.append(Batch([entry(ground, 2)]))
    with pytest.raises(Conflict):
        await store.append(Batch([entry(other, 2)], grounds={ground: 1}))
    assert await store.append(Batch([entry(other, 2)], grounds={ground: 2})) == 4


async def test_of_two_who_each_rest_on_what_the_other_changes_one_must_decide_again(store: EventStore) -> None:
    one, other = new_stream(), new_stream()
    await store.append(Batch([entry(one, 1), entry(other, 1)]))
    crossing = [
        store.append(Batch([entry(one, 2)], grounds={other: 1})),
        store.append(Batch([entry(other, 2)], grounds={one: 1})),
    ]
    outcomes = await asyncio.gather(*crossing, return_exceptions=True)
    assert {type(each) for each in outcomes} == {int, Conflict}
    assert await store.head() == 3


async def test_many_at_once_on_one_case_all_get_their_turn(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    outcomes = await asyncio.gather(*(door.give(SPOKE, customer) for _ in range(24)))
    assert sorted(each.version for each in outcomes) == list(range(2, 26))


async def test_corrections_from_two_processes_all_count(store: EventStore) -> None:
    here, there = Door(store), Door(store)
    customer = await here.customer()
    await asyncio.gather(
        here.give(CorrectCustomer(reason="moved", address="Hangzhou"), customer),
        there.give(CorrectCustomer(reason="new number", phone="13900000000"), customer),
    )
    state = await Door(store).recall(Customer, customer)
    assert (state.address, state.phone) == ("Hangzhou", "13900000000")
