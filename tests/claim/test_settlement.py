"""A registered claim is assessed by one, decided by another, paid within what was approved, and closed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from domain.claim import closing as c
from domain.claim import events as e
from domain.claim import settlement as s
from domain.claim.events import Hold, Outcome, Paper, Rejection, Reopening, WithoutPayment
from domain.claim.intake import NOT_REGISTERED
from domain.claim.state import Claim, Status
from domain.kernel import NOT_YET, OTHER_CURRENCY
from domain.words import Actor, Money, Role
from tests.kit import folded, given
from tests.samples import (
    ASKED,
    HANDLER,
    LETTER,
    NOTICED,
    OPEN_CLAIM,
    PAYABLE,
    SECOND,
    approved,
    assessed,
    claim_paid,
    closed,
    paid_up,
    received,
    replaced,
    usd,
    yuan,
)

REJECTED = e.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic treatment", decider=SECOND.name)
REOPENED = e.ClaimReopened(ground=Reopening.FURTHER_LOSS, note="complications")
HELD = e.ClaimHeld(hold=Hold.SUSPECTED_FRAUD)
CLOSED_CLAIM = (*PAYABLE, claim_paid(), closed())

APPROVE, CLOSE = s.ApproveClaim(), c.CloseClaim()
REJECT = s.RejectClaim(grounds=(Rejection.EXCLUDED, Rejection.EXCLUDED), explanation="cosmetic treatment")
REOPEN = c.ReopenClaim(ground=Reopening.FURTHER_LOSS, note="complications")


def assess(claimed: Money, payable: Money | None = None, reserve: Money | None = None, benefit: str = "HOSPITAL"):
    return s.AssessCoverage(benefit=benefit, claimed=claimed, payable=payable, reserve=reserve)


def pay(amount: Money, reference: str = "T1", benefit: str = "HOSPITAL") -> s.PayClaim:
    return s.PayClaim(benefit=benefit, amount=amount, payee="王小明", reference=reference, paid_on=date(2026, 2, 20))


# -- assessment -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claimed", "payable"),
    [("1000", "900"), ("100.01", "0.01"), ("100", "0"), ("99.99", "0"), ("10100", "10000"), ("10100.01", "10000")],
)
def test_what_is_payable_is_the_loss_above_the_deductible_up_to_the_sum_insured(claimed, payable):
    given(*OPEN_CLAIM).when(assess(yuan(claimed)), by=HANDLER).then(assessed(payable, claimed))


def test_the_assessor_may_set_what_is_payable_and_the_reserve():
    command = assess(yuan(1000), yuan(500), yuan(800))
    given(*OPEN_CLAIM).when(command, by=HANDLER).then(assessed(500, reserve=yuan(800)))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (assess(yuan(1), benefit="DENTAL"), s.NO_BENEFIT),
        (assess(yuan(99_999), yuan(10_000)), None),
        (assess(yuan(99_999), yuan("10000.01")), s.BEYOND_SUM),
        (assess(usd(1)), OTHER_CURRENCY),
        (assess(yuan(1), usd(1)), OTHER_CURRENCY),
        (assess(yuan(1), yuan(1), usd(1)), OTHER_CURRENCY),
    ],
)
def test_an_assessment_keeps_to_the_cover(command, refusal):
    attempt = given(*OPEN_CLAIM).when(command)
    if refusal:
        attempt.refused(refusal)
    else:
        assert len(attempt.outcome()) == 1


@pytest.mark.parametrize(("payable", "fits"), [("400", True), ("399.99", False)])
def test_an_assessment_does_not_fall_below_what_was_paid(payable, fits):
    attempt = given(*PAYABLE, claim_paid(400)).when(assess(yuan(1000), yuan(payable)), by=HANDLER)
    if fits:
        attempt.then(assessed(400, reserve=yuan(0)))
    else:
        attempt.refused(s.BELOW_PAID)


def test_a_new_assessment_takes_the_approval_with_it():
    again = given(*PAYABLE).when(assess(yuan(2000)), by=HANDLER).then(assessed(1900, 2000))
    assert (again.status, again.approved) == (Status.ASSESSED, None)


def test_each_benefit_is_assessed_by_itself():
    outpatient = assessed(300, 300, benefit="OUTPATIENT", deductible=yuan(0))
    both = given(*OPEN_CLAIM, assessed()).when(assess(yuan(300), benefit="OUTPATIENT"), by=HANDLER).then(outpatient)
    assert both.payable == yuan(1200)


def test_a_reserve_is_changed():
    command = s.ChangeReserve(benefit="HOSPITAL", reserve=yuan(700), reason="second opinion")
    changed = e.ReserveChanged(benefit="HOSPITAL", reserve=yuan(700), reason="second opinion")
    now = given(*OPEN_CLAIM, assessed()).when(command).then(changed)
    assert now.exposure("HOSPITAL").reserve == yuan(700)


@pytest.mark.parametrize(
    ("benefit", "reserve", "refusal"),
    [("HOSPITAL", yuan(900), None), ("OUTPATIENT", yuan(1), s.NOT_ASSESSED), ("HOSPITAL", usd(1), OTHER_CURRENCY)],
)
def test_a_reserve_that_is_not_changed(benefit, reserve, refusal):
    command = s.ChangeReserve(benefit=benefit, reserve=reserve, reason="x")
    attempt = given(*OPEN_CLAIM, assessed()).when(command)
    if refusal:
        attempt.refused(refusal)
    else:
        attempt.then()


# -- decision -------------------------------------------------------------------------


def test_a_second_person_approves_what_was_assessed():
    given(*OPEN_CLAIM, assessed()).when(APPROVE, by=SECOND).then(approved())


def test_approving_again_changes_nothing():
    given(*PAYABLE).when(APPROVE, by=SECOND).then()


def test_nothing_is_approved_before_it_is_assessed():
    given(*OPEN_CLAIM).when(APPROVE).refused(s.NOT_ASSESSED)


@pytest.mark.parametrize("command", [APPROVE, REJECT])
@pytest.mark.parametrize("reassessed_by", ["han", "sun"])
def test_who_assessed_a_claim_does_not_decide_it(command, reassessed_by):
    history = (*OPEN_CLAIM, assessed(), assessed(assessor=reassessed_by))
    given(*history).when(command, by=HANDLER).refused(s.SAME_PERSON)


@pytest.mark.parametrize("command", [APPROVE, REJECT])
def test_a_claim_on_hold_is_not_decided(command):
    given(*OPEN_CLAIM, assessed(), HELD).when(command, by=SECOND).refused(s.ON_HOLD)


def test_a_claim_is_not_approved_while_papers_are_missing():
    history = (*OPEN_CLAIM, ASKED, assessed(), received(Paper.INVOICE))
    no = given(*history).when(APPROVE, by=SECOND).refused(s.PAPERS_MISSING)
    assert no.details["papers"] == (Paper.CLAIM_FORM,)
    given(*history, received(Paper.CLAIM_FORM, "b" * 64)).when(APPROVE, by=SECOND).then(approved())


@pytest.mark.parametrize(("authority", "enough"), [(90_000, True), (89_999, False), (0, False)])
def test_nobody_approves_beyond_their_authority(authority, enough):
    attempt = given(*OPEN_CLAIM, assessed()).when(APPROVE, by=Actor(SECOND.name, Role.SUPERVISOR, None, authority))
    if enough:
        attempt.then(approved())
    else:
        attempt.refused(s.BEYOND_AUTHORITY)


@pytest.mark.parametrize("history", [OPEN_CLAIM, (*OPEN_CLAIM, assessed()), PAYABLE])
def test_a_claim_is_rejected_on_grounds_named_once(history):
    rejected = given(*history).when(REJECT, by=SECOND).then(REJECTED)
    assert (rejected.status, rejected.approved) == (Status.REJECTED, None)


def test_what_was_paid_in_part_is_not_rejected():
    given(*PAYABLE, claim_paid(1)).when(REJECT, by=SECOND).refused(s.ALREADY_PAID)


# -- payment --------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "then"), [("900", [paid_up()]), ("0.01", [])])
def test_what_was_approved_is_paid_in_whole_or_in_part(amount, then):
    given(*PAYABLE).when(pay(yuan(amount))).then(claim_paid(amount), *then)


@pytest.mark.parametrize(
    ("before", "amount", "fits"),
    [
        ((), "900.01", False),
        ((), "0", False),
        ((claim_paid(400),), "500", True),
        ((claim_paid(400),), "500.01", False),
        ((claim_paid(900),), "0.01", False),
    ],
)
def test_no_more_is_paid_than_is_left(before, amount, fits):
    attempt = given(*PAYABLE, *before).when(pay(yuan(amount), "T2"))
    if fits:
        attempt.then(claim_paid(amount, "T2"), paid_up())
    else:
        attempt.refused(s.OVERPAID)


@pytest.mark.parametrize(("reserve", "left"), [("900", "500"), ("300", "0"), ("400", "0")])
def test_a_payment_comes_out_of_the_reserve(reserve, left):
    change = e.ReserveChanged(benefit="HOSPITAL", reserve=yuan(reserve), reason="x")
    now = given(*PAYABLE, change).when(pay(yuan(400))).then(claim_paid(400))
    assert now.exposure("HOSPITAL").reserve == yuan(left)


@pytest.mark.parametrize(
    ("history", "command", "refusal"),
    [
        ((*PAYABLE, claim_paid(1)), pay(yuan(1)), s.REFERENCE_REUSED),
        (OPEN_CLAIM, pay(yuan(1)), s.NOT_APPROVED),
        ((*OPEN_CLAIM, assessed()), pay(yuan(1)), s.NOT_APPROVED),
        ((*PAYABLE, REJECTED), pay(yuan(1)), s.NOT_APPROVED),
        ((*PAYABLE, HELD), pay(yuan(1)), s.ON_HOLD),
        (PAYABLE, pay(yuan(1), benefit="OUTPATIENT"), s.NOT_ASSESSED),
        (PAYABLE, pay(usd(1)), OTHER_CURRENCY),
        (CLOSED_CLAIM, pay(yuan(1), "T2"), s.NOT_APPROVED),
    ],
)
def test_nothing_is_paid_without_ground(history, command, refusal):
    given(*history).when(command).refused(refusal)


# -- closing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "outcome", "paid"),
    [
        ((*PAYABLE, claim_paid(900)), Outcome.PAID, "900"),
        ((*OPEN_CLAIM, assessed(500), approved(500), claim_paid(500)), Outcome.PART_PAID, "500"),
        ((*OPEN_CLAIM, assessed("899.99"), approved("899.99"), claim_paid("899.99")), Outcome.PART_PAID, "899.99"),
        ((*OPEN_CLAIM, REJECTED, LETTER), Outcome.REJECTED, "0"),
    ],
)
def test_a_claim_is_closed_by_what_became_of_it(history, outcome, paid):
    shut = given(*history).when(CLOSE).then(closed(outcome, paid))
    assert not shut.is_open
    assert not shut.owed
    assert all(not exposure.reserve for exposure in shut.exposures)


@pytest.mark.parametrize("history", [(NOTICED,), OPEN_CLAIM, (*OPEN_CLAIM, assessed(0, 50))])
@pytest.mark.parametrize("reason", WithoutPayment)
def test_a_claim_is_closed_without_payment_for_a_reason(history, reason):
    expected = closed(Outcome.WITHOUT_PAYMENT, 0, without=reason)
    given(*history).when(c.CloseClaim(without=reason)).then(expected)


@pytest.mark.parametrize("history", [(NOTICED,), OPEN_CLAIM, (*OPEN_CLAIM, assessed())])
def test_a_claim_not_decided_is_not_closed(history):
    given(*history).when(CLOSE).refused(c.UNDECIDED)


@pytest.mark.parametrize("command", [CLOSE, c.CloseClaim(without=WithoutPayment.WITHDRAWN)])
@pytest.mark.parametrize("payments", [(), (claim_paid("899.99"),)])
def test_a_claim_is_not_closed_while_something_is_owed(command, payments):
    given(*PAYABLE, *payments).when(command).refused(c.STILL_OWED)


def test_a_claim_with_a_payment_is_not_closed_as_one_without():
    command = c.CloseClaim(without=WithoutPayment.WITHDRAWN)
    given(*PAYABLE, claim_paid()).when(command).refused(c.NOT_WITHOUT_PAYMENT)


# -- reopening ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "status"),
    [
        (CLOSED_CLAIM, Status.ASSESSED),
        ((*OPEN_CLAIM, REJECTED, closed(Outcome.REJECTED, 0)), Status.REGISTERED),
        ((NOTICED, closed(Outcome.WITHOUT_PAYMENT, 0)), Status.NOTICED),
    ],
)
def test_a_closed_claim_is_opened_where_it_stood_and_decided_anew(history, status):
    opened = given(*history).when(REOPEN).then(REOPENED)
    assert (opened.status, opened.approved, opened.outcome) == (status, None, None)


@pytest.mark.parametrize(
    "history", [(NOTICED,), OPEN_CLAIM, PAYABLE, (*OPEN_CLAIM, REJECTED), (*CLOSED_CLAIM, REOPENED)]
)
def test_only_a_closed_claim_is_reopened(history):
    given(*history).when(REOPEN).refused(c.NOT_CLOSED)


def test_a_reopened_claim_pays_only_what_comes_on_top():
    history = (*CLOSED_CLAIM, REOPENED)
    more = assessed(1400, 1500, reserve=yuan(500))
    given(*history).when(assess(yuan(1500)), by=HANDLER).then(more)
    given(*history, more, approved(1400)).when(pay(yuan("500.01"), "T2")).refused(s.OVERPAID)
    given(*history, more, approved(1400)).when(pay(yuan(500), "T2")).then(claim_paid(500, "T2"), paid_up(1400))


WORK = [
    assess(yuan(1000)),
    s.ChangeReserve(benefit="HOSPITAL", reserve=yuan(1), reason="x"),
    APPROVE,
    REJECT,
]


@pytest.mark.parametrize(("history", "command"), product([(NOTICED,), CLOSED_CLAIM], WORK))
def test_only_a_registered_open_claim_is_worked_on(history, command):
    given(*history).when(command, by=SECOND).refused(NOT_REGISTERED)


def test_a_closed_claim_is_not_closed_again():
    given(*CLOSED_CLAIM).when(CLOSE).refused(NOT_REGISTERED)


@pytest.mark.parametrize(
    ("history", "owed"),
    [
        ((*OPEN_CLAIM, assessed()), "0"),
        (PAYABLE, "900"),
        ((*PAYABLE, claim_paid(400)), "500"),
        ((*PAYABLE, claim_paid()), "0"),
        ((*PAYABLE, REJECTED), "0"),
    ],
)
def test_owed_is_what_was_approved_and_not_yet_paid(history, owed):
    assert folded(Claim, *history).owed == yuan(owed)


def test_a_claim_paid_but_for_its_deductible_is_paid_in_full():
    assert folded(Claim, *PAYABLE, claim_paid()).in_full
    assert not folded(Claim, *PAYABLE, claim_paid("899.99")).in_full


def test_a_word_is_said_in_both_languages_when_a_claim_is_refused():
    no = given(*OPEN_CLAIM, assessed(), HELD).when(APPROVE, by=SECOND).refused(s.ON_HOLD)
    assert no.tell("zh") == "案件暂停处理：涉嫌欺诈"
    assert no.tell("en") == "the claim is on hold: suspected fraud"
    assert replaced(HELD, note="x").tell("en") == "held: suspected fraud"


def test_nothing_is_paid_on_a_day_that_has_not_come():
    given(*PAYABLE).when(pay(yuan(1)), on=pay(yuan(1)).paid_on - timedelta(1)).refused(NOT_YET)
