"""A complaint is decided, answered in full, reviewed by the superior if that is wanted in time, and closed."""

from __future__ import annotations

from datetime import date

import pytest

from domain.complaint import answer as a
from domain.complaint import events as e
from domain.complaint import review as v
from domain.complaint.period import STANDS_STILL
from domain.complaint.receipt import BIASED, TOO_EARLY
from domain.complaint.state import ComplaintStatus
from domain.complaint.words import (
    AnswerContent,
    Finding,
    Major,
    Redress,
    Responsibility,
    Resumption,
    ReviewResult,
    Way,
)
from domain.kernel import NOT_YET
from domain.product import Line
from domain.words import Actor, Role
from tests import samples as s
from tests.complaint.told import (
    ACCEPTED,
    ANSWERED,
    ARRIVED,
    CLOSED,
    COLLEAGUE,
    COMPLEX,
    DECIDED,
    IN_HAND,
    OFFICER,
    RECEIVED,
    REVIEW_ANSWERED,
    REVIEW_ASKED,
    REVIEWED,
    SUPERIOR,
    TOLD,
    march,
    paused,
)
from tests.kit import given

DECIDE = a.DecideComplaint(
    finding=Finding.UPHELD,
    reasons=DECIDED.reasons,
    redress=Redress.COMPENSATION,
    amount=s.yuan(900),
    responsibility=Responsibility.STAFF,
)
ANSWER = a.AnswerComplaint(told_on=march(11), way=Way.POSTED, evidence="EMS-1", contents=tuple(AnswerContent))
ASK = v.RequestReview(received_on=march(20), reasons=REVIEW_ASKED.reasons)
CONFIRM = v.DecideReview(result=ReviewResult.CONFIRMED, reasons="rightly so")
CHANGE = v.DecideReview(
    result=ReviewResult.CHANGED,
    reasons=REVIEWED.reasons,
    finding=Finding.PARTLY,
    redress=Redress.NEW_DECISION,
    amount=s.yuan(1_800),
)
IN_REVIEW = (*TOLD, ARRIVED, REVIEW_ASKED)
ENDED = (*TOLD, CLOSED)


# -- the decision ---------------------------------------------------------------------


def test_a_decision_says_what_was_found_what_is_put_right_and_who_answers_for_it():
    decided = given(*IN_HAND).when(DECIDE, by=OFFICER, on=march(10)).then(DECIDED)
    assert (decided.status, decided.finding) == (ComplaintStatus.DECIDED, Finding.UPHELD)


def test_a_decision_may_be_put_right_until_it_is_told():
    unfounded = a.DecideComplaint(finding=Finding.UNFOUNDED, reasons="on second thoughts")
    [event] = given(*IN_HAND, DECIDED).when(unfounded, by=OFFICER, on=march(10)).outcome()
    assert event.finding is Finding.UNFOUNDED
    given(*TOLD).when(unfounded, by=OFFICER, on=march(12)).refused(a.NOT_DECIDABLE)
    given(RECEIVED, ACCEPTED).when(unfounded, by=OFFICER).refused(a.NOT_DECIDABLE)


def test_nothing_is_decided_while_the_time_stands_still():
    given(*IN_HAND, paused(5)).when(DECIDE, by=OFFICER, on=march(10)).refused(STANDS_STILL)


def test_nobody_decides_on_a_complaint_about_themselves():
    about = (s.replaced(RECEIVED, complained_of=(COLLEAGUE.name,)), *IN_HAND[1:])
    given(*about).when(DECIDE, by=COLLEAGUE).refused(BIASED)


@pytest.mark.parametrize(("authority", "fits"), [(900_00, True), (899_99, False)])
def test_nobody_puts_right_more_than_their_authority_reaches(authority, fits):
    attempt = given(*IN_HAND).when(DECIDE, by=Actor("ouyang", Role.COMPLAINT_OFFICER, authority=authority))
    if fits:
        assert attempt.outcome()
    else:
        attempt.refused(a.BEYOND_AUTHORITY)


# -- telling --------------------------------------------------------------------------


def test_an_answer_is_told_in_full():
    answered = given(*IN_HAND, DECIDED).when(ANSWER, by=OFFICER, on=march(12)).then(ANSWERED)
    assert answered.status is ComplaintStatus.ANSWERED and answered.arrived_on is None


def test_what_is_handed_over_has_arrived():
    command = ANSWER.model_copy(update={"way": Way.HANDED_OVER})
    told = s.replaced(ANSWERED, way=Way.HANDED_OVER)
    arrived = e.AnswerArrived(arrived_on=march(11), branch=True)
    given(*IN_HAND, DECIDED).when(command, by=OFFICER, on=march(12)).then(told, arrived)


