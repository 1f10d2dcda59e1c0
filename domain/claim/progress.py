"""How far a claim has come, so far as the law counts from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.claim.events import (
    ClaimApproved,
    ClaimRejected,
    ClaimReopened,
    CoverageAssessed,
    DocumentReceived,
    DocumentsRequested,
    Paper,
)
from domain.claim.milestones import (
    AdvanceApproved,
    AdvancePaid,
    ClaimExplained,
    ClaimFoundComplex,
    ClaimRequested,
    DecisionTold,
    DocumentRequestArrived,
    ProofArrived,
    RejectionSent,
    SettlementAgreed,
)
from domain.kernel import Event
from domain.words import Money


@dataclass(frozen=True, slots=True)
class Advance:
    """What may still be paid for a benefit before the claim is decided."""

    benefit: str
    left: Money


@dataclass(frozen=True, slots=True)
class Progress:
    """`days` are those on which each kind of paper first came in; `arrived` says that the asking for more has arrived."""

    explained: bool = False
    days: Mapping[Paper, date] = field(default_factory=dict)
    requested_on: date | None = None
    proven: bool = False
    asked: tuple[Paper, ...] | None = None
    asked_on: date | None = None
    arrived: bool = False
    complex: bool = False
    advances: tuple[Advance, ...] = ()
    advanced: bool = False
    told: bool = False
    letter: str = ""
    agreed: Money | None = None

    def after(self, event: Event) -> Progress:
        match event:
            case ClaimExplained():
                return replace(self, explained=True)
            case DocumentReceived(paper=paper, received_on=received_on):
                return replace(self, days=dict(sorted({paper: received_on, **self.days}.items())))
            case ClaimRequested(received_on=received_on):
                return replace(self, requested_on=received_on)
            case ProofArrived():
                return replace(self, proven=True)
            case DocumentsRequested(papers=papers, asked_on=asked_on):
                return replace(self, asked=papers, asked_on=asked_on, arrived=False)
            case DocumentRequestArrived():
                return replace(self, arrived=True)
            case ClaimFoundComplex():
                return replace(self, complex=True)
            case ClaimReopened():
                # A reopened claim may be requested, proven and asked for papers anew.
                return Progress(explained=self.explained)
        return self._decided(event)

    def _decided(self, event: Event) -> Progress:
        match event:
            case AdvanceApproved(benefit=benefit, amount=amount):
                return self._advancing(benefit, amount)
            case AdvancePaid(benefit=benefit, amount=amount):
                return replace(self._advancing(benefit, self.advance(benefit) - amount), advanced=True)
            case CoverageAssessed():
                return replace(self, told=False, letter="", agreed=None)
            case ClaimApproved() | ClaimRejected():
                # What has to follow begins with the decision, and what was paid in advance is part of it.
                return replace(self, told=False, letter="", agreed=None, advances=(), advanced=False)
            case DecisionTold():
                return replace(self, told=True)
            case RejectionSent(letter=letter):
                return replace(self, told=True, letter=letter)
            case SettlementAgreed(amount=amount):
                return replace(self, agreed=amount)
        return self

    @property
    def form_on(self) -> date | None:
        return self.days.get(Paper.CLAIM_FORM)

    @property
    def proof_on(self) -> date | None:
        """The first day on which anything but the claim form was there."""
        return min((day for paper, day in self.days.items() if paper is not Paper.CLAIM_FORM), default=None)

    @property
    def papers_on(self) -> date | None:
        """The last day on which something that was asked for came in."""
        return max((self.days[paper] for paper in self.asked or () if paper in self.days), default=self.asked_on)

    def advance(self, benefit: str) -> Money:
        return next((each.left for each in self.advances if each.benefit == benefit), Money(0))

    def _advancing(self, benefit: str, left: Money) -> Progress:
        others = (each for each in self.advances if each.benefit != benefit)
        return replace(self, advances=(*others, Advance(benefit, left)))
