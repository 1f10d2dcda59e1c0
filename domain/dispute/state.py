"""What a dispute remembers in order to decide."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.dispute.events import (
    AgreementReached,
    ConfirmationApplied,
    DisputeClosed,
    DisputeOpened,
    DisputeWithdrawn,
    Mediation,
    MediationAgreed,
    MediationEnded,
    MediationOffered,
    MediationRequested,
    MediatorAccepted,
    MediatorAppointed,
    MediatorDeclined,
    MediatorSigned,
    RemediesTold,
)
from domain.dispute.matter import Matter
from domain.kernel import Aggregate, Event
from domain.retention import NEEDED, Kept
from domain.words import Term


class DisputeStage(Term):
    OPEN = "open", "处理中", "open"
    OFFERED = "offered", "已建议调解", "mediation offered"
    AGREED = "agreed", "同意调解", "mediation agreed to"
    REQUESTED = "requested", "已申请调解", "mediation requested"
    APPOINTED = "appointed", "已确定调解员", "mediator appointed"
    MEDIATING = "mediating", "调解中", "in mediation"
    MEDIATED = "mediated", "调解结束", "mediation ended"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    CLOSED = "closed", "已了结", "closed"


class Dispute(Aggregate):
    number: str = ""
    customer: UUID | None = None
    stage: DisputeStage = DisputeStage.OPEN
    told: bool = False
    mediation: Mediation | None = None
    online: bool = False
    agreement: bool = False
    confirming: bool = False
    claim: UUID | None = None
    matter: Matter = Matter()

    @property
    def party(self) -> UUID | None:
        return self.customer

    @property
    def is_open(self) -> bool:
        return self.stage not in (DisputeStage.WITHDRAWN, DisputeStage.CLOSED)

    @property
    def is_in_mediation(self) -> bool:
        return self.stage in (
            DisputeStage.AGREED,
            DisputeStage.REQUESTED,
            DisputeStage.APPOINTED,
            DisputeStage.MEDIATING,
        )

    def kept(self) -> Iterator[Kept]:
        if self.is_open:
            yield Kept(NEEDED, self.number)

    def evolve(self, event: Event) -> Dispute:
        matter = self.matter.after(event)
        return (self if matter is self.matter else self.but(matter=matter))._after(event)

    def _after(self, event: Event) -> Dispute:
        match event:
            case DisputeOpened(number=number, customer=customer, claim=claim):
                return self.but(number=number, customer=customer, claim=claim)
            case RemediesTold():
                return self.but(told=True)
            case MediationOffered():
                return self.but(stage=DisputeStage.OFFERED)
            case MediationAgreed(kind=kind, online=online):
                return self.but(stage=DisputeStage.AGREED, mediation=kind, online=online)
            case MediationRequested():
                return self.but(stage=DisputeStage.REQUESTED)
            case MediatorAppointed():
                return self.but(stage=DisputeStage.APPOINTED)
            case MediatorDeclined():
                return self.but(stage=DisputeStage.REQUESTED)
            case MediatorAccepted() | MediatorSigned():
                return self.but(stage=DisputeStage.MEDIATING)
            case MediationEnded():
                return self.but(stage=DisputeStage.MEDIATED)
            case AgreementReached():
                return self.but(agreement=True)
            case ConfirmationApplied():
                return self.but(confirming=True)
            case DisputeWithdrawn():
                return self.but(stage=DisputeStage.WITHDRAWN)
            case DisputeClosed():
                return self.but(stage=DisputeStage.CLOSED)
        return self
