"""Every standard: which version counts, what comes next and when, and who answers for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.standard.content import Content
from domain.standard.events import (
    CommentAnswered,
    CommentsInvited,
    Phase,
    StandardApproved,
    StandardCommented,
    StandardDrafted,
    StandardRevised,
    StandardTookEffect,
    StandardWithdrawn,
)
from domain.standard.state import Standard


class StandardCard(Row):
    """What it is called, and who answers for it, is as the version drafted last has it.

    `begins_at` is the moment from which an approved version is to be in effect.
    """

    key = ("standard",)
    order = ("code",)
    indexes = ("code", "phase", "owner", "next_phase", "begins_at")
    searched = ("code", "title_zh", "title_en", "owner")

    standard: UUID
    code: str
    title_zh: str
    title_en: str
    owner: str
    phase: Phase
    versions: int = 1
    current: int | None = None
    effective_on: date | None = None
    next_version: int | None = None
    next_phase: Phase | None = None
    next_effective_on: date | None = None
    begins_at: datetime | None = None
    until: date | None = None
    review_on: date | None = None
    comments: int = 0
    unanswered: int = 0


NOTHING_NEXT = dict.fromkeys(("next_version", "next_phase", "next_effective_on", "begins_at", "until"))


class StandardsRegister(Projection):
    name = "standards_register"
    says = ("标准登记册", "Register of standards")
    row = StandardCard
    hears = events_of(Standard)

    @staticmethod
    def evolve(row: StandardCard | None, recorded: Recorded) -> StandardCard | None:
        match recorded.event:
            case StandardDrafted(code=code, content=content):
                drafted = {"standard": recorded.stream, "code": code, "phase": Phase.DRAFT, **_next(1, content)}
                return StandardCard.model_validate(drafted)
        if row is None:
            return None
        match recorded.event:
            case StandardRevised(version=version, content=content):
                return _phased(row, versions=version, **NOTHING_NEXT | _next(version, content))
            case CommentsInvited(until=until):
                return _phased(row, next_phase=Phase.CONSULTATION, until=until)
            case StandardCommented(number=number):
                return row.but(comments=number, unanswered=row.unanswered + 1)
            case CommentAnswered():
                return row.but(unanswered=row.unanswered - 1)
            case StandardApproved(effective_on=effective_on):
                begins_at = datetime.combine(effective_on, time(), CALENDAR_ZONE).astimezone(UTC)
                return _phased(row, next_phase=Phase.APPROVED, next_effective_on=effective_on, begins_at=begins_at)
            case StandardTookEffect(version=version, effective_on=effective_on):
                return _phased(row, current=version, effective_on=effective_on, **NOTHING_NEXT)
            case StandardWithdrawn(version=row.current):
                return _phased(row, current=None, effective_on=None)
            case StandardWithdrawn(version=row.next_version):
                return _phased(row, **NOTHING_NEXT)
        return row


def _next(version: int, content: Content) -> dict[str, object]:
    named = {name: getattr(content, name) for name in ("title_zh", "title_en", "owner", "review_on")}
    return {"next_version": version, "next_phase": Phase.DRAFT, **named}


def _phased(row: StandardCard, **changes: object) -> StandardCard:
    """A standard is in effect if any version is; else it has come as far as what comes next."""
    row = row.but(**changes)
    return row.but(phase=Phase.EFFECTIVE if row.current else row.next_phase or Phase.WITHDRAWN)
