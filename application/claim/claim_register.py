"""Every claim: where it stands, what was claimed, reserved, approved and paid, and what it waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.claim import money
from domain.claim.events import (
    ClaimApproved,
    ClaimClosed,
    ClaimHeld,
    ClaimPaid,
    ClaimRegistered,
    ClaimRejected,
    ClaimReleased,
    ClaimReopened,
    CoverageAssessed,
    DocumentReceived,
    DocumentsRequested,
    Hold,
    NoticeAmended,
    NoticeGiven,
    Outcome,
    Paper,
    Rejection,
    ReserveChanged,
    Severity,
    WithoutPayment,
)
from domain.claim.inquiry import ClaimGrouped, InvestigationOrdered, InvestigationReported, MatchCleared
from domain.claim.milestones import (
    ClaimFoundComplex,
    ClaimRequested,
    DecisionTold,
    ProofArrived,
    RejectionSent,
    SettlementAgreed,
)
from domain.claim.notice import CoverDecided, LossFoundDistinct, NoticeDivided, NoticeJoined, NoticeTakenIn
from domain.claim.screening import ClaimRouted, ClaimScreened, Track
from domain.claim.state import Claim, Exposure, Status
from domain.customer import Channel
from domain.kernel import Recorded
from domain.losses import Cause
from domain.product import Line
from domain.words import Money, Role, total


class ClaimCard(Row):
    key = ("claim",)
    order = ("number",)
    indexes = ("number", "status", "customer", "policy", "loss_on", "track", "catastrophe")
    searched = ("number", "policy_number", "place")
    personal = ("place",)
    person = "customer"

    claim: UUID
    number: str
    status: Status = Status.NOTICED
    channel: Channel
    policy: UUID | None = None
    policy_number: str = ""
    product_code: str = ""
    line: Line | None = None
    customer: UUID | None = None
    loss_on: date | None = None
    cause: Cause | None = None
    place: str = ""
    noticed_on: date
    registered_on: date | None = None
    requested_on: date | None = None
    proven_on: date | None = None
    decided_on: date | None = None
    told_on: date | None = None
    letter_on: date | None = None
    agreed_on: date | None = None
    closed_on: date | None = None
    complex: bool = False
    severity: Severity | None = None
    score: int | None = None
    track: Track | None = None
    catastrophe: str = ""
    joined: str = ""
    asked: tuple[Paper, ...] = ()
    received: tuple[Paper, ...] = ()
    holds: tuple[Hold, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    claimed: int = 0
    payable: int = 0
    reserve: int = 0
    paid: int = 0
    currency: str = "CNY"
    assessor: str = ""
    approver: str = ""
    grounds: tuple[Rejection, ...] = ()
    outcome: Outcome | None = None
    without: WithoutPayment | None = None
    reopened: int = 0

    def for_customers(self) -> ClaimCard:
        """Without what we reserve, what we look into, and who of us handles it."""
        exposures = tuple(replace(each, reserve=Money(0, each.reserve.currency)) for each in self.exposures)
        return self.but(reserve=0, exposures=exposures, holds=(), **OURS)


OURS: dict[str, Any] = {
    "complex": False,
    "assessor": "",
    "approver": "",
    "score": None,
    "track": None,
    "catastrophe": "",
}
"""What is ours alone to know."""

UNTOLD: dict[str, Any] = dict.fromkeys(("told_on", "letter_on", "agreed_on"))
"""A new decision is still to be told and agreed to."""

UNDECIDED: dict[str, Any] = {"approver": "", "decided_on": None, "grounds": (), **UNTOLD}
"""A decision falls with a new assessment, and with the reopening of the claim."""

UNREQUESTED: dict[str, Any] = {"requested_on": None, "proven_on": None, "complex": False}


ELSEWHERE = (
    NoticeTakenIn,
    NoticeDivided,
    LossFoundDistinct,
    CoverDecided,
    MatchCleared,
    InvestigationOrdered,
    InvestigationReported,
)
"""What happens to a claim and changes nothing that the register shows."""


class ClaimRegister(Projection):
    """Takes the money from the claim's own fold, so that the two can never tell different sums."""

    name = "claim_register"
    version = 3
    says = ("理赔登记簿", "Claim register")
    row = ClaimCard
    # Of the money only what changes the claim itself: the rest stands in the ledger.
    hears = tuple(
        e
        for e in events_of(Claim)
        if (e.__module__ != money.__name__ or e is money.PaymentVoided) and e not in ELSEWHERE
    )
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: ClaimCard | None, recorded: Recorded) -> ClaimCard | None:
        match recorded.event:
            case NoticeGiven() as event:
                return ClaimCard(
                    claim=recorded.stream,
                    number=event.number,
                    channel=event.channel,
                    policy=event.policy,
                    customer=event.customer,
                    noticed_on=recorded.occurred_on,
                    **_said(event),
                )
        if row is None:
            return None
        changed = _intake(row, recorded) or _milestone(row, recorded) or _decision(row, recorded) or row
        # What was noticed is no loss of a claim before it is registered.
        loss_on = row.loss_on if row.registered_on else None
        before = Claim(id=recorded.stream, status=row.status, exposures=row.exposures, loss_on=loss_on)
        after = before.evolve(recorded.event)
        return changed if after is before else _money(changed, after)


