"""Who may give a command, about whose affairs, having seen which version; and what is kept of a refusal."""

from __future__ import annotations

from uuid import UUID

import pytest

from application.ports import EventStore
from application.submission import CHANGED_SINCE, NOT_ALLOWED, NOT_YOURS, UNKNOWN_CONSULTED
from domain.catalogue import COMMANDS
from domain.claim import intake
from domain.claim.events import Notice
from domain.claim.state import Claim
from domain.customer import CorrectCustomer, Customer, RegisterCustomer
from domain.kernel import UNKNOWN, Refusal, Refused, new_stream
from domain.losses import losses_of
from domain.policy.application import ApplyForPolicy
from domain.product import WithdrawProduct
from domain.words import Actor, Role
from tests.handling.door import SPOKE, START, Door, as_customer, takeover
from tests.samples import MILLION, YEAR

CORRECT = CorrectCustomer(reason="moved", phone="13900000000")


async def refused(refusal: Refusal, door: Door, *given: object, **more: object) -> None:
    """The command is refused so, nothing is recorded but the refusal."""
    before, refusals = await door.store.head(), await door.store.denials(1000)
    with pytest.raises(Refused) as caught:
        await door.give(*given, **more)
    assert caught.value.refusal is refusal
    assert await door.store.head() == before
    [(_, denial), *earlier] = await door.store.denials(1000)
    assert earlier == refusals
    assert (denial.code, denial.command, denial.at) == (refusal.code, type(given[0]).__name__, START)


async def test_a_role_that_may_not_is_refused_and_the_refusal_is_kept(store: EventStore) -> None:
    door = Door(store)
    stream = new_stream()
    await refused(NOT_ALLOWED, door, RegisterCustomer(name="王小明"), stream, Actor("eve", Role.CASHIER))
    [(_, denial)] = await store.denials(10)
    assert (denial.actor, denial.role, denial.stream) == ("eve", "cashier", stream)
    assert "王小明" not in repr(denial)


async def test_the_rule_behind_a_refusal_is_kept_with_it(store: EventStore) -> None:
    door = Door(store)
    policy = await door.taken_over(await door.product(), await door.customer())
    door.clock.pass_days(400)
    with pytest.raises(Refused) as caught:
        await door.claim(policy)
    [(_, denial)] = await store.denials(10)
    assert (denial.code, denial.rule) == ("claim.not_covered_at_loss", caught.value.rule)
    assert denial.rule


async def test_customers_act_on_what_is_theirs_only(store: EventStore) -> None:
    door = Door(store)
    wang, li, product = await door.customer("王小明"), await door.customer("李雷"), await door.product()
    policy = await door.taken_over(product, li)
    me = as_customer(wang)

    def application(customer: UUID) -> ApplyForPolicy:
        return ApplyForPolicy(product=product, customer=customer, insured="x", sums=MILLION, period=YEAR)

    assert (await door.give(CORRECT, wang, me)).version == 2
    assert (await door.give(application(wang), by=me)).version == 1
    await refused(NOT_YOURS, door, CORRECT, li, me)
    await refused(NOT_YOURS, door, application(li), by=me)
    await refused(NOT_YOURS, door, intake.GiveNotice(policy=policy), by=me)
    await refused(NOT_YOURS, door, CORRECT, wang, Actor("nobody", Role.CUSTOMER))


async def test_a_customer_does_not_move_a_case_of_theirs_onto_the_policy_of_another(store: EventStore) -> None:
    door = Door(store)
    wang, li, product = await door.customer("王小明"), await door.customer("李雷"), await door.product()
    mine, other = await door.taken_over(product, wang, "P-1"), await door.taken_over(product, li, "P-2")
    claim = (await door.give(intake.GiveNotice(policy=mine), by=as_customer(wang))).stream
    await refused(NOT_YOURS, door, intake.AmendNotice(policy=other, notice=Notice()), claim, as_customer(wang))


async def test_a_customer_gives_notice_of_a_loss_before_they_have_found_their_policy(store: EventStore) -> None:
    door = Door(store)
    wang = await door.customer()
    claim = (await door.give(intake.GiveNotice(), by=as_customer(wang))).stream
    mine = await door.taken_over(await door.product(), wang)
    await door.give(intake.AmendNotice(policy=mine, notice=Notice()), claim, as_customer(wang))
    assert (await door.recall(Claim, claim)).party == wang


async def test_who_has_seen_an_old_version_is_refused(store: EventStore) -> None:
    door = Door(store)
    customer = await door.customer()
    assert (await door.give(SPOKE, customer, expected=1)).version == 2
    await refused(CHANGED_SINCE, door, SPOKE, customer, expected=1)
    await refused(CHANGED_SINCE, Door(store), SPOKE, customer, expected=3)
    assert (await door.give(SPOKE, customer, expected=2)).version == 3


async def test_a_stream_is_not_taken_for_another_kind_than_it_is(store: EventStore) -> None:
    customer = await Door(store).customer()
    for door in (Door(store), await _knowing(store, customer)):
        await refused(UNKNOWN, door, WithdrawProduct(withdrawn_on=YEAR.starts_on, reason="x"), customer)
        await refused(UNKNOWN, door, takeover(customer, customer), customer)
        await refused(UNKNOWN_CONSULTED, door, takeover(customer, customer))


async def _knowing(store: EventStore, customer: UUID) -> Door:
    door = Door(store)
    await door.recall(Customer, customer)
    return door


async def test_a_command_for_a_case_that_is_not_there_is_refused(store: EventStore) -> None:
    door = Door(store)
    await refused(UNKNOWN, door, SPOKE)
    await refused(UNKNOWN_CONSULTED, door, takeover(new_stream(), await door.customer()))


async def test_what_was_consulted_is_kept_with_its_version_and_the_rules_applied(store: EventStore) -> None:
    door = Door(store)
    product, customer = await door.product(), await door.customer()
    await door.give(SPOKE, customer)
    policy = await door.taken_over(product, customer)
    claim = await door.claim(policy)
    history = await store.load({policy: 0, claim: 0})
    assert history[policy][0].consulted == {str(product): 3, str(customer): 2}
    assert history[claim][1].consulted == {str(policy): 1, str(losses_of(policy)): 1}
    assert [edition.partition("@")[0] for edition in history[claim][1].rules] == [
        *intake.RegisterClaim.applies,
        "CLAIM-LIMIT-2Y",
    ]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.__name__)
def test_every_command_says_who_may_give_it_and_none_is_for_everyone(command: type) -> None:
    assert command.may and command.may < frozenset(Role)
