"""Every dispute: what it is about, how far mediation has come, how it ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.dispute.contest import Level
from domain.dispute.events import (
    DisputeClosed,
    DisputeOpened,
    DisputeWithdrawn,
    Mediation,
    MediationAgreed,
    RemediesTold,
    Result,
)
from domain.dispute.matter import Issue, Matter
from domain.dispute.state import Dispute, DisputeStage
from domain.kernel import Recorded
from domain.words import Money, Role


class DisputeCard(Row):
    key = ("dispute",)
    order = ("number",)
    indexes = ("number", "stage", "customer", "claim", "complaint", "level", "hearing_on")
    searched = ("number",)

    dispute: UUID
    number: str
    stage: DisputeStage = DisputeStage.OPEN
    customer: UUID
    claim: UUID | None = None
    complaint: UUID | None = None
    opened_on: date
    told_on: date | None = None
    kind: Mediation | None = None
    online: bool = False
    agreement: bool = False
    result: Result | None = None
    closed_on: date | None = None
    level: Level = Level.NEGOTIATION
    issues: tuple[Issue, ...] = ()
    reviewer: str = ""
    offer: Money | None = None
    hearing_on: date | None = None
    held_until: date | None = None


class DisputeRegister(Projection):
    name = "dispute_register"
    version = 2
    says = ("争议登记簿", "Dispute register")
    row = DisputeCard
    hears = events_of(Dispute)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: DisputeCard | None, recorded: Recorded) -> DisputeCard | None:
        event = recorded.event
        if isinstance(event, DisputeOpened):
            told = {name: getattr(event, name) for name in ("number", "customer", "claim", "complaint", "opened_on")}
            return DisputeCard(dispute=recorded.stream, **told)
        if row is None:
            return None
        names = ("issues", "level", "reviewer", "offer", "hearing_on", "held_until")
        matter = Matter(**{name: getattr(row, name) for name in names})
        after = Dispute(id=recorded.stream, stage=row.stage, agreement=row.agreement, matter=matter).evolve(event)
        row = row.but(stage=after.stage, agreement=after.agreement)
        if after.matter is not matter:
            row = row.but(**{name: getattr(after.matter, name) for name in names})
        match event:
            case RemediesTold(told_on=told_on):
                return row.but(told_on=told_on)
            case MediationAgreed(kind=kind, online=online):
                return row.but(kind=kind, online=online)
            case DisputeWithdrawn(withdrawn_on=closed_on):
                return row.but(closed_on=closed_on)
            case DisputeClosed(result=result, closed_on=closed_on):
                return row.but(result=result, closed_on=closed_on)
        return row
