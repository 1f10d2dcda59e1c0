"""A claim under a policy with overdue premium waits for it, and goes on when it has come."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.claim.arrived_premium_releases_the_claim import ArrivedPremiumReleasesTheClaim
from application.claim.overdue_premium_holds_the_claim import OverduePremiumHoldsTheClaim
from domain.claim.events import ClaimHeld, ClaimRegistered, ClaimReleased, Hold
from domain.claim.intake import HoldForPremium, ReleaseClaim
from domain.policy.events import AwaitedPremiumArrived, ClaimAwaitedPremium
from domain.policy.service import AwaitPremium
from domain.words import SYSTEM
from tests import samples as s
from tests.kit import STREAM, given
from tests.rows import happened

SECOND_CLAIM = UUID(int=99, version=4)
ARRIVED = AwaitedPremiumArrived(claims=(s.CLAIM_ID, SECOND_CLAIM))
REGISTERED = happened(s.REGISTERED, stream=s.CLAIM_ID, version=2)
LATE, EARLY = date(2026, 7, 2), date(2026, 6, 30)
HALF_PAID = s.in_force(instalments=2)
"""The second instalment falls due on 1 July 2026."""


def test_a_registered_claim_is_to_be_held_and_its_policy_told_that_it_waits():
    assert list(OverduePremiumHoldsTheClaim.react(REGISTERED)) == [
        (s.CLAIM_ID, HoldForPremium()),
        (s.POLICY_ID, AwaitPremium(claim=s.CLAIM_ID)),
    ]


def test_only_a_registration_holds_a_claim_and_only_arrived_premium_lets_it_go():
    assert OverduePremiumHoldsTheClaim.hears == (ClaimRegistered,)
    assert ArrivedPremiumReleasesTheClaim.hears == (AwaitedPremiumArrived,)


def test_the_claim_is_held_if_premium_was_overdue_on_the_day_of_its_registration():
    [(_, hold), (_, wait)] = OverduePremiumHoldsTheClaim.react(REGISTERED)
    claim = given(*s.OPEN_CLAIM, beside=(HALF_PAID,))
    claim.when(hold, by=SYSTEM, on=LATE).then(ClaimHeld(hold=Hold.PREMIUM_OVERDUE))
    given(*HALF_PAID).when(wait, by=SYSTEM, on=LATE).then(ClaimAwaitedPremium(claim=s.CLAIM_ID))


def test_a_claim_registered_before_the_premium_was_overdue_is_not_held_however_late_that_is_entered():
    [(_, hold), (_, wait)] = OverduePremiumHoldsTheClaim.react(happened(s.REGISTERED, on=EARLY, known_on=LATE))
    given(*s.OPEN_CLAIM, beside=(HALF_PAID,)).when(hold, by=SYSTEM, on=EARLY).then()
    given(*HALF_PAID).when(wait, by=SYSTEM, on=EARLY).then()


def test_every_claim_that_waited_is_released():
    released = list(ArrivedPremiumReleasesTheClaim.react(happened(ARRIVED, stream=s.POLICY_ID)))
    assert released == [(each, ReleaseClaim(hold=Hold.PREMIUM_OVERDUE)) for each in (s.CLAIM_ID, SECOND_CLAIM)]


def test_a_released_claim_keeps_its_other_holds():
    held = (ClaimHeld(hold=Hold.PREMIUM_OVERDUE), ClaimHeld(hold=Hold.INVESTIGATION))
    [(_, release), _] = ArrivedPremiumReleasesTheClaim.react(happened(ARRIVED))
    after = given(*s.OPEN_CLAIM, *held).when(release, by=SYSTEM).then(ClaimReleased(hold=Hold.PREMIUM_OVERDUE))
    assert after.holds == {Hold.INVESTIGATION}


def test_a_claim_that_somebody_released_before_is_left_alone():
    [(_, release), _] = ArrivedPremiumReleasesTheClaim.react(happened(ARRIVED, stream=STREAM))
    given(*s.OPEN_CLAIM).when(release, by=SYSTEM).then()
