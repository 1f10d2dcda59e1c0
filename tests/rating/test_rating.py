"""A customer's risk is rated from named factors, and a high one is handled otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from application.rating.rating_register import RatingRegister
from domain import rating as r
from domain.policy.examination import CompleteApplication
from domain.policy.risk import Concern, IssueRaised
from domain.rating import Factor, Rating, Tier
from domain.words import Actor, Role
from tests import samples as s
from tests.kit import TODAY, folded, given
from tests.policy import kept as k
from tests.rows import seen

WU = Actor("wu", Role.COMPLIANCE)


def rate(*factors: Factor) -> r.RateCustomer:
    return r.RateCustomer(customer=s.CUSTOMER_ID, factors=factors, note="a minister's brother")


@pytest.mark.parametrize(
    ("factors", "tier", "again_on"),
    [
        ((), Tier.LOW, date(2029, 3, 2)),
        ((Factor.CASH,), Tier.LOW, date(2029, 3, 2)),
        ((Factor.WARNINGS,), Tier.MEDIUM, date(2027, 3, 2)),
        ((Factor.EXPOSED,), Tier.HIGH, date(2026, 9, 2)),
        ((Factor.REGION, Factor.OWNERSHIP), Tier.HIGH, date(2026, 9, 2)),
    ],
)
def test_the_points_make_the_tier_and_the_tier_the_day_of_the_next_look(factors, tier, again_on):
    [rated] = given().when(rate(*factors), by=WU).outcome()
    assert (rated.tier, rated.again_on, rated.version) == (tier, again_on, r.VERSION)


def test_a_factor_counts_once_and_the_reasons_are_kept():
    after = (
        given()
        .when(rate(Factor.AWAY, Factor.EXPOSED, Factor.AWAY), by=WU)
        .then(s.replaced(k.RATED, factors=(Factor.AWAY, Factor.EXPOSED)))
    )
    assert after.high and after.party == s.CUSTOMER_ID
    assert not folded(Rating, s.replaced(k.RATED, tier=Tier.MEDIUM)).high


def test_the_application_of_a_customer_rated_high_raises_an_issue():
    complete = CompleteApplication(completed_on=TODAY)
    beside = [s.PRODUCT, s.CUSTOMER]
    applied = given(s.APPLIED, s.DISCLOSED)

    def concerns(*more):
        outcome = applied.when(complete, consulting=[*beside, *more]).outcome()
        return {each.concern for each in outcome if isinstance(each, IssueRaised)}

    assert concerns(folded(Rating, k.RATED)) - concerns() == {Concern.RATED_HIGH}


def test_the_register_shows_the_last_rating():
    seen(RatingRegister, k.RATED).shows(tier=Tier.HIGH, score=60, again_on=date(2026, 9, 2), scale="2026-1")