@pytest.mark.parametrize("missing", AnswerContent)
def test_an_answer_leaves_nothing_out(missing):
    contents = tuple(each for each in AnswerContent if each is not missing)
    command = ANSWER.model_copy(update={"contents": contents})
    refused = given(*IN_HAND, DECIDED).when(command, by=OFFICER, on=march(12)).refused(a.CONTENT_MISSING)
    assert refused.rule == "CPL-DECISION-CONTENT" and missing.zh in refused.tell("zh")


@pytest.mark.parametrize(("told_on", "refusal"), [(9, TOO_EARLY), (13, NOT_YET)])
def test_a_decision_is_told_after_it_was_made(told_on, refusal):
    command = ANSWER.model_copy(update={"told_on": march(told_on)})
    given(*IN_HAND, DECIDED).when(command, by=OFFICER, on=march(12)).refused(refusal)


@pytest.mark.parametrize("before", [IN_HAND, TOLD], ids=["undecided", "answered"])
def test_only_a_decision_is_told_and_once(before):
    given(*before).when(ANSWER, by=OFFICER, on=march(12)).refused(a.NOT_DECIDED)


def test_the_arrival_of_the_answer_is_noted_once():
    command = a.ConfirmAnswerArrival(arrived_on=march(13))
    given(*TOLD).when(command, on=march(14)).then(ARRIVED)
    given(*TOLD, ARRIVED).when(command, on=march(14)).refused(a.ARRIVED_BEFORE)
    given(*IN_HAND, DECIDED).when(command, on=march(14)).refused(a.NOT_ANSWERED)
    given(*TOLD).when(a.ConfirmAnswerArrival(arrived_on=march(10)), on=march(14)).refused(TOO_EARLY)
    given(*TOLD).when(command, on=march(12)).refused(NOT_YET)


# -- review ---------------------------------------------------------------------------


@pytest.mark.parametrize("before", [TOLD, (*TOLD, ARRIVED), ENDED], ids=["told", "arrived", "closed"])
def test_a_branchs_decision_is_reviewed_even_after_closing(before):
    asked = given(*before).when(ASK, on=march(21)).then(REVIEW_ASKED)
    assert asked.status is ComplaintStatus.IN_REVIEW


def test_head_offices_own_decision_is_not_reviewed():
    own = (*IN_HAND, s.replaced(DECIDED, branch=False), s.replaced(ANSWERED, branch=False))
    assert given(*own).when(ASK, on=march(21)).refused(v.NOT_A_BRANCH).rule == "CPL-REVIEW-APPLY-30D"


@pytest.mark.parametrize(("day", "fits"), [(date(2026, 4, 12), True), (date(2026, 4, 13), False)])
def test_a_review_is_asked_for_within_thirty_days_after_the_answer_arrived(day, fits):
    attempt = given(*TOLD, ARRIVED).when(v.RequestReview(received_on=day, reasons="x"), on=date(2026, 5, 1))
    if fits:
        assert attempt.outcome()
    else:
        refused = attempt.refused(v.REVIEW_OVER)
        assert refused.rule == "CPL-REVIEW-APPLY-30D" and "2026-04-12" in refused.tell("en")


def test_as_long_as_nobody_knows_that_it_arrived_a_review_may_be_asked_for():
    assert given(*TOLD).when(v.RequestReview(reasons="x"), on=date(2027, 5, 1)).outcome()


@pytest.mark.parametrize(
    ("before", "refusal"),
    [
        (IN_HAND, v.NOT_ANSWERED),
        (IN_REVIEW, v.NOT_ANSWERED),
        ((*IN_REVIEW, REVIEWED, REVIEW_ANSWERED), v.REVIEWED_BEFORE),
        ((*IN_HAND, e.ComplaintWithdrawn(withdrawn_on=march(6))), v.NOT_ANSWERED),
    ],
    ids=["unanswered", "in review", "reviewed", "withdrawn"],
)
def test_an_answer_is_reviewed_once(before, refusal):
    given(*before).when(ASK, on=date(2026, 4, 2)).refused(refusal)


@pytest.mark.parametrize(("day", "refusal"), [(10, TOO_EARLY), (22, NOT_YET)])
def test_a_review_is_asked_for_after_the_answer(day, refusal):
    command = ASK.model_copy(update={"received_on": march(day)})
    given(*TOLD).when(command, on=march(21)).refused(refusal)


def test_the_superior_changes_the_decision_or_lets_it_stand():
    changed = given(*IN_REVIEW).when(CHANGE, by=SUPERIOR, on=march(30)).then(REVIEWED)
    assert (changed.finding, changed.status) == (Finding.PARTLY, ComplaintStatus.REVIEWED)
    stands = e.ReviewDecided(
        result=ReviewResult.CONFIRMED, reasons="rightly so", reviewer=SUPERIOR.name, decided_on=march(30)
    )
    assert given(*IN_REVIEW).when(CONFIRM, by=SUPERIOR, on=march(30)).then(stands).finding is Finding.UPHELD


