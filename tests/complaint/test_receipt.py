"""A complaint comes in by any way, from whoever may raise it, and is given to somebody with no interest in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.complaint import events as e
from domain.complaint import handling as h
from domain.complaint import receipt as r
from domain.complaint.state import ComplaintStatus
from domain.complaint.words import Major, Matter, NoComplaint, Particular, Proof, Standing
from domain.customer import Channel
from domain.kernel import NOT_YET
from domain.product import Line
from domain.words import Actor, Role
from tests import samples as s
from tests.complaint.told import (
    ACCEPTED,
    ANSWERED,
    ASSIGNED,
    CLOSED,
    COMPLEX,
    DECIDED,
    IN_HAND,
    PROLONGED,
    RECEIVED,
    SUPERIOR,
    TOLD,
    march,
    new_facts,
)
from tests.kit import folded, given

CLAIM = folded(r.Claim, s.NOTICED, s.REGISTERED, s.assessed(), stream=s.CLAIM_ID)
POLICY = s.policy(*s.in_force())
SAID = {
    "matter": Matter.CLAIM,
    "complainant": "王小明",
    "phone": "13800000000",
    "wish": "the claim is to be paid",
    "facts": "the treatment was no cosmetic one",
}
BY_NOBODY = e.ComplaintReceived(
    **SAID, number="T1", channel=Channel.PHONE, source=RECEIVED.source, received_on=march(2)
)


def receive(**more: object) -> r.ReceiveComplaint:
    return r.ReceiveComplaint(**{**SAID, **more})


# -- receipt --------------------------------------------------------------------------


def test_a_complaint_about_a_claim_knows_its_policy_its_line_and_its_customer():
    command = receive(policy=s.POLICY_ID, claim=s.CLAIM_ID)
    begun = given(beside=(POLICY, CLAIM)).when(command, number=RECEIVED.number).then(RECEIVED)
    assert begun.party == s.CUSTOMER_ID and begun.counts_from == march(2)


def test_a_claim_alone_tells_the_rest():
    [event] = given(beside=(CLAIM,)).when(receive(claim=s.CLAIM_ID), number="T1").outcome()
    assert (event.policy, event.line, event.customer) == (s.POLICY_ID, Line.HEALTH, s.CUSTOMER_ID)
    assert (event.claim_number, event.policy_number) == ("C202600000001", "P202600000001")


def test_who_is_no_customer_may_complain_too():
    given().when(receive(), number="T1").then(BY_NOBODY)


def test_a_customer_complains_for_themselves():
    customer = Actor("wang", Role.CUSTOMER, party=s.CUSTOMER_ID)
    [event] = given().when(receive(channel=Channel.APP), by=customer, number="T1").outcome()
    assert event.customer == s.CUSTOMER_ID


def test_a_former_number_and_an_earlier_day_may_be_kept_but_no_later_day():
    [event] = given().when(receive(number="OLD-7", received_on=date(2026, 2, 20)), number="T1").outcome()
    assert (event.number, event.received_on) == ("OLD-7", date(2026, 2, 20))
    given().when(receive(received_on=march(3))).refused(NOT_YET)


def test_what_it_is_about_is_of_one_customer():
    other = folded(r.Customer, s.REGISTERED_CUSTOMER, stream=UUID(int=99))
    command = receive(customer=UUID(int=99), policy=s.POLICY_ID)
    given(beside=(POLICY, other)).when(command).refused(r.OTHER_CUSTOMER)


@pytest.mark.parametrize(
    ("standing", "proofs", "missing"),
    [
        (Standing.SELF, (), ()),
        (Standing.PROXY, (), (Proof.AUTHORITY, Proof.PROXY_IDENTITY)),
        (Standing.PROXY, (Proof.AUTHORITY,), (Proof.PROXY_IDENTITY,)),
        (Standing.PROXY, (Proof.PROXY_IDENTITY, Proof.AUTHORITY), ()),
        (Standing.HEIR, (Proof.AUTHORITY, Proof.PROXY_IDENTITY), (Proof.KINSHIP,)),
        (Standing.HEIR, (Proof.KINSHIP,), ()),
    ],
)
def test_who_complains_for_another_proves_that_they_may(standing, proofs, missing):
    attempt = given().when(receive(standing=standing, proofs=proofs), number="T1")
    if missing:
        refused = attempt.refused(r.UNPROVEN)
        assert refused.rule == "CPL-PROXY-HEIR" and all(each.zh in refused.tell("zh") for each in missing)
    else:
        attempt.then(s.replaced(BY_NOBODY, standing=standing, proofs=proofs))


@pytest.mark.parametrize(
    ("channel", "complainants", "speak", "fits"),
    [
        (Channel.COUNTER, 12, 5, True),
        (Channel.COUNTER, 12, 6, False),
        (Channel.LETTER, 12, 6, True),
        (Channel.COUNTER, 1, 6, True),
    ],
)
def test_many_who_come_in_person_speak_through_five_at_most(channel, complainants, speak, fits):
    command = receive(channel=channel, complainants=complainants, representatives=speak)
    attempt = given().when(command, number="T1")
    if fits:
        assert len(attempt.outcome()) == 1
    else:
        assert attempt.refused(r.TOO_MANY_SPEAK).rule == "CPL-GROUP-REP-5"


def test_before_the_measures_were_in_force_nobody_counted_those_who_speak():
    command = receive(channel=Channel.COUNTER, complainants=30, representatives=6, received_on=date(2020, 2, 29))
    [event] = given().when(command, number="T1").outcome()
    assert event.major is None


@pytest.mark.parametrize(
    ("said", "major"),
    [
        ({"channel": Channel.COUNTER, "complainants": 20}, Major.MANY),
        ({"channel": Channel.COUNTER, "complainants": 19}, None),
        ({"channel": Channel.WEB, "complainants": 20}, None),
        ({"major": Major.NAMED}, Major.NAMED),
        ({"channel": Channel.COUNTER, "complainants": 20, "major": Major.DISASTER}, Major.DISASTER),
    ],
)
def test_a_complaint_of_twenty_in_person_is_a_major_one(said, major):
    [event] = given().when(receive(**said), number="T1").outcome()
    assert event.major is major


# -- what is asked, accepted, declined ------------------------------------------------


def test_the_complainant_is_asked_for_what_only_they_can_tell():
    asked = e.ParticularsAsked(particulars=(Particular.FACTS, Particular.REQUEST), asked_on=march(2))
    command = r.AskParticulars(particulars=(Particular.FACTS, Particular.REQUEST, Particular.FACTS))
    given(RECEIVED).when(command).then(asked)


@pytest.mark.parametrize("ours", [Particular.CONTRACT, Particular.PAYMENTS, Particular.CLAIM_FILE])
def test_nobody_is_asked_for_what_we_hold(ours):
    command = r.AskParticulars(particulars=(Particular.FACTS, ours))
    assert given(RECEIVED).when(command).refused(r.HELD_BY_US).rule == "CPL-INFO-NO-DUPLICATE"


def test_a_complaint_is_accepted_once():
    accepted = given(RECEIVED).when(r.AcceptComplaint(), on=march(3)).then(ACCEPTED)
    assert accepted.status is ComplaintStatus.ACCEPTED
    given(RECEIVED, ACCEPTED).when(r.AcceptComplaint()).refused(r.NOT_RECEIVED)


@pytest.mark.parametrize("before", [(RECEIVED,), (RECEIVED, ACCEPTED), IN_HAND])
def test_what_turns_out_to_be_no_complaint_is_not_handled_and_whoever_raised_it_is_told(before):
    command = r.DeclineComplaint(ground=NoComplaint.NOT_RAISED, told_on=march(4), note="a stranger called")
    told = e.ComplaintDeclined(ground=NoComplaint.NOT_RAISED, told_on=march(4), note="a stranger called")
    declined = given(*before).when(command, on=march(5)).then(told)
    assert not declined.is_open


@pytest.mark.parametrize(("told_on", "refusal"), [(march(1), r.TOO_EARLY), (march(6), NOT_YET)])
def test_telling_that_it_is_not_handled_has_its_day(told_on, refusal):
    command = r.DeclineComplaint(ground=NoComplaint.ENQUIRY, told_on=told_on)
    given(RECEIVED).when(command, on=march(5)).refused(refusal)


# -- whose it is ----------------------------------------------------------------------


def test_it_is_given_to_a_handler_and_may_be_given_to_another():
    assigned = given(RECEIVED, ACCEPTED).when(h.AssignComplaint(handler="ouyang")).then(ASSIGNED)
    assert assigned.status is ComplaintStatus.ASSIGNED
    given(*IN_HAND).when(h.AssignComplaint(handler="ouyang")).then()
    given(*IN_HAND).when(h.AssignComplaint(handler="bai")).then(e.ComplaintAssigned(handler="bai"))


@pytest.mark.parametrize("before", [(RECEIVED,), (*IN_HAND, DECIDED), TOLD])
def test_it_has_a_handler_between_acceptance_and_decision(before):
    given(*before).when(h.AssignComplaint(handler="bai")).refused(h.NOT_ACCEPTED)


def test_nobody_handles_a_complaint_about_themselves():
    about = s.replaced(RECEIVED, complained_of=("ouyang", "bai"))
    refused = given(about, ACCEPTED).when(h.AssignComplaint(handler="bai")).refused(r.BIASED)
    assert refused.rule == "CPL-RECUSAL"
    assert given(about, ACCEPTED).when(h.AssignComplaint(handler="shen")).outcome()


def test_nobody_handles_a_complaint_about_a_claim_that_they_assessed():
    story = given(RECEIVED, ACCEPTED, beside=(CLAIM,))
    story.when(h.AssignComplaint(handler=s.HANDLER.name)).refused(r.BIASED)
    story.when(h.AssignComplaint(handler="ouyang")).then(ASSIGNED)


# -- the same again -------------------------------------------------------------------


def test_the_same_again_is_merged():
    again = e.ComplaintRepeated(received_on=march(5), channel=Channel.WEB)
    after = given(*IN_HAND).when(h.RepeatComplaint(channel=Channel.WEB), on=march(5)).then(again)
    assert after == folded(type(after), *IN_HAND).but(version=4)


def test_new_facts_count_anew_and_take_a_decision_and_a_prolongation_with_them():
    before = (*IN_HAND, COMPLEX, PROLONGED, DECIDED)
    command = h.RaiseNewFacts(facts="a second opinion", received_on=march(28))
    after = given(*before).when(command, on=march(29)).then(new_facts(28, prolonged=True))
    assert (after.status, after.counts_from) == (ComplaintStatus.ASSIGNED, march(28))
    assert after.complex and not after.prolonged and after.finding is None


def test_new_facts_before_acceptance_leave_it_to_be_accepted():
    command = h.RaiseNewFacts(facts="a second opinion")
    after = given(RECEIVED).when(command, on=march(4)).then(new_facts(4))
    assert after.status is ComplaintStatus.RECEIVED


@pytest.mark.parametrize("command", [h.RaiseNewFacts, h.RepeatComplaint])
def test_what_is_raised_again_is_raised_after_what_was_raised(command):
    more = {"facts": "x"} if command is h.RaiseNewFacts else {}
    given(*IN_HAND).when(command(received_on=march(1), **more), on=march(5)).refused(r.TOO_EARLY)
    given(*IN_HAND).when(command(received_on=march(6), **more), on=march(5)).refused(NOT_YET)


def test_a_withdrawn_complaint_is_over_the_same_day():
    withdrawn = e.ComplaintWithdrawn(withdrawn_on=march(6))
    after = given(*IN_HAND).when(h.WithdrawComplaint(), on=march(6)).then(withdrawn)
    assert after.status is ComplaintStatus.CLOSED
    given(*IN_HAND, withdrawn).when(h.WithdrawComplaint()).refused(r.NOT_PENDING)


@pytest.mark.parametrize(
    "command",
    [
        r.AskParticulars(particulars=(Particular.FACTS,)),
        r.DeclineComplaint(ground=NoComplaint.ENQUIRY, told_on=march(2)),
        h.RepeatComplaint(),
        h.RaiseNewFacts(facts="x"),
        h.WithdrawComplaint(),
    ],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize("before", [TOLD, (*IN_HAND, DECIDED, ANSWERED, CLOSED)], ids=["answered", "closed"])
def test_an_answered_complaint_waits_for_nothing_more(command, before):
    given(*before).when(command, on=march(20)).refused(r.NOT_PENDING)


# -- major complaints -----------------------------------------------------------------


def test_a_major_complaint_is_reported_once_with_its_plan():
    major = s.replaced(RECEIVED, major=Major.MANY)
    reported = e.MajorComplaintReported(reported_on=march(2), plan="PLAN-1")
    command = r.ReportMajorComplaint(plan="PLAN-1", reported_on=march(2))
    given(major).when(command, by=SUPERIOR).then(reported)
    given(major, reported).when(command).refused(r.NOT_MAJOR)
    given(RECEIVED).when(command).refused(r.NOT_MAJOR)
    given(major).when(command.model_copy(update={"reported_on": march(3)})).refused(NOT_YET)
