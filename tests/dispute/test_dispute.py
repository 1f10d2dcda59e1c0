"""A dispute: the customer knows every way, mediation goes step by step, and the outcome is said."""

from __future__ import annotations

from datetime import date

import pytest

from application.dispute.dispute_register import DisputeRegister
from domain.claim.milestones import Remedy
from domain.claim.state import Claim
from domain.clock import State
from domain.dispute import commands as c
from domain.dispute.contest import Level
from domain.dispute.events import Mediation, Result
from domain.dispute.state import Dispute, DisputeStage
from domain.docket.clocks import clocks
from domain.kernel import NOT_YET, Event
from tests import samples as s
from tests.dispute import contests
from tests.dispute import samples as d
from tests.dispute.samples import day
from tests.kit import folded, given
from tests.rows import Happens, each_of, happened, heard_in, in_order

TODAY = day(2)
CLAIM = folded(Claim, *s.OPEN_CLAIM, stream=s.CLAIM_ID)
SAID = {"opened_on": TODAY, "subject": d.OPENED.subject}
BEGUN = (d.OPENED, d.AGREED)
MEDIATED = (*BEGUN, d.REQUESTED, d.APPOINTED, d.ACCEPTED)

OPEN = c.OpenDispute(claim=s.CLAIM_ID, customer=s.CUSTOMER_ID, **SAID)
TELL = c.TellRemedies(told_on=TODAY, remedies=tuple(Remedy))
AGREE = c.AgreeMediation(agreed_on=TODAY, kind=Mediation.APPOINTED, online=True)
APPOINT = c.AppointMediator(mediator="周明", appointed_on=TODAY, jointly=True)
END = c.EndMediation(ended_on=TODAY, terms="half of the bill")
CLOSE = c.CloseDispute(result=Result.AGREED)


# -- opening and telling --------------------------------------------------------------


def test_a_dispute_is_opened_about_a_claim_of_the_customer():
    opened = s.replaced(d.OPENED, complaint=None)
    now = given(beside=(CLAIM, s.CUSTOMER)).when(OPEN, number="Z202600000001").then(opened)
    assert (now.party, now.stage) == (s.CUSTOMER_ID, DisputeStage.OPEN)


def test_nobody_disputes_the_claim_of_another():
    other = OPEN.model_copy(update={"customer": s.POLICY_ID})
    given(beside=(CLAIM, s.CUSTOMER)).when(other, number="Z1").refused(c.ANOTHERS)


def test_the_customer_is_told_of_every_way_and_once():
    given(d.OPENED).when(TELL).then(d.TOLD)
    given(d.OPENED, d.TOLD).when(TELL).then()
    short = TELL.model_copy(update={"remedies": (Remedy.NEGOTIATION,)})
    no = given(d.OPENED).when(short).refused(c.WAYS_UNTOLD)
    assert (len(no.details["missing"]), no.rule) == (4, "DISP-CHANNELS-5")


# -- mediation ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("history", "command", "then", "stage"),
    [
        ((d.OPENED,), c.OfferMediation(offered_on=TODAY, body=d.OFFERED.body), [d.OFFERED], DisputeStage.OFFERED),
        ((d.OPENED,), AGREE, [d.AGREED], DisputeStage.AGREED),
        ((d.OPENED, d.OFFERED), AGREE, [d.AGREED], DisputeStage.AGREED),
        (BEGUN, c.RequestMediation(received_on=TODAY), [d.REQUESTED], DisputeStage.REQUESTED),
        ((*BEGUN, d.REQUESTED), APPOINT, [d.APPOINTED], DisputeStage.APPOINTED),
        (MEDIATED[:-1], c.AcceptMediation(accepted_on=TODAY), [d.ACCEPTED], DisputeStage.MEDIATING),
        (MEDIATED[:-1], c.SignForFile(signed_on=TODAY), [d.SIGNED], DisputeStage.MEDIATING),
        (
            MEDIATED[:-1],
            c.DeclineMediation(declined_on=TODAY, reason="knows the family"),
            [d.DECLINED],
            DisputeStage.REQUESTED,
        ),
        (MEDIATED, END, [d.ENDED, d.AGREEMENT], DisputeStage.MEDIATED),
        (
            MEDIATED,
            c.EndMediation(ended_on=TODAY),
            [s.replaced(d.ENDED, agreed=False)],
            DisputeStage.MEDIATED,
        ),
    ],
)
def test_mediation_goes_step_by_step(history, command, then, stage):
    assert given(*history).when(command).then(*then).stage is stage


