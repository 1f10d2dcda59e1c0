"""How long a complaint may take: found complex, prolonged by three steps of two people, and standing still."""

from __future__ import annotations

import pytest

from domain.complaint import events as e
from domain.complaint import period as p
from domain.complaint.receipt import BIASED, TOO_EARLY, Claim
from domain.complaint.words import Break, Special, Way
from domain.kernel import NOT_YET
from domain.words import Actor, Role
from tests import samples as s
from tests.complaint.told import (
    ACCEPTED,
    ANSWERED,
    APPROVED,
    ASKED,
    COLLEAGUE,
    COMPLEX,
    DECIDED,
    IN_HAND,
    OFFICER,
    PROLONGED,
    RECEIVED,
    SUPERIOR,
    TOLD,
    march,
    new_facts,
    paused,
    resumed,
)
from tests.kit import folded, given

FOUND = (*IN_HAND, COMPLEX)
GRANTED = (*FOUND, ASKED, APPROVED)

FIND = p.FindComplaintComplex(reason=COMPLEX.reason)
ASK = p.AskProlongation(ground=Special.SPECIALLY_COMPLEX, reason=ASKED.reason)
TELL = p.ProlongComplaint(told_on=march(26), way=Way.MESSAGE, evidence="SMS-7")


def pause(day: int, told_on: int | None = None, ground: Break = Break.MEDIATION) -> p.PauseComplaint:
    told = None if told_on is None else march(told_on)
    return p.PauseComplaint(ground=ground, paused_on=march(day), told_on=told, body="mediation centre")


# -- complex --------------------------------------------------------------------------


def test_a_complaint_is_found_complex_once_and_its_time_counts_from_where_it_did():
    found = given(*IN_HAND).when(FIND).then(COMPLEX)
    assert found.complex
    given(*FOUND).when(FIND).refused(p.COMPLEX_BEFORE)
    later = s.replaced(COMPLEX, counts_from=march(5))
    given(*IN_HAND, new_facts(5)).when(FIND, on=march(6)).then(later)


@pytest.mark.parametrize("before", [(RECEIVED, ACCEPTED), (*IN_HAND, DECIDED), TOLD])
@pytest.mark.parametrize("command", [FIND, ASK], ids=["complex", "ask"])
def test_only_what_is_being_handled_takes_longer(before, command):
    given(*before).when(command, by=OFFICER).refused(p.NOT_ASSIGNED)


# -- prolonged ------------------------------------------------------------------------


def test_the_handler_asks_a_superior_approves_and_the_complainant_is_told():
    given(*FOUND).when(ASK, by=OFFICER).then(ASKED)
    given(*FOUND, ASKED).when(p.ApproveProlongation(), by=SUPERIOR, on=march(25)).then(APPROVED)
    prolonged = given(*GRANTED).when(TELL, by=OFFICER, on=march(27)).then(PROLONGED)
    assert prolonged.prolonged


def test_only_a_complex_complaint_is_prolonged_and_only_once():
    assert given(*IN_HAND).when(ASK, by=OFFICER).refused(p.NOT_COMPLEX).rule == "CPL-DECIDE-30D"
    assert given(*GRANTED, PROLONGED).when(ASK, by=OFFICER).refused(p.PROLONGED_BEFORE).rule == "CPL-DECIDE-60D"
    given(*FOUND, ASKED).when(ASK, by=OFFICER).refused(p.ASKED_BEFORE)


def test_nobody_but_the_handler_asks():
    given(*FOUND).when(ASK, by=COLLEAGUE).refused(p.NOT_THE_HANDLER)


def test_nobody_approves_what_they_asked_for_or_handle():
    promoted = Actor(OFFICER.name, Role.SUPERVISOR)
    given(*FOUND, ASKED).when(p.ApproveProlongation(), by=promoted).refused(p.SAME_PERSON)
    taken_over = (*FOUND, ASKED, e.ComplaintAssigned(handler=SUPERIOR.name))
    assert given(*taken_over).when(p.ApproveProlongation(), by=SUPERIOR).refused(p.SAME_PERSON).rule


def test_a_superior_with_an_interest_in_it_stands_back():
    about = (s.replaced(RECEIVED, complained_of=(SUPERIOR.name,)), *FOUND[1:], ASKED)
    given(*about).when(p.ApproveProlongation(), by=SUPERIOR).refused(BIASED)
    claim = folded(Claim, s.NOTICED, s.REGISTERED, s.assessed(assessor=SUPERIOR.name), stream=s.CLAIM_ID)
    given(*FOUND, ASKED, beside=(claim,)).when(p.ApproveProlongation(), by=SUPERIOR).refused(BIASED)


