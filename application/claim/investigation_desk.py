"""Every investigation of a claim: who was asked what by when, and what was found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.claim.inquiry import Finding, InvestigationOrdered, InvestigationReported, Method
from domain.kernel import Recorded


class InquiryCard(Row):
    key = ("claim", "inquiry")
    order = ("due_on", "claim", "inquiry")
    indexes = ("claim", "investigator", "open")
    searched = ("investigator",)
    personal = ("question", "findings")
    person = "claim"

    claim: UUID
    inquiry: str
    method: Method
    question: str
    investigator: str
    ordered_on: date
    due_on: date
    open: bool = True
    finding: Finding | None = None
    findings: str = ""
    reported_on: date | None = None


class InvestigationDesk(Projection):
    name = "investigation_desk"
    says = ("调查工作台", "Investigations")
    row = InquiryCard
    hears = (InvestigationOrdered, InvestigationReported)

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        assert isinstance(recorded.event, InvestigationOrdered | InvestigationReported)
        yield recorded.stream, recorded.event.inquiry

    @staticmethod
    def evolve(row: InquiryCard | None, recorded: Recorded) -> InquiryCard | None:
        match recorded.event:
            case InvestigationOrdered() as event:
                told = {
                    name: getattr(event, name) for name in ("inquiry", "method", "question", "investigator", "due_on")
                }
                return InquiryCard(claim=recorded.stream, ordered_on=recorded.occurred_on, **told)
            case InvestigationReported(finding=finding, findings=findings):
                on = recorded.occurred_on
                return row and row.but(open=False, finding=finding, findings=findings, reported_on=on)
        return row
