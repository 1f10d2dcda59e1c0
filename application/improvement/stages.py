"""How long each stage of each case took, in working days: from the first word of it to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import AGGREGATE_OF
from domain.claim import events as c
from domain.kernel import Event, Recorded
from domain.policy import events as p
from domain.product import Line
from domain.rules.rulebook import Rulebook
from domain.words import Term


class Milestone(Term):
    NOTICED = "noticed", "报案", "notice given"
    REGISTERED = "registered", "立案", "registered"
    ASSESSED = "assessed", "定损", "assessed"
    DECIDED = "decided", "核定", "decided"
    PAID = "paid", "赔付", "paid"
    CLOSED = "closed", "结案", "closed"
    APPLIED = "applied", "投保", "applied for"
    UNDERWRITTEN = "underwritten", "核保", "underwritten"
    SIGNED = "signed", "签署", "signed"
    ISSUED = "issued", "承保", "issued"
    DELIVERED = "delivered", "送达", "delivered"


MILESTONES: Mapping[type[Event], Milestone] = {
    c.NoticeGiven: Milestone.NOTICED,
    c.ClaimRegistered: Milestone.REGISTERED,
    c.CoverageAssessed: Milestone.ASSESSED,
    c.ClaimApproved: Milestone.DECIDED,
    c.ClaimRejected: Milestone.DECIDED,
    c.ClaimPaid: Milestone.PAID,
    c.ClaimClosed: Milestone.CLOSED,
    p.PolicyAppliedFor: Milestone.APPLIED,
    p.UnderwritingDecided: Milestone.UNDERWRITTEN,
    p.PolicySigned: Milestone.SIGNED,
    p.PolicyIssued: Milestone.ISSUED,
    p.PolicyDelivered: Milestone.DELIVERED,
}
LAST = frozenset({Milestone.CLOSED, Milestone.DELIVERED})
"""With these a case has gone through all of its stages."""


@dataclass(frozen=True, slots=True)
class Stage:
    """From one milestone to the next: the day on which that was reached, and how many working days lay between."""

    since: Milestone
    until: Milestone
    reached_on: date
    working_days: int


class CaseStages(Row):
    """A milestone counts when it is reached first; what happens after the case was done belongs to no stage."""

    key = ("case",)
    indexes = ("capability", "line", "done_on")

    case: UUID
    capability: str
    number: str = ""
    line: Line | None = None
    begun_on: date
    last: Milestone
    last_on: date
    stages: tuple[Stage, ...] = ()
    done_on: date | None = None
    working_days: int = 0


class Stages(Projection):
    name = "stages"
    says = ("办理时长", "Stage durations")
    row = CaseStages
    hears = tuple(MILESTONES)
    dated = True

    @staticmethod
    def evolve(row: CaseStages | None, recorded: Recorded, book: Rulebook) -> CaseStages | None:
        event, day = recorded.event, recorded.occurred_on
        milestone = MILESTONES[type(event)]
        if row is None:
            capability = AGGREGATE_OF[type(event).__name__].kind()
            row = CaseStages(case=recorded.stream, capability=capability, begun_on=day, last=milestone, last_on=day)
        row = row.but(
            number=getattr(event, "number", "") or getattr(event, "application", "") or row.number,
            line=getattr(event, "line", None) or row.line,
        )
        known = {row.last, *(stage.until for stage in row.stages), *(stage.since for stage in row.stages)}
        if milestone in known or row.done_on:
            return row
        between = max(0, book.calendar.working_days_between(row.last_on, day))
        stage = Stage(row.last, milestone, day, between)
        done = milestone in LAST
        return row.but(
            stages=(*row.stages, stage),
            last=milestone,
            last_on=day,
            done_on=day if done else None,
            working_days=max(0, book.calendar.working_days_between(row.begun_on, day)) if done else 0,
        )
