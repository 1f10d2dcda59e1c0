"""What the rules refuse of complaints, and beside it what they let through."""

from __future__ import annotations

from datetime import date

from domain.complaint import answer as a
from domain.complaint import events as e
from domain.complaint import handling as h
from domain.complaint import period as p
from domain.complaint import receipt as r
from domain.complaint import review as v
from domain.complaint.words import AnswerContent, Break, Major, NoComplaint, Particular, Proof, Standing
from domain.customer import Channel
from domain.words import Actor, Role
from tests import samples as s
from tests.complaint.test_answer import ANSWER
from tests.complaint.test_period import ASK, FOUND, GRANTED, TELL, pause
from tests.complaint.test_receipt import receive
from tests.complaint.told import (
    ACCEPTED,
    ANSWERED,
    APPROVED,
    ARRIVED,
    ASKED,
    CLOSED,
    DECIDED,
    IN_HAND,
    OFFICER,
    RECEIVED,
    SUPERIOR,
    TOLD,
    march,
    paused,
)
from tests.kit import given
from tests.rules.enforced import Both

ABOUT = s.replaced(RECEIVED, complained_of=("bai",))
MAJOR = (s.replaced(RECEIVED, major=Major.NAMED), *TOLD[1:])
REPORTED = e.MajorComplaintReported(reported_on=march(3), plan="PLAN-1")
PROMOTED = Actor(OFFICER.name, Role.SUPERVISOR)
DECLINED = e.ComplaintDeclined(ground=NoComplaint.ENQUIRY, told_on=march(3), note="")
STRANGER = r.DeclineComplaint(ground=NoComplaint.NOT_RAISED, told_on=march(5))
RESUME = p.ResumeComplaint(resumed_on=march(9))
REVIEW = v.RequestReview(received_on=date(2026, 4, 12), reasons="x")
TOO_LATE = REVIEW.model_copy(update={"received_on": date(2026, 4, 13)})
MAY = date(2026, 5, 1)


def asked_for(*particulars: Particular) -> r.AskParticulars:
    return r.AskParticulars(particulars=particulars)


def spoken_for_by(count: int) -> r.ReceiveComplaint:
    return receive(channel=Channel.COUNTER, complainants=12, representatives=count)


COMPLAINTS: dict[str, Both] = {
    "CPL-SCOPE": (
        given(RECEIVED, DECLINED).when(r.AcceptComplaint()),
        r.NOT_RECEIVED,
        given(RECEIVED).when(r.AcceptComplaint()),
    ),
    "CPL-NOT-BY-COMPLAINANT": (
        given(*TOLD).when(STRANGER, on=march(20)),
        r.NOT_PENDING,
        given(RECEIVED).when(STRANGER, on=march(5)),
    ),
    "CPL-PROXY-HEIR": (
        given().when(receive(standing=Standing.HEIR, proofs=(Proof.AUTHORITY,)), number="T1"),
        r.UNPROVEN,
        given().when(receive(standing=Standing.HEIR, proofs=(Proof.KINSHIP,)), number="T1"),
    ),
    "CPL-GROUP-REP-5": (
        given().when(spoken_for_by(6), number="T1"),
        r.TOO_MANY_SPEAK,
        given().when(spoken_for_by(5), number="T1"),
    ),
    "CPL-INFO-NO-DUPLICATE": (
        given(RECEIVED).when(asked_for(Particular.FACTS, Particular.CONTRACT)),
        r.HELD_BY_US,
        given(RECEIVED).when(asked_for(Particular.FACTS)),
    ),
    "CPL-RECUSAL": (
        given(ABOUT, ACCEPTED).when(h.AssignComplaint(handler="bai")),
        r.BIASED,
        given(ABOUT, ACCEPTED).when(h.AssignComplaint(handler="ouyang")),
    ),
    "CPL-MERGE": (
        given(*TOLD).when(h.RepeatComplaint(), on=march(20)),
        r.NOT_PENDING,
        given(*IN_HAND).when(h.RepeatComplaint(), on=march(20)),
    ),
    "CPL-RESTART-NEWFACTS": (
        given(*TOLD).when(h.RaiseNewFacts(facts="x"), on=march(20)),
        r.NOT_PENDING,
        given(*IN_HAND).when(h.RaiseNewFacts(facts="x"), on=march(20)),
    ),
    "CPL-WITHDRAW-SAMEDAY": (
        given(*TOLD).when(h.WithdrawComplaint(), on=march(20)),
        r.NOT_PENDING,
        given(*IN_HAND).when(h.WithdrawComplaint(), on=march(20)),
    ),
}

PERIODS: dict[str, Both] = {
    "CPL-DECIDE-30D": (given(*IN_HAND).when(ASK, by=OFFICER), p.NOT_COMPLEX, given(*FOUND).when(ASK, by=OFFICER)),
    "CPL-DECIDE-60D": (
        given(*FOUND, ASKED).when(p.ApproveProlongation(), by=PROMOTED),
        p.SAME_PERSON,
        given(*FOUND, ASKED).when(p.ApproveProlongation(), by=SUPERIOR),
    ),
    # Told before the superior had approved.
    "CPL-TELL-STOP-RULE": (
        given(*GRANTED).when(TELL.model_copy(update={"told_on": march(24)}), by=OFFICER, on=march(27)),
        r.TOO_EARLY,
        given(*GRANTED).when(TELL.model_copy(update={"told_on": APPROVED.approved_on}), by=OFFICER, on=march(27)),
    ),
    "CPL-PAUSE-APPRAISAL": (
        given(*IN_HAND).when(pause(6, ground=Break.APPRAISAL), on=march(6)),
        p.NOT_TOLD,
        given(*IN_HAND).when(pause(6, 6, Break.APPRAISAL), on=march(6)),
    ),
    "DISP-MEDIATE-PROPOSE": (
        given(*IN_HAND).when(pause(6), on=march(6)),
        p.NOT_AGREED,
        given(*IN_HAND).when(pause(6, 6), on=march(6)),
    ),
    "DISP-MEDIATE-PAUSE": (
        given(*IN_HAND).when(RESUME, on=march(10)),
        p.NOT_STILL,
        given(*IN_HAND, paused(6)).when(RESUME, on=march(10)),
    ),
}

ANSWERS: dict[str, Both] = {
    "CPL-DECISION-CONTENT": (
        given(*IN_HAND, DECIDED).when(
            ANSWER.model_copy(update={"contents": tuple(AnswerContent)[:-1]}), by=OFFICER, on=march(12)
        ),
        a.CONTENT_MISSING,
        given(*IN_HAND, DECIDED).when(ANSWER, by=OFFICER, on=march(12)),
    ),
    "CPL-REVIEW-APPLY-30D": (
        given(*TOLD, ARRIVED).when(TOO_LATE, on=MAY),
        v.REVIEW_OVER,
        given(*TOLD, ARRIVED).when(REVIEW, on=MAY),
    ),
    "CPL-MAJOR-20P": (
        given(*MAJOR).when(a.CloseComplaint()),
        a.UNREPORTED,
        given(*MAJOR, REPORTED).when(a.CloseComplaint()),
    ),
    "CPL-REGISTER-ARCHIVE": (
        given(*IN_HAND, DECIDED, ANSWERED, CLOSED).when(a.CloseComplaint()),
        a.NOT_ANSWERED,
        given(*TOLD).when(a.CloseComplaint()),
    ),
}