def _said(event: NoticeGiven | NoticeAmended) -> dict[str, object]:
    notice = event.notice
    return {name: getattr(notice, name) for name in ("policy_number", "loss_on", "cause", "place", "severity")}


def _intake(row: ClaimCard, recorded: Recorded) -> ClaimCard | None:
    match recorded.event:
        case NoticeAmended() as event:
            return row.but(policy=event.policy, customer=event.customer, **_said(event))
        case ClaimRegistered() as event:
            told = ("policy", "policy_number", "product_code", "line", "customer", "loss_on", "cause")
            return row.but(registered_on=recorded.occurred_on, **{name: getattr(event, name) for name in told})
        case DocumentsRequested(papers=papers):
            return row.but(asked=papers)
        case DocumentReceived(paper=paper):
            return row.but(received=tuple(dict.fromkeys((*row.received, paper))))
        case ClaimHeld(hold=hold):
            return row.but(holds=tuple(dict.fromkeys((*row.holds, hold))))
        case ClaimReleased(hold=hold):
            return row.but(holds=tuple(each for each in row.holds if each is not hold))
    return None


def _milestone(row: ClaimCard, recorded: Recorded) -> ClaimCard | None:
    match recorded.event:
        case ClaimRequested(received_on=received_on):
            return row.but(requested_on=received_on)
        case ProofArrived(arrived_on=arrived_on):
            return row.but(proven_on=arrived_on)
        case ClaimFoundComplex():
            return row.but(complex=True)
        case ClaimScreened(score=score, track=track):
            return row.but(score=score, track=track)
        case ClaimRouted(track=track):
            return row.but(track=track)
        case ClaimGrouped(code=code):
            return row.but(catastrophe=code)
        case NoticeJoined(number=number):
            return row.but(joined=number)
        case DecisionTold(told_on=told_on):
            return row.but(told_on=told_on)
        case RejectionSent(sent_on=sent_on):
            return row.but(told_on=row.told_on or sent_on, letter_on=sent_on)
        case SettlementAgreed(agreed_on=agreed_on):
            return row.but(agreed_on=agreed_on)
    return None


def _decision(row: ClaimCard, recorded: Recorded) -> ClaimCard | None:
    match recorded.event:
        case CoverageAssessed(assessor=assessor):
            return row.but(assessor=assessor, **UNDECIDED)
        case ClaimApproved(approver=approver):
            return row.but(approver=approver, decided_on=recorded.occurred_on, grounds=(), **UNTOLD)
        case ClaimRejected(grounds=grounds, decider=decider):
            return row.but(grounds=grounds, approver=decider, decided_on=recorded.occurred_on, **UNTOLD)
        case ClaimClosed(outcome=outcome, closed_on=closed_on, without=without):
            return row.but(outcome=outcome, closed_on=closed_on, without=without)
        case ClaimReopened():
            anew = {**UNDECIDED, **UNREQUESTED, "asked": (), "reopened": row.reopened + 1}
            return row.but(outcome=None, closed_on=None, without=None, **anew)
        case money.PaymentVoided():
            return row.but(**UNDECIDED)
        case ClaimPaid() | ReserveChanged():
            return row
    return None


def _money(row: ClaimCard, claim: Claim) -> ClaimCard:
    sums = {
        name: total(getattr(exposure, name) for exposure in claim.exposures)
        for name in ("claimed", "payable", "reserve", "paid")
    }
    currency = sums["claimed"].currency if claim.exposures else row.currency
    minors = {name: amount.minor for name, amount in sums.items()}
    return row.but(status=claim.status, exposures=claim.exposures, currency=currency, **minors)
