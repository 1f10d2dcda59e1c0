"""The request, its proof and the papers that are missing: what the time to decide is counted by."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claim import events as e
from domain.claim import milestones as m
from domain.claim import request as r
from domain.claim.events import Hold, Outcome, Paper, Reopening, WithoutPayment
from domain.claim.intake import NOT_REGISTERED, ReceiveDocument, RegisterClaim, RequestDocuments
from domain.claim.milestones import Regime
from domain.customer import Channel
from domain.kernel import NOT_YET
from domain.product import Line
from tests.kit import TODAY, given
from tests.samples import (
    ASKED,
    COMPLETED,
    FORM_IN,
    LOSS_ON,
    MILLION,
    NOTICED,
    OPEN_CLAIM,
    PAYABLE,
    PROVEN,
    REGISTERED,
    REQUESTED,
    SCREENED,
    approved,
    assessed,
    closed,
    in_force,
    policy,
    received,
    replaced,
)

EARLIER, TOMORROW = date(2026, 2, 12), date(2026, 3, 3)
ARRIVED = m.DocumentRequestArrived(arrived_on=date(2026, 2, 13), evidence="SMS-1")
COMPLEX = m.ClaimFoundComplex(reason="treated in two hospitals")
EXPLAINED = m.ClaimExplained(told_on=LOSS_ON, channel=Channel.PHONE)
EXPLAIN = r.ExplainClaim(told_on=LOSS_ON)
FIND = r.FindComplex(reason="treated in two hospitals")
CONFIRM = r.ConfirmArrival(arrived_on=ARRIVED.arrived_on, evidence="SMS-1")


def request(on: date = FORM_IN) -> r.RequestClaim:
    return r.RequestClaim(received_on=on)


def receive(paper: Paper, on: date = FORM_IN, sha256: str = "a" * 64) -> ReceiveDocument:
    return ReceiveDocument(paper=paper, name="scan.pdf", sha256=sha256, received_on=on)


def came(paper: Paper, on: date) -> e.DocumentReceived:
    return replaced(received(paper), received_on=on)


# -- the request and its proof --------------------------------------------------------


def test_a_claim_is_requested_on_the_day_on_which_the_request_came_in():
    now = given(*OPEN_CLAIM).when(request()).then(REQUESTED)
    assert now.progress.requested_on == FORM_IN


def test_the_claim_form_is_the_request():
    form = given(*OPEN_CLAIM).when(receive(Paper.CLAIM_FORM))
    form.then(received(Paper.CLAIM_FORM), REQUESTED)


def test_the_first_request_counts():
    given(*OPEN_CLAIM, REQUESTED).when(request(EARLIER)).refused(r.REQUESTED_BEFORE)
    given(*OPEN_CLAIM, REQUESTED).when(receive(Paper.CLAIM_FORM)).then(received(Paper.CLAIM_FORM))


@pytest.mark.parametrize(
    ("history", "command", "then"),
    [
        ((REQUESTED,), receive(Paper.INVOICE), [received(Paper.INVOICE), PROVEN]),
        ((received(Paper.INVOICE),), request(), [REQUESTED, PROVEN]),
        ((came(Paper.INVOICE, EARLIER),), receive(Paper.CLAIM_FORM), [received(Paper.CLAIM_FORM), REQUESTED, PROVEN]),
        (
            (replaced(REQUESTED, received_on=EARLIER),),
            receive(Paper.INVOICE),
            [received(Paper.INVOICE), PROVEN],
        ),
    ],
    ids=["proof after request", "request after proof", "form after proof", "the later day counts"],
)
def test_the_time_to_decide_begins_when_request_and_some_proof_are_both_in(history, command, then):
    given(*OPEN_CLAIM, *history).when(command).then(*then)


def test_proof_arrives_once():
    history = (*OPEN_CLAIM, REQUESTED, received(Paper.INVOICE), PROVEN)
    given(*history).when(receive(Paper.IDENTITY, sha256="b" * 64)).then(received(Paper.IDENTITY, "b" * 64))


def test_what_came_in_with_the_notice_counts_once_the_claim_is_registered():
    history = (NOTICED, came(Paper.INVOICE, EARLIER), received(Paper.CLAIM_FORM))
    registered = given(*history).when(RegisterClaim(), consulting=[policy(*in_force())])
    registered.then(replaced(REGISTERED, sums=MILLION), SCREENED, REQUESTED, PROVEN)


@pytest.mark.parametrize(
    ("line", "said", "regime"),
    [
        (Line.HEALTH, None, Regime.INDIVIDUAL),
        (Line.LIFE, None, Regime.INDIVIDUAL),
        (Line.ACCIDENT, Regime.COMMON, Regime.COMMON),
        (Line.PROPERTY, None, Regime.COMMON),
        (Line.PROPERTY, Regime.AGRICULTURE, Regime.AGRICULTURE),
        (Line.LIABILITY, Regime.COMPULSORY_MOTOR, Regime.COMPULSORY_MOTOR),
    ],
)
def test_a_claim_falls_under_the_provisions_of_its_line_unless_somebody_says_otherwise(line, said, regime):
    registered = replaced(REGISTERED, line=line, regime=said)
    requested = m.ClaimRequested(received_on=FORM_IN, line=line, regime=regime)
    given(NOTICED, registered).when(request()).then(requested)


def test_registering_keeps_the_provisions_that_were_named():
    command = RegisterClaim(regime=Regime.COMMON)
    registered = replaced(REGISTERED, sums=MILLION, regime=Regime.COMMON)
    given(NOTICED).when(command, consulting=[policy(*in_force())]).then(registered, SCREENED)


@pytest.mark.parametrize("history", [(NOTICED,), PAYABLE, (*OPEN_CLAIM, closed())])
def test_only_what_is_registered_and_undecided_is_requested(history):
    given(*history).when(request()).refused(r.DECIDED)


def test_papers_that_come_after_the_decision_begin_no_time_to_decide():
    given(*PAYABLE).when(receive(Paper.CLAIM_FORM)).then(received(Paper.CLAIM_FORM))


def test_a_reopened_claim_is_requested_anew():
    reopened = e.ClaimReopened(ground=Reopening.NEW_EVIDENCE)
    history = (*OPEN_CLAIM, REQUESTED, PROVEN, closed(Outcome.WITHOUT_PAYMENT, 0), reopened)
    given(*history).when(request(TODAY)).then(replaced(REQUESTED, received_on=TODAY))


# -- papers asked for, once -----------------------------------------------------------


def test_the_asking_arrives_and_is_proven():
    now = given(*OPEN_CLAIM, ASKED).when(CONFIRM).then(ARRIVED)
    assert now.progress.arrived


@pytest.mark.parametrize(
    "history",
    [(), (ASKED, ARRIVED), (ASKED, received(Paper.INVOICE), received(Paper.CLAIM_FORM))],
    ids=["nothing asked", "arrived before", "everything is in"],
)
def test_nothing_arrives_that_is_not_awaited(history):
    given(*OPEN_CLAIM, *history).when(CONFIRM).refused(r.NOTHING_AWAITED)


def test_the_asking_does_not_arrive_before_it_was_sent():
    early = CONFIRM.model_copy(update={"arrived_on": date(2026, 2, 11)})
    given(*OPEN_CLAIM, ASKED).when(early).refused(r.ARRIVED_EARLY)
    on_the_day = CONFIRM.model_copy(update={"arrived_on": ASKED.asked_on})
    given(*OPEN_CLAIM, ASKED).when(on_the_day).then(replaced(ARRIVED, arrived_on=ASKED.asked_on))


def test_the_last_paper_that_was_asked_for_completes_them_on_the_day_of_the_latest():
    late = came(Paper.INVOICE, date(2026, 2, 20))
    history = (*OPEN_CLAIM, ASKED, ARRIVED, late)
    form = given(*history).when(receive(Paper.CLAIM_FORM, sha256="b" * 64))
    proven = replaced(PROVEN, arrived_on=date(2026, 2, 20))
    completed = replaced(COMPLETED, completed_on=date(2026, 2, 20))
    form.then(received(Paper.CLAIM_FORM, "b" * 64), REQUESTED, proven, completed)


def test_a_paper_that_was_not_asked_for_completes_nothing():
    history = (*OPEN_CLAIM, REQUESTED, ASKED, received(Paper.INVOICE), PROVEN)
    given(*history).when(receive(Paper.OTHER, sha256="b" * 64)).then(received(Paper.OTHER, "b" * 64))


def test_papers_are_complete_once():
    both = (received(Paper.INVOICE), received(Paper.CLAIM_FORM))
    history = (*OPEN_CLAIM, ASKED, *both, REQUESTED, PROVEN, COMPLETED)
    given(*history).when(receive(Paper.INVOICE, sha256="b" * 64)).then(received(Paper.INVOICE, "b" * 64))


def test_a_list_of_what_is_there_already_is_complete_at_once():
    history = (*OPEN_CLAIM, REQUESTED, received(Paper.INVOICE), PROVEN)
    listed = e.DocumentsRequested(papers=(Paper.INVOICE,), asked_on=TODAY)
    given(*history).when(RequestDocuments(papers=(Paper.INVOICE,))).then(listed, COMPLETED)


# -- simple or complex, and how to claim ----------------------------------------------


def test_a_case_is_found_complex_once_and_says_why():
    assert given(*OPEN_CLAIM).when(FIND).then(COMPLEX).progress.complex
    given(*OPEN_CLAIM, COMPLEX).when(FIND).refused(r.COMPLEX_BEFORE)


@pytest.mark.parametrize("history", [(NOTICED,), PAYABLE])
def test_only_what_is_undecided_is_found_complex(history):
    given(*history).when(FIND).refused(r.DECIDED)


def test_a_claim_that_lost_its_approval_is_undecided_again():
    history = (*OPEN_CLAIM, assessed(), approved(), assessed(800))
    given(*history).when(FIND).then(COMPLEX)


@pytest.mark.parametrize("history", [(NOTICED,), OPEN_CLAIM, (*OPEN_CLAIM, e.ClaimHeld(hold=Hold.OTHER))])
def test_the_claimant_is_told_how_to_claim_from_the_notice_on(history):
    given(*history).when(EXPLAIN).then(EXPLAINED)


def test_the_claimant_is_told_how_to_claim_once_and_not_after_the_closing():
    given(*OPEN_CLAIM, EXPLAINED).when(EXPLAIN).refused(r.EXPLAINED_BEFORE)
    shut = closed(Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.WITHDRAWN)
    given(NOTICED, shut).when(EXPLAIN).refused(NOT_REGISTERED)


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (OPEN_CLAIM, request(TOMORROW)),
        (OPEN_CLAIM, r.ExplainClaim(told_on=TOMORROW)),
        ((*OPEN_CLAIM, ASKED), r.ConfirmArrival(arrived_on=TOMORROW, evidence="SMS-1")),
    ],
)
def test_nothing_is_entered_on_a_day_that_has_not_come(history, command):
    given(*history).when(command).refused(NOT_YET)
