"""How far a claim has come, so far as the law counts from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """`form_on` and `proof_on` are the first days on which a claim form and any other paper came in.

    `papers_on` is the last day on which something came in that was asked for, `arrived` that the asking has arrived.
    """

    explained: bool = False
    form_on: date | None = None
    proof_on: date | None = None
    requested_on: date | None = None
    proven: bool = False
    asked: tuple[Paper, ...] | None = None
    asked_on: date | None = None
    arrived: bool = False
    papers_on: date | None = None
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
            case DocumentReceived():
                return self._received(event)
            case ClaimRequested(received_on=received_on):
                return replace(self, requested_on=received_on)
            case ProofArrived():
                return replace(self, proven=True)
            case DocumentsRequested(papers=papers, asked_on=asked_on):
                return replace(self, asked=papers, asked_on=asked_on, arrived=False, papers_on=None)
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

    def _received(self, event: DocumentReceived) -> Progress:
        received_on, after = event.received_on, self
        if event.paper in (self.asked or ()):
            after = replace(after, papers_on=max(received_on, self.papers_on or received_on))
        if event.paper is Paper.CLAIM_FORM:
            return replace(after, form_on=self.form_on or received_on)
        return replace(after, proof_on=self.proof_on or received_on)

    def advance(self, benefit: str) -> Money:
        return next((each.left for each in self.advances if each.benefit == benefit), Money(0))

    def _advancing(self, benefit: str, left: Money) -> Progress:
        others = (each for each in self.advances if each.benefit != benefit)
        return replace(self, advances=(*others, Advance(benefit, left)))
