"""What follows from a decision: it is told, refused in writing or agreed to, paid; and what may be paid before it."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claim import closing as c
from domain.claim import events as e
from domain.claim import milestones as m
from domain.claim import result as r
from domain.claim import settlement as s
from domain.claim.events import Hold, Rejection, WithoutPayment
from domain.claim.milestones import Remedy
from domain.claim.request import DECIDED
from domain.claim.state import Status
from domain.kernel import NOT_YET, OTHER_CURRENCY
from domain.product import Line
from domain.words import Actor, Role
from tests.kit import given
from tests.samples import (
    AGREED,
    HANDLER,
    LETTER,
    NOTICED,
    OPEN_CLAIM,
    PAYABLE,
    REGISTERED,
    SECOND,
    TOLD,
    advanced,
    approved,
    assessed,
    claim_paid,
    closed,
    paid_up,
    replaced,
    usd,
    yuan,
)

ASSESSED = (*OPEN_CLAIM, assessed())
REJECTED = e.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic treatment", decider=SECOND.name)
REFUSED = (*OPEN_CLAIM, REJECTED)
HELD = e.ClaimHeld(hold=Hold.SUSPECTED_FRAUD)
GRANTED = m.AdvanceApproved(benefit="HOSPITAL", amount=yuan(400), approver=SECOND.name, approved_on=date(2026, 3, 2))
TELL = r.TellDecision(told_on=TOLD.told_on)
SEND = r.SendRejection(letter="JP-1", sent_on=LETTER.sent_on, remedies=tuple(Remedy))
AGREE = r.AgreeSettlement(amount=yuan(900), agreed_on=AGREED.agreed_on)
CLOSE = c.CloseClaim()
TOMORROW = date(2026, 3, 3)


def grant(amount=400, benefit: str = "HOSPITAL") -> r.ApproveAdvance:
    return r.ApproveAdvance(benefit=benefit, amount=yuan(amount) if isinstance(amount, (int, str)) else amount)


def advance(amount: int | str = 400, reference: str = "V1", benefit: str = "HOSPITAL") -> r.PayAdvance:
    what = {"benefit": benefit, "amount": yuan(amount), "reference": reference}
    return r.PayAdvance(**what, payee="王小明", paid_on=advanced().paid_on)


# -- telling --------------------------------------------------------------------------


@pytest.mark.parametrize(("history", "approved"), [(PAYABLE, True), (REFUSED, False)])
def test_a_decision_is_told(history, approved):
    assert given(*history).when(TELL).then(replaced(TOLD, approved=approved)).progress.told


@pytest.mark.parametrize("history", [(NOTICED,), ASSESSED, (*PAYABLE, TOLD), (*REFUSED, LETTER)])
def test_what_is_not_decided_or_was_told_is_not_told(history):
    given(*history).when(TELL).refused(r.NOTHING_TO_TELL)


@pytest.mark.parametrize("again", [(assessed(800), approved(800)), (REJECTED,)], ids=["approved anew", "rejected"])
def test_a_new_decision_is_told_anew(again):
    history = (*PAYABLE, TOLD, *again)
    given(*history).when(TELL).then(replaced(TOLD, approved=again != (REJECTED,)))


# -- the written refusal --------------------------------------------------------------


@pytest.mark.parametrize("told", [(), (replaced(TOLD, approved=False),)])
def test_a_rejection_is_sent_in_writing_whether_or_not_it_was_told(told):
    assert given(*REFUSED, *told).when(SEND).then(LETTER).progress.letter == "JP-1"


def test_the_refusal_tells_of_every_way_to_dispute_it():
    short = SEND.model_copy(update={"remedies": (Remedy.MEDIATION, Remedy.LAWSUIT)})
    no = given(*REFUSED).when(short).refused(r.REMEDIES_UNTOLD)
    assert no.details["missing"] == (Remedy.NEGOTIATION, Remedy.COMPLAINT, Remedy.ARBITRATION)
    assert no.rule == "DISP-CHANNELS-5"


@pytest.mark.parametrize("history", [ASSESSED, PAYABLE, (*REFUSED, LETTER)])
def test_only_a_rejection_is_refused_in_writing_and_only_once(history):
    given(*history).when(SEND).refused(r.NO_LETTER_DUE)


def test_a_claim_rejected_again_is_refused_in_writing_again():
    given(*REFUSED, LETTER, REJECTED).when(SEND).then(LETTER)


# -- agreement ------------------------------------------------------------------------


def test_what_was_approved_and_told_is_agreed_to():
    assert given(*PAYABLE, TOLD).when(AGREE).then(AGREED).progress.agreed == yuan(900)


def test_the_contract_may_set_its_own_time_to_pay():
    command = AGREE.model_copy(update={"days": 30})
    given(*PAYABLE, TOLD).when(command).then(replaced(AGREED, days=30))


def test_an_agreement_knows_the_provisions_of_its_claim():
    registered = replaced(REGISTERED, line=Line.PROPERTY, regime=m.Regime.AGRICULTURE)
    agreed = replaced(AGREED, line=Line.PROPERTY, regime=m.Regime.AGRICULTURE)
    given(NOTICED, registered, assessed(), approved(), TOLD).when(AGREE).then(agreed)


def test_nobody_agrees_to_what_they_were_not_told():
    given(*PAYABLE).when(AGREE).refused(s.UNTOLD)


@pytest.mark.parametrize("amount", [yuan("899.99"), yuan(901), usd(900)])
def test_no_other_sum_is_agreed_than_was_approved(amount):
    given(*PAYABLE, TOLD).when(AGREE.model_copy(update={"amount": amount})).refused(r.OTHER_AMOUNT)


@pytest.mark.parametrize(
    "history",
    [ASSESSED, (*PAYABLE, TOLD, AGREED), (*PAYABLE, TOLD, claim_paid()), (*PAYABLE, TOLD, assessed(800)), REFUSED],
    ids=["not approved", "agreed", "paid", "assessed anew", "rejected"],
)
def test_nothing_is_agreed_where_nothing_is_owed_or_it_was_agreed(history):
    given(*history).when(AGREE).refused(r.NOTHING_TO_AGREE)


def test_an_agreement_falls_with_a_new_assessment():
    history = (*PAYABLE, TOLD, AGREED, assessed(800), approved(800), TOLD)
    given(*history).when(AGREE).refused(r.OTHER_AMOUNT)
    less = AGREE.model_copy(update={"amount": yuan(800)})
    given(*history).when(less).then(replaced(AGREED, amount=yuan(800)))


# -- advance --------------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["900", "400", "0.01"])
def test_what_is_certain_is_approved_in_advance(amount):
    granted = replaced(GRANTED, amount=yuan(amount))
    given(*ASSESSED).when(grant(amount), by=SECOND).then(granted)


@pytest.mark.parametrize(
    ("history", "command", "refusal"),
    [
        ((NOTICED,), grant(), DECIDED),
        (PAYABLE, grant(), DECIDED),
        (REFUSED, grant(), DECIDED),
        (OPEN_CLAIM, grant(), s.NOT_ASSESSED),
        (ASSESSED, grant(benefit="OUTPATIENT"), s.NOT_ASSESSED),
        ((*ASSESSED, HELD), grant(), s.ON_HOLD),
        (ASSESSED, grant("900.01"), s.OVERPAID),
        (ASSESSED, grant(0), s.OVERPAID),
        (ASSESSED, grant(usd(1)), OTHER_CURRENCY),
        ((*ASSESSED, GRANTED, advanced()), grant("500.01"), s.OVERPAID),
    ],
)
def test_no_advance_is_approved_without_ground(history, command, refusal):
    given(*history).when(command, by=SECOND).refused(refusal)


def test_an_advance_needs_other_eyes_and_authority():
    given(*ASSESSED).when(grant(), by=HANDLER).refused(s.SAME_PERSON)
    short = Actor(SECOND.name, Role.SUPERVISOR, None, 399_99)
    given(*ASSESSED).when(grant(), by=short).refused(s.BEYOND_AUTHORITY)


def test_the_same_advance_again_is_no_event():
    given(*ASSESSED, GRANTED).when(grant(), by=SECOND).then()


@pytest.mark.parametrize(
    ("before", "amount", "fits"),
    [((), "400", True), ((), "400.01", False), ((), "0", False), ((advanced(300, "V0"),), "100.01", False)],
)
def test_no_more_is_paid_in_advance_than_was_approved(before, amount, fits):
    attempt = given(*ASSESSED, GRANTED, *before).when(advance(amount))
    if fits:
        now = attempt.then(advanced(amount))
        assert (now.paid, now.status, now.exposures[0].reserve) == (yuan(400), Status.ASSESSED, yuan(500))
    else:
        attempt.refused(s.OVERPAID)


@pytest.mark.parametrize(
    ("history", "command", "refusal"),
    [
        (ASSESSED, advance(), r.NO_ADVANCE),
        ((*ASSESSED, GRANTED, advanced()), advance(reference="V2"), r.NO_ADVANCE),
        ((*ASSESSED, GRANTED, approved()), advance(), r.NO_ADVANCE),
        ((*ASSESSED, GRANTED, HELD), advance(), s.ON_HOLD),
        ((*ASSESSED, GRANTED, advanced(1)), advance(1), s.REFERENCE_REUSED),
        ((*ASSESSED, GRANTED), advance(benefit="OUTPATIENT"), s.NOT_ASSESSED),
    ],
)
def test_nothing_is_paid_in_advance_without_ground(history, command, refusal):
    given(*history).when(command).refused(refusal)


def test_after_the_decision_only_the_difference_is_paid():
    history = (*ASSESSED, GRANTED, advanced(), approved())
    rest = s.PayClaim(
        benefit="HOSPITAL", amount=yuan(500), payee="王小明", reference="T1", paid_on=paid_up().completed_on
    )
    given(*history).when(rest.model_copy(update={"amount": yuan("500.01")})).refused(s.OVERPAID)
    given(*history).when(rest).then(claim_paid(500), paid_up(900))


def test_who_was_paid_in_advance_is_neither_rejected_nor_left_undecided():
    history = (*ASSESSED, GRANTED, advanced())
    reject = s.RejectClaim(grounds=(Rejection.EXCLUDED,), explanation="x")
    given(*history).when(reject, by=SECOND).refused(s.ALREADY_PAID)
    given(*history).when(CLOSE).refused(c.ADVANCE_UNDECIDED)


# -- paid and closed ------------------------------------------------------------------


def test_the_payment_after_which_nothing_is_owed_says_so():
    other = replaced(assessed(300, 300), benefit="OUTPATIENT", deductible=yuan(0))
    history = (*OPEN_CLAIM, assessed(), other, approved(1200))
    first = s.PayClaim(
        benefit="HOSPITAL", amount=yuan(900), payee="王小明", reference="T1", paid_on=claim_paid().paid_on
    )
    given(*history).when(first).then(claim_paid())
    second = first.model_copy(update={"benefit": "OUTPATIENT", "amount": yuan(300), "reference": "T2"})
    last = claim_paid(300, "T2", benefit="OUTPATIENT")
    given(*history, claim_paid()).when(second).then(last, paid_up(1200))


def test_a_rejected_claim_is_not_closed_before_the_refusal_was_sent():
    assert given(*REFUSED).when(CLOSE).refused(c.LETTER_UNSENT).rule == "CLAIM-REJECT-3D"
    given(*REFUSED, replaced(TOLD, approved=False)).when(CLOSE).refused(c.LETTER_UNSENT)
    given(*REFUSED, LETTER).when(CLOSE).then(closed(e.Outcome.REJECTED, 0))


def test_a_claim_decided_with_nothing_to_pay_is_not_closed_before_that_was_told():
    history = (*OPEN_CLAIM, assessed(0, 50), approved(0))
    below = c.CloseClaim(without=WithoutPayment.BELOW_DEDUCTIBLE)
    assert given(*history).when(below).refused(s.UNTOLD).rule == "CLAIM-TELL-RESULT"
    shut = closed(e.Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.BELOW_DEDUCTIBLE)
    given(*history, TOLD).when(below).then(shut)


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (PAYABLE, TELL.model_copy(update={"told_on": TOMORROW})),
        (REFUSED, SEND.model_copy(update={"sent_on": TOMORROW})),
        ((*PAYABLE, TOLD), AGREE.model_copy(update={"agreed_on": TOMORROW})),
        ((*ASSESSED, GRANTED), advance().model_copy(update={"paid_on": TOMORROW})),
    ],
)
def test_nothing_is_entered_on_a_day_that_has_not_come(history, command):
    given(*history).when(command).refused(NOT_YET)
