"""What a complaint remembers in order to decide."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from domain.complaint.events import (
    AnswerArrived,
    ComplaintAccepted,
    ComplaintAnswered,
    ComplaintAssigned,
    ComplaintClosed,
    ComplaintDecided,
    ComplaintDeclined,
    ComplaintFoundComplex,
    ComplaintPaused,
    ComplaintProlonged,
    ComplaintReceived,
    ComplaintReopened,
    ComplaintResumed,
    ComplaintWithdrawn,
    MajorComplaintReported,
    NewFactsRaised,
    ProlongationApproved,
    ProlongationAsked,
    ProlongationDeclined,
    ReviewAnswered,
    ReviewDecided,
    ReviewRequested,
)
from domain.complaint.words import Break, Finding, Major, ReviewResult
from domain.kernel import Aggregate, Event
from domain.product import Line
from domain.retention import NEEDED, Kept
from domain.words import Term


class ComplaintStatus(Term):
    RECEIVED = "received", "已收到", "received"
    ACCEPTED = "accepted", "已受理", "accepted"
    ASSIGNED = "assigned", "处理中", "being handled"
    DECIDED = "decided", "已决定", "decided"
    ANSWERED = "answered", "已告知", "answered"
    IN_REVIEW = "in_review", "核查中", "in review"
    REVIEWED = "reviewed", "核查已决定", "reviewed"
    CLOSED = "closed", "已结案", "closed"


S = ComplaintStatus
PENDING = frozenset({S.RECEIVED, S.ACCEPTED, S.ASSIGNED, S.DECIDED})
"""While the complainant waits for an answer."""
AFRESH: dict[str, Any] = {
    "asker": "",
    "approved_on": None,
    "prolonged": False,
    "decider": "",
    "decided_on": None,
    "finding": None,
}
"""A prolongation and a decision are for what was known when they were made."""


class Complaint(Aggregate):
    """`counts_from` is the day from which the time to decide is counted. An `asker` has asked for a prolongation that
    was not declined.
    """

    number: str = ""
    status: ComplaintStatus = S.RECEIVED
    customer: UUID | None = None
    policy: UUID | None = None
    claim: UUID | None = None
    line: Line | None = None
    complained_of: frozenset[str] = frozenset()
    major: Major | None = None
    reported: bool = False
    handler: str = ""
    counts_from: date = date.min
    paused: Break | None = None
    paused_on: date = date.min
    complex: bool = False
    asker: str = ""
    approved_on: date | None = None
    prolonged: bool = False
    decider: str = ""
    decided_on: date | None = None
    finding: Finding | None = None
    branch: bool = False
    told_on: date | None = None
    arrived_on: date | None = None
    reviewed: ReviewResult | None = None

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Complaint:
        match event:
            case ComplaintReceived():
                return self._received(event)
            case ComplaintAccepted():
                return self.but(status=S.ACCEPTED)
            case ComplaintAssigned(handler=handler):
                return self.but(status=S.ASSIGNED, handler=handler)
            case NewFactsRaised(received_on=received_on):
                return self._afresh(received_on)
            case ComplaintDeclined() | ComplaintWithdrawn():
                return self.but(status=S.CLOSED, paused=None)
            case MajorComplaintReported():
                return self.but(reported=True)
            case ComplaintClosed():
                return self.but(status=S.CLOSED)
            case ComplaintReopened(reopened_on=reopened_on):
                return self._afresh(reopened_on).but(complex=False, told_on=None, arrived_on=None, reviewed=None)
        return self._timed(event)

    def _timed(self, event: Event) -> Complaint:
        match event:
            case ComplaintFoundComplex():
                return self.but(complex=True)
            case ProlongationAsked(asker=asker):
                return self.but(asker=asker)
            case ProlongationApproved(approved_on=approved_on):
                return self.but(approved_on=approved_on)
            case ProlongationDeclined():
                return self.but(asker="", approved_on=None)
            case ComplaintProlonged():
                return self.but(prolonged=True)
            case ComplaintPaused(ground=ground, paused_on=paused_on):
                return self.but(paused=ground, paused_on=paused_on)
            case ComplaintResumed():
                return self.but(paused=None)
        return self._answered(event)

    def _answered(self, event: Event) -> Complaint:
        match event:
            case ComplaintDecided(finding=finding, decider=decider, decided_on=decided_on, branch=branch):
                return self.but(
                    status=S.DECIDED, finding=finding, decider=decider, decided_on=decided_on, branch=branch
                )
            case ComplaintAnswered(told_on=told_on):
                return self.but(status=S.ANSWERED, told_on=told_on)
            case AnswerArrived(arrived_on=arrived_on):
                return self.but(arrived_on=arrived_on)
            case ReviewRequested():
                return self.but(status=S.IN_REVIEW)
            case ReviewDecided(result=result, finding=finding, decided_on=decided_on):
                changed = finding or self.finding
                return self.but(status=S.REVIEWED, reviewed=result, finding=changed, decided_on=decided_on)
            case ReviewAnswered():
                return self.but(status=S.ANSWERED)
        return self

    def _received(self, event: ComplaintReceived) -> Complaint:
        return self.but(
            number=event.number,
            customer=event.customer,
            policy=event.policy,
            claim=event.claim,
            line=event.line,
            complained_of=frozenset(event.complained_of),
            major=event.major,
            counts_from=event.received_on,
        )

    def _afresh(self, day: date) -> Complaint:
        """Looked at again from that day."""
        status = S.ASSIGNED if self.handler else S.ACCEPTED if self.status is not S.RECEIVED else S.RECEIVED
        return self.but(status=status, counts_from=day, **AFRESH)

    @property
    def is_open(self) -> bool:
        return self.status is not S.CLOSED

    @property
    def is_pending(self) -> bool:
        return self.status in PENDING

    def kept(self) -> Iterator[Kept]:
        if self.is_open:
            yield Kept(NEEDED, self.number)
