"""Applications that wait for underwriting: what is wanting, which issues are open, how far an authority has to reach."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import Recorded
from domain.policy import risk as r
from domain.policy.events import DisclosureAnswered, PolicyAppliedFor, PolicyIssued, UnderwritingDecided, Verdict
from domain.policy.risk import Concern
from domain.product import Line
from domain.words import Term, total


class DeskStage(Term):
    APPLIED = "applied", "待告知", "awaiting disclosure"
    DISCLOSED = "disclosed", "待审核资料", "awaiting a check of completeness"
    WANTING = "wanting", "资料待补正", "to be corrected"
    EXAMINING = "examining", "待体检或生调", "awaiting a check"
    ISSUES = "issues", "核保问题待处理", "issues open"
    TO_DECIDE = "to_decide", "待核保结论", "to be decided"
    TO_OFFER = "to_offer", "待发要约", "to be offered"
    OFFERED = "offered", "要约有效", "offered"
    TO_TELL = "to_tell", "待告知未予承保", "refusal to be told"
    DONE = "done", "已完成", "done"


class DeskCard(Row):
    key = ("policy",)
    order = ("application",)
    indexes = ("application", "stage", "customer", "referred")
    searched = ("application", "product_code")

    policy: UUID
    application: str
    stage: DeskStage = DeskStage.APPLIED
    customer: UUID
    product_code: str
    line: Line
    sum_insured: int
    currency: str
    seller: str = ""
    applied_on: date
    completed_on: date | None = None
    examination: bool = False
    open: tuple[Concern, ...] = ()
    ruled: tuple[Concern, ...] = ()
    special: tuple[Concern, ...] = ()
    needs: int = 0
    referred: bool = False
    standard: str = ""
    verdict: Verdict | None = None
    offers: int = 0
    valid_until: date | None = None


class UnderwritingDesk(Projection):
    name = "underwriting_desk"
    says = ("核保工作台", "Underwriting desk")
    row = DeskCard
    hears = (
        *(PolicyAppliedFor, DisclosureAnswered, UnderwritingDecided, PolicyIssued),
        *(r.ApplicationFoundWanting, r.CorrectionsAsked, r.ApplicationCompleted, r.ApplicationWithdrawn),
        *(r.IssueRaised, r.IssueReferred, r.IssueRuled, r.IssueSpeciallyApproved, r.IssueReopened),
        *(r.ExaminationReported, r.OfferMade, r.RefusalTold),
    )

    @staticmethod
    def evolve(row: DeskCard | None, recorded: Recorded) -> DeskCard | None:
        match recorded.event:
            case PolicyAppliedFor() as event:
                insured = total(each.insured for each in event.sums)
                names = ("application", "customer", "product_code", "line")
                return DeskCard(
                    policy=recorded.stream,
                    seller=event.agent,
                    sum_insured=insured.minor,
                    currency=insured.currency,
                    applied_on=recorded.occurred_on,
                    **{name: getattr(event, name) for name in names},
                )
            case PolicyIssued() | r.ApplicationWithdrawn() | r.RefusalTold():
                return row and row.but(stage=DeskStage.DONE)
        return row and _looked_at(row, recorded.event)


def _looked_at(row: DeskCard, event: object) -> DeskCard:
    match event:
        case DisclosureAnswered() if row.completed_on is None:
            return row.but(stage=DeskStage.DISCLOSED)
        case r.ApplicationFoundWanting():
            return row.but(stage=DeskStage.WANTING)
        case r.CorrectionsAsked():
            return row.but(stage=DeskStage.DISCLOSED)
        case r.ApplicationCompleted(completed_on=completed_on, examination=examination):
            return _waiting(row.but(completed_on=completed_on, examination=examination))
        case r.ExaminationReported():
            return _waiting(row.but(examination=False))
        case UnderwritingDecided(verdict=verdict):
            stage = DeskStage.TO_OFFER if verdict.binds else DeskStage.TO_TELL
            return row.but(stage=stage, verdict=verdict)
        case r.OfferMade(offer=offer, valid_until=valid_until):
            return row.but(stage=DeskStage.OFFERED, offers=offer, valid_until=valid_until)
    return _ruled(row, event)


def _ruled(row: DeskCard, event: object) -> DeskCard:
    match event:
        case r.IssueRaised(concern=concern, needs=needs, standard=standard):
            opened = (*row.open, concern)
            return _waiting(row.but(open=opened, needs=max(row.needs, needs.minor), standard=standard))
        case r.IssueReferred():
            return row.but(referred=True)
        case r.IssueRuled(concern=concern):
            return _waiting(_settled(row, concern))
        case r.IssueSpeciallyApproved(concern=concern):
            return _waiting(_settled(row, concern).but(special=(*row.special, concern)))
        case r.IssueReopened(concern=concern):
            ruled = tuple(each for each in row.ruled if each is not concern)
            return _waiting(row.but(open=(*row.open, concern), ruled=ruled))
    return row


def _settled(row: DeskCard, concern: Concern) -> DeskCard:
    still = tuple(each for each in row.open if each is not concern)
    return row.but(open=still, ruled=(*row.ruled, concern), referred=row.referred and bool(still))


def _waiting(row: DeskCard) -> DeskCard:
    stage = DeskStage.ISSUES if row.open else DeskStage.TO_DECIDE
    return row.but(stage=DeskStage.EXAMINING if row.examination else stage)