@pytest.mark.parametrize(
    ("history", "command"),
    [
        ((d.OPENED,), c.RequestMediation(received_on=TODAY)),
        ((d.OPENED,), APPOINT),
        (BEGUN, c.AcceptMediation(accepted_on=TODAY)),
        (BEGUN, AGREE),
        ((*BEGUN, d.REQUESTED), c.SignForFile(signed_on=TODAY)),
        (MEDIATED[:-1], END),
        (MEDIATED, c.DeclineMediation(declined_on=TODAY, reason="x")),
        (MEDIATED, c.OfferMediation(offered_on=TODAY, body="x")),
    ],
)
def test_no_step_of_a_mediation_is_left_out(history, command):
    given(*history).when(command).refused(c.ANOTHER_STAGE)


def test_what_both_agreed_may_be_confirmed_by_the_court_once():
    apply = c.ApplyForConfirmation(applied_on=TODAY)
    history = (*MEDIATED, d.ENDED, d.AGREEMENT)
    given(*history).when(apply).then(d.APPLIED)
    given(*history, d.APPLIED).when(apply).refused(c.NO_AGREEMENT)
    given(*MEDIATED, s.replaced(d.ENDED, agreed=False)).when(apply).refused(c.NO_AGREEMENT)


# -- the end --------------------------------------------------------------------------


def test_a_dispute_is_withdrawn_at_any_time():
    withdraw = c.WithdrawDispute(withdrawn_on=TODAY, reason=d.WITHDRAWN.reason)
    assert not given(*MEDIATED).when(withdraw).then(d.WITHDRAWN).is_open
    given(d.OPENED, d.WITHDRAWN).when(withdraw).refused(c.OVER)


def test_a_dispute_is_not_closed_before_the_customer_knew_every_way_to_settle_it():
    given(d.OPENED).when(CLOSE).refused(c.WAYS_UNTOLD)
    given(d.OPENED, d.TOLD).when(CLOSE).then(d.CLOSED)


def test_a_dispute_is_not_closed_while_it_is_in_mediation():
    given(*MEDIATED, d.TOLD).when(CLOSE).refused(c.STILL_MEDIATED)
    given(*MEDIATED, d.TOLD, d.ENDED, d.AGREEMENT).when(CLOSE).then(d.CLOSED)


@pytest.mark.parametrize("over", [d.WITHDRAWN, d.CLOSED])
@pytest.mark.parametrize("command", [TELL, AGREE, APPOINT, END, CLOSE])
def test_what_is_over_is_over(over, command):
    given(d.OPENED, over).when(command).refused(c.OVER)


@pytest.mark.parametrize(
    ("history", "command"),
    [
        ((d.OPENED,), TELL),
        ((d.OPENED,), AGREE),
        (BEGUN, c.RequestMediation(received_on=TODAY)),
        (BEGUN, APPOINT),
        (MEDIATED[:-1], c.AcceptMediation(accepted_on=TODAY)),
        (MEDIATED[:-1], c.SignForFile(signed_on=TODAY)),
        (MEDIATED, END),
        ((d.OPENED,), c.WithdrawDispute(withdrawn_on=TODAY)),
    ],
)
def test_nothing_is_entered_on_a_day_that_has_not_come(history, command):
    given(*history).when(command, on=date(2026, 3, 1)).refused(NOT_YET)


# -- its clocks -----------------------------------------------------------------------


def dues(*history: Event) -> dict[str, tuple[State, date | None]]:
    told = (happened(event, on=TODAY) for event in history)
    return {each.rule: (each.state, each.due_on) for each in clocks(in_order(*told))}


@pytest.mark.parametrize(
    ("kind", "rule", "due"),
    [
        (Mediation.APPOINTED, "DISP-COURT-APPOINTED-30D", date(2026, 4, 1)),
        (Mediation.ENTRUSTED, "DISP-COURT-ENTRUSTED-15D", date(2026, 3, 17)),
        (Mediation.SIMPLIFIED, "DISP-COURT-ENTRUSTED-7D", date(2026, 3, 9)),
    ],
)
def test_a_mediation_at_court_lasts_so_long_from_the_signature(kind, rule, due):
    """Supreme People's Court on invited mediation, art 27. Signed on Monday 2 March."""
    signed = s.replaced(d.SIGNED, kind=kind)
    assert dues(signed) == {rule: (State.RUNNING, due)}
    assert dues(signed, d.ENDED) == {rule: (State.MET, due)}


