"""What can be asked while a claim is looked into: an investigation is ordered, its report received."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen

from domain.claim.events import ClaimHeld, ClaimReleased, Hold
from domain.claim.inquiry import Finding, InvestigationOrdered, InvestigationReported, Method
from domain.claim.state import Claim
from domain.claim.triage import NOT_OPEN
from domain.kernel import Command, Event, Given, Refusal
from domain.words import Day, Note, Number, Role, Sha256

NO_INQUIRY = Refusal("claim.no_inquiry", ("没有进行中的调查{inquiry}", "no investigation {inquiry} is open"))
NOT_INVESTIGATOR = Refusal(
    "claim.not_investigator", ("由受托人{investigator}报告", "{investigator} was asked, and reports")
)
DUE_BEFORE = Refusal("claim.due_before", ("报告期限早于今天", "the report cannot be due before today"))

INVESTIGATORS = frozenset({Role.CLAIMS_HANDLER, Role.SUPERVISOR})


class OrderInvestigation(Command):
    """Asks somebody to find something out by a day. The claim waits for the report."""

    on, may = Claim, INVESTIGATORS
    says = ("委托调查", "Order an investigation")
    method: Method
    question: Annotated[Note, MinLen(1)]
    investigator: Number
    due_on: Day

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_OPEN.unless(claim.is_registered)
        DUE_BEFORE.unless(given.today <= self.due_on)
        number = f"I{len(claim.scrutiny.inquiries) + 1}"
        yield InvestigationOrdered(inquiry=number, **dict(self))
        if Hold.INVESTIGATION not in claim.holds:
            yield ClaimHeld(hold=Hold.INVESTIGATION)


class ReportInvestigation(Command):
    """Says what was found, by whoever was asked. When nothing more is looked into, the claim goes on."""

    on, may = Claim, INVESTIGATORS
    says = ("报告调查结果", "Report an investigation")
    inquiry: Number
    finding: Finding
    findings: Annotated[Note, MinLen(1)]
    sha256: Sha256

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        found = claim.scrutiny.inquiries.get(self.inquiry)
        NO_INQUIRY.unless(found and not found.reported, inquiry=self.inquiry)
        assert found
        NOT_INVESTIGATOR.unless(given.actor.name == found.investigator, investigator=found.investigator)
        reported = InvestigationReported(**dict(self), investigator=given.actor.name)
        yield reported
        if Hold.INVESTIGATION in claim.holds and not claim.evolve(reported).scrutiny.open:
            yield ClaimReleased(hold=Hold.INVESTIGATION)
