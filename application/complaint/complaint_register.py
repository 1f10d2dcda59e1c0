"""Every complaint: what it is about, how far it has come, what was found, and whether the complainant knows."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.complaint import events as e
from domain.complaint.state import AFRESH, Complaint, ComplaintStatus
from domain.complaint.words import (
    Break,
    Ending,
    Finding,
    Major,
    Matter,
    Redress,
    Responsibility,
    ReviewResult,
    Source,
    Standing,
    Way,
)
from domain.customer import Channel
from domain.kernel import Recorded
from domain.product import Line
from domain.words import Role


class ComplaintCard(Row):
    key = ("complaint",)
    order = ("number",)
    indexes = ("number", "status", "matter", "customer", "policy", "claim", "handler", "received_on")
    searched = ("number", "policy_number", "claim_number", "complainant")
    personal = ("complainant", "wish")
    person = "customer"

    complaint: UUID
    number: str
    status: ComplaintStatus = ComplaintStatus.RECEIVED
    channel: Channel
    source: Source
    matter: Matter
    line: Line | None = None
    customer: UUID | None = None
    policy: UUID | None = None
    policy_number: str = ""
    claim: UUID | None = None
    claim_number: str = ""
    agent: str = ""
    complained_of: tuple[str, ...] = ()
    standing: Standing
    complainants: int = 1
    major: Major | None = None
    reported: bool = False
    complainant: str = ""
    wish: str = ""
    received_on: date
    counts_from: date
    repeated: int = 0
    handler: str = ""
    complex: bool = False
    asker: str = ""
    approved_on: date | None = None
    prolonged: bool = False
    paused: Break | None = None
    paused_on: date | None = None
    decider: str = ""
    decided_on: date | None = None
    finding: Finding | None = None
    redress: Redress | None = None
    compensation: int = 0
    currency: str = "CNY"
    responsibility: Responsibility | None = None
    branch: bool = False
    told_on: date | None = None
    way: Way | None = None
    arrived_on: date | None = None
    review_received_on: date | None = None
    reviewed: ReviewResult | None = None
    reviewer: str = ""
    review_told_on: date | None = None
    ending: Ending | None = None
    closed_on: date | None = None
    reopened: int = 0

    def for_customers(self) -> ComplaintCard:
        """Without who of us handles it, and without a decision that was not told yet."""
        shown = self.but(complained_of=(), handler="", asker="", approved_on=None, decider="", reviewer="")
        untold = self.told_on is None or self.status is ComplaintStatus.REVIEWED
        return shown.but(**UNDECIDED, reviewed=None) if untold else shown


UNDECIDED: dict[str, Any] = {
    "decided_on": None,
    "finding": None,
    "redress": None,
    "compensation": 0,
    "responsibility": None,
    "branch": False,
}
UNTOLD: dict[str, Any] = {
    "told_on": None,
    "way": None,
    "arrived_on": None,
    "review_received_on": None,
    "reviewed": None,
    "reviewer": "",
    "review_told_on": None,
    "ending": None,
    "closed_on": None,
}


class ComplaintRegister(Projection):
    """Takes the status from the complaint's own fold, so that the two can never differ."""

    name = "complaint_register"
    says = ("投诉登记簿", "Complaint register")
    row = ComplaintCard
    hears = events_of(Complaint)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: ComplaintCard | None, recorded: Recorded) -> ComplaintCard | None:
        if isinstance(recorded.event, e.ComplaintReceived):
            return _received(recorded.stream, recorded.event)
        if row is None:
            return None
        before = Complaint(id=recorded.stream, status=row.status, handler=row.handler)
        changed = _receipt(row, recorded) or _period(row, recorded) or _answer(row, recorded) or row
        return changed.but(status=before.evolve(recorded.event).status)


def _received(stream: UUID, event: e.ComplaintReceived) -> ComplaintCard:
    said = {name: getattr(event, name) for name in event.__struct_fields__ if name in ComplaintCard.model_fields}
    return ComplaintCard(complaint=stream, counts_from=event.received_on, **said)


def _receipt(row: ComplaintCard, recorded: Recorded) -> ComplaintCard | None:
    match recorded.event:
        case e.ComplaintAssigned(handler=handler):
            return row.but(handler=handler)
        case e.ComplaintRepeated():
            return row.but(repeated=row.repeated + 1)
        case e.NewFactsRaised(received_on=received_on):
            return row.but(counts_from=received_on, **AFRESH | UNDECIDED)
        case e.MajorComplaintReported():
            return row.but(reported=True)
        case e.ComplaintDeclined(told_on=told_on):
            return _ended(row, Ending.DECLINED, told_on)
        case e.ComplaintWithdrawn(withdrawn_on=withdrawn_on):
            return _ended(row, Ending.WITHDRAWN, withdrawn_on)
        case e.ComplaintClosed(closed_on=closed_on):
            return _ended(row, Ending.HANDLED, closed_on)
        case e.ComplaintReopened(reopened_on=reopened_on):
            again = {"counts_from": reopened_on, "complex": False, "reopened": row.reopened + 1}
            return row.but(**AFRESH | UNDECIDED | UNTOLD | again)
    return None


def _ended(row: ComplaintCard, ending: Ending, day: date) -> ComplaintCard:
    return row.but(ending=ending, closed_on=day, paused=None, paused_on=None)


def _period(row: ComplaintCard, recorded: Recorded) -> ComplaintCard | None:
    match recorded.event:
        case e.ComplaintFoundComplex():
            return row.but(complex=True)
        case e.ProlongationAsked(asker=asker):
            return row.but(asker=asker)
        case e.ProlongationApproved(approved_on=approved_on):
            return row.but(approved_on=approved_on)
        case e.ProlongationDeclined():
            return row.but(asker="")
        case e.ComplaintProlonged():
            return row.but(prolonged=True)
        case e.ComplaintPaused(ground=ground, paused_on=paused_on):
            return row.but(paused=ground, paused_on=paused_on)
        case e.ComplaintResumed():
            return row.but(paused=None, paused_on=None)
    return None


def _answer(row: ComplaintCard, recorded: Recorded) -> ComplaintCard | None:
    match recorded.event:
        case e.ComplaintDecided() as event:
            told = ("finding", "redress", "responsibility", "branch", "decider", "decided_on")
            return _paying(row, event).but(**{name: getattr(event, name) for name in told})
        case e.ComplaintAnswered(told_on=told_on, way=way):
            return row.but(told_on=told_on, way=way)
        case e.AnswerArrived(arrived_on=arrived_on):
            return row.but(arrived_on=arrived_on)
        case e.ReviewRequested(received_on=received_on):
            return row.but(review_received_on=received_on, ending=None, closed_on=None)
        case e.ReviewDecided(reviewer=reviewer, result=result) as event:
            found = {"finding": event.finding, "redress": event.redress} if event.finding else {}
            return (_paying(row, event) if found else row).but(reviewed=result, reviewer=reviewer, **found)
        case e.ReviewAnswered(told_on=told_on):
            return row.but(review_told_on=told_on)
    return None


def _paying(row: ComplaintCard, event: e.ComplaintDecided | e.ReviewDecided) -> ComplaintCard:
    amount = event.amount
    return row.but(compensation=amount.minor, currency=amount.currency) if amount else row.but(compensation=0)