def test_online_mediation_is_chosen_in_two_working_days_appointed_in_three_accepted_in_three_and_ends_in_thirty():
    """Supreme People's Court on online mediation, arts 10, 12 and 24. All from Monday 2 March."""
    assert dues(d.AGREED, d.REQUESTED) == {
        "DISP-ONLINE-CHOOSE-2WD": (State.RUNNING, day(4)),
        "DISP-ONLINE-APPOINT-3WD": (State.RUNNING, day(5)),
    }
    by_the_court = s.replaced(d.APPOINTED, jointly=False)
    assert dues(d.AGREED, d.REQUESTED, by_the_court) == {
        "DISP-ONLINE-CHOOSE-2WD": (State.ENDED, day(4)),
        "DISP-ONLINE-APPOINT-3WD": (State.MET, day(5)),
        "DISP-ONLINE-ACCEPT-3WD": (State.RUNNING, day(5)),
    }
    accepted = dues(d.AGREED, d.REQUESTED, d.APPOINTED, d.ACCEPTED)
    assert accepted["DISP-ONLINE-CHOOSE-2WD"] == (State.MET, day(4))
    assert accepted["DISP-ONLINE-ACCEPT-3WD"] == (State.MET, day(5))
    assert accepted["DISP-ONLINE-30D"] == (State.RUNNING, day(1, month=4))


def test_an_agreement_of_peoples_mediation_may_be_confirmed_within_thirty_days():
    """People's Mediation Law art 33."""
    agreed = s.replaced(d.AGREEMENT, kind=Mediation.BODY)
    assert dues(agreed)["DISP-JUDICIAL-CONFIRM-30D"] == (State.RUNNING, day(1, month=4))
    assert dues(agreed, d.APPLIED)["DISP-JUDICIAL-CONFIRM-30D"][0] is State.MET
    assert dues(d.AGREEMENT) == {}


# -- the register ---------------------------------------------------------------------

HAPPENINGS = (
    Happens(
        "a dispute is entered with what it is about",
        (),
        d.OPENED,
        {
            "dispute": folded(Dispute).id,
            "number": "Z202600000001",
            "stage": DisputeStage.OPEN,
            "customer": s.CUSTOMER_ID,
            "claim": s.CLAIM_ID,
            "complaint": d.OPENED.complaint,
            "opened_on": TODAY,
            "online": False,
            "agreement": False,
            "level": Level.NEGOTIATION,
            "issues": (),
            "reviewer": "",
        },
    ),
    Happens("the ways are told", (d.OPENED,), d.TOLD, {"told_on": TODAY}),
    Happens("mediation is offered", (d.OPENED,), d.OFFERED, {"stage": DisputeStage.OFFERED}),
    Happens(
        "mediation is agreed to",
        (d.OPENED,),
        d.AGREED,
        {"stage": DisputeStage.AGREED, "kind": Mediation.APPOINTED, "online": True},
    ),
    Happens("mediation is requested", BEGUN, d.REQUESTED, {"stage": DisputeStage.REQUESTED}),
    Happens("there is a mediator", (*BEGUN, d.REQUESTED), d.APPOINTED, {"stage": DisputeStage.APPOINTED}),
    Happens("the mediator accepts", MEDIATED[:-1], d.ACCEPTED, {"stage": DisputeStage.MEDIATING}),
    Happens("the mediator signs", MEDIATED[:-1], d.SIGNED, {"stage": DisputeStage.MEDIATING}),
    Happens("the mediator declines", MEDIATED[:-1], d.DECLINED, {"stage": DisputeStage.REQUESTED}),
    Happens("mediation ends", MEDIATED, d.ENDED, {"stage": DisputeStage.MEDIATED}),
    Happens("there is an agreement", (*MEDIATED, d.ENDED), d.AGREEMENT, {"agreement": True}),
    Happens("its confirmation is asked for", (*MEDIATED, d.ENDED, d.AGREEMENT), d.APPLIED),
    Happens(
        "a dispute is withdrawn",
        (d.OPENED,),
        d.WITHDRAWN,
        {"stage": DisputeStage.WITHDRAWN, "closed_on": TODAY},
    ),
    Happens(
        "a dispute is over",
        (d.OPENED,),
        d.CLOSED,
        {"stage": DisputeStage.CLOSED, "result": Result.AGREED, "closed_on": TODAY},
    ),
)


@each_of(HAPPENINGS)
def test_the_register_shows_what_happened(happening):
    happening.is_seen_in(DisputeRegister)


def test_the_register_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) | set(map(type, contests.HAPPENED)) == set(DisputeRegister.hears)
