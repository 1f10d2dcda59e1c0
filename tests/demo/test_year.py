"""The demo tells one year, the same every time, and the house answers each act as the story has it."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from domain.catalogue import AGGREGATE_OF
from domain.claim.events import Hold, Outcome, Rejection, Reopening, WithoutPayment
from domain.kernel import CALENDAR_ZONE
from domain.policy.events import Ending, Verdict
from domain.product import Line
from domain.words import Role
from interfaces.demo.products import Shelf
from interfaces.demo.staff import Staff
from interfaces.demo.world import World
from tests.demo.playing import SMALL, TINY, Lost, MortalStore, Year, played, year


@pytest.fixture(scope="module")
def small() -> Year:
    return asyncio.run(played(year(SMALL)))


@pytest.fixture(scope="module")
def tiny() -> Year:
    return asyncio.run(played(year()))


# -- the same every time --------------------------------------------------------------


async def test_the_same_seed_tells_the_same_year_to_the_byte(tiny):
    again = await played(year())
    assert again.stored == tiny.stored
    assert again.denials == tiny.denials


async def test_another_seed_tells_another_year(tiny):
    assert (await played(year(seed=8))).stored != tiny.stored


async def test_told_again_to_the_same_house_it_adds_nothing(tiny):
    store = MortalStore(10**6)
    await played(year(), store)
    again = await played(year(), store)
    assert again.stored == tiny.stored
    assert again.denials == tiny.denials
    assert again.result.told() == tiny.result.told()


@pytest.mark.parametrize("appends", [0, 1, 40, 217, 399, 400, 401, 402, -7, -1])
async def test_interrupted_and_told_again_it_is_the_year_that_was_not_interrupted(tiny, appends):
    """Those below zero are counted from the last."""
    if appends < 0:
        whole = MortalStore(10**6)
        await played(year(), whole)
        appends += 10**6 - whole.appends
    store = MortalStore(appends)
    with pytest.raises(Lost):
        await played(year(), store)
    store.appends = 10**6
    resumed = await played(year(), store)
    assert resumed.stored == tiny.stored
    assert resumed.denials == tiny.denials


# -- as the story has it --------------------------------------------------------------


def test_the_house_answers_every_act_as_the_story_has_it(small, tiny):
    assert small.result.unexpected == tiny.result.unexpected == []


def test_every_refusal_of_the_year_was_meant_to_be_one(small):
    assert len(small.denials) == small.result.refusals > 50
    assert len({each.code for each in small.denials}) > 15


NOT_IN_THE_YEAR = {
    # The days off of the year after are announced when it is over.
    "YearAnnounced",
    # Only where something was open over the days of the storm.
    "DeadlineRedated",
    # One review in eighteen is drawn for a check.
    "ReviewSampled",
    "ReviewChecked",
    # Compliance had no cause to count anything anew.
    "ClockRejudged",
}


def test_everything_that_can_happen_happens(small):
    happened = {type(each.event).__name__ for each in small.log}
    assert happened | NOT_IN_THE_YEAR == set(AGGREGATE_OF)


def test_claims_end_in_every_way_and_are_rejected_on_every_ground(small):
    closed = [each.event for each in small.happened("ClaimClosed")]
    assert {each.outcome for each in closed} == set(Outcome)
    assert {each.without for each in closed} == {None, *WithoutPayment}
    grounds = {ground for each in small.happened("ClaimRejected") for ground in each.event.grounds}
    assert grounds == set(Rejection)
    assert {each.event.ground for each in small.happened("ClaimReopened")} == set(Reopening)


def test_claims_wait_for_every_reason_and_the_house_itself_holds_those_with_overdue_premium(small):
    held = small.happened("ClaimHeld")
    assert {each.event.hold for each in held} == set(Hold)
    by_the_house = {each.event.hold for each in held if each.actor.role is Role.SYSTEM}
    assert by_the_house == {Hold.PREMIUM_OVERDUE}
    released = small.happened("ClaimReleased")
    assert any(each.actor.role is Role.SYSTEM for each in released)


def test_policies_are_underwritten_and_end_in_every_way(small):
    assert {each.event.verdict for each in small.happened("UnderwritingDecided")} == set(Verdict)
    assert {each.event.ending for each in small.happened("PolicyCancelled")} >= {Ending.COOLING_OFF, Ending.REQUEST}


def test_nobody_approves_what_they_assessed_or_what_is_beyond_them(small):
    assessors: dict[object, set[str]] = {}
    for each in small.log:
        match type(each.event).__name__:
            case "CoverageAssessed":
                assessors.setdefault(each.stream, set()).add(each.actor.name)
            case "ClaimApproved":
                assert each.actor.name not in assessors[each.stream]
                assert each.event.amount.minor <= each.actor.authority


def test_about_nine_in_ten_of_those_who_answer_are_content(small):
    scores = [each.event.satisfaction for each in small.happened("SurveyAnswered")]
    assert len(scores) > 40
    assert 0.8 < sum(score >= 4 for score in scores) / len(scores) < 0.96


# -- its days -------------------------------------------------------------------------


def test_what_is_known_is_known_in_order_and_never_before_it_happened(small):
    assert all(before.recorded_at <= after.recorded_at for before, after in pairwise(small.log))
    assert all(each.occurred_at <= each.recorded_at for each in small.log)


def test_the_year_lies_between_its_two_days_and_staff_work_by_day(small):
    days = {each.occurred_on for each in small.log}
    assert min(days) >= date(2025, 11, 1)
    assert max(days) <= date(2026, 10, 31)
    assert len(days) > 250
    approved = [each.occurred_at.astimezone(CALENDAR_ZONE) for each in small.happened("ClaimApproved")]
    assert all(at.weekday() < 5 and 9 <= at.hour <= 18 for at in approved)


def test_what_the_house_does_by_itself_it_does_on_the_same_day(small):
    reactions = [each for each in small.log if each.actor.role is Role.SYSTEM]
    assert reactions
    assert all((each.recorded_at - each.occurred_at).total_seconds() < 24 * 3600 for each in reactions)


# -- its people and its shelf ---------------------------------------------------------


def test_the_full_shelf_has_twelve_hundred_products_over_all_lines():
    world = World("plan", date(2025, 11, 1), date(2026, 10, 31))
    wares = Shelf(world, 1.0).wares
    assert len(wares) >= 1_200
    assert len({ware.code for ware in wares}) == len({ware.name for ware in wares}) == len(wares)
    lines = Counter(ware.kind.line for ware in wares)
    assert min(lines[line] for line in Line) >= 100
    assert any(ware.name.endswith("终身寿险（分红型）") for ware in wares)


def test_every_member_of_staff_has_a_sign_in_and_no_two_share_one():
    staff = Staff(World("plan", date(2025, 11, 1), date(2026, 10, 31)))
    logins = [member.login for member in staff.everyone]
    assert len(set(logins)) == len(logins)
    assert {member.role for member in staff.everyone} == set(Role) - {Role.CUSTOMER, Role.SYSTEM}


def test_telephone_and_identity_numbers_belong_to_nobody(small):
    gone = {subject for each in small.happened("PersonForgotten") for subject in each.event.subjects}
    registered = [each.event for each in small.happened("CustomerRegistered") if each.stream not in gone]
    assert all(each.phone.startswith("120") and len(each.phone) == 11 for each in registered)
    assert all(each.identity.startswith(("000000", "DEMO")) for each in registered)


async def test_twice_the_scale_is_twice_the_customers_and_the_same_shelf():
    assert TINY.times(2).customers == 2 * TINY.customers
    assert TINY.times(2).products == TINY.products
