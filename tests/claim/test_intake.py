"""From the first notice of a loss to a claim with all its papers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from domain.claim import events as e
from domain.claim import intake
from domain.claim.events import Hold, Notice, Outcome, Paper, WithoutPayment
from domain.claim.state import Status
from domain.customer import Channel
from domain.losses import Cause
from domain.policy.events import Ending, PolicyCancelled
from domain.words import SYSTEM, Actor, Role
from tests.kit import TODAY, given
from tests.policy.test_service import HALVES, LAPSED, REINSTATED, SECOND_HALF, WAITS, endorsed
from tests.samples import (
    APPLIED,
    ASKED,
    COMPLETED,
    CUSTOMER_ID,
    HANDLER,
    MILLION,
    NOTICE,
    NOTICED,
    OPEN_CLAIM,
    POLICY_ID,
    PROVEN,
    REGISTERED,
    REQUESTED,
    SCREENED,
    TWO_MILLION,
    closed,
    in_force,
    policy,
    received,
    replaced,
    yuan,
)

IN_FORCE = policy(*in_force())
GIVE = intake.GiveNotice(policy=POLICY_ID, notice=NOTICE)
BARE = e.NoticeGiven(number="C1", channel=Channel.PHONE, notice=Notice(), noticed_on=TODAY)
REGISTER = intake.RegisterClaim()
KNOWN = replaced(NOTICED, contract=None)
"""A notice of which is not known how the contract stood when it came."""
TOMORROW = date(2026, 3, 3)


def amend(notice: Notice = NOTICE, policy: UUID | None = None) -> intake.AmendNotice:
    return intake.AmendNotice(notice=notice, policy=policy)


def loss(on: date | None, cause: Cause | None = Cause.ILLNESS) -> e.NoticeGiven:
    return replaced(KNOWN, notice=replace(NOTICE, loss_on=on, cause=cause))


# -- notice ---------------------------------------------------------------------------


def test_notice_is_given_under_a_policy():
    noticed = given().when(GIVE, number="C202600000001", consulting=[IN_FORCE]).then(NOTICED)
    assert (noticed.party, noticed.status) == (CUSTOMER_ID, Status.NOTICED)


def test_notice_needs_nothing_but_a_channel():
    given().when(intake.GiveNotice(), number="C1").then(BARE)


def test_notice_may_keep_the_number_of_a_former_system():
    command = intake.GiveNotice(number="OLD-1")
    given().when(command, number="C1").then(replaced(BARE, number="OLD-1"))


def test_notice_takes_its_policy_number_from_the_policy_itself():
    mistold = GIVE.model_copy(update={"notice": replace(NOTICE, policy_number="P-wrong")})
    given().when(mistold, number="C202600000001", consulting=[IN_FORCE]).then(NOTICED)


def test_notice_by_a_customer_without_a_policy_is_their_own():
    wang = Actor("wang", Role.CUSTOMER, party=CUSTOMER_ID)
    given().when(intake.GiveNotice(), by=wang, number="C1").then(replaced(BARE, customer=CUSTOMER_ID))


@pytest.mark.parametrize("history", [(), (NOTICED,)])
def test_no_loss_lies_in_the_future(history):
    told = {"notice": replace(NOTICE, loss_on=TOMORROW), "policy": POLICY_ID}
    command = intake.AmendNotice(**told) if history else intake.GiveNotice(**told)
    given(*history, beside=[IN_FORCE]).when(command).refused(intake.LOSS_IN_FUTURE)
    assert len(given(*history, beside=[IN_FORCE]).when(command, on=TOMORROW).outcome()) == 1


# -- amending -------------------------------------------------------------------------


def test_notice_is_completed():
    amended = e.NoticeAmended(notice=NOTICE, policy=POLICY_ID, customer=CUSTOMER_ID, contract=1)
    now = given(BARE).when(amend(policy=POLICY_ID), consulting=[IN_FORCE]).then(amended)
    assert (now.party, now.policy) == (CUSTOMER_ID, POLICY_ID)


def test_notice_keeps_its_policy_where_none_is_named():
    elsewhere = replace(NOTICE, place="Suzhou")
    amended = e.NoticeAmended(notice=elsewhere, policy=POLICY_ID, customer=CUSTOMER_ID, contract=1)
    given(NOTICED).when(amend(elsewhere), consulting=[IN_FORCE]).then(amended)


def test_notice_amended_to_the_same_is_no_event():
    given(NOTICED).when(amend(), consulting=[IN_FORCE]).then()
    given(NOTICED).when(amend(policy=POLICY_ID), consulting=[IN_FORCE]).then()


def test_notice_is_not_amended_once_registered():
    given(*OPEN_CLAIM).when(amend()).refused(intake.ALREADY_REGISTERED)


# -- registration ---------------------------------------------------------------------


def test_a_claim_is_registered_under_the_cover_of_the_loss_date():
    command = given(NOTICED).when(REGISTER, consulting=[IN_FORCE])
    registered = command.then(replaced(REGISTERED, sums=MILLION), SCREENED)
    assert registered.is_registered


def test_a_claim_is_registered_under_what_was_insured_then_and_not_under_what_is_insured_now():
    raised = policy(*in_force(endorsed(date(2026, 2, 11))))
    assert given(KNOWN).when(REGISTER, consulting=[raised]).outcome()[0] == replaced(REGISTERED, sums=MILLION)
    raised = policy(*in_force(endorsed(date(2026, 2, 10))))
    assert given(KNOWN).when(REGISTER, consulting=[raised]).outcome()[0] == replaced(REGISTERED, sums=TWO_MILLION)


NAMELESS = replaced(NOTICED, policy=None)


@pytest.mark.parametrize(
    ("notice", "missing"),
    [(loss(None), ["loss_on"]), (loss(TODAY, None), ["cause"]), (loss(None, None), ["loss_on", "cause"])],
)
def test_a_claim_is_not_registered_before_the_notice_is_complete(notice, missing):
    no = given(notice).when(REGISTER, consulting=[IN_FORCE]).refused(intake.INCOMPLETE)
    assert no.details["missing"] == missing


def test_a_claim_is_not_registered_without_a_policy():
    given(NAMELESS).when(REGISTER).refused(intake.POLICY_UNKNOWN)


def test_a_claim_is_registered_once():
    given(*OPEN_CLAIM).when(REGISTER, consulting=[IN_FORCE]).refused(intake.ALREADY_REGISTERED)


CANCELLED = PolicyCancelled(effective_on=date(2026, 7, 1), ending=Ending.REQUEST, refund=yuan(1840))


@pytest.mark.parametrize(
    ("history", "loss_on"),
    [
        (in_force(), date(2025, 12, 31)),
        (in_force(), date(2027, 1, 1)),
        ((APPLIED,), date(2026, 2, 10)),
        ((*HALVES, LAPSED), LAPSED.effective_on),
        ((*HALVES, LAPSED, SECOND_HALF, REINSTATED), date(2026, 9, 30)),
        (in_force(CANCELLED), date(2026, 7, 1)),
    ],
    ids=["before inception", "after the end", "not issued", "lapsed", "before reinstatement", "cancelled"],
)
def test_a_claim_is_not_registered_for_a_loss_without_cover(history, loss_on):
    attempt = given(loss(loss_on)).when(REGISTER, on=date(2027, 6, 1), consulting=[policy(*history)])
    attempt.refused(intake.NOT_COVERED)


@pytest.mark.parametrize(
    ("history", "loss_on"),
    [
        (in_force(), date(2026, 1, 1)),
        (in_force(), date(2026, 12, 31)),
        ((*HALVES, LAPSED), date(2026, 8, 30)),
        ((*HALVES, LAPSED, SECOND_HALF, REINSTATED), date(2026, 10, 1)),
        (in_force(CANCELLED), date(2026, 6, 30)),
    ],
    ids=["first day", "last day", "within grace", "reinstated", "the day before cancellation"],
)
def test_a_claim_is_registered_for_a_loss_at_the_edge_of_cover(history, loss_on):
    attempt = given(loss(loss_on)).when(REGISTER, on=date(2027, 6, 1), consulting=[policy(*history)])
    assert attempt.outcome()[0] == replaced(REGISTERED, loss_on=loss_on, sums=MILLION)


# -- papers ---------------------------------------------------------------------------


def ask(*papers: Paper) -> intake.RequestDocuments:
    return intake.RequestDocuments(papers=papers)


def receive(paper: Paper = Paper.INVOICE, sha256: str = "a" * 64) -> intake.ReceiveDocument:
    return intake.ReceiveDocument(paper=paper, name="scan.pdf", sha256=sha256, received_on=date(2026, 2, 14))


def test_the_claimant_is_asked_for_everything_at_once():
    asked = given(*OPEN_CLAIM).when(ask(Paper.INVOICE, Paper.CLAIM_FORM, Paper.INVOICE), on=ASKED.asked_on).then(ASKED)
    assert asked.papers_missing == (Paper.INVOICE, Paper.CLAIM_FORM)


def test_asking_for_the_same_again_changes_nothing():
    given(*OPEN_CLAIM, ASKED).when(ask(*ASKED.papers)).then()


def test_the_claimant_is_not_asked_twice():
    given(*OPEN_CLAIM, ASKED).when(ask(Paper.INVOICE)).refused(intake.ASKED_ONCE)


def test_a_reopened_claim_may_ask_anew():
    history = (*OPEN_CLAIM, ASKED, closed(Outcome.WITHOUT_PAYMENT, 0), e.ClaimReopened(ground=e.Reopening.ERROR))
    anew = e.DocumentsRequested(papers=(Paper.IDENTITY,), asked_on=TODAY)
    given(*history).when(ask(Paper.IDENTITY)).then(anew)


@pytest.mark.parametrize("history", [(NOTICED,), (*OPEN_CLAIM, closed())])
def test_papers_are_asked_for_in_a_registered_open_claim(history):
    given(*history).when(ask(Paper.INVOICE)).refused(intake.NOT_REGISTERED)


def test_a_document_arrives_even_before_registration():
    given(NOTICED).when(receive()).then(received(Paper.INVOICE))


def test_the_same_document_again_is_no_event():
    given(*OPEN_CLAIM, received(Paper.INVOICE)).when(receive()).then()


def test_one_scan_may_serve_as_two_papers():
    both = given(*OPEN_CLAIM, ASKED, received(Paper.INVOICE)).when(receive(Paper.CLAIM_FORM))
    assert both.then(received(Paper.CLAIM_FORM), REQUESTED, PROVEN, COMPLETED).papers_missing == ()


def test_a_closed_claim_takes_no_documents():
    given(*OPEN_CLAIM, closed()).when(receive()).refused(intake.NOT_REGISTERED)


# -- holds ----------------------------------------------------------------------------

HOLD = intake.HoldClaim(hold=Hold.INVESTIGATION, note="odd invoices")
HELD = e.ClaimHeld(hold=Hold.INVESTIGATION, note="odd invoices")
RELEASE = intake.ReleaseClaim(hold=Hold.INVESTIGATION)
RELEASED = e.ClaimReleased(hold=Hold.INVESTIGATION)
FOR_PREMIUM = e.ClaimHeld(hold=Hold.PREMIUM_OVERDUE)
AFTER_DUE = date(2026, 7, 2)


def test_a_claim_is_held_and_released():
    assert given(*OPEN_CLAIM).when(HOLD).then(HELD).holds == {Hold.INVESTIGATION}
    assert given(*OPEN_CLAIM, HELD).when(RELEASE).then(RELEASED).holds == frozenset()


def test_a_claim_is_held_once_for_the_same():
    given(*OPEN_CLAIM, HELD).when(HOLD).then()


def test_a_closed_claim_is_not_held():
    given(*OPEN_CLAIM, closed()).when(HOLD).refused(intake.NOT_REGISTERED)


@pytest.mark.parametrize("history", [OPEN_CLAIM, (*OPEN_CLAIM, FOR_PREMIUM)])
def test_only_what_holds_is_released(history):
    given(*history).when(RELEASE, by=HANDLER).refused(intake.NOT_HELD)
    given(*history).when(RELEASE, by=SYSTEM).then()


@pytest.mark.parametrize(
    ("history", "premium", "on", "held"),
    [
        (OPEN_CLAIM, HALVES, AFTER_DUE, True),
        (OPEN_CLAIM, (*HALVES, WAITS), AFTER_DUE, True),
        (OPEN_CLAIM, HALVES, date(2026, 7, 1), False),
        (OPEN_CLAIM, (*HALVES, SECOND_HALF), AFTER_DUE, False),
        ((*OPEN_CLAIM, FOR_PREMIUM), HALVES, AFTER_DUE, False),
        ((*OPEN_CLAIM, closed()), HALVES, AFTER_DUE, False),
    ],
)
def test_a_claim_waits_while_premium_is_overdue(history, premium, on, held):
    attempt = given(*history).when(intake.HoldForPremium(), on=on, consulting=[policy(*premium)])
    attempt.then(*[FOR_PREMIUM] * held)


# -- reopened before registration -----------------------------------------------------


def test_a_notice_closed_and_reopened_is_a_notice_still():
    closed_notice = closed(Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.DUPLICATE)
    history = (NOTICED, closed_notice, e.ClaimReopened(ground=e.Reopening.ERROR))
    given(*history).when(REGISTER, consulting=[IN_FORCE]).then(replaced(REGISTERED, sums=MILLION), SCREENED)