def test_a_declined_prolongation_may_be_asked_for_again():
    declined = e.ProlongationDeclined(decider=SUPERIOR.name)
    given(*FOUND, ASKED).when(p.DeclineProlongation(), by=SUPERIOR).then(declined)
    given(*FOUND, ASKED, declined).when(ASK, by=OFFICER).then(ASKED)


@pytest.mark.parametrize("command", [p.ApproveProlongation(), p.DeclineProlongation()], ids=["approve", "decline"])
@pytest.mark.parametrize("before", [FOUND, GRANTED], ids=["nobody asked", "approved"])
def test_what_nobody_asked_for_or_is_approved_waits_for_no_superior(command, before):
    given(*before).when(command, by=SUPERIOR).refused(p.NOT_ASKED)


@pytest.mark.parametrize("before", [FOUND, (*FOUND, ASKED), (*GRANTED, PROLONGED), (*GRANTED, new_facts(26))])
def test_the_complainant_is_told_of_what_a_superior_approved_for_these_facts(before):
    assert given(*before).when(TELL, by=OFFICER, on=march(27)).refused(p.NOT_APPROVED).rule == "CPL-DECIDE-60D"


@pytest.mark.parametrize(("told_on", "refusal"), [(24, TOO_EARLY), (28, NOT_YET)])
def test_the_complainant_is_told_after_the_approval(told_on, refusal):
    command = TELL.model_copy(update={"told_on": march(told_on)})
    given(*GRANTED).when(command, by=OFFICER, on=march(27)).refused(refusal)


# -- standing still -------------------------------------------------------------------


def test_mediation_that_the_complainant_agreed_to_stops_the_count_until_it_is_over():
    still = given(*IN_HAND).when(pause(6, 5), on=march(6)).then(s.replaced(paused(6), told_on=march(5)))
    assert still.paused is Break.MEDIATION
    over = given(*IN_HAND, paused(6)).when(p.ResumeComplaint(resumed_on=march(9)), on=march(10)).then(resumed(9))
    assert over.paused is None


def test_there_is_no_mediation_without_the_complainant():
    assert given(*IN_HAND).when(pause(6), on=march(6)).refused(p.NOT_AGREED).rule == "DISP-MEDIATE-PROPOSE"


def test_an_appraisal_is_told_to_the_complainant():
    appraisal = pause(6, ground=Break.APPRAISAL)
    assert given(*IN_HAND).when(appraisal, on=march(6)).refused(p.NOT_TOLD).rule == "CPL-PAUSE-APPRAISAL"
    told = pause(6, 6, Break.APPRAISAL)
    given(*IN_HAND).when(told, on=march(6)).then(paused(6, Break.APPRAISAL))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [(pause(1, 1), TOO_EARLY), (pause(11, 6), NOT_YET), (pause(6, 11), NOT_YET)],
)
def test_standing_still_begins_between_receipt_and_today(command, refusal):
    given(*IN_HAND).when(command, on=march(10)).refused(refusal)


def test_it_stands_still_for_one_reason_at_a_time():
    refused = given(*IN_HAND, paused(6)).when(pause(7, 7, Break.APPRAISAL), on=march(7)).refused(p.STANDS_STILL)
    assert "调解" in refused.tell("zh")
    given(*IN_HAND).when(p.ResumeComplaint(resumed_on=march(2))).refused(p.NOT_STILL)


@pytest.mark.parametrize(("day", "refusal"), [(5, TOO_EARLY), (11, NOT_YET)])
def test_it_goes_on_between_the_day_it_stood_still_and_today(day, refusal):
    command = p.ResumeComplaint(resumed_on=march(day))
    given(*IN_HAND, paused(6)).when(command, on=march(10)).refused(refusal)


@pytest.mark.parametrize("before", [(*IN_HAND, DECIDED), (*IN_HAND, DECIDED, ANSWERED)], ids=["decided", "answered"])
@pytest.mark.parametrize("command", [pause(6, 6), p.ResumeComplaint(resumed_on=march(6))], ids=["pause", "resume"])
def test_a_decided_complaint_stands_still_for_nothing(before, command):
    given(*before).when(command, on=march(12)).refused(p.NOT_ASSIGNED)
