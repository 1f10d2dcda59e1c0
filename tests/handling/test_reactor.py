"""What one event leads to elsewhere happens once, whoever dies, and whoever else is listening."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

import pytest

from application.catalogue import REACTIONS
from application.ports import Batch, EventStore, Mark
from application.reaction import Reaction
from application.survey.settled_claim_asks_for_a_survey import SettledClaimAsksForASurvey
from domain.claim import closing, settlement
from domain.claim.events import ClaimHeld, ClaimReleased, Hold, Reopening
from domain.claim.state import Claim
from domain.customer import ContactNoted, CustomerRegistered, NoteContact
from domain.kernel import Command, Recorded, Refused, new_stream
from domain.survey import RequestSurvey, SurveyRequested
from infrastructure.reactor import Reactor
from tests.handling.door import SPOKE, Door
from tests.samples import SECOND

Reactions = tuple[type[Reaction], ...]


def listener(store: EventStore, reactions: Reactions = REACTIONS, batch: int = 500) -> Reactor:
    """A reactor as another process would have it: with a memory of its own."""
    return Reactor(store, Door(store), reactions, batch)


async def recorded(store: EventStore, kind: type) -> list[Recorded]:
    return [each for each in await store.read(0, 10_000) if isinstance(each.event, kind)]


async def settled(door: Door, times: int = 1) -> list[UUID]:
    policy = await door.taken_over(await door.product(), await door.customer())
    claims = [await door.claim(policy) for _ in range(times)]
    for claim in claims:
        await door.settle(claim)
    return claims


async def test_a_settled_claim_asks_its_customer_once(store: EventStore) -> None:
    door = Door(store)
    [claim] = await settled(door)
    for _ in range(3):
        await listener(store).catch_up()
    [asked] = await recorded(store, SurveyRequested)
    assert asked.event.about == claim
    assert asked.event.customer == (await door.recall(Claim, claim)).party


async def test_what_a_reaction_did_says_what_it_heard(store: EventStore) -> None:
    [claim] = await settled(Door(store))
    await listener(store).catch_up()
    [asked] = await recorded(store, SurveyRequested)
    last = (await store.load({claim: 0}))[claim][-1]
    assert asked.causation == f"{claim}/{last.version}"
    assert asked.correlation == last.correlation
    assert asked.actor.role == "system"


async def test_a_claim_closed_again_after_reopening_is_asked_about_again(store: EventStore) -> None:
    door = Door(store)
    [claim] = await settled(door)
    await listener(store).catch_up()
    await door.give(closing.ReopenClaim(ground=Reopening.ERROR), claim)
    await door.give(closing.CloseClaim(), claim)
    await listener(store).catch_up()
    assert len(await recorded(store, SurveyRequested)) == 2


async def test_a_claim_closed_without_payment_or_long_ago_asks_nobody(store: EventStore) -> None:
    door = Door(store)
    policy = await door.taken_over(await door.product(), await door.customer())
    await door.give(closing.CloseClaim(without="withdrawn"), await door.claim(policy))
    claim = await door.claim(policy)
    await door.settle(claim)
    last = (await store.load({claim: 0}))[claim][-1]
    past = last.but(stream=new_stream(), version=1, occurred_at=last.recorded_at - timedelta(days=31))
    await store.append(Batch([past]))
    await listener(store).catch_up()
    assert [each.event.about for each in await recorded(store, SurveyRequested)] == [claim]


@pytest.mark.parametrize("batch", [2, 500])
async def test_of_several_reactors_at_once_each_event_is_answered_once(store: EventStore, batch: int) -> None:
    claims = await settled(Door(store), times=12)
    listeners = [listener(store, batch=batch) for _ in range(3)]
    await asyncio.gather(*(each.catch_up() for each in listeners))
    assert [each.event.about for each in await recorded(store, SurveyRequested)] == claims
    assert await store.denials(10) == []
    head = await store.head()
    await asyncio.gather(*(each.catch_up() for each in [*listeners, listener(store)]))
    assert await store.head() == head


async def test_an_event_delivered_again_is_not_reacted_to_again(store: EventStore) -> None:
    [_] = await settled(Door(store))
    forgetful = listener(store, (SettledClaimAsksForASurvey,))
    await forgetful.catch_up()
    forgetful._reached[SettledClaimAsksForASurvey.name] = 0
    await forgetful.catch_up()
    assert len(await recorded(store, SurveyRequested)) == 1
    assert await store.denials(10) == []


async def test_a_claim_waits_for_overdue_premium_and_goes_on_when_it_arrives(store: EventStore) -> None:
    door = Door(store)
    policy = await door.sold_in_instalments(await door.product(), await door.customer())
    door.clock.pass_days(130)
    claim = await door.claim(policy)
    await listener(store).catch_up()
    assert (await door.recall(Claim, claim)).holds == {Hold.PREMIUM_OVERDUE}
    await door.give(settlement.AssessCoverage(benefit="HOSPITAL", claimed={"minor": 100_000}), claim)
    with pytest.raises(Refused) as caught:
        await door.give(settlement.ApproveClaim(), claim, SECOND)
    assert caught.value.refusal is settlement.ON_HOLD
    await door.pay(policy, "R2")
    await listener(store).catch_up()
    assert (await door.recall(Claim, claim)).holds == frozenset()
    assert (await door.give(settlement.ApproveClaim(), claim, SECOND)).count == 2
    assert [len(await recorded(store, kind)) for kind in (ClaimHeld, ClaimReleased)] == [1, 1]


async def test_premium_that_arrives_before_the_claim_is_held_lets_it_go(store: EventStore) -> None:
    door = Door(store)
    policy = await door.sold_in_instalments(await door.product(), await door.customer())
    door.clock.pass_days(130)
    claim = await door.claim(policy)
    await door.pay(policy, "R2")
    await listener(store).catch_up()
    assert (await door.recall(Claim, claim)).holds == frozenset()


class GreetsNewCustomers(Reaction):
    """Greets who registers; one of them is not there to be greeted."""

    name, says, hears = "greets_new_customers", ("问候", "greets"), (CustomerRegistered,)
    missing: ClassVar[str] = "李雷"

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        gone = recorded.event.name == GreetsNewCustomers.missing
        yield new_stream() if gone else recorded.stream, SPOKE


class Permitted(NoteContact):
    may = NoteContact.may | RequestSurvey.may


GREETING = Permitted(channel="phone", subject="welcome")


async def test_a_refused_reaction_is_kept_and_holds_nobody_up(
    store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.handling.test_reactor.SPOKE", GREETING)
    door = Door(store)
    customers = [await door.customer(name) for name in ("王小明", "李雷", "韩梅梅")]
    await listener(store, (GreetsNewCustomers,)).catch_up()
    await listener(store, (GreetsNewCustomers,)).catch_up()
    assert [each.stream for each in await recorded(store, ContactNoted)] == [customers[0], customers[2]]
    [(_, denial)] = await store.denials(10)
    assert (denial.code, denial.actor) == ("unknown", "uberrima")


async def test_a_reaction_to_which_nothing_was_said_is_not_read_all_the_log_again_after_a_restart(
    store: EventStore,
) -> None:
    door = Door(store)
    customer = await door.customer()
    await asyncio.gather(*(door.give(SPOKE, customer) for _ in range(20)))
    await listener(store, batch=5).catch_up()
    assert await store.mark(SettledClaimAsksForASurvey.name) >= 20
    assert await listener(store, batch=5).catch_up() < 5


async def test_a_mark_that_another_process_moved_on_is_followed(store: EventStore) -> None:
    [_] = await settled(Door(store))
    slow = listener(store, (SettledClaimAsksForASurvey,))
    for reaction in slow.reactions:
        slow._reached[reaction.name] = 0
    # Another one has heard everything, and had no reason to ask.
    await store.append(Batch(mark=Mark(SettledClaimAsksForASurvey.name, await store.head())))
    await slow.catch_up()
    assert await recorded(store, SurveyRequested) == []
