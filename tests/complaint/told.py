"""What the tests of complaints share: a complaint of Monday, 2 March 2026, about a rejected claim, and what follows."""

from __future__ import annotations

from datetime import date

from domain.complaint import events as e
from domain.complaint.words import (
    AnswerContent,
    Break,
    Finding,
    Major,
    Matter,
    NoComplaint,
    Particular,
    Proof,
    Redress,
    Responsibility,
    Resumption,
    ReviewResult,
    Source,
    Special,
    Standing,
    Way,
)
from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Actor, Role
from tests import samples as s
from tests.kit import ENDLESS

OFFICER = Actor("ouyang", Role.COMPLAINT_OFFICER, authority=ENDLESS)
COLLEAGUE = Actor("bai", Role.COMPLAINT_OFFICER, authority=ENDLESS)
SUPERIOR = Actor("shen", Role.SUPERVISOR, authority=ENDLESS)


def march(day: int) -> date:
    return date(2026, 3, day)


RECEIVED = e.ComplaintReceived(
    number="T202600000001",
    channel=Channel.PHONE,
    source=Source.CONSUMER,
    matter=Matter.CLAIM,
    received_on=march(2),
    complainant="王小明",
    phone="13800000000",
    wish="the claim is to be paid",
    facts="the treatment was no cosmetic one",
    line=Line.HEALTH,
    customer=s.CUSTOMER_ID,
    policy=s.POLICY_ID,
    policy_number="P202600000001",
    claim=s.CLAIM_ID,
    claim_number="C202600000001",
)
ACCEPTED = e.ComplaintAccepted(accepted_on=march(3), line=Line.HEALTH)
ASSIGNED = e.ComplaintAssigned(handler=OFFICER.name)
IN_HAND = (RECEIVED, ACCEPTED, ASSIGNED)

COMPLEX = e.ComplaintFoundComplex(counts_from=march(2), reason="two hospitals have to be asked")
ASKED = e.ProlongationAsked(ground=Special.SPECIALLY_COMPLEX, reason="one of them has not answered", asker=OFFICER.name)
APPROVED = e.ProlongationApproved(approver=SUPERIOR.name, approved_on=march(25))
PROLONGED = e.ComplaintProlonged(told_on=march(26), way=Way.MESSAGE, evidence="SMS-7", counts_from=march(2))
DECIDED = e.ComplaintDecided(
    finding=Finding.UPHELD,
    reasons="the exclusion does not apply",
    redress=Redress.COMPENSATION,
    amount=s.yuan(900),
    responsibility=Responsibility.STAFF,
    branch=True,
    decider=OFFICER.name,
    decided_on=march(10),
)
ANSWERED = e.ComplaintAnswered(
    told_on=march(11),
    way=Way.POSTED,
    evidence="EMS-1",
    contents=tuple(AnswerContent),
    finding=Finding.UPHELD,
    branch=True,
)
ARRIVED = e.AnswerArrived(arrived_on=march(13), branch=True)
REVIEW_ASKED = e.ReviewRequested(received_on=march(20), reasons="the sum is too small")
REVIEWED = e.ReviewDecided(
    result=ReviewResult.CHANGED,
    reasons="the sum leaves out the second stay",
    reviewer=SUPERIOR.name,
    decided_on=march(30),
    finding=Finding.PARTLY,
    redress=Redress.NEW_DECISION,
    amount=s.yuan(1_800),
)
REVIEW_ANSWERED = e.ReviewAnswered(told_on=march(31), way=Way.DIALLED, evidence="CALL-3", result=ReviewResult.CHANGED)
CLOSED = e.ComplaintClosed(closed_on=march(14), finding=Finding.UPHELD, customer=s.CUSTOMER_ID)
TOLD = (*IN_HAND, DECIDED, ANSWERED)

LIFE: tuple[Event, ...] = (
    s.replaced(
        RECEIVED,
        channel=Channel.COUNTER,
        agent="AG-7",
        complained_of=("han",),
        standing=Standing.HEIR,
        proofs=(Proof.KINSHIP,),
        complainants=20,
        representatives=5,
        major=Major.MANY,
    ),
    e.ParticularsAsked(particulars=(Particular.FACTS,), asked_on=march(2)),
    ACCEPTED,
    e.ComplaintDeclined(ground=NoComplaint.ENQUIRY, told_on=march(3), note="asked how to claim"),
    ASSIGNED,
    e.ComplaintRepeated(received_on=march(4), channel=Channel.APP),
    e.NewFactsRaised(received_on=march(5), prolonged=True, facts="a second opinion"),
    e.ComplaintWithdrawn(withdrawn_on=march(6)),
    e.MajorComplaintReported(reported_on=march(3), plan="PLAN-1"),
    COMPLEX,
    ASKED,
    APPROVED,
    e.ProlongationDeclined(decider=SUPERIOR.name),
    PROLONGED,
    e.ComplaintPaused(ground=Break.MEDIATION, paused_on=march(6), told_on=march(5), body="mediation centre"),
    e.ComplaintResumed(ground=Break.MEDIATION, resumed_on=march(9)),
    DECIDED,
    ANSWERED,
    ARRIVED,
    REVIEW_ASKED,
    REVIEWED,
    REVIEW_ANSWERED,
    CLOSED,
    e.ComplaintReopened(
        ground=Resumption.BROKEN_PROMISE, reopened_on=march(31), line=Line.HEALTH, note="nothing was paid"
    ),
)
"""One event of every kind."""


def paused(day: int, ground: Break = Break.MEDIATION) -> e.ComplaintPaused:
    return e.ComplaintPaused(ground=ground, paused_on=march(day), told_on=march(day), body="mediation centre")


def resumed(day: int, ground: Break = Break.MEDIATION) -> e.ComplaintResumed:
    return e.ComplaintResumed(ground=ground, resumed_on=march(day))


def new_facts(day: int, *, prolonged: bool = False) -> e.NewFactsRaised:
    return e.NewFactsRaised(received_on=march(day), prolonged=prolonged, facts="a second opinion")
