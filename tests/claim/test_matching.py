"""A notice is held against other notices and against the contract as it was known, before it becomes a claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.claim import closing, intake, matching
from domain.claim.notice import Known
from domain.claim.state import Claim, Status
from domain.losses import NEAR_DAYS, Cause, Losses, LossesToldApart, LossMoved, LossTold, losses_of
from tests import samples as s
from tests.claim import scrutinies as c
from tests.kit import STREAM, folded, given
from tests.policy.test_service import endorsed

REGISTER = intake.RegisterClaim()
IN_FORCE = s.policy(*s.in_force())
OTHER = folded(Claim, s.replaced(s.NOTICED, number="C-2"), stream=c.OTHER)
JOIN = matching.JoinNotice(claim=c.OTHER)
APART = matching.TellLossesApart(claim=c.OTHER, reason="another room")


def told(*events: object) -> Losses:
    return folded(Losses, *events, stream=losses_of(s.POLICY_ID))


def loss(on: date = s.LOSS_ON, cause: Cause | None = Cause.ILLNESS) -> LossTold:
    return s.replaced(c.TOLD, loss_on=on, cause=cause)


# -- the same loss twice --------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "cause", "twice"),
    [
        (0, Cause.ILLNESS, True),
        (0, Cause.FIRE, True),
        (NEAR_DAYS, Cause.ILLNESS, True),
        (-NEAR_DAYS, None, True),
        (NEAR_DAYS, Cause.FIRE, False),
        (NEAR_DAYS + 1, Cause.ILLNESS, False),
    ],
)
def test_a_claim_is_not_registered_while_another_may_tell_of_the_same_loss(days, cause, twice):
    before = told(loss(s.LOSS_ON + timedelta(days), cause))
    attempt = given(s.NOTICED).when(REGISTER, consulting=[IN_FORCE, before])
    if twice:
        assert attempt.refused(matching.PERHAPS_TWICE).details["numbers"] == "C-2"
    else:
        assert attempt.outcome()


@pytest.mark.parametrize("after", [LossesToldApart(claim=c.OTHER, other=STREAM), c.MOVED])
def test_it_is_registered_once_the_two_were_told_apart_or_the_other_was_moved(after):
    assert given(s.NOTICED).when(REGISTER, consulting=[IN_FORCE, told(loss(), after)]).outcome()


def test_its_own_notice_is_no_other_loss():
    assert given(s.NOTICED).when(REGISTER, consulting=[IN_FORCE, told(s.replaced(c.TOLD, claim=STREAM))]).outcome()


def test_what_a_notice_tells_is_kept_with_its_policy_and_moves_with_it():
    noticed = folded(Claim, s.NOTICED)
    tells = LossTold(claim=STREAM, number=noticed.number, loss_on=s.LOSS_ON, cause=Cause.ILLNESS)
    assert list(noticed.beside(s.NOTICED)) == [(losses_of(s.POLICY_ID), tells)]
    elsewhere = UUID(int=5, version=4)
    amended = intake.AmendNotice(policy=elsewhere, notice=s.NOTICE)
    moved_to = folded(type(IN_FORCE), *s.in_force(), stream=elsewhere)
    [event] = given(s.NOTICED).when(amended, consulting=[moved_to]).outcome()
    assert dict(noticed.evolve(event).beside(event)) == {
        losses_of(s.POLICY_ID): LossMoved(claim=STREAM),
        losses_of(elsewhere): tells,
    }


def test_a_notice_is_joined_to_the_claim_that_is_about_its_loss_and_goes_on_there():
    after = given(s.NOTICED).when(JOIN, consulting=[OTHER]).then(c.JOINED)
    assert (after.status, after.is_open) == (Status.JOINED, False)
    taken_in = s.replaced(c.TAKEN_IN, claim=STREAM, number="C202600000001")
    assert dict(after.beside(c.JOINED)) == {c.OTHER: taken_in, losses_of(s.POLICY_ID): LossMoved(claim=STREAM)}
    given(s.NOTICED, c.JOINED).when(REGISTER, consulting=[IN_FORCE]).refused(intake.ALREADY_REGISTERED)
    given(s.NOTICED, c.JOINED).when(closing.ReopenClaim(ground="error")).refused(closing.NOT_CLOSED)


def test_nothing_is_joined_to_itself_to_what_was_joined_or_across_policies():
    itself = folded(Claim, s.NOTICED)
    given(s.NOTICED).when(matching.JoinNotice(claim=STREAM), consulting=[itself]).refused(matching.ITSELF)
    joined = folded(Claim, s.NOTICED, c.JOINED, stream=c.OTHER)
    given(s.NOTICED).when(JOIN, consulting=[joined]).refused(matching.JOINED_ITSELF)
    elsewhere = folded(Claim, s.replaced(s.NOTICED, policy=UUID(int=5, version=4)), stream=c.OTHER)
    given(s.NOTICED).when(JOIN, consulting=[elsewhere]).refused(matching.OTHER_POLICY)
    given(*s.OPEN_CLAIM).when(JOIN, consulting=[OTHER]).refused(matching.NOT_A_NOTICE)


def test_two_losses_are_told_apart_for_both_claims_at_once():
    after = given(s.NOTICED).when(APART, consulting=[OTHER]).then(c.DISTINCT)
    apart = LossesToldApart(claim=STREAM, other=c.OTHER)
    assert list(after.beside(c.DISTINCT)) == [(losses_of(s.POLICY_ID), apart)]
    losses = told(loss(), s.replaced(c.TOLD, claim=STREAM), apart)
    assert not losses.like(STREAM, s.LOSS_ON, None) and not losses.like(c.OTHER, s.LOSS_ON, None)


def test_one_notice_may_tell_of_several_claims():
    further = intake.GiveNotice(claim=c.OTHER, notice=s.NOTICE, policy=s.POLICY_ID)
    expected = s.replaced(s.NOTICED, number="C-3", told_with=c.OTHER)
    after = given().when(further, number="C-3", consulting=[IN_FORCE, OTHER]).then(expected)
    assert (c.OTHER, s.replaced(c.DIVIDED, claim=STREAM, number="C-3")) in after.beside(expected)


@whatever(st.lists(st.sampled_from([c.TOLD, c.MOVED, c.APART, loss(cause=None)]), max_size=8), st.integers(-5, 5))
def test_likeness_goes_both_ways(events, days):
    mine = s.replaced(c.TOLD, claim=STREAM, loss_on=s.LOSS_ON + timedelta(days))
    losses = told(*events, mine)
    theirs = losses.told.get(c.OTHER)
    seen = {each.claim for each in losses.like(STREAM, mine.loss_on, mine.cause)}
    assert not theirs or (c.OTHER in seen) == bool(losses.like(c.OTHER, theirs.loss_on, theirs.cause))


# -- cover as known at the notice, and as known now -----------------------------------

RAISED_BEFORE = s.policy(*s.in_force(endorsed(date(2026, 2, 1))))
"""The contract was raised for the day of the loss, after the notice."""


def decide(known: Known) -> matching.DecideCover:
    return matching.DecideCover(known=known, reason="asked for after the storm")


def test_somebody_decides_which_cover_counts_where_the_contract_was_backdated_after_the_notice():
    given(s.NOTICED).when(REGISTER, consulting=[RAISED_BEFORE]).refused(matching.COVER_CHANGED)
    decided = given(s.NOTICED).when(decide(Known.AT_NOTICE), by=s.SECOND, consulting=[RAISED_BEFORE])
    decided.then(c.COVER)
    given(s.NOTICED, c.COVER).when(decide(Known.AT_NOTICE), by=s.SECOND, consulting=[RAISED_BEFORE]).then()


@pytest.mark.parametrize(("known", "sums"), [(Known.AT_NOTICE, s.MILLION), (Known.NOW, s.TWO_MILLION)])
def test_the_claim_is_registered_under_the_cover_that_was_decided_on(known, sums):
    history = (s.NOTICED, s.replaced(c.COVER, known=known))
    registered, screened, *_ = given(*history).when(REGISTER, consulting=[RAISED_BEFORE]).outcome()
    assert (registered.sums, registered.by_notice) == (sums, known is Known.AT_NOTICE)
    assert "backdated" in screened.warnings


def test_a_change_known_before_the_notice_needs_no_decision():
    knew = s.replaced(s.NOTICED, contract=2)
    assert given(knew).when(REGISTER, consulting=[RAISED_BEFORE]).outcome()
    given(knew).when(decide(Known.NOW), consulting=[RAISED_BEFORE]).refused(matching.COVER_UNCHANGED)


def test_a_change_after_the_day_of_the_loss_needs_no_decision():
    later = s.policy(*s.in_force(endorsed(s.LOSS_ON + timedelta(1))))
    assert given(s.NOTICED).when(REGISTER, consulting=[later]).outcome()


def test_a_new_notice_asks_for_the_decision_anew():
    amended = given(s.NOTICED, c.COVER).when(
        intake.AmendNotice(notice=replace(s.NOTICE, place="Suzhou")), consulting=[RAISED_BEFORE]
    )
    [event] = amended.outcome()
    given(s.NOTICED, c.COVER, event).when(REGISTER, consulting=[RAISED_BEFORE]).refused(matching.COVER_CHANGED)
