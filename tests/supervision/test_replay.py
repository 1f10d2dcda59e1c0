"""Any case at any version: its state, its row, what changed between two versions, and how it is found."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from application.claim.claim_register import ClaimRegister
from application.policy.premiums_due import PremiumsDue
from application.ports import EventStore
from application.supervision.replay import (
    Difference,
    difference,
    find_case,
    history,
    kind_of,
    row_of,
    state_of,
    told,
)
from domain.account import OpenAccount
from domain.catalogue import AGGREGATES
from domain.claim.events import ClaimHeld, Hold, Paper
from domain.claim.state import Claim, Status
from domain.kernel import new_stream
from domain.policy.state import Policy
from domain.words import Role
from tests import samples as s
from tests.handling.door import START, Door
from tests.kit import folded
from tests.policy.test_policy_register import CANCELLED
from tests.rows import in_order

CLAIM = in_order(*s.PAYABLE, s.claim_paid(400))


@pytest.mark.parametrize(
    ("version", "status", "paid"),
    [
        (1, Status.NOTICED, 0),
        (2, Status.REGISTERED, 0),
        (3, Status.ASSESSED, 0),
        (4, Status.APPROVED, 0),
        (5, Status.APPROVED, 400_00),
    ],
)
def test_a_case_and_its_row_stand_as_they_stood_at_each_version(version, status, paid):
    claim, row = state_of(CLAIM[:version]), row_of(ClaimRegister, CLAIM[:version])
    assert (claim.version, claim.status, claim.paid.minor) == (version, status, paid)
    assert (row.status, row.paid) == (status, paid)


def test_a_case_is_what_its_first_event_began():
    assert kind_of(CLAIM) is Claim
    assert kind_of(in_order(*s.in_force())) is Policy


def test_a_case_without_events_has_no_row_and_one_whose_row_went_has_none():
    assert row_of(ClaimRegister, []) is None
    assert row_of(PremiumsDue, in_order(*s.in_force())) is not None
    assert row_of(PremiumsDue, in_order(*s.in_force(CANCELLED))) is None


@pytest.mark.parametrize("kind", AGGREGATES)
def test_the_state_of_every_kind_of_case_is_told_in_plain_values(kind):
    plain = told(kind(id=UUID(int=1)))
    assert json.loads(json.dumps(plain)).keys() == plain.keys()
    assert plain["id"] == str(UUID(int=1))


def test_what_has_no_order_is_told_in_one_order():
    papers = [s.received(paper, f"{n}" * 64) for n, paper in enumerate(Paper)]
    holds = [ClaimHeld(hold=hold) for hold in Hold]
    forth, back = (folded(Claim, *s.OPEN_CLAIM, *some) for some in ([*papers, *holds], [*holds[::-1], *papers[::-1]]))
    assert json.dumps(told(forth)) == json.dumps(told(back))
    assert told(forth)["holds"] == sorted(told(forth)["holds"])
    assert len(told(forth)["received"]) == len(Paper)


def test_a_difference_names_what_is_not_the_same_any_more():
    before, after = (told(state_of(CLAIM[:version])) for version in (4, 5))
    names = {each.name for each in difference(before, after)}
    assert names == {"version", "exposures", "ledger", "references", "paid_on"}
    assert Difference("version", 4, 5) in difference(before, after)
    assert difference(after, after) == []


def test_from_nothing_everything_is_different():
    assert difference({}, {"status": "noticed"}) == [Difference("status", None, "noticed")]
    assert difference({"status": "noticed"}, {}) == [Difference("status", "noticed", None)]


async def begun(store: EventStore) -> tuple[Door, dict[str, UUID]]:
    """One case of every kind, each with the number it is known by."""
    door = Door(store)
    product, customer = await door.product("HLT-9"), await door.customer()
    policy = await door.taken_over(product, customer, "OLD-1")
    claim = await door.claim(policy)
    opened = await door.give(OpenAccount(login="han", name="韩梅", roles=(Role.SERVICE,)))
    return door, {"HLT-9": product, "OLD-1": policy, "C202600000001": claim, "han": opened.stream}


async def test_a_case_is_found_by_every_number_it_bears_and_by_its_id(store: EventStore) -> None:
    _, cases = await begun(store)
    for number, stream in cases.items():
        assert await find_case(store, number) == stream
        assert await find_case(store, str(stream)) == stream


async def test_an_application_and_the_policy_it_became_are_one_case(store: EventStore) -> None:
    door = Door(store)
    policy = await door.sold_in_instalments(await door.product(), await door.customer())
    sold = await door.recall(Policy, policy)
    assert sold.number and sold.application
    assert [await find_case(store, number) for number in (sold.number, sold.application)] == [policy, policy]


async def test_a_number_of_another_kind_is_not_the_one_asked_for(store: EventStore) -> None:
    _, cases = await begun(store)
    assert await find_case(store, "OLD-1", "policy") == cases["OLD-1"]
    assert await find_case(store, "OLD-1", "claim") is None


async def test_an_unknown_number_finds_nothing_and_an_unknown_id_a_case_without_history(store: EventStore) -> None:
    await begun(store)
    unknown = await find_case(store, str(uuid4()))
    assert unknown and await history(store, unknown) == []
    assert await find_case(store, "C209900000001") is None
    assert await find_case(store, "") is None


async def test_a_number_that_looks_like_an_id_is_still_a_number(store: EventStore) -> None:
    door = Door(store)
    number = "20260000000000000000000000000001"
    policy = await door.taken_over(await door.product(), await door.customer(), number)
    assert await find_case(store, number) == policy


async def test_history_ends_at_a_version_or_with_what_was_known_at_a_moment(store: EventStore) -> None:
    door, cases = await begun(store)
    claim = cases["C202600000001"]
    door.clock.pass_days(10)
    await door.settle(claim)
    assert [each.version for each in await history(store, claim, version=2)] == [1, 2]
    assert [each.version for each in await history(store, claim, at=START)] == [1, 2, 3]
    assert [each.version for each in await history(store, claim, at=START - timedelta(seconds=1))] == []
    assert len(await history(store, claim)) == 8
    assert await history(store, new_stream()) == []
