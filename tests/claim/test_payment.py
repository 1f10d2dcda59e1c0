"""A claim's money: authority that adds up, three pairs of hands, approvals used once, voiding, extras, recoveries."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.claim.claim_ledger import ClaimLedger, Fate, Movement
from domain.claim import closing, result, settlement
from domain.claim import payment as p
from domain.claim.ledger import Ledger
from domain.claim.money import Cost, Kind, Source
from domain.claim.state import Claim, Status
from domain.tally import WINDOW_DAYS, ApprovalCounted, Part, Tally, tally_of
from domain.words import Actor, Money, Role
from tests import samples as s
from tests.claim import moneys as m
from tests.kit import STREAM, TODAY, folded, given
from tests.rows import seen

OTHER = UUID(int=71, version=4)
CASHIER = Actor("su", Role.CASHIER)
ASSESSED = s.PAYABLE[:-1]
PAYMENT = settlement.PayClaim(
    benefit="HOSPITAL", amount=s.yuan(900), payee="王小明", reference="T1", paid_on=date(2026, 3, 2)
)
PAID = (*s.PAYABLE, s.claim_paid())
REQUEST = p.RequestExtra(
    request="F-1",
    kind=Kind.EXPENSE,
    cost=Cost.APPRAISAL,
    amount=s.yuan(300),
    payee="Surveyors Ltd",
    reason="appraisal of the damage",
)
APPROVE = p.ApproveExtra(request="F-1")
PAY = p.PayExtra(request="F-1", reference="T9", paid_on=date(2026, 3, 2))
VOID = p.VoidPayment(reference="T1", reason="wrong account")
EXPECT = p.ExpectRecovery(
    recovery="H-1", benefit="HOSPITAL", source=Source.SUBROGATION, amount=s.yuan(200), debtor="who ran the light"
)


def sun(authority: int) -> Actor:
    return Actor("sun", Role.SUPERVISOR, authority=authority * 100)


def counted(amount: int, claim: UUID = OTHER, days_ago: int = 0, approver: str = "sun", **part) -> ApprovalCounted:
    on = TODAY - timedelta(days_ago)
    return ApprovalCounted(part=Part(claim, **part), amount=s.yuan(amount), approver=approver, on=on)


def tally(*events: ApprovalCounted) -> Tally:
    return folded(Tally, *events, stream=tally_of(s.CUSTOMER_ID))


# -- authority adds up ----------------------------------------------------------------


@pytest.mark.parametrize(("authority", "allowed"), [(1_000, True), (999, False)])
def test_what_was_approved_for_the_same_claimant_lately_counts_against_the_authority(authority, allowed):
    attempt = given(*ASSESSED, beside=(tally(counted(100)),)).when(settlement.ApproveClaim(), by=sun(authority))
    if allowed:
        attempt.then(s.approved())
    else:
        attempt.refused(settlement.BEYOND_TOGETHER)


@pytest.mark.parametrize(("days_ago", "allowed"), [(WINDOW_DAYS - 1, False), (WINDOW_DAYS, True)])
def test_an_approval_counts_for_so_many_days(days_ago, allowed):
    before = tally(counted(100, days_ago=days_ago))
    attempt = given(*ASSESSED, beside=(before,)).when(settlement.ApproveClaim(), by=sun(999))
    if allowed:
        assert attempt.outcome()
    else:
        attempt.refused(settlement.BEYOND_TOGETHER)


def test_what_others_approved_and_what_is_decided_anew_does_not_count():
    before = tally(counted(500, approver="li"), counted(900, claim=STREAM), counted(400, claim=STREAM, of="HOSPITAL"))
    assert given(*ASSESSED, beside=(before,)).when(settlement.ApproveClaim(), by=sun(900)).outcome()


def test_an_advance_in_parts_is_added_up_over_the_benefits_of_a_claim():
    advance = result.ApproveAdvance(benefit="HOSPITAL", amount=s.yuan(400))
    before = tally(counted(600, claim=STREAM, of="OUTPATIENT"))
    given(*ASSESSED, beside=(before,)).when(advance, by=sun(999)).refused(settlement.BEYOND_TOGETHER)
    assert given(*ASSESSED, beside=(before,)).when(advance, by=sun(1000)).outcome()


def test_an_extra_payment_counts_beside_the_claim_itself():
    before = tally(counted(900, claim=STREAM))
    asked = (*s.PAYABLE, m.REQUESTED)
    given(*asked, beside=(before,)).when(APPROVE, by=sun(1199)).refused(settlement.BEYOND_TOGETHER)
    given(*asked, beside=(before,)).when(APPROVE, by=sun(1200)).then(m.APPROVED)


def test_every_approval_is_counted_beside_it_in_the_tally_of_the_claimant():
    claim = folded(Claim, *ASSESSED)
    [(stream, event)] = claim.beside(s.approved())
    assert stream == tally_of(s.CUSTOMER_ID)
    assert event == ApprovalCounted(part=Part(STREAM), amount=s.yuan(900), approver="sun", on=date(2026, 3, 2))
    assert list(claim.beside(s.claim_paid())) == []


def test_a_whole_claim_takes_the_place_of_its_advances_and_of_nothing_else():
    parts = (
        counted(1, claim=STREAM, of="HOSPITAL"),
        counted(2, claim=STREAM, of="F-1", beside=True),
        counted(4, claim=OTHER, of="HOSPITAL"),
    )
    after = tally(*parts, counted(8, claim=STREAM))
    assert after.approved("sun", TODAY, "CNY", Part(UUID(int=9))) == s.yuan(2 + 4 + 8)


@whatever(amounts=st.lists(st.integers(1, 500), min_size=1, max_size=8), authority=st.integers(1, 1500))
def test_however_a_sum_is_split_no_more_is_approved_than_the_authority(amounts: list[int], authority: int) -> None:
    state, total = tally(), 0
    for place, amount in enumerate(amounts):
        part = Part(UUID(int=100 + place))
        if state.approved("sun", TODAY, "CNY", part).minor + amount * 100 <= authority * 100:
            state = state.evolve(counted(amount, claim=part.claim))
            total += amount
    assert total <= authority


# -- three pairs of hands -------------------------------------------------------------


@pytest.mark.parametrize("who", ["han", "sun"])
def test_who_assessed_or_approved_does_not_pay_whatever_their_roles(who):
    given(*s.PAYABLE).when(PAYMENT, by=Actor(who, Role.CASHIER)).refused(settlement.APPROVED_IT)
    assert given(*s.PAYABLE).when(PAYMENT, by=CASHIER).outcome()


def test_a_request_is_made_approved_and_paid_by_three_people():
    given(*s.PAYABLE, m.RESERVED).when(REQUEST, by=s.HANDLER).then(m.REQUESTED)
    asked = (*s.PAYABLE, m.REQUESTED)
    given(*asked).when(APPROVE, by=Actor("han", Role.SUPERVISOR, authority=10**9)).refused(p.OWN_REQUEST)
    given(*asked).when(PAY, by=CASHIER).refused(p.NOT_APPROVED_YET)
    approved = (*asked, m.APPROVED)
    for who in ("han", "sun"):
        given(*approved).when(PAY, by=Actor(who, Role.CASHIER)).refused(settlement.SAME_PERSON)
    given(*approved).when(PAY, by=CASHIER).then(m.PAID)


def test_an_approval_is_used_once_and_given_once():
    used = (*s.PAYABLE, m.REQUESTED, m.APPROVED, m.PAID)
    given(*used).when(PAY.model_copy(update={"reference": "T10"}), by=CASHIER).refused(p.NO_REQUEST)
    given(*used[:-1]).when(APPROVE, by=s.SECOND).refused(p.APPROVED_BEFORE)
    given(*used).when(REQUEST, by=s.HANDLER).refused(p.NUMBER_USED)


def test_a_request_is_declined_with_a_reason():
    decline = p.DeclineExtra(request="F-1", reason="the insured's own cost")
    given(*s.PAYABLE, m.REQUESTED).when(decline, by=s.SECOND).then(m.DECLINED)
    given(*s.PAYABLE, m.REQUESTED, m.DECLINED).when(APPROVE, by=s.SECOND).refused(p.NO_REQUEST)


def test_a_reference_pays_once_whatever_it_paid():
    taken = PAY.model_copy(update={"reference": "T1"})
    given(*PAID, m.REQUESTED, m.APPROVED).when(taken, by=CASHIER).refused(settlement.REFERENCE_REUSED)


# -- payments that come back ----------------------------------------------------------


def test_a_voided_payment_is_owed_again_and_approved_anew():
    after = given(*PAID).when(VOID).then(m.VOIDED)
    assert (after.status, after.approved, after.paid) == (Status.ASSESSED, None, Money(0))
    again = PAYMENT.model_copy(update={"reference": "T2"})
    given(*PAID, m.VOIDED).when(again, by=CASHIER).refused(settlement.NOT_APPROVED)
    assert given(*PAID, m.VOIDED, s.approved()).when(again, by=CASHIER).outcome()


def test_what_cleared_or_was_voided_is_not_voided():
    given(*PAID, m.CLEARED).when(VOID).refused(p.NO_PAYMENT)
    given(*PAID, m.VOIDED).when(VOID).refused(p.NO_PAYMENT)
    given(*s.PAYABLE).when(VOID).refused(p.NO_PAYMENT)
    clear = p.ClearPayment(reference="T1", cleared_on=date(2026, 3, 2))
    given(*PAID).when(clear).then(m.CLEARED)
    given(*PAID, m.CLEARED).when(clear).refused(p.NO_PAYMENT)


# -- recoveries and closing -----------------------------------------------------------


def test_a_recovery_is_expected_received_and_closed():
    given(*PAID).when(EXPECT).then(m.EXPECTED)
    receive = p.ReceiveRecovery(recovery="H-1", amount=s.yuan(150), reference="T8", received_on=date(2026, 3, 2))
    given(*PAID, m.EXPECTED).when(receive).then(m.RECEIVED)
    close = p.CloseRecovery(recovery="H-1", reason="no more will come")
    given(*PAID, m.EXPECTED, m.RECEIVED).when(close).then(m.CLOSED)
    given(*PAID, m.EXPECTED, m.CLOSED).when(receive).refused(p.NO_RECOVERY)
    given(*PAID, m.EXPECTED).when(EXPECT).refused(p.NUMBER_USED)


@pytest.mark.parametrize("still", [(m.REQUESTED,), (m.REQUESTED, m.APPROVED), (m.EXPECTED,)])
def test_no_claim_closes_while_money_is_still_to_move(still):
    given(*PAID, s.paid_up(), *still).when(closing.CloseClaim(), by=s.HANDLER).refused(closing.STILL_OPEN)


@pytest.mark.parametrize("over", [(m.REQUESTED, m.DECLINED), (m.REQUESTED, m.APPROVED, m.PAID), (m.EXPECTED, m.CLOSED)])
def test_what_has_come_to_its_end_lets_the_claim_close(over):
    assert given(*PAID, s.paid_up(), *over).when(closing.CloseClaim(), by=s.HANDLER).outcome()


def test_what_a_ledger_does_not_know_changes_nothing():
    empty = Ledger()
    for event in (m.APPROVED, m.PAID, m.CLEARED, m.VOIDED, m.RECEIVED, m.CLOSED):
        assert empty.after(event) == empty


# -- the ledger as it is read ---------------------------------------------------------


def line(*history):
    [row] = seen(ClaimLedger, *history).rows
    return row


def test_the_ledger_shows_how_each_movement_fared():
    assert line(s.claim_paid()).fate is Fate.ISSUED
    assert line(s.claim_paid(), m.CLEARED).fate is Fate.CLEARED
    assert line(s.claim_paid(), m.VOIDED).fate is Fate.VOIDED
    assert line(s.advanced()).movement is Movement.ADVANCE
    assert line(m.REQUESTED).fate is Fate.REQUESTED
    assert line(m.REQUESTED, m.APPROVED).approver == "sun"
    assert line(m.REQUESTED, m.DECLINED).fate is Fate.DECLINED
    assert line(m.REQUESTED, m.APPROVED, m.PAID).reference == "T9"
    assert line(m.EXPECTED, m.RECEIVED).received == 15_000
    assert line(m.EXPECTED, m.CLOSED).fate is Fate.CLOSED