@pytest.mark.parametrize(
    "command",
    [CHANGE.model_copy(update={"finding": None}), CONFIRM.model_copy(update={"finding": Finding.PARTLY})],
    ids=["changed to nothing", "confirmed and changed"],
)
def test_a_changed_decision_says_what_is_found_and_no_other(command):
    given(*IN_REVIEW).when(command, by=SUPERIOR).refused(v.CHANGED_TO_WHAT)


def test_who_handled_decided_or_is_complained_of_does_not_review():
    promoted = Actor(OFFICER.name, Role.SUPERVISOR, authority=10**9)
    refused = given(*IN_REVIEW).when(CONFIRM, by=promoted).refused(v.OWN_DECISION)
    assert refused.rule == "CPL-RECUSAL"
    decided = (*IN_HAND, s.replaced(DECIDED, decider=SUPERIOR.name), ANSWERED, REVIEW_ASKED)
    given(*decided).when(CONFIRM, by=SUPERIOR).refused(v.OWN_DECISION)
    about = (s.replaced(RECEIVED, complained_of=(SUPERIOR.name,)), *IN_REVIEW[1:])
    given(*about).when(CONFIRM, by=SUPERIOR).refused(BIASED)


def test_a_reviewer_keeps_to_their_authority():
    short = Actor("shen", Role.SUPERVISOR, authority=1)
    given(*IN_REVIEW).when(CHANGE, by=short).refused(a.BEYOND_AUTHORITY)


def test_the_review_is_told_once_and_after_it_was_decided():
    command = v.AnswerReview(told_on=march(31), way=Way.DIALLED, evidence="CALL-3")
    given(*IN_REVIEW, REVIEWED).when(command, on=march(31)).then(REVIEW_ANSWERED)
    given(*IN_REVIEW, REVIEWED, REVIEW_ANSWERED).when(command, on=march(31)).refused(v.NOT_REVIEWED)
    given(*IN_REVIEW, REVIEWED).when(command, on=march(30)).refused(NOT_YET)
    early = command.model_copy(update={"told_on": march(29)})
    given(*IN_REVIEW, REVIEWED).when(early, on=march(31)).refused(TOO_EARLY)
    given(*TOLD).when(CONFIRM, by=SUPERIOR).refused(v.NOT_IN_REVIEW)


# -- closing --------------------------------------------------------------------------


def test_an_answered_complaint_is_closed():
    closed = given(*TOLD).when(a.CloseComplaint(), on=march(14)).then(CLOSED)
    assert not closed.is_open and list(closed.kept()) == []
    [kept] = given(*TOLD).when(a.CloseComplaint()).before.kept()
    assert kept.number == RECEIVED.number


@pytest.mark.parametrize("before", [IN_HAND, IN_REVIEW, (*IN_REVIEW, REVIEWED), ENDED])
def test_what_waits_for_an_answer_is_not_closed(before):
    given(*before).when(a.CloseComplaint()).refused(a.NOT_ANSWERED)


def test_a_major_complaint_is_not_closed_before_it_was_reported():
    major = (s.replaced(RECEIVED, major=Major.NAMED), *TOLD[1:])
    assert given(*major).when(a.CloseComplaint()).refused(a.UNREPORTED).rule == "CPL-MAJOR-20P"
    reported = e.MajorComplaintReported(reported_on=march(3), plan="PLAN-1")
    given(*major, reported).when(a.CloseComplaint(), on=march(14)).then(CLOSED)


def test_a_complaint_opened_again_is_looked_at_afresh():
    command = a.ReopenComplaint(ground=Resumption.ERROR, note="the sum was wrong")
    reopened = e.ComplaintReopened(
        ground=Resumption.ERROR, reopened_on=march(20), line=Line.HEALTH, note="the sum was wrong"
    )
    before = (*IN_HAND, COMPLEX, DECIDED, ANSWERED, ARRIVED, CLOSED)
    again = given(*before).when(command, on=march(20)).then(reopened)
    assert (again.status, again.counts_from) == (ComplaintStatus.ASSIGNED, march(20))
    assert not (again.complex or again.told_on or again.arrived_on or again.finding)
    given(*TOLD).when(command).refused(a.NOT_CLOSED)


def test_a_withdrawn_complaint_opened_again_has_yet_to_find_its_handler():
    withdrawn = (RECEIVED, e.ComplaintWithdrawn(withdrawn_on=march(6)))
    command = a.ReopenComplaint(ground=Resumption.REGULATOR)
    [event] = given(*withdrawn).when(command, on=march(20)).outcome()
    assert given(*withdrawn, event).when(command).before.status is ComplaintStatus.ACCEPTED
